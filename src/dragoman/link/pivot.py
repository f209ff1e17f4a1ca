"""What words of any language mean, as English stems: where texts of different languages meet. Pure.

The package ships a small lexicon (`data/seed.tsv.gz`, see NOTICE); what an archive's own translations teach is added.
"""

import gzip
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from dragoman.link.learned import Learned

Meanings = tuple[tuple[str, float], ...]
"""English stems, and how sure each is (0 to 1)."""
_LEAST = 0.12
"""A meaning less sure than this says nothing."""


@lru_cache(maxsize=1)
def _seed() -> dict[str, dict[str, str]]:
    """Language → stem → its line, read when it is asked for."""
    found: dict[str, dict[str, str]] = {}
    packed = files("dragoman.link").joinpath("data", "seed.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode().split("\n"):
        language, stem, meanings = line.split("\t")
        found.setdefault(language, {})[stem] = meanings
    return found


@lru_cache(maxsize=32_768)
def _seeded(language: str, stem: str) -> Meanings:
    """What the shipped lexicon says."""
    words = _seed().get(language, {}).get(stem, "").split()
    told = tuple((word, int(sure) / 100) for word, sure in zip(words[::2], words[1::2], strict=True))
    return ((stem, 1.0), *told) if language == "en" else told


class Pivot:
    """The shipped lexicon and what was taught since."""

    def __init__(self) -> None:
        self._taught: dict[str, dict[str, dict[str, float]]] = {}
        self.weighed: dict[tuple[str, str], tuple[tuple[str, float], ...]] = {}
        """What whoever weighs meanings remembers of each (language, stem): forgotten with a lesson."""

    def teach(self, language: str, learned: Learned) -> None:
        """Adds a lexicon from `language` into English; the surer of two stays."""
        self.weighed.clear()
        known = self._taught.setdefault(language, {})
        for stem, meanings in learned.meanings.items():
            mine = known.setdefault(stem, {})
            for word, sure in meanings.items():
                if sure >= _LEAST:
                    mine[word] = max(mine.get(word, 0.0), sure)

    def meanings(self, language: str, stem: str) -> Meanings:
        """What a stem of `language` means; an English one means itself."""
        seeded = _seeded(language, stem)
        taught = self._taught.get(language, {}).get(stem)
        return _surest(seeded, taught.items()) if taught else seeded


def _surest(one: Iterable[tuple[str, float]], other: Iterable[tuple[str, float]]) -> Meanings:
    found = dict(one)
    for word, sure in other:
        found[word] = max(found.get(word, 0.0), sure)
    return tuple(sorted(found.items()))
