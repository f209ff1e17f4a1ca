"""A sign-off: who signed behind the text, and when: `(APA, 11.9.2015)`, `(SDA/sj) 091223 dec 18`. Pure."""

import re

from dragoman.model.item import Dateline
from dragoman.read.agencies import agency_name
from dragoman.read.calendar import find_dates, plain_digits

_TAIL = re.compile(r"\(([^()\n]{2,30}?)\s*[,–-]\s*(\d{1,2}\.[^()\n]{3,24})\)\s*\Z")
_STAMPED = re.compile(r"\(([^()\n]{2,30})\)\s*(\d\d)(\d\d)(\d\d)\s+([^\W\d_]{3,9})\s+(\d\d)\s*\Z")
_CLOSING = re.compile(r"[.!?\d)”\"»]\s+(?:\(([A-Z][\w-]{1,20})\)|(Reuters?|REUTERS?))\.?\s*\Z")
_LONGEST = 80  # characters


def find_sign_off(text: str) -> Dateline | None:
    """The sign-off `text` ends with, as a dateline without a place; None where there is none of a known agency."""
    tail = plain_digits(text[-_LONGEST:]).rstrip()
    if not tail.endswith(")") and not tail[-2:].isdigit():
        return None
    found = _TAIL.search(tail)
    stamped = None if found else _STAMPED.search(tail)
    if stamped:  # the hour and minute stand between day and month: 09 12:23 dec 18
        printed, names, date = (
            stamped[0],
            stamped[1],
            next(find_dates(f"{stamped[2]} {stamped[5]} 20{stamped[6]}"), None),
        )
    elif found:
        printed, names, date = found[0], found[1], next(find_dates(found[2]), None)
    else:
        return None
    if not date or not _signed(names):
        return None
    return Dateline(
        text=printed.strip(),
        day=date.day,
        month=date.month,
        year=date.year,
        agency=agency_name(names) or names.strip(" –-"),
    )


def closing_signature(text: str) -> str:
    """The agency that closes `text` with its name alone, "… March 13 Reuter" or "(ANSA).", or an empty string."""
    found = _CLOSING.search(text[-40:])
    return agency_name(found[1] or found[2]) if found else ""


def _signed(names: str) -> bool:
    parts = [part.strip() for part in re.split(r"[/,]", names)]
    return bool(agency_name(parts[0])) and all(agency_name(part) or part.islower() for part in parts[1:])
