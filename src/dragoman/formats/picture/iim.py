"""IPTC-IIM: the datasets of a picture's APP13 block, in whatever charset somebody wrote them. Pure.

charset  1:90 names UTF-8 (ESC % G) or Latin-1; without it strict UTF-8, else a guess, which the item tells
dataset  1C, record, number, length in two bytes; or in more where the highest bit of the length is set

(IPTC Information Interchange Model 4.2; IPTC Photo Metadata Standard, mapping to IIM.)
"""

from collections.abc import Iterator, Sequence

from dragoman.formats._charset import decode_text
from dragoman.formats._newscodes import subject
from dragoman.formats.picture.said import Said
from dragoman.model.errors import Undecodable
from dragoman.model.item import Concept

_MOST = 2_000
"""Datasets: more is no description of a picture."""
_UTF8 = b"\x1b%G"
_DECLARED = {_UTF8: "utf-8", b"\x1b.A": "latin-1", b"\x1b-A": "latin-1", b"\x1b.B": "iso8859-2", b"\x1b-L": "iso8859-5"}
_ONE = {5: "title", 40: "instructions", 85: "position", 90: "city", 92: "spot", 95: "region", 100: "country_code"}
_ONE |= {
    101: "country",
    103: "reference",
    105: "headline",
    110: "credit",
    115: "source",
    116: "copyright",
    122: "writer",
}
_URGENCIES = frozenset("12345678")
BINARY = frozenset({0, 125, *range(150, 155), *range(200, 203)})
"""Numbers of record 2 that hold no text: its version, pictures, sound."""


def read_iim(block: bytes) -> Said:
    """What the datasets say; what cannot be read in one is left out and noted."""
    records = list(datasets(block))
    charset, notes = charset_of(records)
    one: dict[int, str] = {}
    several: dict[int, list[str]] = {}
    for record, number, value in records:
        if record == 2:
            text = text_of(value, charset)
            one.setdefault(number, text)
            if text:
                several.setdefault(number, []).append(text)
    urgency = one.get(10, "")[:1]
    return Said(
        **{name: one.get(number, "") for number, name in _ONE.items()},  # type: ignore[arg-type]  # names of text fields
        captions={"x-default": one[120]} if one.get(120) else {},
        keywords=tuple(several.get(25, ())),
        by=tuple(several.get(80, ())),
        taken=_moment(one.get(55, ""), one.get(60, "")),
        embargo=_release(one.get(30, ""), one.get(35, "")) if one.get(30, "").strip(" 0") else "",
        urgency=int(urgency) if urgency in _URGENCIES else 0,
        language=one.get(135, ""),
        subjects=tuple(map(_subject, several.get(12, ()))),
        genres=tuple(Concept(name=text.partition(":")[2].strip() or text) for text in several.get(4, ())[:1]),
        notes=notes,
    )


def _subject(text: str) -> Concept:
    """2:12: provider, eight digits, and names of the three levels, of which the last is meant."""
    parts = (text.split(":") + [""] * 5)[:5]
    name = next((part for part in reversed(parts[2:]) if part.strip()), "")
    return subject(parts[1], name, parts[0]) if parts[1] else Concept(name=name or text)


def datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Record, number and value of each, up to the first that is none."""
    at = block.find(b"\x1c")
    for _ in range(_MOST):
        if at < 0 or at + 5 > len(block) or block[at] != 0x1C:
            return
        record, number = block[at + 1], block[at + 2]
        length = int.from_bytes(block[at + 3 : at + 5], "big")
        at += 5
        if length & 0x8000:
            size = length & 0x7FFF
            if size > 4:
                return
            length = int.from_bytes(block[at : at + size], "big")
            at += size
        yield record, number, block[at : at + length]
        at += length


def charset_of(records: Sequence[tuple[int, int, bytes]]) -> tuple[str, tuple[str, ...]]:
    """The charset of the texts, and a note where it was not told, or told wrong."""
    declared = next((value.strip() for record, number, value in records if (record, number) == (1, 90)), b"")
    texts = b"\n".join(value for record, number, value in records if record == 2 and number not in BINARY)
    if known := _DECLARED.get(declared):
        if _fits(texts, known):
            return known, ()
        note = f"IIM says it is {known} and is not"
        return _guess(texts), (note, f"IIM read as {_guess(texts)}")
    if texts.isascii():
        return "ascii", ()
    if _fits(texts, "utf-8"):
        return "utf-8", ("IIM names no charset: read as utf-8",)
    found = _guess(texts)
    return found, (f"IIM names no charset: read as {found}",)


def _guess(texts: bytes) -> str:
    """One of those that picture desks have written without saying so."""
    try:
        found = decode_text(texts, mark=False).charset
    except Undecodable:
        return "latin-1"
    return found if found.startswith(("cp125", "koi8", "utf-8", "iso8859", "gb", "mac")) else "cp1252"


def _fits(texts: bytes, charset: str) -> bool:
    try:
        texts.decode(charset)
    except (UnicodeError, LookupError):
        return False
    return True


def text_of(value: bytes, charset: str) -> str:
    return value.decode(charset, "replace").replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _moment(day: str, time: str) -> str:
    """2:55 and 2:60 as one: the time only where the day is whole."""
    if len(day) != 8 or not day.isdecimal() or day.endswith("00"):
        return day
    parted = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    if len(time) >= 11 and time[:6].isdecimal() and time[6] in "+-":
        return f"{parted}T{time[:2]}:{time[2:4]}:{time[4:6]}{time[6:9]}:{time[9:11]}"
    return parted


def _release(day: str, time: str) -> str:
    """2:30 and 2:35 as one, with nothing left out: an embargo that is cut is no embargo."""
    whole = _moment(day, time)
    return whole if "T" in whole or not time.strip(" 0+-") else f"{whole}T{time}"
