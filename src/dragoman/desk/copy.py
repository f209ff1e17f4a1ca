"""What the desk does to copy. Every act is a new version, filed like any other; nothing is edited or deleted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

import msgspec
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.errors import BadInput, Conflict, Refused
from dragoman.model.item import Body, Correction, Headline, Item
from dragoman.model.version import VersionAct
from dragoman.store import agencies, audit, copies, families, filing, items
from dragoman.store.connect import DELIVERIES, LOG, Connection, Waker
from dragoman.store.identity import content_digest, next_version
from dragoman.text.markup import blocks_of_text, html_of_blocks

MAX_REASON = 1_000


class Changes(Struct, frozen=True, kw_only=True):
    """What a correction changes; None leaves it as it is. `text` is plain, a blank line between paragraphs."""

    headline: str | None = None
    text: str | None = None
    slugline: str | None = None
    urgency: int | None = None
    ed_note: str | None = None


class Done(Struct, frozen=True, kw_only=True):
    """The act as filed. `waits_for` says what is still missing (the second person of a kill)."""

    sequence: int
    act: VersionAct
    waits_for: str = ""
    copies: tuple[int, ...] = ()
    """Items with the same words under other ids: those of the same origin are stopped with it, of the others the desk is
    asked."""


def correct(
    conn: Connection,
    name: str,
    changes: Changes,
    reason: str,
    *,
    by: str,
    now: datetime,
    kind: Literal["correction", "update", "refile"] = "correction",
) -> Done:
    """A corrected version of our own item, sent to everyone who has an earlier one. What was wrong is mandatory.

    Raises:
        BadInput: nothing is changed, or it is not said what was wrong.
        Refused: the item is not ours to correct.
        Gone: it was killed.
    """
    return revise(conn, name, lambda before: _changed(before, changes), reason, by=by, now=now, kind=kind)


def revise(
    conn: Connection,
    name: str,
    change: Callable[[Item], Item],
    reason: str,
    *,
    by: str,
    now: datetime,
    kind: Literal["correction", "update", "refile"] = "correction",
) -> Done:
    """What `change` makes of our own item as its next version; all else as `correct`."""
    _say(reason, "what was wrong")
    with conn.transaction():
        filed = _locked(conn, name)
        _only_ours(conn, filed, "corrected")
        before = items.usable_item(conn, filed)
        after = change(before)
        if content_digest(after) == content_digest(before) and after.ours == before.ours:
            raise BadInput("Nothing is changed", filed.item.uri, hint="Give a new headline, text, slugline or urgency.")
        return _file(
            conn,
            filed,
            after,
            "correct" if kind == "correction" else "update",
            Correction(kind=kind, reason=reason, replaces=before.version),
            by,
            now,
        )


def hold(conn: Connection, name: str, reason: str, *, by: str, now: datetime) -> Done:
    """Stop the item everywhere at once: one person suffices, the reach is a kill's. To be released or killed.

    Copy of another origin is held here and at the partners we gave it to, who are asked, not told.
    """
    _say(reason, "why")
    with conn.transaction():
        filed = _locked(conn, name)
        if filed.state != "usable":
            raise Conflict(f"The item is already {filed.state}", filed.item.uri)
        return _file(
            conn, filed, items.usable_item(conn, filed), "hold", Correction(kind="hold", reason=reason), by, now
        )


def release(conn: Connection, name: str, reason: str, *, by: str, now: datetime) -> Done:
    """End a hold: the text goes out again, to everyone who was told to hold it."""
    with conn.transaction():
        filed = _locked(conn, name)
        if filed.state != "held":
            raise Conflict(f"The item is not held, it is {filed.state}", filed.item.uri)
        home = agencies.home(conn).code
        if filed.held_by not in ("", home):
            raise Refused(f"{filed.held_by} holds it", filed.item.uri, hint=f"Only {filed.held_by} can release it.")
        original = families.original(conn, filed.item_id)
        if original is not None and original[1] == "held":
            raise Refused(
                "Its original is held", filed.item.uri, hint="Release the original: its translations go with it."
            )
        conn.execute("delete from kill_request where item = %s", (filed.item_id,))
        return _file(
            conn, filed, items.usable_item(conn, filed), "release", Correction(kind="release", reason=reason), by, now
        )


def kill(conn: Connection, name: str, reason: str, *, by: str, now: datetime) -> Done:
    """Kill our own item: the first person's word holds it at once, a second person's word makes it a kill.

    Raises:
        Refused: the item is not ours to kill, or the same person asks twice.
    """
    _say(reason, "why")
    with conn.transaction():
        filed = _locked(conn, name)
        _only_ours(conn, filed, "killed")
        if filed.state in ("killed", "expunged"):
            raise Conflict("The item is already killed", filed.item.uri)
        if not filed.kill_requested_by:
            return _first_word(conn, filed, reason, by, now)
        if filed.kill_requested_by == by:
            raise Refused(
                "A kill needs a second person",
                f"{by} has asked for it already",
                hint="It is held everywhere meanwhile. Another desk head confirms it.",
                kept="The hold.",
            )
        correction = Correction(kind="kill", reason=reason)
        return _file(conn, filed, items.usable_item(conn, filed), "kill", correction, by, now)


def _locked(conn: Connection, name: str) -> items.Filed:
    """The item's current version, as it stays until our commit: of two who act at once the second sees the first's."""
    number = items.find(conn, name).item_id
    conn.execute("select from item where id = %s for no key update", (number,))
    return items.current(conn, number)


def _first_word(conn: Connection, filed: items.Filed, reason: str, by: str, now: datetime) -> Done:
    conn.execute("insert into kill_request (item, by, reason) values (%s, %s, %s)", (filed.item_id, by, reason))
    crash("desk.kill-asked")
    waits = "a second person's confirmation; the item is held everywhere meanwhile"
    if filed.state == "held":
        audit.record(conn, by, "kill asked for", filed.item.uri, reason=reason)
        return Done(sequence=filed.version.sequence, act="hold", waits_for=waits)
    correction = Correction(kind="hold", reason=reason)
    done = _file(conn, filed, items.usable_item(conn, filed), "hold", correction, by, now)
    return msgspec.structs.replace(done, waits_for=waits)


def _file(
    conn: Connection, filed: items.Filed, item: Item, act: VersionAct, correction: Correction, by: str, now: datetime
) -> Done:
    home = agencies.home(conn).code
    statuses = {"kill": "canceled", "hold": "withheld"}
    item = msgspec.structs.replace(
        item,
        version=next_version(filed.item.version, filed.version.origin, home),
        version_created=_created(filed, item, home, now),
        pub_status=statuses.get(act, "usable"),
        ed_note=correction.reason if act in statuses else item.ed_note,
        dragoman=msgspec.structs.replace(item.ours, correction=correction, origin=filed.version.origin),
    )
    outcome = filing.file(
        conn, [filing.Filing(item=item, origin=filed.version.origin, agency=home, received=now, act=act, by=by)], now
    )[0]
    if outcome.sequence is None:
        raise Conflict("Somebody else changed the item just now", filed.item.uri, hint="Look at it again.")
    audit.record(conn, by, act, filed.item.uri, sequence=outcome.sequence, reason=correction.reason)
    crash("desk.filed")
    same = tuple(one.item for one in copies.roads(conn, filed.item_id)) if act in statuses else ()
    return Done(sequence=outcome.sequence, act=act, copies=same)


def _created(filed: items.Filed, item: Item, home: str, now: datetime) -> datetime | None:
    """When our version was made: later than the one before, whatever clock that went by. What we do to another's copy
    leaves its time alone, or the origin's next version could look older than our hold."""
    before = filed.item.version_created
    if filed.version.origin != home:
        return item.version_created
    return now if before is None or before < now else before + timedelta(microseconds=1)


