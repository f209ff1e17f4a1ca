"""Line-ups and lists of names: "Firth Rovers: McAllister; Boyle, Wrona, Adeyemi (Osei 81)". Pure.

A line with at least five short items behind a colon, parted by commas, dashes or strokes, where every item is a word or two
with a capital (or, without capitals in the script, a few signs): all of them are people.
"""

import re
from collections.abc import Iterator

_LEAST = 5
"""Items of the shortest list: shorter ones are enumerations of anything."""
_COLON = re.compile(r"[:：]")
_ITEM = re.compile(r"[^,;،؛、/()（）–—\n]+")
_SPLIT = re.compile(r"\s-\s")
_JOINED = re.compile(r"\s(?:y|et|und|and|и|və)\s")
_HAN = re.compile(r"[\u4e00-\u9fff·]{2,7}$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def listed(text: str) -> Iterator[tuple[int, int]]:
    """Where each name of each list begins and ends."""
    start = 0
    for line in text.split("\n"):
        colon = _COLON.search(line, 0, 60) if len(line) < 1000 else None
        if colon and sum(map(line.count, ",;،؛、/–—")) + line.count(" - ") >= _LEAST - 1:
            yield from _items(line, colon.end(), start)
        start += len(line) + 1


def _items(line: str, begin: int, start: int) -> Iterator[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    wrong = 0
    for run in _ITEM.finditer(line, begin):
        for first, end in _parts(line, run.start(), run.end()):
            said = line[first:end]
            if not any(sign.isalpha() for sign in said) or said.strip(" .").lower() in ("cap", "sp"):
                continue
            if _is_name(said):
                found.append((start + first, start + end))
            else:
                wrong += 1
    if len(found) >= _LEAST and wrong * 4 <= len(found):
        yield from found


def _parts(line: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The item's own words, without minutes and numbers; "Barbarà y Dani Osés" is two."""
    at = first
    for gap in (*_SPLIT.finditer(line, first, end), *_JOINED.finditer(line, first, end)):
        if gap.start() >= at:
            yield _bare(line, at, gap.start())
            at = gap.end()
    yield _bare(line, at, end)


def _bare(line: str, first: int, end: int) -> tuple[int, int]:
    while first < end and not line[first].isalpha():
        first += 1
    while end > first and not line[end - 1].isalpha():
        end -= 1
    return first, end


def _is_name(said: str) -> bool:
    words = _WORD.findall(said)
    if _HAN.match(said):
        return True
    if "\u0600" <= said[:1] <= "\u06ff":
        return 0 < len(words) <= 2
    return (
        0 < len(words) <= 3 and said[0].isupper() and len(said) > 2 and words[-1][:1].isupper() and not said.isupper()
    )
