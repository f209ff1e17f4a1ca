"""``dragoman item``: copy as the newsroom reads it, and the desk's acts on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record, cell
from dragoman.cli.who import actor, authenticated, confirmed, operator, signing
from dragoman.desk import copy as desk
from dragoman.desk import versions as desk_versions
from dragoman.model.errors import BadInput, Gone, NotFound
from dragoman.model.reading import Reading
from dragoman.model.version import Version
from dragoman.query import matches, parse
from dragoman.store import agencies, arrivals, audit, copies, deliveries, items, readings, reuse
from dragoman.store.connect import Connection
from dragoman.store.items import Filed

item = Noun("item", help="Copy: list, show, raw, reading, pickups, versions, version, correct, hold, release, kill.")
_COLUMNS = ("item", "received", "origin", "language", "urgency", "state", "act", "headline")
_EDITORS = ("editor", "desk head")
_SCAN = 100_000


def query_filter(query: str) -> Callable[[Version], bool] | None:
    """What a query keeps; None for an empty one."""
    if not query.strip():
        return None
    tree, at = parse(query), now()
    return lambda version: matches(tree, version, now=at)


@item.command(
    "list",
    examples=(
        "dragoman item list",
        "dragoman item list 'language:ru place:Baku -sport' --limit 20",
        "dragoman item list --json",
    ),
)
@click.argument("query", nargs=-1)
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--versions", is_flag=True, help="Every version, not only the current one.")
@click.pass_obj
def list_(out: Out, query: tuple[str, ...], limit: int, versions: bool) -> None:
    """List items, newest first; those that answer a query."""
    wanted = query_filter(" ".join(query))
    with newsroom(out) as (_, conn):
        found, _more = items.newest(conn, limit=limit, every_version=versions, matches=wanted, scan=_SCAN)
        out.records(map(_line, found), _COLUMNS)


@item.command("show", examples=("dragoman item show 17", "dragoman item show urn:lna:2026:harbour-3 --json"))
@click.argument("name", metavar="ITEM")
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show an item: its current version, who has a right to it, what went out."""
    with newsroom(out) as (_, conn):
        found = items.find(conn, name)
        rights = [msgspec.to_builtins(right) for right in items.rights(conn, found.version.sequence)]
        sent = deliveries.deliveries(conn, item=found.item_id)
        owed = [{"id": d.id, "agency": d.agency, "act": d.act, "state": d.state, "reason": d.reason} for d in sent]
        same, proposed = copies.roads(conn, found.item_id), copies.proposals(conn, found.item_id)
        if out.json:
            more = {"copies": msgspec.to_builtins(same), "versions_proposed": msgspec.to_builtins(proposed)}
            out.record({**_line(found), "ninjs": found.item, "rights": rights, "deliveries": owed, **more})
            return
        out.record({**_line(found), "versions": found.count, "by": found.by, "embargoed_until": found.embargoed_until})
        for block in found.item.ours.blocks:
            out.line(f"{block.kind}\t{block.text}".replace("\n", " "))
        for road in same:
            out.line(
                f"{'copy of' if road.is_first else 'also as'}\t{road.item}\t{road.origin}\t{road.uri}\t{road.state}"
            )
        for one in proposed:
            out.line(
                f"version\t{one.newer.item} of {one.older.item}\t{one.state}\t{one.coverage:.2f}\t{one.decided_by}"
            )
        for right in rights:
            out.line(f"right\t{right['agency']}\t{right['agreement']}\t{', '.join(right['reasons'])}")
        for sent_one in owed:
            out.line(
                f"delivery\t{sent_one['id']}\t{sent_one['agency']}\t{sent_one['act']}\t{sent_one['state']}\t{sent_one['reason']}"
            )


@item.command("raw", examples=("dragoman item raw 17 > 17.bin",))
@click.argument("name", metavar="ITEM")
@click.pass_obj
def raw(out: Out, name: str) -> None:
    """Write the bytes an item came in, exactly as they came. It is written down who did."""
    with newsroom(out) as (here, conn):
        found = items.find(conn, name)
        if found.state != "usable":
            raise Gone(f"The item is {found.state}: its text is not given out", found.item.uri)
        if found.arrival is None:
            raise NotFound("This version did not come in: our desk made it", found.item.uri)
        body = arrivals.raw(conn, found.arrival, here.files)
        audit.record(conn, operator(), "raw read", found.item.uri, arrival=found.arrival)
        out.raw(body)


