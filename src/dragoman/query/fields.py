"""The fields of the query language: for each, which values it takes, how a version is asked, what to show of it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import eq, ge, gt, le, lt
from typing import Final, get_args

from msgspec import Struct

from dragoman.model.item import Kind
from dragoman.query.reading import Reading, exact, needle
from dragoman.query.tree import Field


class FieldRule(Struct, frozen=True, kw_only=True):
    """`check` says what it expected of a value, or nothing when the value will do. `holds` tests one value.

    `shown` is what the version has there, for an explanation. `ordered` fields take `<` and its like.
    """

    check: Callable[[str], str]
    holds: Callable[[Reading, str, datetime], bool]
    shown: Callable[[Reading], str] = lambda reading: ""
    ordered: bool = False
    options: tuple[str, ...] = ()


def holds(field: Field, reading: Reading, now: datetime) -> bool:
    """Does any value of the field hold?"""
    if field.op != "=":
        return _compared(field, reading)
    test = FIELDS[field.name].holds
    return any(test(reading, value, now) for value in field.values)


_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq}


def _compared(field: Field, reading: Reading) -> bool:
    urgency = reading.item.urgency
    return urgency is not None and any(_COMPARE[field.op](urgency, int(value)) for value in field.values)


# --- moments ---------------------------------------------------------------------------------------------------------

_AGO = re.compile(r"(\d{1,4})([mhdw])")
_UNIT = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_FORMATS = ("%Y", "%Y-%m", "%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z")


@lru_cache(maxsize=1024)
def moment(text: str) -> datetime | timedelta | None:
    """A moment (UTC where no zone is given), a time ago, or None where `text` is neither."""
    if ago := _AGO.fullmatch(text):
        return timedelta(**{_UNIT[ago[2]]: int(ago[1])})
    for form in _FORMATS:
        try:
            read = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is seen to in the next line
            return read if read.tzinfo else read.replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def _boundary(text: str, now: datetime) -> datetime:
    read = moment(text)
    if isinstance(read, timedelta):
        return now - read
    return read or now  # the parser lets only moments in


# --- tests -----------------------------------------------------------------------------------------------------------


def _is_kind(reading: Reading, value: str, now: datetime) -> bool:
    return reading.item.type == value


def _has_picture(reading: Reading) -> bool:
    item = reading.item
    return item.type == "picture" or bool(item.renditions) or any(a.type == "picture" for a in item.associations)


def _has_correction(reading: Reading) -> bool:
    correction = reading.ours.correction
    return reading.version.act == "correct" or (correction is not None and correction.kind in _CORRECTIONS)


_CORRECTIONS = frozenset({"correction", "refile", "substitute"})
_HAS: Final[dict[str, Callable[[Reading], bool]]] = {
    "picture": _has_picture,
    "embargo": lambda reading: reading.item.embargoed_until is not None,
    "correction": _has_correction,
    "dateline": lambda reading: reading.ours.dateline is not None,
    "byline": lambda reading: bool(reading.item.by),
}
_STATE: Final[dict[str, Callable[[Reading, datetime], bool]]] = {
    "usable": lambda reading, now: reading.version.state == "usable",
    "held": lambda reading, now: reading.version.state == "held",
    "killed": lambda reading, now: reading.version.state in ("killed", "expunged"),
    "embargoed": lambda reading, now: reading.item.is_embargoed(now),
}


# --- values ----------------------------------------------------------------------------------------------------------


def _anything(value: str) -> str:
    return "" if value.strip() else "a value"


def _words(value: str) -> str:
    return "" if exact(value) != " " else "a word or a number"


def _moment(value: str) -> str:
    return "" if moment(value) else "a day as 2026-05-01, a moment as 2026-05-01T10:00Z, or a time ago as 24h"


def _urgency(value: str) -> str:
    return "" if len(value) == 1 and value in "123456789" else "a number from 1 to 9"


def _one_of(options: tuple[str, ...]) -> Callable[[str], str]:
    expected = "one of " + ", ".join(options)
    return lambda value: "" if value in options else expected


def _chosen(options: tuple[str, ...], test: Callable[[Reading, str, datetime], bool]) -> FieldRule:
    return FieldRule(check=_one_of(options), holds=test, options=options)


FIELDS: Final[dict[str, FieldRule]] = {
    "language": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: value.casefold() in reading.languages,
        shown=lambda reading: reading.item.language,
    ),
    "agency": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: reading.version.agency.casefold() == value.casefold(),
        shown=lambda reading: reading.version.agency,
    ),
    "origin": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: reading.version.origin.casefold() == value.casefold(),
        shown=lambda reading: reading.version.origin,
    ),
    "place": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: reading.places.has(value),
        shown=lambda reading: ", ".join(reading.places.shown),
    ),
    "country": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: value.casefold() in reading.countries,
        shown=lambda reading: ", ".join(sorted(reading.countries)),
    ),
    "kind": FieldRule(
        check=_one_of(get_args(Kind)), holds=_is_kind, shown=lambda r: r.item.type, options=get_args(Kind)
    ),
    "subject": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: reading.subjects.has(value),
        shown=lambda reading: ", ".join(reading.subjects.shown),
    ),
    "project": FieldRule(
        check=_anything,
        holds=lambda reading, value, now: value.casefold() in map(str.casefold, reading.version.projects),
        shown=lambda reading: ", ".join(reading.version.projects),
    ),
    "before": FieldRule(
        check=_moment,
        holds=lambda reading, value, now: reading.moment < _boundary(value, now),
        shown=lambda reading: reading.moment.isoformat(timespec="minutes"),
    ),
    "after": FieldRule(
        check=_moment,
        holds=lambda reading, value, now: reading.moment >= _boundary(value, now),
        shown=lambda reading: reading.moment.isoformat(timespec="minutes"),
    ),
    "urgency": FieldRule(
        check=_urgency,
        holds=lambda reading, value, now: reading.item.urgency == int(value),
        shown=lambda reading: str(reading.item.urgency or ""),
        ordered=True,
    ),
    "has": _chosen(tuple(_HAS), lambda reading, value, now: _HAS[value](reading)),
    "state": _chosen(tuple(_STATE), lambda reading, value, now: _STATE[value](reading, now)),
    "headline": FieldRule(check=_words, holds=lambda reading, value, now: needle(value) in reading.headline),
    "slug": FieldRule(check=_words, holds=lambda reading, value, now: needle(value) in reading.slugline),
    "byline": FieldRule(check=_words, holds=lambda reading, value, now: needle(value) in reading.byline),
}
"""Every field of the language, by name, in the order of the grammar."""
