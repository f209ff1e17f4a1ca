"""The event that an item of kind `event` tells of. What makes no sense in it is left out. Pure."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, get_args

from msgspec.structs import replace

from dragoman.model.errors import BadInput
from dragoman.model.event import Accreditation, Event, EventKind, EventState, Venue
from dragoman.model.happening import Address, Dates, HappeningProfile
from dragoman.model.item import Item
from dragoman.model.recurrence import read_rule, write_rule
from dragoman.planning.announcement import CO_ORGANISER, HOST, STATES, VENUE
from dragoman.planning.event import LONGEST, faults
from dragoman.planning.times import midnight

_HEARD: Final[Mapping[str, EventState]] = {
    "eos1": "planned",
    "eos2": "planned",
    "eos3": "planned",
    "eos4": "planned",
    "eos5": "confirmed",
    "eos6": "cancelled",
}
_LINE, _TEXT = 500, 20_000
_PARTLY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def event_of(item: Item) -> Event | None:
    """The event that an item tells of; none where it does not say when. What makes no sense is left out."""
    dates = item.event_details.dates if item.event_details else None
    span = _span(dates) if dates else None
    if span is None:
        return None
    ours = item.ours.happening or HappeningProfile()
    starts, ends, all_day = span
    event = Event(
        titles=_said(ours.titles) or _said({item.language: item.headline}),
        kind=_kind(item, ours),
        state=_state(item, ours),
        starts=starts,
        ends=ends,
        zone=ours.zone or _fixed_zone(starts, all_day=all_day),
        all_day=all_day,
        rule=_rule(ours.rule),
        but=ours.but[:400],
        also=ours.also[:100],
        summary=_said(ours.summaries) or _said({item.language: _summary(item)}),
        hosts=_hosts(item),
        co_organisers=tuple(one.name[:_LINE] for one in item.organisations if one.rel == CO_ORGANISER)[:50],
        venue=_venue(item),
        accreditation=Accreditation(
            required=bool(ours.accreditation or ours.accreditation_until),
            until=ours.accreditation_until,
            how=ours.accreditation[:_TEXT],
        ),
        languages=ours.languages,
        link=_link(item),
        slugline=item.slugline[:_LINE],
        embargoed_until=item.embargoed_until,
        uri=item.uri[:_LINE],
        urgency=item.urgency,
        subjects=tuple(one.name[:_LINE] for one in item.subjects if one.name)[:50],
    )
    return _mended(event)


def _mended(event: Event) -> Event | None:
    """The event with what is impossible about it left out; none where it lies out of reach."""
    if event.ends is not None and not event.starts <= event.ends <= event.starts + LONGEST:
        event = replace(event, ends=None)
    if event.all_day:
        event = replace(event, also=tuple(at for at in event.also if not at.utcoffset() and at.time() == time()))
    if event.kind == "anniversary" and not event.all_day:
        event = replace(event, kind="event")
    if not event.titles:
        event = replace(event, titles={"": event.uri or "–"})
    if faults(event):
        event = replace(event, rule="", also=(), zone="", venue=replace(event.venue, zone=""))
    return None if faults(event) else event


def _span(dates: Dates) -> tuple[datetime, datetime | None, bool] | None:
    """From when to when; the third says whether days are meant."""
    if dates.start_date is not None:
        return dates.start_date, dates.end_date, False
    first = _partly(dates.expected_start_date)
    if first is None:
        return None
    last = _partly(dates.expected_end_date) or first
    end = last[1] if last[1] > first[0] else first[1]
    return midnight(first[0]), midnight(end), True


def _partly(text: str) -> tuple[date, date] | None:
    """The first day of a year, month or day, and the day after its last."""
    match = _PARTLY.match(text)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if day:
            return date(year, month, day), date(year, month, day) + timedelta(days=1)
        if month:
            return date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
        return date(year, 1, 1), date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None


def _kind(item: Item, ours: HappeningProfile) -> EventKind:
    kinds: tuple[EventKind, ...] = get_args(EventKind)
    said = (ours.kind, *(one.name.casefold() for one in item.genres))
    return next((kind for kind in kinds if kind in said), "event")


def _state(item: Item, ours: HappeningProfile) -> EventState:
    if ours.state in STATES:
        return ours.state  # type: ignore[return-value]  # just asked
    status = item.event_details.event_status if item.event_details else ""
    return _HEARD.get(status.rpartition("/")[2].rpartition(":")[2], "planned")


def _fixed_zone(at: datetime, *, all_day: bool) -> str:
    """A zone with the sender's own offset, so that its clock is the one that is shown."""
    offset = at.utcoffset() or timedelta()
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    return "" if all_day or rest or not hours else f"Etc/GMT{-hours:+d}"


def _rule(text: str) -> str:
    try:
        return write_rule(read_rule(text))[:_LINE] if text else ""
    except BadInput:
        return ""


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text[:_TEXT] for language, text in texts.items() if text.strip()}


def _summary(item: Item) -> str:
    text = "\n\n".join(block.text for block in item.ours.blocks)
    return text or (item.descriptions[0].value if item.descriptions else "")


def _hosts(item: Item) -> tuple[str, ...]:
    named = [one.name for one in item.organisations if one.rel == HOST and one.name]
    organiser = item.event_details.organiser if item.event_details else None
    if organiser and organiser.name:
        named = [organiser.name, *named]
    return tuple(dict.fromkeys(name[:_LINE] for name in named))[:50]


def _venue(item: Item) -> Venue:
    place = next((one for one in item.places if one.rel == VENUE), None) or next(
        (one for one in item.places if one.contact_info), None
    )
    if place is None:
        return Venue(city=(item.located or (item.places[0].name if item.places else ""))[:_LINE])
    address = next((one.address for one in place.contact_info if one.address), None) or Address()
    at = place.geo.coordinates if place.geo else (None, None)
    on_earth = at[0] is not None and at[1] is not None and abs(at[0]) <= 180 and abs(at[1]) <= 90
    return Venue(
        name="" if place.name == address.locality else place.name[:_LINE],
        address=", ".join(part for part in (*address.lines, address.area) if part)[:_LINE],
        city=(address.locality or item.located)[:_LINE],
        country=address.country[:_LINE],
        link=next((one.value for one in place.contact_info if one.type == "url"), "")[:_LINE],
        longitude=at[0] if on_earth else None,
        latitude=at[1] if on_earth else None,
    )


def _link(item: Item) -> str:
    return item.uri[:_LINE] if item.uri.startswith(("https://", "http://")) else ""
