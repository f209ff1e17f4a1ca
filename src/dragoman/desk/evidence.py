"""Evidence for a coverage report: what has come in since it last looked is read, matched, compared with ours, and kept.

    own        our own items that answer the query, from a week before the period on
    partners   copy of every agency that is an outlet of the register
    mentions   of watched feeds and by hand
    again      what was found before, beside those of our own that are new

A report therefore reads everything once, and afterwards only what is new. Who cannot wait for the first reading gives a
deadline: what has been read until then is kept, and the next call goes on from there.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from dragoman.model.agency import Agency
from dragoman.model.item import Item
from dragoman.model.version import Version
from dragoman.query import And, Field, Reading, Tree, matches, parse
from dragoman.reports.credited import Names, credits, names_of
from dragoman.reports.definition import Definition
from dragoman.reports.likeness import Likeness, Ours, grams
from dragoman.store import agencies, coverage, items, mentions, outlets
from dragoman.store.connect import Connection
from dragoman.store.coverage import Candidate, Found, Progress
from dragoman.store.mentions import Mention

BEFORE = timedelta(days=7)
"""How long before the period our own copy may have gone out to be found again in it."""
MOST_OWN = 300
_BATCH = 500
_item = msgspec.json.Decoder(Item)


class _Search(Struct, frozen=True, kw_only=True):
    """What is looked for, by whom, and what of ours it is compared with."""

    definition: Definition
    tree: Tree
    home: Agency
    names: Names
    ours: Ours
    own_languages: frozenset[str]
    now: datetime

    def judged(self, version: Version, item: Item) -> tuple[Likeness, bool] | None:
        """How like ours it is, and whether it credits us; None where it does not answer the query."""
        reading = Reading(version)
        if not matches(self.tree, reading, now=self.now):
            return None
        return self.beside_ours(reading, item)

    def beside_ours(self, reading: Reading, item: Item) -> tuple[Likeness, bool]:
        credited = credits(self.names, reading.text, _printed(item))
        if item.language.split("-")[0] not in self.own_languages:
            return Likeness(), credited
        return self.ours.nearest(grams(reading.text)), credited


class Gathered(Struct, frozen=True, kw_only=True):
    """`read` is the share of what is in the store that has been read: 1.0 is all of it."""

    definition: Definition
    read: float


def gather(conn: Connection, number: int, now: datetime, *, budget: timedelta | None = None) -> Gathered:
    """Read what has come in since the report last looked; all of it, or for about as long as `budget` allows.

    Raises:
        NotFound: there is no report of this number.
    """
    definition = coverage.definition(conn, number)
    home, tree = agencies.home(conn), parse(definition.query)
    with conn.transaction():
        before = coverage.locked(conn, number)
        latest = max(items.latest_sequence(conn), before.upto)  # asked first: what is filed meanwhile is read again
        own_found = before.own_found if definition.own else tuple(_own(conn, definition, tree, home, before, now))
        own = coverage.usable(conn, definition.own or own_found[-MOST_OWN:])
        search = _search(definition, tree, home, own, now)
        upto = _partners(conn, search, before, latest, time.monotonic() + budget.total_seconds() if budget else None)
        turn = _mentions(conn, search, before)
        fresh = [one for one in own if one[1] not in before.compared]
        if fresh and before.upto + before.upto_mention > 0:
            _again(conn, _search(definition, tree, home, fresh, now))
        coverage.read_on(
            conn,
            number,
            Progress(
                upto=upto,
                upto_mention=turn,
                own_found=own_found,
                upto_own=latest,
                compared=tuple(one[1] for one in own),
            ),
        )
    return Gathered(definition=definition, read=(upto + 1) / (latest + 1))


def _search(
    definition: Definition, tree: Tree, home: Agency, own: Sequence[tuple[int, int, Item]], now: datetime
) -> _Search:
    return _Search(
        definition=definition,
        tree=tree,
        home=home,
        names=names_of(home.code, home.name),
        ours=Ours({number: grams(_reading(item, home, now).text) for number, _, item in own}),
        own_languages=frozenset(item.language.split("-")[0] for _, _, item in own),
        now=now,
    )


def _reading(item: Item, home: Agency, now: datetime) -> Reading:
    return Reading(Version(item=item, origin=home.code, agency=home.code, received=now))


def _own(
    conn: Connection, definition: Definition, tree: Tree, home: Agency, before: Progress, now: datetime
) -> list[int]:
    """Our items that answer the query, those found before first."""
    found = dict.fromkeys(before.own_found)
    since = definition.since - BEFORE
    for one in coverage.candidates(conn, before.upto_own, since, definition.until, [home.id], **_narrowed(tree)):
        if matches(tree, _version(one), now=now):
            found[one.item] = None
    return list(found)


def _partners(conn: Connection, search: _Search, before: Progress, latest: int, deadline: float | None) -> int:
    """Copy of agencies that are outlets, up to `latest` or to the deadline of the monotonic clock; how far it came."""
    of_agencies, wanted, upto = outlets.of_agencies(conn), search.definition, before.upto
    stream = coverage.candidates(conn, upto, wanted.since, wanted.until, list(of_agencies), **_narrowed(search.tree))
    for batch in _batches(stream):
        found: list[Found] = []
        for one in batch:
            version = _version(one)
            judged = search.judged(version, version.item)
            if judged:
                likeness, credited = judged
                found.append(
                    Found(
                        outlet=of_agencies[one.origin],
                        item=one.item,
                        at=one.at,
                        language=one.language,
                        likeness=likeness.share,
                        like_item=likeness.number,
                        credited=credited,
                    )
                )
        coverage.keep_evidence(conn, wanted.id, found, "item")
        if deadline is not None and time.monotonic() > deadline:
            return batch[-1].sequence
    return latest


def _mentions(conn: Connection, search: _Search, before: Progress) -> int:
    """Mentions of watched feeds and by hand; the last turn there was. What was entered for this report needs no query."""
    wanted, turn = search.definition, before.upto_mention
    found: list[Found] = []
    for one in mentions.after(conn, turn, wanted.since, wanted.until, wanted.id):
        turn = one.turn
        version = one.as_version()
        judged = search.judged(version, one.item)
        if judged is None and one.report == wanted.id:
            judged = search.beside_ours(Reading(version), one.item)
        if judged:
            found.append(_of_mention(one, *judged))
    coverage.keep_evidence(conn, wanted.id, found, "mention")
    return turn


def _of_mention(one: Mention, likeness: Likeness, credited: bool) -> Found:
    return Found(
        outlet=one.outlet,
        mention=one.id,
        at=one.published,
        language=one.language or "und",
        likeness=likeness.share,
        like_item=likeness.number,
        credited=credited,
    )


def _again(conn: Connection, search: _Search) -> None:
    """What was found before, beside what is new of ours."""
    nearer: list[tuple[int, float, int]] = []
    for number, item in coverage.compared_again(conn, search.definition.id):
        likeness, _ = search.beside_ours(_reading(item, search.home, search.now), item)
        if likeness.number is not None:
            nearer.append((number, likeness.share, likeness.number))
    coverage.liken(conn, nearer)


def _version(one: Candidate) -> Version:
    return Version(
        item=_item.decode(one.payload),
        origin=one.origin_code,
        agency=one.agency_code,
        received=one.received,
        sequence=one.sequence,
    )


def _printed(item: Item) -> str:
    """The text as it stands, with its credit line and byline: where a signature would be."""
    ours = item.ours
    text = "\n".join(block.text for block in ours.blocks) or "\n".join(body.value for body in item.bodies)
    return "\n".join((ours.credit, item.by, text))


def _batches(stream: Iterator[Candidate]) -> Iterator[list[Candidate]]:
    batch: list[Candidate] = []
    for one in stream:
        batch.append(one)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


_NARROWING = {"language": "languages", "kind": "kinds"}


def _narrowed(tree: Tree) -> dict[str, list[str]]:
    """What every answer must have, as far as the store can tell by itself: languages and kinds that the whole query asks
    for. Languages by their primary tag: the query itself is the judge."""
    found: dict[str, list[str]] = {}
    for part in tree.parts if isinstance(tree, And) else (tree,):
        if isinstance(part, Field) and part.op == "=" and part.name in _NARROWING:
            found.setdefault(_NARROWING[part.name], [value.lower().split("-")[0] for value in part.values])
    return found