@item.command("reading", examples=("dragoman item reading 17", "dragoman item reading 17 --json"))
@click.argument("name", metavar="ITEM")
@click.pass_obj
def reading(out: Out, name: str) -> None:
    """Show what was read of an item: language, dateline, names, places, quotes, subjects, figures, dates."""
    with newsroom(out) as (_, conn):
        found = readings.of_item(conn, items.find(conn, name))
    if out.json:
        out.record(msgspec.to_builtins(found))
        return
    out.record({"language": found.language, "confidence": found.confidence, "readers": found.version})
    for line in _said(found):
        out.line("\t".join(cell(word) for word in line))


def _said(found: Reading) -> Iterator[tuple[object, ...]]:
    if found.dateline:
        yield "dateline", found.dateline.place, found.dateline.date, found.dateline.agency
    for name in found.names:
        yield name.kind, name.text, name.role, len(name.mentions)
    for place in found.places:
        yield "place", place.text, place.name, place.country
    for quote in found.quotes:
        yield "quote", quote.speaker or quote.role, quote.verb, quote.text
    for subject in found.subjects:
        yield "subject", subject.code, subject.label, f"{subject.score:.2f}", ", ".join(subject.evidence)
    for date in found.dates:
        yield "date", date.text, date.value
    for figure in found.figures:
        yield "figure", figure.text, figure.value, figure.unit


@item.command("pickups", examples=("dragoman item pickups 17", "dragoman item pickups 17 --json"))
@click.argument("name", metavar="ITEM")
@click.pass_obj
def pickups(out: Out, name: str) -> None:
    """Show whose earlier copy an item takes words from or translates, and who took from it: how much of it, credited or not."""
    with newsroom(out) as (_, conn):
        found = reuse.of_item(conn, items.find(conn, name).item_id)
    if out.json:
        out.record(msgspec.to_builtins(found))
        return
    out.records(
        [
            *(_picked_up("from", one, one.source) for one in found.taken),
            *(_picked_up("by", one, one.user) for one in found.given),
        ],
        ("taken", "item", "agency", "label", "coverage", "credited", "passages", "headline"),
    )


def _picked_up(taken: str, one: reuse.Kept, other: reuse.Side) -> Record:
    credited = {True: "yes", False: "no", None: "its own"}[one.credited]
    return {
        "taken": taken,
        "item": other.item,
        "agency": other.origin,
        "label": one.label,
        "coverage": one.coverage,
        "credited": credited,
        "passages": len(one.passages),
        "headline": other.headline,
    }


@item.command("versions", examples=("dragoman item versions 17",))
@click.argument("name", metavar="ITEM")
@click.pass_obj
def versions(out: Out, name: str) -> None:
    """List every version of an item, newest first, with what each was for."""
    with newsroom(out) as (_, conn):
        found = items.versions(conn, items.find(conn, name).item_id)
        out.records(map(_version, found), ("sequence", "version", "received", "act", "by", "reason", "headline"))


def _line(filed: Filed) -> Record:
    version, copy = filed.version, filed.item
    return {
        "item": filed.item_id,
        "uri": copy.uri,
        "version": copy.version,
        "sequence": version.sequence,
        "received": version.received,
        "origin": version.origin,
        "agency": version.agency,
        "language": copy.language,
        "urgency": copy.urgency,
        "state": filed.state,
        "act": version.act,
        "copy_of": filed.copy_of,
        "headline": copy.headline,
    }


def _version(filed: Filed) -> Record:
    correction = filed.item.ours.correction
    return {
        **_line(filed),
        "by": filed.by,
        "reason": correction.reason if correction else "",
        "silent": filed.silent,
        "current": filed.is_current,
    }


# ---------------------------------------------------------------------------------------------- the desk's acts


