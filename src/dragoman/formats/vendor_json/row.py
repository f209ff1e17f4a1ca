"""A row of the table: where an agency's interface says what. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from dragoman.formats._json_item import Json, Told

More = Callable[[Json, str, Told], dict[str, Any]]
"""What a row reads by itself: an entry, the zone and what came up → fields of an item."""


class Row(Struct, frozen=True, kw_only=True):
    """`entries` is the path to the list of entries (empty: the document itself), `sign` the paths every entry has, `marks` the
    names by which its bytes are told. A path's alternatives are parted by ``|``: the first that says something counts.
    """

    title: str
    marks: tuple[bytes, ...]
    sign: tuple[str, ...]
    entries: str = ""
    id: str
    prefix: str = ""
    """Stands before the id, so that it is a uri."""
    texts: Mapping[str, str] = {}
    """Field of an item → path of a text."""
    times: Mapping[str, str] = {}
    """Field of an item → path of a time: RFC 3339, milliseconds since 1970, or as it is written in America."""
    headline: str = ""
    summary: str = ""
    caption: str = ""
    body: str = ""
    """HTML or plain text."""
    credit: str = ""
    source: str = ""
    keywords: str = ""
    """A list of words, or words parted by commas."""
    status: str = ""
    urgency: str = ""
    embargo: str = ""
    kinds: Mapping[str, str] = {}
    """What `type` says, in small letters → the item's kind."""
    type: str = ""
    usual: str = "text"
    """The kind of an entry that does not say."""
    zone: str = ""
    """The zone of its times that name none."""
    has_false_z: bool = False
    """Its times end in ``Z`` and are by the clock of `zone` all the same."""
    more: More | None = None


class NoCopy(Struct, frozen=True, kw_only=True):
    """JSON of a house that is no copy: the path that tells it, and what it is."""

    what: str
    sign: str
    marks: tuple[bytes, ...]
    hint: str = "Leave it out of the feed."
