"""Who takes part: agencies and the institutions they work with, their bureaus and correspondents."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

AgencyKind = Literal["agency", "centre", "ministry", "university", "outlet", "association"]
KeyState = Literal["offered", "trusted", "retired"]


class Agency(Struct, frozen=True, kw_only=True):
    """`code` is short, upper-case and unique in an exchange; `node` is the address of its Dragoman, if it runs one."""

    code: str
    name: str
    kind: AgencyKind = "agency"
    country: str = ""
    zone: str = "UTC"
    languages: tuple[str, ...] = ()
    node: str = ""
    home: bool = False
    id: int = 0


class Bureau(Struct, frozen=True, kw_only=True):
    """A bureau of an agency: where it stands, which zone its clock shows, what it writes in."""

    agency: str
    place: str
    country: str = ""
    zone: str = "UTC"
    languages: tuple[str, ...] = ()
    id: int = 0


class Correspondent(Struct, frozen=True, kw_only=True):
    agency: str
    name: str
    bureau: str = ""
    languages: tuple[str, ...] = ()
    id: int = 0


class NodeKey(Struct, frozen=True, kw_only=True):
    """A partner node's Ed25519 public key. Only a `trusted` one verifies anything."""

    agency: str
    public: bytes
    fingerprint: str
    state: KeyState
    since: datetime
    until: datetime | None = None
