"""A dateline's full date: its year (or month) from the header, the item or the day it came in. Pure, takes every clock.

A dateline almost never has a year. Of the years around the reference the one is taken that puts the dateline closest to
it, so that copy datelined 31 December and filed on 1 January belongs to the year before.
"""

import datetime as dt

import msgspec

from dragoman.model.item import Dateline
from dragoman.read.agencies import agency_name
from dragoman.read.calendar import PartialDate, valid_date

AHEAD = dt.timedelta(days=31)


def complete_dateline(
    dateline: Dateline,
    *,
    header: PartialDate | None = None,
    item_time: dt.datetime | None = None,
    received: dt.datetime | None = None,
    sender: str = "",
) -> Dateline:
    """`dateline` with year, date and `year_from`; the surest source first: the line, a header, the item, the arrival.

    A dateline without day stays without date: nothing is invented. One that names no agency is the `sender`'s.
    """
    if sender and not dateline.agency:
        dateline = msgspec.structs.replace(dateline, agency=agency_name(sender) or sender)
    if dateline.day is None:
        return dateline
    if dateline.year is not None and dateline.month is not None:
        return _dated(dateline, dateline.month, dateline.year, "line")
    references = (
        (_middle(header), "header"),
        (item_time.date() if item_time else None, "item"),
        (received.date() if received else None, "received"),
    )
    for reference, source in references:
        if reference is not None:
            whole_year = source == "header" and header is not None and header.month is None
            month, year = _closest(dateline.day, dateline.month, reference, years=not whole_year)
            return _dated(dateline, month, year, source)
    return dateline


def _dated(dateline: Dateline, month: int, year: int, source: str) -> Dateline:
    date = valid_date(year, month, dateline.day or 0)
    return msgspec.structs.replace(dateline, month=month, year=year, date=date, year_from=source)


def _middle(header: PartialDate | None) -> dt.date | None:
    """The header's day, or the middle of the month or year that is all it says."""
    if header is None:
        return None
    month = header.month or 7
    return valid_date(header.year, month, header.day or (15 if header.month else 1)) or dt.date(header.year, month, 28)


def _closest(day: int, month: int | None, reference: dt.date, *, years: bool) -> tuple[int, int]:
    """The month and year that put `day` nearest to `reference`; within its year where `years` is false."""
    around = (reference.year, reference.year - 1, reference.year + 1) if years else (reference.year,)
    months = (month,) if month else tuple(range(1, 13))
    possible = [found for year in around if 1 <= year <= 9999 for m in months if (found := valid_date(year, m, day))]
    if not possible:
        return month or reference.month, reference.year
    # Copy is written before it is sent; a month ahead is as far as advance copy goes.
    written = [found for found in possible if found - reference <= AHEAD] or possible
    best = min(written, key=lambda found: abs((found - reference).days))
    return best.month, best.year
