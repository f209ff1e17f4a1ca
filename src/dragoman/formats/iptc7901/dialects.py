"""What the text wires that send IPTC 7901 leave unsaid, a row an agency; and what their codes stand for. Pure."""

import re
from collections.abc import Mapping

from msgspec import Struct

from dragoman.formats._wire_copy import Code


class Wire(Struct, frozen=True, kw_only=True):
    """A text wire: what its messages call it, and its language, charset and zone where a message says none."""

    name: str = ""
    sources: tuple[str, ...] = ()
    """Three-letter sources of the header line that no other wire uses."""
    language: str = ""
    charset: str = "cp1252"
    zone: str = ""


WIRES: tuple[Wire, ...] = (
    Wire(name="dpa", sources=("eca", "ecp"), language="en", zone="Europe/Berlin"),
    Wire(name="dpa", sources=("bdt", "bsd"), language="de", zone="Europe/Berlin"),
    Wire(name="dpa", zone="Europe/Berlin"),
    Wire(name="ats", zone="Europe/Zurich"),
    Wire(name="sda", zone="Europe/Zurich"),
    Wire(name="APA", zone="Europe/Vienna", language="de"),
    Wire(name="KNA", zone="Europe/Berlin", language="de"),
    Wire(name="epd", zone="Europe/Berlin", language="de"),
    Wire(name="sid", zone="Europe/Berlin", language="de"),
    Wire(name="AFP"),
    Wire(name="EFE", zone="Europe/Madrid"),
    Wire(name="ANSA", zone="Europe/Rome"),
    Wire(name="Lusa", zone="Europe/Lisbon", language="pt"),
    Wire(name="Belga", zone="Europe/Brussels"),
    Wire(name="ANP", zone="Europe/Amsterdam", language="nl"),
    Wire(name="Ritzau", zone="Europe/Copenhagen", language="da"),
    Wire(name="NTB", zone="Europe/Oslo"),
    Wire(name="TT", zone="Europe/Stockholm", language="sv"),
    Wire(name="STT", zone="Europe/Helsinki"),
    Wire(name="PAP", charset="cp1250", zone="Europe/Warsaw"),
    Wire(name="CTK", charset="cp1250", zone="Europe/Prague"),
    Wire(name="MTI", charset="cp1250", zone="Europe/Budapest"),
    Wire(name="HINA", charset="cp1250", zone="Europe/Zagreb"),
    Wire(name="TASS", charset="cp1251", zone="Europe/Moscow"),
    Wire(name="RIA", charset="cp1251", zone="Europe/Moscow"),
    Wire(name="Interfax", charset="cp1251", zone="Europe/Moscow"),
    Wire(name="AA", charset="cp1254", zone="Europe/Istanbul"),
    Wire(name="AZERTAC", zone="Asia/Baku"),
    Wire(name="Kyodo", zone="Asia/Tokyo", language="en"),
    Wire(name="MENA", charset="cp1256", zone="Africa/Cairo"),
    Wire(name="PTI", zone="Asia/Kolkata", language="en"),
)
UNKNOWN = Wire(charset="")
_BY_SOURCE = {source: wire for wire in WIRES for source in wire.sources}
_BY_NAME = {wire.name.lower(): wire for wire in reversed(WIRES) if not wire.sources}
_NAME = re.compile(rf"\b({'|'.join(sorted(_BY_NAME, key=len, reverse=True))})\b", re.IGNORECASE)

CATEGORIES: Mapping[str, str] = {
    "a": "general news", "e": "entertainment", "f": "finance", "i": "international news", "n": "regional news", "o": "weather", "p": "politics",
    "s": "sport", "v": "advisory", "w": "economy", "rs": "advisory to editors", "pl": "Politik", "wi": "Wirtschaft", "ku": "Kultur", "sp": "Sport",
    "vm": "Vermischtes", "au": "Ausland", "in": "Inland", "wt": "Wetter", "pol": "politics", "eco": "economy", "spo": "sport", "cul": "culture",
}  # fmt: skip
"""Category of the header line → its name; the code itself goes on as a literal."""


def wire_of(source: str, optional: str) -> Wire:
    """The wire whose header says `source` and `optional` (``dpa 061``)."""
    if wire := _BY_SOURCE.get(source.lower()):
        return wire
    named = _NAME.search(optional)
    return _BY_NAME[named[1].lower()] if named else _BY_NAME.get(source.lower(), UNKNOWN)


def category(code: str) -> Code:
    return Code(code, CATEGORIES.get(code.lower(), ""))
