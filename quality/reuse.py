"""Pick-ups, by the scorer's own rules: macro-F1 over whole, partial and none, the true source, rewrites called whole.

Thresholds were chosen on every second story (by name, sorted); the others are reported apart. The archive's index keeps a
sample of the signs: what that finds of all there is stands below.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from dragoman.link.reuse import Index, Pickup, sampled, signs, units
from quality.table import Row, json_lines, share

LABELS = ("whole", "partial", "none")


def pickups(data: Path) -> Iterator[Row]:
    """Over all stories, and over the held half; then by the sampled signs that the archive keeps."""
    folder = data / "bench" / "reuse-synth"
    whole, kept = Index(), Index(sampled)
    drawn = of = 0
    for source in json_lines(folder / "sources.jsonl"):
        whole.add(source["id"], source["text"])
        kept.add(source["id"], source["text"])
        cut = units(source["text"])
        drawn, of = drawn + len(sampled(cut)), of + len(signs(cut))
    items = {item["id"]: item["text"] for item in json_lines(folder / "items.jsonl")}
    gold = list(json_lines(folder / "gold.jsonl"))
    found = {name: whole.pickup(text) for name, text in items.items()}
    found_kept = {name: kept.pickup(text) for name, text in items.items()}
    tuned = set(sorted({one["story"] for one in gold})[::2])
    for part, golds in (("", gold), (", held stories", [one for one in gold if one["story"] not in tuned])):
        judged = [one for one in golds if one["label"] != "rewrite"]
        languages = sorted({one["id"][:2] for one in judged})
        by_language = {
            language: _macro_f1([one for one in judged if one["id"][:2] == language], found) for language in languages
        }
        worst = min(languages, key=lambda language: by_language[language])
        of_source = [one for one in judged if one["label"] != "none"]
        right = sum(found[one["id"]].source == one["source"] for one in of_source)
        rewrites = [one for one in golds if one["label"] == "rewrite"]
        error = sum(abs(found[one["id"]].coverage - one["coverage"]) for one in of_source) / len(of_source)
        yield Row(f"pick-ups: macro-F1{part}", f"{_macro_f1(judged, found):.3f}", "≥ .95 (aim .98)", len(judged))
        yield Row(f"pick-ups: worst language{part}", f"{by_language[worst]:.3f} ({worst})", "≥ .92 (aim .96)")
        yield Row(f"pick-ups: true source{part}", share(right, len(of_source)), "≥ 99.8 %", len(of_source))
        called = sum(found[one["id"]].label == "whole" for one in rewrites)
        yield Row(f"pick-ups: rewrites called whole{part}", str(called), "0", len(rewrites))
        yield Row(f"pick-ups: coverage, mean absolute error{part}", f"{error:.3f}", "≤ .04")
        right = sum(found_kept[one["id"]].source == one["source"] for one in of_source)
        yield Row(
            f"pick-ups by sampled signs: true source{part}", share(right, len(of_source)), "≥ 99.8 %", len(of_source)
        )
        yield Row(
            f"pick-ups by sampled signs: macro-F1{part}", f"{_macro_f1(judged, found_kept):.3f}", "≥ .95", len(judged)
        )
    yield Row("pick-ups: signs that are sampled", share(drawn, of), "", of)


def _macro_f1(golds: Iterable[dict[str, Any]], found: dict[str, Pickup]) -> float:
    pairs = Counter((one["label"], found[one["id"]].label) for one in golds)
    scores = []
    for label in LABELS:
        right = pairs[label, label]
        told = sum(pairs[other, label] for other in LABELS)
        true = sum(pairs[label, other] for other in LABELS)
        scores.append(2 * right / max(1, told + true))
    return sum(scores) / len(scores)
