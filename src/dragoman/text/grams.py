"""Which language a word is in by the runs of letters it is made of: trained tables, a few megabytes at most. Pure.

``data/grams-SCRIPT.bin`` is one table a script, compressed: a line of JSON (languages, step), then one column a language,
one byte a slot. The runs of one to five letters of a word, its beginning and end among them, and the word as a whole are
each put in a slot by their checksum; what stands there, less 128 and times the step, is how much the run speaks for the
language. Trained by ``python -m quality.language_training``, which says on what.

Limits: a word of a language that a table does not have is given to the most similar one it has.
"""

import json
import zlib
from functools import lru_cache
from importlib.resources import files
from math import exp, log, sqrt
from operator import itemgetter

from msgspec import Struct

LONGEST_RUN = 5
_LONGEST_WORD = 24  # letters: more of a word says nothing new
_FOREIGN = 0.02
"""How often a word stands in a text of another language: the most that one word can speak against a language."""


class Table(Struct, frozen=True):
    """The `columns` stand in the order of the `languages`, one byte a slot; as many slots as a power of two."""

    languages: tuple[str, ...]
    step: float
    columns: tuple[bytes, ...]


@lru_cache(maxsize=4)
def table(script: str) -> Table | None:
    """The table of a script (`text.script`'s name of it); None where there is none."""
    path = files(__package__).joinpath("data", f"grams-{script}.bin")
    if not path.is_file():
        return None
    head, _, body = zlib.decompress(path.read_bytes()).partition(b"\n")
    told = json.loads(head)
    languages = tuple(told["languages"])
    slots = len(body) // len(languages)
    return Table(languages, told["step"], tuple(body[at : at + slots] for at in range(0, len(body), slots)))


def runs(word: str, slots: int) -> list[int]:
    """The slots of the runs of `word`, which is in small letters; `slots` is a power of two."""
    signs = f"^{word[:_LONGEST_WORD]}$".encode("utf-16-le", "surrogatepass")  # two bytes a letter, save the rarest
    end, mask, checksum = len(signs), slots - 1, zlib.crc32
    found = [
        checksum(signs[at : at + width]) & mask
        for width in range(2, 2 * LONGEST_RUN + 1, 2)
        for at in range(0, end - width + 1, 2)
    ]
    if end > 2 * LONGEST_RUN:
        found.append(checksum(signs) & mask)
    return found


@lru_cache(maxsize=4096)
def said(word: str, script: str) -> tuple[float, ...]:
    """For each language of the script's table the logarithm of how likely `word` is in it rather than in the others."""
    known = table(script)
    if known is None:
        return ()
    at = runs(word, len(known.columns[0]))
    pick, scale = itemgetter(*at), known.step / sqrt(len(at))  # as trained: a long word is no surer for its length
    sums = [sum(pick(column)) * scale for column in known.columns]
    best = max(sums)
    odds = [exp(one - best) for one in sums]
    whole = sum(odds)
    even = _FOREIGN / len(odds)
    return tuple(log(even + (1 - _FOREIGN) * one / whole) for one in odds)


def weigh(words: list[str], script: str) -> dict[str, float]:
    """How much `words` (small letters) speak for each language the script's table has, as logarithms of probabilities;
    empty where there is no table."""
    known = table(script)
    if known is None or not words:
        return {}
    columns = zip(*(said(word, script) for word in words), strict=True)
    return dict(zip(known.languages, map(sum, columns), strict=True))