def _changed(item: Item, changes: Changes) -> Item:
    if changes.headline is not None:
        item = msgspec.structs.replace(
            item,
            headlines=(Headline(value=changes.headline), *item.headlines[1:]),
            dragoman=msgspec.structs.replace(item.ours, headline_derived=False),
        )
    if changes.text is not None:
        blocks = blocks_of_text(changes.text)
        item = msgspec.structs.replace(
            item,
            bodies=(Body(value=html_of_blocks(blocks)), *item.bodies[1:]),
            dragoman=msgspec.structs.replace(item.ours, blocks=tuple(blocks)),
        )
    if changes.slugline is not None:
        item = msgspec.structs.replace(item, slugline=changes.slugline)
    if changes.urgency is not None:
        item = msgspec.structs.replace(item, urgency=changes.urgency)
    if changes.ed_note is not None:
        item = msgspec.structs.replace(item, ed_note=changes.ed_note)
    return item


def _only_ours(conn: Connection, filed: items.Filed, done: str) -> None:
    home = agencies.home(conn).code
    if filed.version.origin != home:
        raise Refused(
            f"Only {filed.version.origin} may have it {done}",
            f"{filed.item.uri} is {filed.version.origin}'s copy",
            hint="Hold it here, and ask them: `dragoman item hold`.",
        )


def _say(reason: str, what: str) -> None:
    if not reason.strip():
        raise BadInput(f"Say {what}", "the reason is empty", hint="One sentence: it goes to everyone who has the item.")
    if len(reason) > MAX_REASON:
        raise BadInput("The reason is too long", f"{len(reason)} characters", hint=f"Use {MAX_REASON} or fewer.")


def wake(conn: Connection) -> None:
    """Tell the followers, after the commit of any of these acts."""
    crash("desk.committed")
    Waker(conn).wake(DELIVERIES, LOG)
