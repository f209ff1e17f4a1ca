"""What `agreement propose` was told, as terms: a new agreement's, or those of a revision with what is changed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

import msgspec

from dragoman.model.agreement import Terms
from dragoman.model.errors import BadInput
from dragoman.model.item import Kind

_KINDS = get_args(Kind)


def terms(giver: str, taker: str, told: Mapping[str, Any], *, base: Terms | None, zone: str, now: datetime) -> Terms:
    """The terms in one direction. What is None in `told` stays as in `base`, or at its default.

    Raises: BadInput: a kind, a credit line or a time that cannot be read.
    """
    made = {
        name: _READ[name](value, zone) if name in _READ else value for name, value in told.items() if value is not None
    }
    start = base or Terms(giver=giver, taker=taker, valid_from=now)
    result = msgspec.structs.replace(start, giver=giver, taker=taker, **made)
    if result.valid_until is not None and result.valid_until <= result.valid_from:
        raise BadInput("The agreement would end before it begins", f"{result.valid_from} to {result.valid_until}")
    return result


def moment(text: str, zone: str) -> datetime:
    """A day (its beginning, in our agency's zone) or an instant, in UTC.

    Raises: BadInput: it is neither.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(
            f"{text!r} is not a day or a time", hint="As in 2026-05-01 or 2026-05-01T12:00+04:00."
        ) from error
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)


def _moment(text: str, zone: str) -> datetime | None:
    return None if text == "open" else moment(text, zone)


def words(text: str, _: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def kinds(text: str, zone: str) -> tuple[str, ...]:
    found = words(text, zone)
    if strange := [kind for kind in found if kind not in _KINDS]:
        raise BadInput(f"There is no kind {strange[0]!r}", hint=f"One of: {', '.join(_KINDS)}.")
    return found


def credit(lines: tuple[str, ...], _: str) -> dict[str, str]:
    lines_of: dict[str, str] = {}
    for line in lines:
        language, equals, said = line.partition("=")
        if not equals or not said.strip():
            raise BadInput(f"{line!r} is not a credit line", hint="As in en='Source: {{agency}}'; *=… serves the rest.")
        lines_of[language.strip()] = said.strip()
    return lines_of


_READ: Mapping[str, Any] = {
    "kinds": kinds,
    "languages": words,
    "territory": lambda text, zone: tuple(word.upper() for word in words(text, zone)),
    "credit": credit,
    "valid_from": moment,
    "valid_until": _moment,
}