@item.command(
    "correct",
    examples=(
        "dragoman item correct 17 --headline 'Harbour to open in June' --reason 'The month was wrong: June, not July.'",
        "dragoman item correct 17 --text-file new.txt --kind update --reason 'Adds the mayor.'",
    ),
)
@click.argument("name", metavar="ITEM")
@click.option("--headline", help="The new headline.")
@click.option(
    "--text-file", type=click.Path(path_type=Path, allow_dash=True), help="The new text, - for standard input."
)
@click.option("--slugline", help="The new slugline.")
@click.option("--urgency", type=click.IntRange(1, 9), help="The new urgency.")
@click.option("--ed-note", help="A note to editors.")
@click.option("--reason", required=True, help="What was wrong: it goes to everyone who has the item.")
@click.option("--kind", type=click.Choice(["correction", "update", "refile"]), default="correction", show_default=True)
@signing
@click.pass_obj
def correct(
    out: Out,
    name: str,
    headline: str | None,
    text_file: Path | None,
    slugline: str | None,
    urgency: int | None,
    ed_note: str | None,
    reason: str,
    kind: str,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Issue a corrected version of our own item."""
    changes = desk.Changes(
        headline=headline,
        text=_text(text_file) if text_file else None,
        slugline=slugline,
        urgency=urgency,
        ed_note=ed_note,
    )
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        _tell(out, conn, name, desk.correct(conn, name, changes, reason, by=by, now=now(), kind=kind))  # type: ignore[arg-type]  # click has checked it


def _text(file: Path) -> str:
    try:
        with click.open_file(str(file), encoding="utf-8") as opened:
            return str(opened.read())
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The text cannot be read", f"{file}: {error}") from error


@item.command(
    "version", examples=("dragoman item version 21 17 --as ayten", "dragoman item version 21 17 --not --as ayten")
)
@click.argument("newer", type=int)
@click.argument("older", type=int)
@click.option("--not", "rejected", is_flag=True, help="They are two items, whatever the machine proposes.")
@signing
@click.pass_obj
def version(out: Out, newer: int, older: int, rejected: bool, as_user: str | None, password_file: Path | None) -> None:
    """Say whether an item is a newer version of another one under an id of its own, as was proposed."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        desk_versions.decide(conn, newer, older, "rejected" if rejected else "accepted", by=by)
        out.record({"newer": newer, "older": older, "word": "rejected" if rejected else "accepted", "by": by})


@item.command("hold", examples=("dragoman item hold 17 --reason 'The ministry denies it; being checked.'",))
@click.argument("name", metavar="ITEM")
@click.option("--reason", required=True, help="Why: it goes to everyone who has the item.")
@signing
@click.pass_obj
def hold(out: Out, name: str, reason: str, as_user: str | None, password_file: Path | None) -> None:
    """Stop an item everywhere, at once. One person suffices; it is released or killed later."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        _tell(out, conn, name, desk.hold(conn, name, reason, by=by, now=now()))


@item.command("release", examples=("dragoman item release 17 --reason 'Confirmed by two sources.'",))
@click.argument("name", metavar="ITEM")
@click.option("--reason", required=True, help="Why.")
@signing
@click.pass_obj
def release(out: Out, name: str, reason: str, as_user: str | None, password_file: Path | None) -> None:
    """End a hold: the text goes out again to everyone who was told to hold it."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, "desk head")
        _tell(out, conn, name, desk.release(conn, name, reason, by=by, now=now()))


@item.command(
    "kill",
    examples=(
        "dragoman item kill 17 --reason 'The quotation is invented.' --as ayten",
        "dragoman item kill 17 --reason 'The quotation is invented.' --as oskar --yes",
    ),
)
@click.argument("name", metavar="ITEM")
@click.option("--reason", required=True, help="Why: it goes to everyone who has the item.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def kill(out: Out, name: str, reason: str, yes: bool, as_user: str | None, password_file: Path | None) -> None:
    """Kill our own item. It takes two: the first holds it everywhere, the second, another desk head, kills it.

    Both give their own password: a kill is never the operator's.
    """
    if not as_user:
        raise BadInput("A kill needs a name", hint="--as USER, a desk head or an administrator of this node.")
    with newsroom(out) as (_, conn):
        person = authenticated(conn, as_user, password_file, "desk head")
        found = items.find(conn, name)
        confirmed(f"Kill item {found.item_id}, {found.item.headline or found.item.uri}?", yes=yes)
        _tell(out, conn, name, desk.kill(conn, name, reason, by=person.name, now=now()))


def _tell(out: Out, conn: Connection, name: str, done: desk.Done) -> None:
    desk.wake(conn)
    found = items.version(conn, done.sequence)
    count = deliveries.kill_count(conn, found.item_id)
    record = {**_line(found), "act": done.act, "waits_for": done.waits_for}
    if done.act in ("hold", "kill"):
        record |= {"owed_to": count.owed, "receipted_by": count.receipted, "copies": list(done.copies)}
    out.record(record)
    if done.waits_for:
        out.say(f"Now it waits for {done.waits_for}.")
    out.note(f"Our agency is {agencies.home(conn).code}; `dragoman item show {found.item_id}` follows the deliveries.")
