"""Items out of the JSON of an agency's own interface: what reading one needs, whatever its names are. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from dragoman.formats._identity import content_version, is_uri, made_uri
from dragoman.formats._times import read_time
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.happening import Point
from dragoman.model.item import AltId, Item
from dragoman.read.reading import shaped

Json = Mapping[str, Any]
_STEP = re.compile(r"[^.\[\]]+")


class Told(Struct):
    """What came up while an item was read: assumptions, and what had no place."""

    notes: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def at(value: object, path: str) -> Any:
    """What stands at `path` (``data.item``, ``authors[0].name``) in parsed JSON; None where nothing does."""
    for step in _STEP.findall(path):
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def text(value: object) -> str:
    """A string or a number as text; of anything else nothing."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def rows(value: object) -> Iterator[Json]:
    """The objects of a list, or of an object of objects."""
    listed = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return (each for each in listed if isinstance(each, Mapping))


def strings(value: object) -> list[str]:
    """The strings of a list."""
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def moment(value: object, zone: str, told: Told, name: str) -> datetime | None:
    """The time `value` tells, or None with a note; of a time without zone it is noted."""
    found, note = read_time(text(value), zone)
    if note:
        told.notes.append(f"{name}: {note}")
    return found


def embargo(value: object, zone: str, told: Told) -> datetime | None:
    """As `moment`, for an embargo. Raises: Undecodable: nobody can read it, and without it the copy would be free."""
    if value in (None, "", False):
        return None
    found = moment(value, zone, told, "embargo")
    if found is None:
        raise Undecodable("The embargo cannot be read", str(value)[:80])
    return found


def whole_number(value: object, least: int, most: int) -> int | None:
    """`value` as an integer where it is one within the bounds."""
    said = text(value)
    return int(said) if said.isdecimal() and len(said) < 6 and least <= int(said) <= most else None


def point(east: object, north: object) -> Point | None:
    """The place at longitude `east` and latitude `north`, in degrees; None where these are none."""
    if isinstance(east, bool) or not isinstance(east, (int, float)) or not isinstance(north, (int, float)):
        return None
    return Point(coordinates=(float(east), float(north))) if abs(east) <= 360 and abs(north) <= 90 else None


def finished(item: Item, sent_id: str, hints: Hints, told: Told) -> Item:
    """`item` under its uri, with a version, and read. An id that is no URI is kept in `altIds`."""
    if is_uri(sent_id):
        item = replace(item, uri=sent_id)
    else:
        alt = (AltId(value=sent_id, role="guid"), *item.alt_ids)
        item = replace(item, uri=made_uri(hints.agency, sent_id), alt_ids=alt)
    ours = item.ours
    notes, lost = (tuple(dict.fromkeys(words)) for words in ((*ours.notes, *told.notes), (*ours.lost, *told.lost)))
    item = shaped(replace(item, dragoman=replace(ours, notes=notes, lost=lost)))
    return item if item.version else replace(item, version=content_version(item))
