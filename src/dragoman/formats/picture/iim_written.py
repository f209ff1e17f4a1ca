"""A label as IIM: its datasets in place of those that were there, the others kept, all of it in UTF-8 that says so. Pure.

Without the mark ESC % G in 1:90 others guess, and guess wrong. (IIM 4.2; ISO 2022.)
"""

from datetime import datetime
from typing import TYPE_CHECKING

from dragoman.formats.picture.iim import BINARY, charset_of, datasets, text_of

if TYPE_CHECKING:
    from dragoman.formats.picture.label import Label

_UTF8 = b"\x1b%G"
_MOST = {
    5: 64,
    12: 236,
    25: 64,
    40: 256,
    80: 32,
    90: 32,
    92: 32,
    95: 32,
    100: 3,
    101: 64,
    103: 32,
    105: 256,
    110: 32,
    115: 32,
}
_MOST |= {116: 128, 120: 2_000}
"""Bytes that IIM allows for a field."""
_OWNED = frozenset({*_MOST, 10, 30, 35, 55, 60, 135})
_LONGEST = 32_767


def datasets_of(label: "Label", before: bytes = b"") -> bytes:
    """The block. What others wrote and a label does not say is kept, in UTF-8 whatever it was in."""
    records = list(datasets(before))
    charset, _ = charset_of(records)
    made: list[tuple[int, int, bytes]] = [(1, 90, _UTF8), (2, 0, b"\x00\x04")]
    for record, number, value in records:
        if record == 2 and number not in _OWNED and number not in BINARY:
            made.append((2, number, text_of(value, charset).encode("utf-8", "replace")[:_LONGEST]))
        elif (record != 2 and (record, number) != (1, 90)) or (record == 2 and number in BINARY and number):
            made.append((record, number, value[:_LONGEST]))
    made += [(2, number, value) for number, value in _fields(label)]
    return b"".join(_dataset(*one) for one in sorted(made, key=lambda one: (one[0], one[1])))


def _fields(label: "Label") -> list[tuple[int, bytes]]:
    caption = label.captions.get(label.language) or next(iter(label.captions.values()), "")
    day, time = _moment(label.taken)
    release, hour = _moment(label.embargo)
    texts: list[tuple[int, str]] = [
        (5, label.title),
        *((12, f"IPTC:{code}:::") for code in label.subject_codes),
        *((25, word) for word in label.keywords),
        (40, label.told),
        (80, label.by),
        (90, label.city),
        (92, label.spot),
        (95, label.region),
        (100, label.country_code if len(label.country_code) <= 3 else ""),
        (101, label.country),
        (103, label.reference),
        (105, label.headline),
        (110, label.credit),
        (115, label.source),
        (116, label.copyright),
        (120, caption),
    ]
    made = [(number, _cut(text, _MOST[number])) for number, text in texts if text]
    plain = (
        (10, str(label.urgency) if 1 <= label.urgency <= 8 else ""),
        (30, release),
        (35, hour),
        (55, day),
        (60, time),
    )
    return [*made, *((number, text.encode()) for number, text in plain if text)]


def _moment(text: str) -> tuple[str, str]:
    """CCYYMMDD, with zeros for what is not known, and HHMMSS±HHMM."""
    day = text[:10].replace("-", "").ljust(8, "0") if text else ""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return day, ""
    return day, at.strftime("%H%M%S%z")[:11] if at.tzinfo else ""


def _dataset(record: int, number: int, value: bytes) -> bytes:
    return bytes((0x1C, record, number)) + len(value).to_bytes(2, "big") + value


def _cut(text: str, most: int) -> bytes:
    """At most so many bytes, no character halved."""
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore").encode("utf-8")
