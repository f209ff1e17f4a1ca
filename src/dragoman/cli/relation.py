"""``dragoman relation``: what is written down of institutions, their people and meetings, and what was agreed there."""

from pathlib import Path
from typing import get_args

import click
import msgspec

from dragoman.cli import relation_documents
from dragoman.cli.at import newsroom, now
from dragoman.cli.output import Out
from dragoman.cli.relation_options import (
    ROLES,
    based,
    by_language,
    codes,
    dated,
    language,
    numbered,
    reader,
    record_of,
    relation,
)
from dragoman.cli.who import actor, signing
from dragoman.desk import relation_documents as papers
from dragoman.desk import relations as desk
from dragoman.desk.relation_rules import at_place
from dragoman.model.errors import BadInput
from dragoman.model.relation import (
    KINDS,
    Action,
    ActionState,
    Attendance,
    Became,
    Institution,
    Meeting,
    MeetingKind,
    Membership,
    Office,
    Person,
    Seat,
    Side,
)
from dragoman.store import agencies, relations
from dragoman.store.connect import Connection

__all__ = ["relation", "relation_documents"]
_KINDS = tuple(kind for kind in KINDS if kind not in ("document", "institution"))


@relation.command("list", examples=("dragoman relation list", "dragoman relation list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the institutions: where they sit, since when they are, what is open with them."""
    with newsroom(out) as (_, conn):
        known = {one.agency: one for one in relations.records(conn, Institution)}
        waiting = [one.agency for one in relations.open_actions(conn)]
        records = [
            {
                "code": one.code,
                "name": one.name,
                "kind": one.kind,
                "place": known[one.code].place if one.code in known else "",
                "founded": known[one.code].founded if one.code in known else "",
                "open_actions": waiting.count(one.code),
            }
            for one in agencies.agencies(conn)
        ]
        out.records(records, ("code", "name", "kind", "place", "founded", "open_actions"))


@relation.command(
    "show", examples=("dragoman relation show TIDE", "dragoman relation show TIDE --as 'Pia Partner' --json")
)
@click.argument("code")
@signing
@click.pass_obj
def show(out: Out, code: str, as_user: str | None, password_file: Path | None) -> None:
    """Show all that is known of an institution; of documents what you may see."""
    with newsroom(out) as (_, conn):
        agency = agencies.agency(conn, code)
        who = reader(conn, as_user, password_file)
        found = {
            "code": agency.code,
            "name": agency.name,
            "institution": record_of(relations.institution(conn, code)),
            **{
                name: [record_of(one) for one in relations.records(conn, kind, agency=code)]
                for name, kind in (
                    ("people", Person),
                    ("offices", Office),
                    ("memberships", Membership),
                    ("seats", Seat),
                    ("meetings", Meeting),
                    ("actions", Action),
                )
            },
            "documents": [record_of(one) for one in papers.documents(conn, code, who)],
        }
        out.record(found)


@relation.command("due", examples=("dragoman relation due", "dragoman relation due --json"))
@click.pass_obj
def due(out: Out) -> None:
    """List what comes up in 90 days: terms that end, actions, anniversaries, agreements that expire."""
    with newsroom(out) as (_, conn):
        coming = desk.due(conn, now())
        out.records(map(record_of, coming), ("when", "kind", "agency", "about", "who", "count", "is_over"))


@relation.command(
    "institution",
    examples=(
        "dragoman relation institution TIDE --founded 1968-05 --place Rotterdam --name fr='Agence des marées'",
        "dragoman relation institution TIDE --history en='Founded by four harbour papers.'",
    ),
)
@click.argument("code")
@click.option("--founded", help="A day, a month or a year.")
@click.option("--place", help="Where its head office is.")
@click.option("--address", help="Its head office's address.")
@click.option("--website", help="Its address on the web.")
@click.option("--name", "names", multiple=True, help="LANGUAGE=NAME. Repeatable; replaces those there are.")
@click.option("--history", "histories", multiple=True, help="LANGUAGE=TEXT. Repeatable; replaces those there are.")
@click.option("--note", help="A note, seen by the whole newsroom.")
@signing
@click.pass_obj
def institution(
    out: Out,
    /,
    code: str,
    names: tuple[str, ...],
    histories: tuple[str, ...],
    as_user: str | None,
    password_file: Path | None,
    **told: str | None,
) -> None:
    """Write down what is known of an agency, or change it."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        before = relations.institution(conn, code)
        given = {**told, "names": by_language(names), "histories": by_language(histories)}
        wanted = msgspec.structs.replace(before, **{name: value for name, value in given.items() if value is not None})
        out.record(record_of(desk.keep(conn, wanted, by=by, now=now())))


@relation.command(
    "person",
    examples=(
        "dragoman relation person 'Jan Quay' --of TIDE --office 'Director General' --since 2021 --sole --languages en,nl",
        "dragoman relation person 'Jan Quay' --id 3 --phone '+31 10 5550100'",
    ),
)
@click.argument("name")
@click.option("--of", "code", default="", help="The institution whose office the person holds.")
@click.option("--office", "title", default="", help="The office.")
@dated
@click.option("--sole", is_flag=True, help="Held by one person at a time.")
@click.option("--name", "names", multiple=True, help="LANGUAGE=NAME. Repeatable.")
@click.option("--languages", help="The languages the person speaks, as in en,nl.")
@click.option("--email", help="Mail address.")
@click.option("--phone", help="Telephone.")
@click.option("--note", help="A note, seen by the whole newsroom.")
@numbered
@signing
@click.pass_obj
def person(
    out: Out,
    /,
    name: str,
    code: str,
    title: str,
    since: str | None,
    until: str | None,
    sole: bool,
    names: tuple[str, ...],
    languages: str | None,
    number: int,
    as_user: str | None,
    password_file: Path | None,
    **told: str | None,
) -> None:
    """Write down a person, with an office if one is named."""
    if bool(code) != bool(title):
        raise BadInput("An office has a title and an institution", hint="Give both --of and --office.")
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        given = {**told, "name": name, "names": by_language(names), "languages": codes(languages)}
        with conn.transaction():
            made = desk.keep(conn, based(conn, Person, number, given), by=by, now=now())
            if code:
                held = Office(person=made.id, agency=code, title=title, since=since or "", until=until or "", sole=sole)
                desk.keep(conn, held, by=by, now=now())
        out.record(record_of(made))


@relation.command(
    "office",
    examples=(
        "dragoman relation office TIDE 'Editor-in-chief' --held-by 3 --since 2021-03 --until 2026 --title fr='Directrice'",
        "dragoman relation office TIDE 'Editor-in-chief' --id 7 --until 2025-12-31",
    ),
)
@click.argument("agency")
@click.argument("title")
@click.option("--held-by", "person", type=int, help="The person's number.")
@dated
@click.option("--sole/--shared", default=None, help="Held by one person at a time, or by several.")
@click.option("--rank", type=click.IntRange(1, 99), help="1 is named first.  [default: 5]")
@click.option("--title", "titles", multiple=True, help="LANGUAGE=TITLE. Repeatable.")
@numbered
@signing
@click.pass_obj
def office(
    out: Out, /, titles: tuple[str, ...], number: int, as_user: str | None, password_file: Path | None, **told: object
) -> None:
    """Write down what a person is in an institution, from when until when."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        wanted = based(conn, Office, number, {**told, "titles": by_language(titles)})
        out.record(record_of(desk.keep(conn, wanted, by=by, now=now())))


@relation.command("membership", examples=("dragoman relation membership TIDE NORTHSEA --since 1990",))
@click.argument("agency")
@click.argument("body")
@dated
@click.option("--note", help="A note, seen by the whole newsroom.")
@numbered
@signing
@click.pass_obj
def membership(out: Out, /, number: int, as_user: str | None, password_file: Path | None, **told: object) -> None:
    """Write down that an institution belongs to an association or council (BODY, an institution too)."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        out.record(record_of(desk.keep(conn, based(conn, Membership, number, told), by=by, now=now())))


@relation.command(
    "seat", examples=("dragoman relation seat TIDE NORTHSEA 'Executive board' --held-by 3 --since 2024 --until 2027",)
)
@click.argument("agency")
@click.argument("body")
@click.argument("title")
@click.option("--held-by", "person", type=int, help="The person's number.")
@dated
@click.option("--title", "titles", multiple=True, help="LANGUAGE=TITLE. Repeatable.")
@numbered
@signing
@click.pass_obj
def seat(
    out: Out, /, titles: tuple[str, ...], number: int, as_user: str | None, password_file: Path | None, **told: object
) -> None:
    """Write down an institution's seat in a governing body, and who holds it until when."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        wanted = based(conn, Seat, number, {**told, "titles": by_language(titles)})
        out.record(record_of(desk.keep(conn, wanted, by=by, now=now())))


@relation.command(
    "meeting",
    examples=(
        "dragoman relation meeting 'Exchange of pictures' --with TIDE --kind visit --at '2026-05-03 10:00'"
        " --zone Europe/Amsterdam --place Rotterdam --attended 'TIDE: Jan Quay' --attended 'LNA: Sona Aliyeva, editor'",
    ),
)
@click.argument("subject")
@click.option("--with", "partners", multiple=True, help="The other institution. Repeatable.")
@click.option("--kind", type=click.Choice(get_args(MeetingKind)), help="What it was.  [default: meeting]")
@click.option("--at", help="When it began: a day, or a day and an hour as clocks show it there.")
@click.option("--until", help="When it ended, the same way.")
@click.option("--zone", help="The time zone of the place; without it ours.")
@click.option("--place", help="Where.")
@click.option("--attended", multiple=True, help="'CODE: NAME, ROLE'. Repeatable; replaces those there are.")
@click.option("--note", help="What was said; seen by the whole newsroom.")
@language
@numbered
@signing
@click.pass_obj
def meeting(
    out: Out,
    /,
    partners: tuple[str, ...],
    at: str | None,
    until: str | None,
    zone: str | None,
    attended: tuple[str, ...],
    number: int,
    as_user: str | None,
    password_file: Path | None,
    **told: str | None,
) -> None:
    """Write down a meeting, visit, delegation, training or call."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        there = zone or (relations.record(conn, Meeting, number).zone if number else agencies.home(conn).zone)
        given = {
            **told,
            "agencies": partners,
            "zone": there,
            "starts": at_place(at, there) if at else None,
            "all_day": len(at.strip()) == len("2026-05-03") if at else None,
            "ends": at_place(until, there) if until else None,
            "attended": tuple(map(_attendance, attended)),
        }
        out.record(record_of(desk.keep(conn, based(conn, Meeting, number, given), by=by, now=now())))


def _attendance(line: str) -> Attendance:
    code, colon, rest = line.partition(":")
    name, _, role = rest.partition(",")
    if not colon or not name.strip():
        raise BadInput("Who took part cannot be read", line[:80], hint="As in 'TIDE: Jan Quay, director'.")
    return Attendance(agency=code.strip(), name=name.strip(), role=role.strip())


@relation.command(
    "action",
    examples=(
        "dragoman relation action 'Draft the picture terms' --with TIDE --meeting 4 --who 'Sona Aliyeva' --due 2026-06-01",
        "dragoman relation action 'Draft the picture terms' --id 9 --due 2026-07-01",
    ),
)
@click.argument("what")
@click.option("--with", "agency", help="The other institution.")
@click.option("--meeting", type=int, help="The meeting at which it was agreed.")
@click.option("--who", help="Who is responsible.")
@click.option("--side", type=click.Choice(get_args(Side)), help="On whose side.  [default: ours]")
@click.option("--due", help="Until which day.")
@language
@numbered
@signing
@click.pass_obj
def action(out: Out, /, number: int, as_user: str | None, password_file: Path | None, **told: object) -> None:
    """Write down what was agreed to be done."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        out.record(record_of(desk.keep(conn, based(conn, Action, number, told), by=by, now=now())))


@relation.command(
    "close",
    examples=(
        "dragoman relation close 9 --became agreement:3fa2 --outcome 'Signed in May'",
        "dragoman relation close 9 --state dropped",
    ),
)
@click.argument("number", metavar="ACTION", type=int)
@click.option("--state", type=click.Choice(get_args(ActionState)), default="done", show_default=True)
@click.option("--became", default="", help="project:ID, agreement:ID, 'event:PROJECT RECORD' or item:NUMBER.")
@click.option("--outcome", default="", help="What became of it, in a few words.")
@signing
@click.pass_obj
def close(
    out: Out,
    number: int,
    state: ActionState,
    became: str,
    outcome: str,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Say what became of an action; `--state open` opens it again."""
    kind, _, link = became.partition(":")
    if kind not in get_args(Became):
        raise BadInput(f"An action does not become {kind[:40]!r}", hint="As in agreement:3fa2 or item:17.")
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        done = desk.close(
            conn,
            number,
            state,
            by=by,
            now=now(),
            became=kind,  # type: ignore[arg-type]  # just compared with those there are
            link=link,
            outcome=outcome,
        )
        out.record(record_of(done))


@relation.command("remove", examples=("dragoman relation remove office 7", "dragoman relation remove meeting 4"))
@click.argument("kind", type=click.Choice((*_KINDS, "document")))
@click.argument("number", type=int)
@signing
@click.pass_obj
def remove(out: Out, kind: str, number: int, as_user: str | None, password_file: Path | None) -> None:
    """Take out what was written down by mistake; the audit keeps it."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *ROLES)
        _remove(conn, kind, number, by, as_user)
        out.say(f"The {kind} {number} is taken out.")


def _remove(conn: Connection, kind: str, number: int, by: str, as_user: str | None) -> None:
    if kind == "document":
        papers.remove(conn, number, relation_documents.named(conn, by, as_user))
    else:
        desk.remove(conn, KINDS[kind], number, by=by)
