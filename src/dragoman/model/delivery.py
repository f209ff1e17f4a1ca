"""Handing over: channels, deliveries, receipts, and the states a delivery can be in."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dragoman.model.access import Access
from dragoman.model.version import VersionAct

ChannelKind = Literal["node", "webhook", "folder", "mail", "sftp", "ftp", "superdesk"]
DeliveryState = Literal[
    "pending", "leased", "sent", "receipted", "retry", "superseded", "cancelled", "parked", "expired"
]
TERMINAL: frozenset[DeliveryState] = frozenset({"receipted", "superseded", "cancelled", "parked", "expired"})
"""Terminal states never change. `sent` is final for a channel that gives no receipts."""

KILL_PRIORITY, FLASH_PRIORITY, USUAL_PRIORITY, BULK_PRIORITY = 0, 1, 5, 9


class Channel(Struct, frozen=True, kw_only=True):
    """A way out to one agency. `address` is a URL or a folder; `format` names an encoder; `access` how we get in."""

    name: str
    agency: str
    kind: ChannelKind
    address: str
    format: str = "ninjs"
    state: Literal["active", "paused", "disabled"] = "active"
    id: int = 0
    access: Access = Access()


class Delivery(Struct, frozen=True, kw_only=True):
    """One version owed to one channel. `id` is stable over every attempt: the receiver knows a repeat by it."""

    id: str
    channel: int
    agency: str
    sequence: int
    act: VersionAct
    priority: int
    state: DeliveryState = "pending"
    attempts: int = 0
    due: datetime | None = None
    reason: str = ""


class Receipt(Struct, frozen=True, kw_only=True):
    """A partner says: I have this version and have done what it asks (`act`)."""

    delivery: str
    agency: str
    origin: str
    uri: str
    version: str
    act: VersionAct
    outcome: Literal["stored", "duplicate", "parked", "refused"]
    at: datetime
    detail: str = ""
