"""When a server says Retry-After, how long we really wait. Pure."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SHORTEST, LONGEST = timedelta(seconds=1), timedelta(hours=24)
_SECONDS = re.compile(r"(-?)([0-9]+)(?:\.[0-9]*)?")


def retry_after(value: str, now: datetime) -> timedelta | None:
    """The wait asked for in seconds or as a date (RFC 9110 §10.2.3), within 1 s and 24 h; None where it is unreadable."""
    value = value.strip()
    if match := _SECONDS.fullmatch(value):
        return SHORTEST if match[1] else _clamped(match[2])
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    if at.tzinfo is None:  # "-0000": UTC of unknown origin (RFC 5322 §3.3).
        at = at.replace(tzinfo=UTC)
    return max(SHORTEST, min(LONGEST, at - now))


def _clamped(digits: str) -> timedelta:
    # Ten digits are three centuries: more need no reading, and int() itself refuses thousands of them.
    significant = digits.lstrip("0") or "0"
    return LONGEST if len(significant) > 9 else max(SHORTEST, min(LONGEST, timedelta(seconds=int(significant))))
