"""The desk's acts on the register of outlets: declare, change, retire, import; watch a feed; write down a mention.

What looks like an outlet that is there is said, not refused; what is the same is refused, with both rows.
"""

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from dragoman.model.errors import BadInput, DragomanError, TooLarge
from dragoman.model.item import Body, Headline, Item
from dragoman.net.urls import checked_url
from dragoman.read.body import plain
from dragoman.reports.outlet import Outlet, checked, host_of
from dragoman.store import agencies, audit, coverage, mentions, outlets, watches
from dragoman.store.connect import Connection
from dragoman.store.mentions import Mention
from dragoman.store.watches import Watch
from dragoman.text.language import identify, known_tag

FIELDS = (
    "name",
    "country",
    "languages",
    "kind",
    "home_page",
    "audience",
    "audience_source",
    "audience_on",
    "agency",
    "note",
)
"""The columns of the register as CSV."""
MOST_ROWS, MOST_BYTES = 10_000, 5_000_000
MOST_TEXT = 100_000
MOST_TITLE = 500


class Registered(Struct, frozen=True, kw_only=True):
    """An outlet as it now stands, and those whose names look like its own."""

    outlet: Outlet
    alike: tuple[Outlet, ...] = ()


def register(conn: Connection, wanted: Outlet, *, by: str) -> Registered:
    """The outlet in the register.

    Raises:
        BadInput: a field that cannot stand. Conflict: it is there already. NotFound: its agency is not known.
    """
    fit = checked(wanted)
    with conn.transaction():
        outlets.lock(conn)
        outlets.refuse_twins(conn, fit)
        made = outlets.add(conn, fit, by=by)
        audit.record(conn, by, "outlet registered", _about(made), name=made.name, country=made.country)
        return Registered(outlet=made, alike=tuple(outlets.alike(conn, made)))


def change(conn: Connection, number: int, changes: Mapping[str, object], *, by: str) -> Registered:
    """The outlet with some of its fields (`FIELDS`) changed.

    Raises:
        BadInput: nothing is changed, or a field cannot stand. Conflict: it would be the same as another.
    """
    with conn.transaction():
        outlets.lock(conn)
        before = outlets.outlet(conn, number)
        wanted = checked(msgspec.structs.replace(before, **changes))
        if wanted == before:
            raise BadInput("Nothing is changed", outlets.shown(before))
        outlets.refuse_twins(conn, wanted)
        made = outlets.change(conn, wanted)
        audit.record(conn, by, "outlet changed", _about(made), was=outlets.shown(before), now=outlets.shown(made))
        return Registered(outlet=made, alike=tuple(outlets.alike(conn, made)))


def retire(conn: Connection, number: int, *, by: str, now: datetime) -> Outlet:
    """Out of the register from now on; what it reported stays, and it may be registered again."""
    with conn.transaction():
        outlets.lock(conn)
        before = outlets.outlet(conn, number)
        if before.retired:
            raise BadInput("This outlet has left the register already", outlets.shown(before))
        outlets.retire(conn, number, now)
        audit.record(conn, by, "outlet retired", _about(before), name=before.name)
    return outlets.outlet(conn, number)


def _about(one: Outlet) -> str:
    return f"outlet {one.id}"


# ------------------------------------------------------------------------------------------------------ as CSV


class Row(Struct, frozen=True, kw_only=True):
    """What became of one line of a CSV, the heading being line 1: registered, or why not; look-alikes by name."""

    line: int
    name: str
    outlet: int | None = None
    problem: str = ""
    alike: tuple[str, ...] = ()


def import_csv(conn: Connection, text: str, *, by: str) -> list[Row]:
    """Every line registered or refused by itself, in order: one that cannot stand stops no other.

    Raises:
        BadInput: there is no heading with a column ``name``, or a column nobody knows. TooLarge: over the limits.
    """
    if len(text) > MOST_BYTES:
        raise TooLarge("The list is too large", f"{len(text)} characters; the limit is {MOST_BYTES}")
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    columns = [name.strip().lower() for name in reader.fieldnames or ()]
    unknown = [name for name in columns if name not in FIELDS and name not in ("id", "registered", "retired")]
    if "name" not in columns or unknown:
        raise BadInput(
            "The list cannot be read",
            f"its columns are {', '.join(columns)[:300] or 'missing'}",
            hint=f"The first line names the columns: {', '.join(FIELDS)}. Only name is needed.",
            kept="The register as it was.",
        )
    reader.fieldnames = columns
    return [_import_row(conn, reader.line_num, row, by) for _, row in zip(range(MOST_ROWS), reader, strict=False)]


def _import_row(conn: Connection, line: int, row: Mapping[str | None, str | None], by: str) -> Row:
    said = {
        name: _unguarded(value or "") for name, value in row.items() if name in FIELDS and isinstance(value or "", str)
    }
    name = said.get("name", "").strip()[:200]
    try:
        made = register(conn, outlet_of(said), by=by)
    except DragomanError as error:
        return Row(line=line, name=name, problem=str(error))
    return Row(line=line, name=name, outlet=made.outlet.id, alike=tuple(one.name for one in made.alike))


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from reading it as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@" else cell


