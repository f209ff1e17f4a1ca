"""What two agencies have agreed: terms (signed by both), and the grants that follow from them.

Terms have one direction, from the giver to the taker; an exchange both ways is two agreements. Their canonical bytes
(RFC 8785) are the same on both nodes, so both can sign them.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from dragoman.model.item import AwareTime, Kind

Use = Literal["internal", "own wire", "free web"]
EmbargoMode = Literal["hold", "advance"]
AgreementState = Literal["proposed", "offered", "active", "declined", "ended", "superseded"]
"""`proposed` by us and unanswered; `offered` to us; `active` once both have signed."""


class Terms(Struct, frozen=True, kw_only=True):
    """The terms, as both parties sign them. Every limit is a clause that a refusal can name."""

    giver: str
    taker: str
    content: str = ""
    """A query (see `dragoman.query`); empty means everything."""
    kinds: tuple[Kind, ...] = ("text",)
    languages: tuple[str, ...] = ()
    """BCP 47 primary tags; empty means any."""
    use: Use = "own wire"
    onward: bool = False
    """May the taker hand it on to others?"""
    relays: tuple[str, ...] = ()
    """Origins whose corrections and kills the giver may relay."""
    translation: bool = True
    credit: dict[str, str] = field(default_factory=dict)
    """Credit line per language; the key ``*`` serves the rest."""
    territory: tuple[str, ...] = ()
    """ISO 3166 codes; empty means everywhere."""
    embargo: EmbargoMode = "hold"
    no_return: bool = True
    """Never to an agency the copy has already passed through."""
    delay_s: Annotated[int, Meta(ge=0)] = 0
    daily_quota: Annotated[int, Meta(ge=0)] | None = None
    valid_from: AwareTime
    valid_until: AwareTime | None = None
    documents: tuple[str, ...] = ()


class Agreement(Struct, frozen=True, kw_only=True):
    """One revision of an agreement; `signatures` is keyed by agency code, base64 of Ed25519 over the canonical bytes."""

    id: str
    revision: int
    predecessor: str = ""
    """SHA-256 (hex) of the canonical bytes of the revision before; empty for the first."""
    terms: Terms
    state: AgreementState = "proposed"
    signatures: dict[str, str] = field(default_factory=dict)
    accepted_by: str = ""


class Grant(Struct, frozen=True, kw_only=True):
    """The right of one agency to one version, under one agreement revision.

    `since` is the earliest moment it counts (embargo held, delay); `withdrawn` when a newer version or the end of the
    agreement took it back.
    """

    agreement: str
    revision: int
    agency: str
    sequence: int
    reasons: tuple[str, ...] = ()
    since: datetime
    withdrawn: datetime | None = None
    advance: bool = False


class Verdict(Struct, frozen=True, kw_only=True):
    """May it go? `reasons` name the clauses, the refusing ones where it may not."""

    allowed: bool
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed
