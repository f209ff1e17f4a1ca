"""An entry of an agency's own interface as an item, by its row of the table. Pure."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from dragoman.formats._json_item import Json, Told, at, embargo, finished, moment, text, whole_number
from dragoman.formats._status import status_of
from dragoman.formats._times import zone_of
from dragoman.formats.vendor_json.row import Row
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import Body, Concept, Description, Headline, Item, Profile

_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d\d)(?::(\d\d))? ([AP])M\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 4_102_444_800_000  # milliseconds: the year 2100
_UTC = "Utc"  # how a property's name ends whose time is in UTC, though it does not say so itself
_ANY_ZONE = "UTC"  # what hints say where nobody has said anything


def item_of(row: Row, entry: Json, hints: Hints, notes: tuple[str, ...]) -> Item:
    """`entry` as an item. Raises: Undecodable: it has no id, or its embargo cannot be read."""
    told = Told(notes=list(notes))
    sent_id = first(entry, row.id)
    if not sent_id:
        raise Undecodable("An entry has no id", row.id)
    zone = hints.zone if hints.zone != _ANY_ZONE else row.zone or hints.zone
    fields = _said(row, entry, zone, told)
    if row.more is not None:
        fields |= row.more(entry, zone, told)
    ours = fields.pop("dragoman", Profile())
    if credit := first(entry, row.credit):
        ours = replace(ours, credit=credit)
    item = Item(uri="", **fields, dragoman=ours)
    if not (item.headlines or item.bodies or item.descriptions or item.renditions):
        raise Undecodable("An entry says nothing", "no headline, no text, no picture")
    return finished(item, row.prefix + sent_id, hints, told)


def first(entry: Json, paths: str) -> str:
    """What the first of the alternatives in `paths` says that says something."""
    return next((words for path in paths.split("|") if path and (words := text(at(entry, path)))), "")


def _said(row: Row, entry: Json, zone: str, told: Told) -> dict[str, Any]:
    headline, body = first(entry, row.headline), first(entry, row.body)
    summary, caption, source = (first(entry, path) for path in (row.summary, row.caption, row.source))
    descriptions = ((caption, "caption"), (summary, "summary"))
    kind = row.kinds.get(first(entry, row.type).lower(), row.usual)
    return {
        "type": kind,
        **{field: words for field, path in row.texts.items() if (words := first(entry, path))},
        **{field: time(entry, path, row, zone, told) for field, path in row.times.items()},
        "headlines": (Headline(value=headline),) if headline else (),
        "descriptions": tuple(Description(value=words, role=role) for words, role in descriptions if words),
        "bodies": (Body(value=body, content_type="text/html" if "<" in body else "text/plain"),) if body else (),
        "info_sources": (Concept(name=source, role="source"),) if source else (),
        "subjects": _keywords(at(entry, row.keywords) if row.keywords else None),
        "pub_status": status_of(first(entry, row.status)) or "usable",
        "urgency": whole_number(at(entry, row.urgency), 1, 9) if row.urgency else None,
        "embargoed_until": embargo(at(entry, row.embargo), zone, told) if row.embargo else None,
    }


def _keywords(value: object) -> tuple[Concept, ...]:
    words = value if isinstance(value, list) else text(value).split(",")
    return tuple(Concept(name=word, rel="keyword") for each in words if (word := text(each)))


def time(entry: Json, paths: str, row: Row, zone: str, told: Told) -> datetime | None:
    """The time at the first of `paths` that has one, or None."""
    path, value = next(
        ((path, found) for path in paths.split("|") if (found := at(entry, path)) not in (None, "")), ("", None)
    )
    if value is None:
        return None
    if path.endswith(_UTC):
        return moment(value, "UTC", Told(), path)
    if isinstance(value, int) and not isinstance(value, bool):
        return _EPOCH + timedelta(milliseconds=value) if 0 < value < _LATEST else None
    words = text(value)
    if american := _AMERICAN.match(words):
        return _american(american, zone, told)
    if row.has_false_z and words.endswith("Z"):
        told.notes.append(f"time marked as UTC, taken as {zone}: {words[:40]}")
        return moment(words[:-1], zone, Told(), path)
    return moment(words, zone, told, path)


def _american(match: re.Match[str], zone: str, told: Told) -> datetime | None:
    month, day, year, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    told.notes.append(f"time without zone, taken as {zone}: {match[0]}")
    try:
        return datetime(
            year, month, day, hour % 12 + (12 if match[7] == "P" else 0), minute, second, tzinfo=zone_of(zone)
        )
    except ValueError:
        return None
