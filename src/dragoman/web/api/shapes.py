"""What the API answers and takes, as documented in its OpenAPI description. Additive changes only."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.delivery import Channel
from dragoman.model.errors import Problem
from dragoman.model.item import Item
from dragoman.model.version import ItemState, VersionAct
from dragoman.store.arrivals import ArrivalRow
from dragoman.store.channels import ChannelRow
from dragoman.store.copies import Road, VersionProposal
from dragoman.store.deliveries import DeliveryRow
from dragoman.store.feeds import Feed
from dragoman.store.items import Filed


class ItemLine(Struct, frozen=True, kw_only=True):
    """An item in its current version. `headline` is empty where the item is held or killed."""

    id: int
    uri: str
    version: str
    sequence: int
    origin: str
    agency: str
    act: VersionAct
    state: ItemState
    kind: str
    language: str
    headline: str
    urgency: int | None
    received: datetime
    version_created: datetime | None
    embargoed_until: datetime | None
    versions: int
    held_by: str
    kill_requested_by: str
    copy_of: int | None
    """The item that brought the words of this version first, under another id."""
    copies: int
    """Other items that brought the words of this one again."""


class ItemWhole(Struct, frozen=True, kw_only=True):
    """The line and the item itself: ninjs 3.1 with our profile."""

    line: ItemLine
    item: Item


class ItemPage(Struct, frozen=True, kw_only=True):
    """`next` continues behind the last line; empty: that is all. It is bound to its query and reader."""

    items: list[ItemLine]
    next: str


class Same(Struct, frozen=True, kw_only=True):
    """Who else brought the same words, the first first; and which items are, or may be, versions of this one under other ids."""

    copies: list[Road]
    versions: list[VersionProposal]


class VersionWord(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the item is a newer version of `older`: what was proposed, accepted or rejected."""

    older: int
    word: Literal["accepted", "rejected"]


class Reason(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why; it goes to everyone who has the item."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000)]


class CorrectionAsked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is changed (absent: left as it is) and what was wrong. `text` is plain, a blank line between paragraphs."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000)]
    headline: str | None = None
    text: str | None = None
    slugline: str | None = None
    urgency: Annotated[int, Meta(ge=1, le=9)] | None = None
    ed_note: str | None = None
    kind: Literal["correction", "update", "refile"] = "correction"


class Proposal(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Terms to propose; `revises` names the agreement they are a new revision of."""

    terms: Terms
    revises: str = ""


class Explained(Struct, frozen=True, kw_only=True):
    """What one agreement says to an item: granted, or the clauses that refuse."""

    agreement: str
    revision: int
    agency: str
    allowed: bool
    reasons: tuple[str, ...]


class FeedLine(Struct, frozen=True, kw_only=True):
    name: str
    agency: str
    kind: str
    address: str
    state: str
    every_s: float
    failures: int
    last_error: str
    last_poll: datetime | None
    last_arrival: datetime | None
    next_poll: datetime | None


class ChannelLine(Struct, frozen=True, kw_only=True):
    channel: Channel
    waiting: int
    oldest: datetime | None
    failures: int
    failing_since: datetime | None
    last_error: str
    last_success: datetime | None


class ArrivalLine(Struct, frozen=True, kw_only=True):
    """Bytes as received, and how many of their units were stored, known already, parked, refused."""

    id: int
    feed: str
    agency: str
    received: datetime
    digest: str
    size: int
    source: str
    state: str
    stored: int
    duplicate: int
    parked: int
    refused: int
    problem: Problem | None


AgencyList = list[Agency]
AgreementList = list[Agreement]
DeliveryList = list[DeliveryRow]


def item_line(filed: Filed) -> ItemLine:
    item, version = filed.item, filed.version
    return ItemLine(
        id=filed.item_id,
        uri=item.uri,
        version=item.version,
        sequence=version.sequence,
        origin=version.origin,
        agency=version.agency,
        act=version.act,
        state=filed.state,
        kind=item.type,
        language=item.language,
        headline=item.headline,
        urgency=item.urgency,
        received=version.received,
        version_created=item.version_created,
        embargoed_until=filed.embargoed_until,
        versions=filed.count,
        held_by=filed.held_by,
        kill_requested_by=filed.kill_requested_by,
        copy_of=filed.copy_of,
        copies=filed.copies,
    )


def feed_line(feed: Feed) -> FeedLine:
    """The feed without its secret."""
    return FeedLine(
        name=feed.name,
        agency=feed.agency,
        kind=feed.kind,
        address=feed.address,
        state=feed.state,
        every_s=feed.every.total_seconds(),
        failures=feed.failures,
        last_error=feed.last_error,
        last_poll=feed.last_poll,
        last_arrival=feed.last_arrival,
        next_poll=feed.next_poll,
    )


def channel_line(row: ChannelRow) -> ChannelLine:
    """The channel without its secret."""
    return ChannelLine(
        channel=row.channel,
        waiting=row.waiting,
        oldest=row.oldest,
        failures=row.failures,
        failing_since=row.failing_since,
        last_error=row.last_error,
        last_success=row.last_success,
    )


def arrival_line(row: ArrivalRow) -> ArrivalLine:
    one = row.arrival
    return ArrivalLine(
        id=one.id,
        feed=one.feed,
        agency=one.agency,
        received=one.received,
        digest=one.digest.hex(),
        size=one.size,
        source=one.source,
        state=row.state,
        stored=row.stored,
        duplicate=row.duplicate,
        parked=row.parked,
        refused=row.refused,
        problem=row.problem,
    )
