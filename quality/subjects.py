"""Subjects: of short items of our own, twelve a language, the top Media Topics a desk would give.

``labelled/subjects.tsv``: part (``dev``: what thresholds were fixed on; ``held``: the rest), language, the first two digits of one
or two top topics, headline, text. All invented.
"""

from collections.abc import Iterator
from pathlib import Path

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.subjects import find_subjects
from quality.table import Row, share

_ITEMS = Path(__file__).parent / "labelled" / "subjects.tsv"


def tops(data: Path) -> Iterator[Row]:
    """The first topic told, and all of them (F1), for each part."""
    rows = [line.split("\t") for line in _ITEMS.read_text("utf-8").splitlines()]
    for part in ("dev", "held"):
        right = first = told = wanted = 0
        misses = []
        mine = [row[1:] for row in rows if row[0] == part]
        for language, codes, headline, text in mine:
            found = find_subjects(Document(text, language=language, headline=headline), Reading(version=0))
            said = list(dict.fromkeys(one.code[:2] for one in found if one.code.endswith("000000")))
            gold = codes.split()
            first += said[:1] != [] and said[0] in gold
            right, told, wanted = right + len({*said} & {*gold}), told + len(said), wanted + len(gold)
            if {*said} != {*gold}:
                shown = " ".join(f"{one.code}={one.score}{list(one.evidence)}" for one in found)
                misses.append(f"{language} · {headline} · wanted {codes} · has {shown}")
        yield Row(f"subjects: the first top topic ({part})", share(first, len(mine)), "", len(mine), tuple(misses))
        yield Row(f"subjects: top topics, F1 ({part})", share(2 * right, told + wanted), "", len(mine))
