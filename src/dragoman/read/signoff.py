"""A sign-off: the agencies that give date and signature behind the text, `(APA, 11.9.2015)`. Pure."""

import re

from dragoman.model.item import Dateline
from dragoman.read.agencies import agency_name
from dragoman.read.calendar import find_dates, plain_digits

_TAIL = re.compile(r"\(([^()\n]{2,30}?)\s*[,–-]\s*(\d{1,2}\.[^()\n]{3,24})\)\s*\Z")


def find_sign_off(text: str) -> Dateline | None:
    """The sign-off `text` ends with, as a dateline without a place; None where there is none of a known agency."""
    if not text.rstrip().endswith(")"):
        return None
    tail = plain_digits(text[-80:])
    found = _TAIL.search(tail)
    if not found or not _signed(found[1]):
        return None
    date = next(find_dates(found[2]), None)
    if not date:
        return None
    signed = agency_name(found[1]) or found[1].strip()
    return Dateline(text=found[0].strip(), day=date.day, month=date.month, year=date.year, agency=signed)


def _signed(names: str) -> bool:
    parts = [part.strip() for part in re.split(r"[/,]", names)]
    return bool(agency_name(parts[0])) and all(agency_name(part) or part.islower() for part in parts[1:])
