"""Train the tables of ``dragoman.text.grams``: `python -m quality.language_training LINGUA.whl CLDR.tgz... [--script S]`.

LINGUA is the wheel of lingua-language-detector 1.4.2 (Apache-2.0), whose models hold counts of letter runs; CLDR are
cldr-annotations-full and cldr-localenames-full 48.2 as npm packs them (Unicode-3.0). Neither is needed to run anything else.
Wants numpy, scipy and brotli beside the project's own packages, 8 GB of memory and ten minutes.
"""

import argparse
import json
import re
import zlib
from collections import Counter
from pathlib import Path
from zipfile import ZipFile

import numpy as np
from msgspec import Struct

from quality.language_training.counts import counts, drawn
from quality.language_training.model import packed, trained
from quality.language_training.written import cldr, lexicon

_COMMON = 0.75
"""The power a drawn word's number is taken to: small words are most of a text, rare ones most of a language."""
_INTO = Path(__file__).parents[2] / "src/dragoman/text/data"


class Plan(Struct, frozen=True):
    """One script's table: its languages, its slots (a power of two), how many words are drawn a language, how much more a
    written word counts than a drawn one, and whether our lexicon is read: only where it has most of the languages, or
    those it has would be taken for the others."""

    languages: tuple[str, ...]
    letters: str
    slots: int
    drawn: int = 1_000_000
    written: float = 10.0
    lexicon: bool = False


PLANS = {
    "Latin": Plan(("az", "en", "fr", "de", "es", "tr", "it", "pt"), "a-zß-ɏ", 1 << 18, lexicon=True),
    "Cyrillic": Plan(("ru", "uk", "kk", "be", "bg"), "Ѐ-ԯ", 1 << 18),
    "Arabic": Plan(("ar", "fa"), "؀-ۿ", 1 << 17),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m quality.language_training", description=__doc__)
    parser.add_argument("lingua", type=Path)
    parser.add_argument("cldr", type=Path, nargs="+")
    parser.add_argument("--script", choices=PLANS, action="append", help="only this; may be repeated")
    parser.add_argument("--into", type=Path, default=_INTO)
    asked = parser.parse_args()
    for script in asked.script or PLANS:
        plan = PLANS[script]
        words, of, weights = _samples(plan, ZipFile(asked.lingua), asked.cldr)
        model = trained(words, of, weights, plan.slots)
        step, columns = packed(model)
        head = json.dumps({"languages": plan.languages, "step": step}).encode()
        path = asked.into / f"grams-{script}.bin"
        path.write_bytes(zlib.compress(head + b"\n" + b"".join(columns), 9))
        print(f"{path.name}: {path.stat().st_size:,} bytes from {len(words):,} words")


def _samples(plan: Plan, models: ZipFile, packages: list[Path]) -> tuple[list[str], "np.ndarray", "np.ndarray"]:
    """Words, the number of the language of each, and its weight: by how often it was drawn, with the same sum for
    every language."""
    fits = re.compile(f"[{plan.letters}]+").fullmatch
    words: list[str] = []
    of: list[int] = []
    weights: list[float] = []
    for number, language in enumerate(plan.languages):
        weighed = Counter(
            {word: n**_COMMON for word, n in Counter(drawn(counts(models, language), plan.drawn)).items()}
        )
        usual = sum(weighed.values()) / len(weighed)
        known = {word for package in packages for word in cldr(package, language)}
        for word in known | (lexicon(language) if plan.lexicon else set()):
            if fits(word):
                weighed[word] += plan.written * usual
        whole = sum(weighed.values()) / len(weighed)
        words += weighed
        of += [number] * len(weighed)
        weights += [weight / whole for weight in weighed.values()]
    return words, np.array(of), np.array(weights, np.float32)


main()