def outlet_of(said: Mapping[str, str]) -> Outlet:
    """An outlet from words: a form's fields, a line of CSV. What is missing is empty.

    Raises:
        BadInput: a number or a day that is none, a kind nobody knows.
    """
    return Outlet(name=said.get("name", ""), **fields_of(said))  # type: ignore[arg-type]  # checked as they are read


def fields_of(said: Mapping[str, str]) -> dict[str, object]:
    """The fields of an outlet but for its name, read from words; those that are not there take their usual value."""
    kind = said.get("kind", "").strip().lower() or "site"
    return {
        "country": said.get("country", ""),
        "languages": tuple(said.get("languages", "").replace(",", " ").split()),
        "kind": kind,
        "home_page": said.get("home_page", ""),
        "audience": _number(said.get("audience", "")),
        "audience_source": said.get("audience_source", ""),
        "audience_on": read_day(said.get("audience_on", "")),
        "agency": said.get("agency", ""),
        "note": said.get("note", ""),
    }


def _number(text: str) -> int | None:
    digits = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", "").strip()
    if not digits:
        return None
    if not digits.isdecimal() or len(digits) > 13:
        raise BadInput("This is not a number of people", text[:40], hint="Write the audience in digits.")
    return int(digits)


def read_day(text: str) -> date | None:
    """A day written as 2026-05-01; None where nothing is written. Raises: BadInput, where it is no day."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput("This is not a day", text[:40], hint="Write it as 2026-05-01.") from error


# ------------------------------------------------------------------------------------------------------ watched feeds


def watch(conn: Connection, number: int, address: str, *, by: str, language: str = "", every: timedelta) -> Watch:
    """A feed of the outlet that is looked at from now on. What it brings is never taken in and never passed on.

    Raises:
        BadInput: it is no web address, no language, or too often. Conflict: it is watched already.
    """
    checked_url(address)
    if language and not known_tag(language):
        raise BadInput("This is not a language", language[:40], hint="Write it as en, ru or zh-Hant.")
    if not timedelta(minutes=1) <= every <= timedelta(days=1):
        raise BadInput("A watched feed is asked once a minute at most, once a day at least", str(every))
    with conn.transaction():
        one = outlets.outlet(conn, number)
        if one.retired:
            raise BadInput("This outlet has left the register", outlets.shown(one))
        made = watches.add(conn, Watch(outlet=number, address=address, language=known_tag(language), every=every))
        audit.record(conn, by, "feed watched", _about(one), address=address)
    return made


def unwatch(conn: Connection, number: int, *, by: str) -> None:
    """The feed is looked at no more; its mentions stay."""
    with conn.transaction():
        one = watches.watch(conn, number)
        watches.remove(conn, number)
        audit.record(conn, by, "feed watched no more", f"outlet {one.outlet}", address=one.address)


# ------------------------------------------------------------------------------------------------------ by hand


def mention(
    conn: Connection,
    number: int,
    link: str,
    title: str,
    published: datetime,
    *,
    by: str,
    language: str = "",
    text: str = "",
    report: int | None = None,
) -> Mention:
    """A report of an outlet, written down by hand with its link and its time; for a report, if one is named.

    `text`, where it is given, is only compared with ours. Without a language it is found out.

    Raises:
        BadInput: no title, no web address, or more than will be looked at.
    """
    words = " ".join(title.split())
    if not words or len(words) > MOST_TITLE or len(text) > MOST_TEXT:
        raise BadInput(
            "This mention cannot be written down",
            f"a title of 1 to {MOST_TITLE} characters, a text of at most {MOST_TEXT}",
            kept="Nothing.",
        )
    if not host_of(link) or len(link) > 2000:
        raise BadInput("A mention has a link", link[:80], hint="An address that begins with http:// or https://.")
    tag = known_tag(language) or identify(f"{words}\n{text}").tag
    item = Item(
        uri=link.strip(),
        language=tag,
        headlines=(Headline(value=words),),
        bodies=(Body(value=plain(text), content_type="text/plain"),) if text.strip() else (),
    )
    with conn.transaction():
        one = outlets.outlet(conn, number)
        if report is not None:
            coverage.definition(conn, report)
        wanted = Mention(
            outlet=number,
            link=link.strip(),
            published=published,
            language=tag,
            title=words,
            item=item,
            added_by=by,
            report=report,
        )
        kept, is_new = mentions.keep(conn, wanted)
        audit.record(conn, by, "mention written down", _about(one), link=link, report=report, seen_before=not is_new)
    return mentions.mention(conn, kept)


def remove_mention(conn: Connection, number: int, *, by: str, now: datetime) -> None:
    """Take a mention out of every report; it is kept, with who took it out."""
    with conn.transaction():
        one = mentions.mention(conn, number)
        mentions.remove(conn, number, now)
        audit.record(conn, by, "mention removed", f"outlet {one.outlet}", link=one.link)


def agency_codes(conn: Connection) -> list[str]:
    """The agencies an outlet may be."""
    return [one.code for one in agencies.agencies(conn)]
