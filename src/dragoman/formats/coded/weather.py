"""Warnings and forecasts of a weather bureau: a product number, the bureau, the title, when it was issued, the text. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

from dragoman.formats._times import zone_of
from dragoman.formats._wire_copy import known
from dragoman.formats.coded.said import Said
from dragoman.formats.coded.zczc import ZONE
from dragoman.model.arrival import Hints
from dragoman.model.item import Concept
from dragoman.read.calendar import MONTHS
from dragoman.text.cleaning import squeeze
from dragoman.text.fold import fold

HEAD = re.compile(r"\s*(?P<product>ID[A-Z]\d{5})[ \t]*\n")
_ISSUED = re.compile(
    r"^(?:Issued )?[Aa]t (?P<hour>\d{1,2})[:.]?(?P<minute>\d\d) ?(?P<half>[ap]\.?m\.?)? ?(?P<zone>UTC|GMT|[A-Z]{2,4})?[ ,]*(?:on )?(?:[A-Z][a-z]+day,? ?)?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}) (?P<year>\d{4})",
    re.MULTILINE,
)
_BUREAU = re.compile(r"bureau of meteorology|weather (?:service|bureau)|met(?:eorological)? office", re.IGNORECASE)
STATES: Mapping[str, str] = {"N": "NSW", "V": "Vic", "Q": "Qld", "S": "SA", "W": "WA", "T": "Tas", "D": "NT"}
"""Third letter of a product number → the state it is issued for."""
PRODUCTS: Mapping[str, str] = {"IDN38100": "Road Weather Warning NSW", "IDY21020": "Ocean Wind Warning Antarctica"}
"""Products by number, where the copy itself gives the title of a single warning only."""
_HOURS = {"EST": 10.0, "EDT": 11.0, "CST": 9.5, "CDT": 10.5, "WST": 8.0, "UTC": 0.0, "GMT": 0.0}
"""The bureau's own abbreviations: hours east of UTC."""


def read(text: str, hints: Hints) -> Said:
    """What one product says."""
    head = HEAD.match(text)
    assert head is not None, "asked for by HEAD"
    product, body = head["product"], text[head.end() :]
    issued = _ISSUED.search(body[:2000])
    title = PRODUCTS.get(product) or _title(body[: issued.start()] if issued else body[:400], product)
    zone = known(hints, ZONE)
    sent, note = _moment(issued, zone) if issued else (None, "")
    when = f": Issued {_clock(issued)}, {issued['month']} {int(issued['day'])}" if issued else ""
    state = STATES.get(product[2], "")
    return Said(
        text=body,
        headline=f"Weather {title}{when}",
        slugline=title,
        id=f"{product}-{sent:%Y%m%d%H%M}" if sent else "",
        places=(Concept(name=state),) if state else (),
        genre="Weather",
        sent=sent,
        time_note=note,
        zone=zone,
        language="en",
        as_set=True,
        header=(product,),
    )


def _title(head: str, product: str) -> str:
    lines = [squeeze(line) for line in head.split("\n")]
    named = [line for line in lines if line and not _BUREAU.search(line) and ":" not in line and not line.isupper()]
    return " ".join(named)[:120] or product


def _clock(issued: re.Match[str]) -> str:
    minute, half = issued["minute"], (issued["half"] or "").replace(".", "")
    return f"{int(issued['hour'])}:{minute}{half}" if half else f"{issued['hour']}{minute}{issued['zone'] or ''}"


def _moment(issued: re.Match[str], zone: str) -> tuple[datetime | None, str]:
    hour, half = int(issued["hour"]), (issued["half"] or "")[:1]
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    hours = _HOURS.get(issued["zone"] or "")
    month = MONTHS.get(fold(issued["month"]))
    try:
        at = datetime(
            int(issued["year"]), month or 0, int(issued["day"]), hour, int(issued["minute"]),
            tzinfo=zone_of(zone) if hours is None else timezone(timedelta(hours=hours)),
        )  # fmt: skip
    except ValueError:
        return None, f"unreadable time: {squeeze(issued[0])[:60]}"
    return at, "" if hours is not None else f"time without zone, taken as {zone}"
