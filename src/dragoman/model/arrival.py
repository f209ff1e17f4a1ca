"""What came in: arrivals (bytes, kept before anything is understood) and their units (one decoded item, or why not)."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dragoman.model.errors import Problem
from dragoman.model.item import Item

UnitState = Literal["kept", "stored", "duplicate", "parked", "refused"]
FeedKind = Literal["http", "folder", "push", "node", "import", "imap", "sftp", "ftp"]


class Hints(Struct, frozen=True, kw_only=True):
    """What the feed knows that the bytes may not say. Empty means unknown."""

    format: str = ""
    media_type: str = ""
    charset: str = ""
    language: str = ""
    zone: str = "UTC"
    agency: str = ""
    source: str = ""
    """The file's name or the address it came from."""
    received: datetime | None = None
    senders: tuple[str, ...] = ()
    """Whose mail is copy, addresses or domains; empty: everybody's."""
    vouching: str = ""
    """The mail server whose word on senders is believed."""


class Arrival(Struct, frozen=True, kw_only=True):
    """Bytes as received. `digest` is their SHA-256."""

    id: int
    feed: str
    agency: str
    received: datetime
    digest: bytes
    size: int
    source: str = ""
    media_type: str = ""


class Unit(Struct, frozen=True, kw_only=True):
    """One entry of an arrival, decoded into `item` or refused with `problem`: exactly one of the two is set. `body` is the
    entry's own bytes where the arrival only holds them: a picture attached to a mail."""

    index: int
    item: Item | None = None
    problem: Problem | None = None
    body: bytes = b""
