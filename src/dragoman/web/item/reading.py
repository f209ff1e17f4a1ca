"""An item as it is read: its text, who receives it and why not, and what may be done to it by whom."""

from datetime import datetime

import nh3
from markupsafe import Markup
from msgspec import Struct

from dragoman.desk import agreements as desk_agreements
from dragoman.model.agreement import Terms
from dragoman.model.item import Block, Item
from dragoman.store import agencies, agreements, copies, deliveries, items, stories, vocabularies
from dragoman.store.connect import Connection
from dragoman.store.copies import Road, VersionProposal
from dragoman.store.deliveries import DeliveryRow, KillCount
from dragoman.store.items import Filed, Right
from dragoman.store.stories import Story
from dragoman.text.markup import blocks_of_text
from dragoman.web.asking import Asking
from dragoman.web.item.acts import Act, acts_on
from dragoman.web.item.diff import plain_text
from dragoman.web.item.languages import Languages, languages
from dragoman.web.site import Site
from dragoman.web.wire.listing import full_row
from dragoman.web.wire.rows import Row

_TAGS = {
    "p",
    "h2",
    "h3",
    "blockquote",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "br",
    "em",
    "strong",
    "bdi",
    "span",
}


class Receiver(Struct, frozen=True, kw_only=True):
    """One partner's line under "who receives it": the right or the clause that refuses, and how far delivery has come."""

    agency: str
    name: str
    is_owed: bool
    agreement: str = ""
    terms: Terms | None = None
    refusals: tuple[str, ...] = ()
    since: datetime | None = None
    advance: bool = False
    withdrawn: datetime | None = None
    delivery: DeliveryRow | None = None


class Reading(Struct, frozen=True, kw_only=True):
    """All that the article shows. `html` is set, cleaned, only where the item has no blocks of ours."""

    filed: Filed
    row: Row
    item: Item
    lead: str
    blocks: tuple[Block, ...]
    html: Markup | None
    receivers: tuple[Receiver, ...]
    acts: tuple[Act, ...]
    receipts: KillCount | None
    languages: Languages
    roads: tuple[Road, ...]
    proposals: tuple[VersionProposal, ...]
    story: Story | None
    """The story that it is in with others."""
    labels: dict[str, str]
    """What the codes of its subjects are called in the viewer's language, by uri."""

    @property
    def plain(self) -> str:
        """The text as a correction's form shows it."""
        return plain_text(self.item)

    @property
    def owed(self) -> int:
        return sum(1 for one in self.receivers if one.is_owed)


def reading(conn: Connection, site: Site, asking: Asking, filed: Filed, now: datetime) -> Reading:
    """The item in the version given."""
    item = filed.item
    lead, blocks = _lead(item)
    row = full_row(conn, filed, now)
    return Reading(
        filed=filed,
        row=row,
        item=item,
        lead=lead,
        blocks=blocks,
        html=None if blocks else _cleaned(item),
        receivers=tuple(receivers(conn, site, filed, now)),
        acts=acts_on(filed, asking, site.home.code),
        receipts=row.receipts,
        languages=languages(conn, site, filed, now),
        roads=copies.roads(conn, filed.item_id),
        proposals=copies.proposals(conn, filed.item_id),
        story=stories.find(conn, row.story.story) if row.story else None,
        labels=vocabularies.labels(conn, (one.uri for one in item.subjects), asking.words.language),
    )


def _lead(item: Item) -> tuple[str, tuple[Block, ...]]:
    """The dateline as it opens the text, to be set in small capitals, and the blocks without it."""
    blocks = item.ours.blocks or _plain(item)
    dateline = item.ours.dateline
    if dateline and dateline.text:
        for place, block in enumerate(blocks):
            if block.text.startswith(dateline.text):
                rest = Block(kind=block.kind, text=block.text[len(dateline.text) :])
                return dateline.text, (*blocks[:place], rest, *blocks[place + 1 :])
        return dateline.text, blocks  # the decoder has taken it out of the blocks: it stands in front of them
    return "", blocks


def _plain(item: Item) -> tuple[Block, ...]:
    body = item.bodies[0] if item.bodies else None
    return tuple(blocks_of_text(body.value)) if body and "html" not in body.content_type else ()


def _cleaned(item: Item) -> Markup | None:
    body = item.bodies[0] if item.bodies else None
    if body is None:
        return None
    # Cleaned when it was decoded; cleaned again because this is the one place where it could do harm.
    return Markup(nh3.clean(body.value, tags=_TAGS, attributes={}, link_rel=None))


def receivers(conn: Connection, site: Site, filed: Filed, now: datetime) -> list[Receiver]:
    """Every partner with whom there is anything to say about this version, those who receive it first."""
    rights = {right.agency: right for right in items.rights(conn, filed.version.sequence)}
    sent = {
        row.agency: row
        for row in deliveries.deliveries(conn, item=filed.item_id)
        if row.sequence == filed.version.sequence
    }
    in_force = agreements.book(conn)
    found: list[Receiver] = []
    for partner in agencies.agencies(conn):
        if partner.home:
            continue
        right = rights.get(partner.code)
        if right is not None:
            terms = in_force.terms(right.agreement, right.revision)
            found.append(_entitled(partner.code, partner.name, right, sent.get(partner.code), terms))
        elif partner.code == filed.version.origin:
            continue
        else:
            found.append(_refused(conn, filed, partner.code, partner.name, now))
    return sorted(found, key=lambda one: (not one.is_owed, one.name))


def _entitled(code: str, name: str, right: Right, row: DeliveryRow | None, terms: Terms | None) -> Receiver:
    return Receiver(
        agency=code,
        name=name,
        is_owed=True,
        agreement=right.agreement,
        terms=terms,
        since=right.since,
        advance=right.advance,
        withdrawn=right.withdrawn,
        delivery=row,
    )


def _refused(conn: Connection, filed: Filed, code: str, name: str, now: datetime) -> Receiver:
    said = desk_agreements.explain(conn, str(filed.item_id), code, now)
    reasons = tuple(dict.fromkeys(reason for match in said for reason in match.verdict.reasons))
    return Receiver(agency=code, name=name, is_owed=False, refusals=reasons)
