"""What a hold, a release, a kill or a longer embargo of an original does to its language versions, in the same batch.

The decision is `route.reach`; here it becomes filings, placed like any other, so that grants, deliveries and receipts
follow by themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.errors import Gone, NotFound
from dragoman.model.item import Correction, Item
from dragoman.model.version import ItemState, VersionAct, item_key
from dragoman.route.reach import DEEPEST, Relative, reach
from dragoman.store import audit, families, items
from dragoman.store.agreements import Book
from dragoman.store.connect import Connection
from dragoman.store.families import Kin, Named
from dragoman.store.filing import copies
from dragoman.store.filing.place import lock_items
from dragoman.store.filing.placed import REACHED, Filing, Placed
from dragoman.store.identity import Standing, next_version
from dragoman.store.owed import STOPS

_STATUS = {"kill": "canceled", "hold": "withheld"}
_STANDS: dict[str, VersionAct] = {"held": "hold", "killed": "kill", "expunged": "kill"}
_SAID = {"kill": "The original was killed.", "hold": "The original is held.", "release": "The original was released."}
Standings = dict[bytes, Standing]


class Declared(Struct, frozen=True):
    """What the items of a batch say they translate, by their keys; `new`: of which that is not known yet."""

    named: dict[bytes, Named]
    new: frozenset[bytes]

    def originals(self) -> dict[bytes, tuple[int, str]]:
        """The originals that have to be locked: whoever stops one waits for us, or we for them."""
        return {one.key: (one.origin, one.uri) for key, one in self.named.items() if key in self.new}

    def embargoed(self, filing: Filing, home: str) -> Filing:
        """A translation of ours with the embargo of its original, if that is the longer one."""
        original = self.named.get(_name(filing))
        if original is None or original.embargoed_until is None or filing.origin != home:
            return filing
        own = filing.item.embargoed_until
        if own is not None and own >= original.embargoed_until:
            return filing
        return replace(filing, item=replace(filing.item, embargoed_until=original.embargoed_until))


def declared(conn: Connection, agreements: Book, filings: Sequence[Filing]) -> Declared:
    """What the items of these filings say they translate."""
    named = families.named(conn, agreements, [(f.origin, f.item) for f in filings])
    known = families.linked(conn, list(named)) if named else {}
    return Declared(named, frozenset(key for key, one in named.items() if known.get(key) != one.key))


class Reach(Struct, kw_only=True):
    """The families of a batch whose items are locked; `put` gives a filing its place in it."""

    conn: Connection
    agreements: Book
    standings: Standings
    declared: Declared
    kin: dict[bytes, Kin]
    now: datetime
    put: Callable[[Filing], Placed]
    placed: dict[bytes, Placed] = {}
    """The newest version of each item in this batch."""

    def after(self, one: Placed, depth: int = 1) -> Iterator[Placed]:
        """What follows from a version that has just been placed: of its translations, of theirs, and of itself where its
        original is stopped already."""
        if not one.is_current or depth > DEEPEST:
            return
        key = _name(one.filing)
        arrives = key in self.declared.new and key not in self.placed
        self.placed[key] = one
        for kin, act in [*self._itself(one, key, arrives), *self._below(one, key)]:
            made = self._do(kin, act, one)
            if made is not None:
                yield made
                yield from self.after(made, depth + 1)

    def with_stopped(self, one: Placed) -> Iterator[Placed]:
        """A copy comes while the item of the same origin that brought its words is stopped: it is held, until the origin lets
        that one go or a person looks. It is not killed: an origin may send anew what it killed by mistake."""
        first = one.words.first if one.words else None
        if first is None or first.origin != one.filing.origin or first.state == "usable" or one.state != "usable":
            return
        self.placed[_name(one.filing)] = one
        kin = Kin(
            item=one.standing.id,
            key=_name(one.filing),
            origin=first.origin,
            uri=one.filing.item.uri,
            original=first.key,
            relative=Relative(state=one.state, is_copy=True),
        )
        made = self._do(kin, "hold", one)
        if made is not None:
            yield made

    def _below(self, one: Placed, key: bytes) -> Iterator[tuple[Kin, VersionAct]]:
        for kin in [each for each in self.kin.values() if each.original == key]:
            relative = replace(kin.relative, state=self.standings[kin.key].state)
            if act := reach(one.act, relative, embargo=one.filing.item.embargoed_until, now=self.now):
                yield kin, act

    def _itself(self, one: Placed, key: bytes, arrives: bool) -> Iterator[tuple[Kin, VersionAct]]:
        """The translation comes, or is let go by its own holder, while its original is stopped: it is stopped with it."""
        original = self._original(one, key, arrives)
        if original is None:
            return
        filing = one.filing
        relative = Relative(state=one.state, ours=filing.origin == self.agreements.home)
        kin = Kin(
            item=one.standing.id,
            key=key,
            origin=filing.origin,
            uri=filing.item.uri,
            original=original[0],
            relative=relative,
        )
        self.kin[key] = kin
        stopped = _STANDS.get(original[1])
        if stopped and (act := reach(stopped, relative, embargo=None, now=self.now)):
            yield kin, act

    def _original(self, one: Placed, key: bytes, arrives: bool) -> tuple[bytes, ItemState] | None:
        """The key of its original and how that stands, where it matters."""
        if arrives:
            name = self.declared.named[key].key
            return name, self.standings[name].state
        if one.act == "release" and one.number != REACHED:
            return families.original(self.conn, one.standing.id)
        return None

    def _do(self, kin: Kin, act: VersionAct, cause: Placed) -> Placed | None:
        item = self._text(kin)
        if item is None:
            return None
        by = cause.filing.by
        changed = self._changed(item, kin, act, cause)
        home = self.agreements.home
        made = self.put(Filing(item=changed, origin=kin.origin, agency=home, received=self.now, act=act, by=by))
        if not made.is_current:
            return None
        made.because = kin.original
        self.kin[kin.key] = replace(kin, relative=replace(kin.relative, held_with=act == "hold"))
        audit.record(
            self.conn, by or cause.filing.agency, f"{act} with its original", kin.uri, original=cause.filing.item.uri
        )
        return made

    def _text(self, kin: Kin) -> Item | None:
        """The newest text there is of it, in this batch or in the store."""
        placed = self.placed.get(kin.key)
        if placed is not None and placed.act not in STOPS:
            return placed.filing.item
        try:
            return items.usable_item(self.conn, items.current(self.conn, kin.item))
        except (Gone, NotFound):
            return placed.filing.item if placed is not None else None

    def _changed(self, item: Item, kin: Kin, act: VersionAct, cause: Placed) -> Item:
        standing, home = self.standings[kin.key], self.agreements.home
        reason = _reason(act, cause)
        kind = act if act in _SAID else "update"
        correction = Correction(kind=kind, reason=reason, replaces=standing.version)  # type: ignore[arg-type]  # one of its kinds
        return replace(
            item,
            version=next_version(standing.version, kin.origin, home),
            # Another's copy keeps its time, or the origin's next version could look older than our hold.
            version_created=_after(standing.at, self.now) if kin.origin == home else item.version_created,
            pub_status=_STATUS.get(act, "usable"),
            ed_note=reason if act in _STATUS else item.ed_note,
            embargoed_until=cause.filing.item.embargoed_until if act == "update" else item.embargoed_until,
            dragoman=replace(item.ours, correction=correction, origin=kin.origin),
        )


def gather(conn: Connection, agreements: Book, standings: Standings, said: Declared) -> dict[bytes, Kin]:
    """The translations of the items locked so far, and their copies under other ids, locked as well, in the order of their
    keys."""
    below = families.descendants(conn, list(standings))
    known = [one.id for one in standings.values() if one.current is not None]
    same = _same_words(conn, agreements, known)
    below |= {key: (agreements.ids[kin.origin], kin.uri) for key, kin in same.items() if key not in below}
    if below:
        standings |= lock_items(conn, agreements, {key: one for key, one in below.items() if key not in standings})
    if same:  # now that they are locked
        same = _same_words(conn, agreements, known)
    return same | {one.key: one for one in families.kin(conn, agreements, list(below))}


def _same_words(conn: Connection, agreements: Book, items: Sequence[int]) -> dict[bytes, Kin]:
    """The copies of these items that their origins have brought themselves."""
    return {
        one.other.key: Kin(
            item=one.other.item,
            key=one.other.key,
            origin=one.other.origin,
            uri=one.other.uri,
            original=one.of_key,
            relative=Relative(
                state=one.other.state,
                ours=one.other.origin == agreements.home,
                is_copy=True,
                held_with=one.held_with,
                kill_asked=one.kill_asked,
                embargoed_until=one.other.embargoed_until,
            ),
        )
        for one in (copies.related(conn, agreements, items) if items else ())
        if one.same_origin
    }


def remember(conn: Connection, said: Declared, placed: Sequence[Placed]) -> None:
    """Keep what is new about families, and which items are held because their originals are."""
    links = {_name(one.filing): one.standing.id for one in placed if _name(one.filing) in said.new}
    families.link(conn, [(number, key, said.named[key].key) for key, number in links.items()])
    last = {one.standing.id: one for one in placed if one.is_current and one.act in ("hold", "release", "kill")}
    families.held_with(
        conn,
        [(number, one.because) for number, one in last.items() if one.act == "hold" and one.because],
        list(last),
    )


def _name(filing: Filing) -> bytes:
    return item_key(filing.origin, filing.item.uri)


def _after(before: datetime | None, now: datetime) -> datetime:
    return now if before is None or before < now else before + timedelta(microseconds=1)


def _reason(act: VersionAct, cause: Placed) -> str:
    """The reason of the original's own notice: it goes to those who have the translation, who may not know the original."""
    if act not in _SAID:
        return "The embargo of the original was moved."
    correction = cause.filing.item.ours.correction
    given = (correction.reason if correction else "") or (cause.filing.item.ed_note if cause.act in STOPS else "")
    return given or _SAID[act]
