"""Releases, company news, copy from a partner's clipboard, tickers: a few lines in a fixed order before the text. Pure."""

import re
from datetime import datetime

from dragoman.formats._times import zone_of
from dragoman.formats._wire_copy import known
from dragoman.formats.coded.said import Said
from dragoman.formats.coded.zczc import ZONE
from dragoman.model.arrival import Hints
from dragoman.model.item import Concept
from dragoman.read.calendar import find_dates
from dragoman.text.cleaning import squeeze

RELEASE = re.compile(
    r"\s*Source:[ \t]*(?P<source>[^\n]{1,160})\n+(?P<kind>MEDIA RELEASE|PRESS RELEASE|NEWS RELEASE)[ \t]+(?P<id>[A-Z]{2}\d{3,8})[ \t]*\n",
    re.IGNORECASE,
)
TAGGED = re.compile(r"\s*(?:zczc[^\n]{0,20}\n)?(?:[A-Z]{2}#[^\n]{0,400}\n){3,30}", re.IGNORECASE)
CLIPBOARD = re.compile(
    r"\s*(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d\d(?:\d\d)?), (?P<hour>\d{1,2}):(?P<minute>\d\d) ?(?P<half>[AP]M)[ \t]*\n(?P<slug>[^\n]{1,120})\n(?P<headline>[^\n]{1,300})\n(?:By: (?P<by>[^\n]{1,200})\n)?\s*(?:Source: (?P<source>[^\n]{1,200})\n)?"
)
TABLE = re.compile(r"\s*[^\n|]{4,120}\n(?:[^\n|]*\|[^\n]*\n){4}")
TICKER = re.compile(r"\s*[^\n*a-z]{8,140} \*\* [^\n*a-z]{8,140} \*\* [^\n]*\Z")
_END_SOURCE = re.compile(r"\n[ \t]*SOURCE:?[ \t]+[^\n]{1,160}\s*\Z", re.IGNORECASE)


def read_release(text: str, hints: Hints) -> Said:
    """A release: who it is from, its number, a title of one line or more up to a blank one, the text."""
    head = RELEASE.match(text)
    assert head is not None, "asked for by RELEASE"
    title, _, body = text[head.end() :].lstrip().partition("\n\n")
    if "\n\n" not in text[head.end() :]:
        title, _, body = text[head.end() :].lstrip().partition("\n")
    closing = _END_SOURCE.search(body)
    source = squeeze(head["source"])
    return Said(
        text=body[: closing.start()] if closing and squeeze(closing[0]).lower().endswith(source.lower()) else body,
        headline=squeeze(title)[:400],
        slugline=source,
        id=head["id"],
        genre=head["kind"].title(),
        source=source,
        header=(squeeze(head[0]),),
        signs_off=squeeze(closing[0]) if closing else "",
    )


def read_tagged(text: str, hints: Hints) -> Said:
    """Company news in lines ``XX#…``: AN number, PD date, CO company, SO source, KY keywords, TI title, AB abstract, TX text."""
    fields: dict[str, str] = {}
    head, _, body = text.partition("\nTX#")
    for line in head.split("\n"):
        tag, sign, said = line.strip().partition("#")
        if sign and len(tag) == 2:
            fields[tag.upper()] = said.strip()
    zone = known(hints, ZONE)
    found = next(find_dates(fields.get("PD", "")), None)
    clock = re.search(r"(\d\d):(\d\d)(?::(\d\d))?", fields.get("PD", ""))
    sent = None
    if found and found.year and clock:
        sent = _moment(found.year, found.month, found.day, int(clock[1]), int(clock[2]), zone)
    words = fields.get("KY", "").split()
    return Said(
        text=body.strip() or fields.get("AB", ""),
        headline=fields.get("TI", ""),
        summary=fields.get("AB", ""),
        by=fields.get("BY", ""),
        id=fields.get("AN", ""),
        slugline=fields.get("KY", ""),
        subjects=tuple(Concept(name=word) for word in words),
        source=fields.get("KN", ""),
        sent=sent,
        time_note=f"time without zone, taken as {zone}" if sent else "",
        zone=zone,
    )


def read_clipboard(text: str, hints: Hints) -> Said:
    """Copy as a newsroom program puts it on the clipboard: time, slug, headline, byline, source, text."""
    head = CLIPBOARD.match(text)
    assert head is not None, "asked for by CLIPBOARD"
    year = int(head["year"]) + (2000 if len(head["year"]) == 2 else 0)
    hour = int(head["hour"]) % 12 + (12 if head["half"] == "PM" else 0)
    zone = known(hints, "")
    sent = _moment(year, int(head["month"]), int(head["day"]), hour, int(head["minute"]), zone)
    return Said(
        text=text[head.end() :],
        headline=squeeze(head["headline"]),
        slugline=squeeze(head["slug"]),
        by=squeeze(head["by"] or ""),
        source=squeeze(head["source"] or ""),
        sent=sent,
        time_note=f"time without zone, taken as {zone}; the month is taken to stand first" if sent else "",
        zone=zone,
        header=(squeeze(head[0].split("\n")[0]),),
    )


def read_ticker(text: str, hints: Hints) -> Said:
    """One line of headlines in capitals, parted by two asterisks; the first of them is the item's."""
    lines = [squeeze(line) for line in text.split("**") if line.strip()]
    return Said(text=squeeze(text), headline=lines[0], genre="Ticker", language="")


def read_table(text: str, hints: Hints) -> Said:
    """A title, and rows whose cells are parted by strokes."""
    title, _, rows = text.strip().partition("\n")
    return Said(
        text="\n".join(row.strip().replace("|", "\t") for row in rows.split("\n")), headline=squeeze(title), as_set=True
    )


def _moment(year: int, month: int, day: int, hour: int, minute: int, zone: str) -> datetime | None:
    try:
        return datetime(year, month, day, hour, minute, tzinfo=zone_of(zone))
    except ValueError:
        return None
