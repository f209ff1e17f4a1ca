"""The Azerbaijani stemmer: forms of a word must meet, words must stay apart.

``labelled/stems.tsv``: part (``dev``: what the rules were written on; ``held``: the rest), a lemma, its forms. Ours.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dragoman.text.analyse import stems
from quality.table import Row, share

_FAMILIES = Path(__file__).parent / "labelled" / "stems.tsv"


def azerbaijani(data: Path) -> Iterator[Row]:
    """Of all forms, those with their lemma's stem; of all lemmas, those with a stem that no other lemma has."""
    rows = [line.split("\t") for line in _FAMILIES.read_text("utf-8").splitlines()]
    lemmas = Counter(stems(lemma, "az")[0] for _, lemma, _ in rows)
    for part in ("dev", "held"):
        mine = [(lemma, forms.split()) for each, lemma, forms in rows if each == part]
        pairs = [(lemma, form) for lemma, forms in mine for form in forms]
        missed = tuple(
            f"{form}: {stems(form, 'az')[0]}, {lemma}: {stems(lemma, 'az')[0]}"
            for lemma, form in pairs
            if stems(form, "az") != stems(lemma, "az")
        )
        apart = sum(lemmas[stems(lemma, "az")[0]] == 1 for lemma, _ in mine)
        yield Row(
            f"Azerbaijani forms that meet their lemma ({part})",
            share(len(pairs) - len(missed), len(pairs)),
            "",
            len(pairs),
            missed,
        )
        yield Row(f"Azerbaijani lemmas that stay apart ({part})", share(apart, len(mine)), "", len(mine))
