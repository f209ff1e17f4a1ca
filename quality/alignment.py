"""Sentence alignment, strict F1 as vecalign's scorer counts it: a bead is right where both its sides are exactly."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.link.alignment import Bead, align_all, prepared
from quality.table import Row, json_lines

_LINE = re.compile(r"(\[.*?\]):(\[.*?\])")
GOALS = {
    "de-fr": "≥ .84 (aim .90)",
    "az": "≥ .90 (aim .94)",
    "ru": "≥ .90 (aim .94)",
    "ar": "≥ .90 (aim .94)",
    "zh": "≥ .85 (aim .90)",
}
Document = tuple[list[str], list[str], list[Bead]]


def alignment(data: Path) -> Iterator[Row]:
    """Text+Berg's seven test documents; NTREX with merges and deletions, each language with English."""
    folder = data / "bench" / "sentalign"
    yield _row("de-fr", "Text+Berg", [_berg(folder / "textberg" / f"test{n}") for n in range(7)], ("de", "fr"))
    for language, documents in sorted(_ntrex(folder / "ntrex-perturbed.jsonl").items()):
        yield _row(language, f"en-{language}", documents, ("en", language))


def _row(goal: str, name: str, documents: list[Document], languages: tuple[str, str]) -> Row:
    mine, theirs = languages
    found = align_all([(prepared(source, mine), prepared(target, theirs)) for source, target, _ in documents])
    right = told = true = 0
    for beads, (_, _, gold) in zip(found, documents, strict=True):
        right += len(_both(beads) & set(gold))
        told += len(_both(beads))
        true += len(_both(gold))
    return Row(f"sentence alignment: {name}, strict F1", f"{2 * right / (told + true):.3f}", GOALS.get(goal, ""), true)


def _both(beads: Iterable[Bead]) -> set[Bead]:
    """The beads with sentences on both sides: the others do not count."""
    return {(tuple(mine), tuple(theirs)) for mine, theirs in beads if mine and theirs}


def _berg(path: Path) -> Document:
    gold = [
        (tuple(ast.literal_eval(one[1])), tuple(ast.literal_eval(one[2])))
        for one in map(_LINE.match, path.with_suffix(".defr").read_text("utf-8").splitlines())
        if one
    ]
    return (
        path.with_suffix(".de").read_text("utf-8").splitlines(),
        path.with_suffix(".fr").read_text("utf-8").splitlines(),
        gold,
    )


def _ntrex(path: Path) -> dict[str, list[Document]]:
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for row in json_lines(path):
        beads = next(value for key, value in row.items() if key not in ("doc", "lang", "src", "tgt"))
        gold = [(tuple(mine), tuple(theirs)) for mine, theirs in beads]
        found[row["lang"]].append((row["src"], row["tgt"], gold))
    return found
