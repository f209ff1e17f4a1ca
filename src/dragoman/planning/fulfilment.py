"""Does an item fulfil a row of coverage? Surely where it names the event, perhaps where it bears its slugline. Pure."""

from typing import Literal

from dragoman.model.event import Coverage, Event
from dragoman.model.item import Item
from dragoman.text.fold import fold

Likeness = Literal["", "perhaps", "surely"]
_KINDS = {
    "text": ("text",),
    "picture": ("picture",),
    "video": ("video",),
    "audio": ("audio",),
    "graphic": ("graphic",),
    "live": ("text", "video", "audio"),
}


def fulfils(row: Coverage, event: Event, uri: str, item: Item, origin: str) -> Likeness:
    """How sure it is that `item`, written by `origin`, is what `row` promised of the event called `uri`."""
    if row.agency != origin or item.type not in _KINDS[row.kind]:
        return ""
    if row.language and item.language and row.language.split("-")[0] != item.language.split("-")[0]:
        return ""
    if uri in names(item) or (event.uri and event.uri in names(item)):
        return "surely"
    return "perhaps" if event.slugline and fold(event.slugline) == fold(item.slugline) else ""


def names(item: Item) -> frozenset[str]:
    """The uris of the events that an item names: as its subject, or as what it belongs to."""
    return frozenset(
        [one.uri for one in item.events if one.uri] + [one.uri for one in item.associations if one.type == "event"]
    )
