"""What a German noun is by its end: Verkehrsminister an office, Amtsgericht a body, Entscheidung a noun and no name. Pure.

``data/german.tsv``: class, endings. Compounds are made up as one goes, so they are told by their last part, in any case.
"""

from functools import lru_cache

from dragoman.read.names.words import rows
from dragoman.text.fold import fold

_CASES = ("", "s", "n", "e", "r", "es", "en", "er", "in", "innen")
_LEAST = 3


@lru_cache(maxsize=8)
def _endings(kind: str) -> frozenset[str]:
    return frozenset(fold(word) for own, said in rows("german.tsv") if own == kind for word in said.split())


def ends_as(kind: str, word: str) -> bool:
    """Does `word`, as it stands, end as the nouns of `kind` do (``role``, ``head``, ``kind``, ``noun``)?"""
    folded, known = fold(word), _endings(kind)
    for case in _CASES:
        bare = folded.removesuffix(case) if case else folded
        if (bare != folded or not case) and any(bare[-size:] in known for size in range(_LEAST, len(bare) + 1)):
            return True
    return False


def is_role(word: str) -> bool:
    """Is it an office or occupation: compounds, and women's forms of any?"""
    if len(word) < 7:
        return False
    return ends_as("role", word) or any(fold(word).endswith(end) for end in _endings("agent"))


@lru_cache(maxsize=8_000)
def stands_alone(word: str) -> bool:
    """May a body be named by the compound alone: Wirtschaftsforschungsinstitut, Bundesnetzagentur, Nordbank?"""
    folded = fold(word)
    if len(word) < 8 or folded.startswith(("zentral", "noten", "gross", "haus", "geschafts", "aufsichts", "betriebs")):
        return False
    return any(
        folded.removesuffix(case).endswith(end) and len(folded) > len(end) + 3
        for case in ("", "s", "es")
        for end in _endings("alone")
    )
