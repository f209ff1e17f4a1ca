"""``dragoman project``: joint projects with partners, their members, tasks, copy, notes and files."""

from pathlib import Path
from typing import Any, get_args

import click
import msgspec

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.terms import credit as credit_lines
from dragoman.cli.terms import kinds as kinds_named
from dragoman.cli.terms import moment, words
from dragoman.cli.who import actor, confirmed, signing
from dragoman.desk import project_contents as contents
from dragoman.desk import projects as desk
from dragoman.model.agreement import Use
from dragoman.model.errors import BadInput
from dragoman.model.project import (
    Document,
    Member,
    MemberRole,
    Note,
    Project,
    ProjectItem,
    ProjectTerms,
    Task,
    TaskState,
    at_clock,
)
from dragoman.planning.fold import Held
from dragoman.planning.kinds import KINDS
from dragoman.store import agencies, items
from dragoman.store.projects import ProjectRow, projects, record, records
from dragoman.store.projects import project as row_of
from dragoman.store.projects.acts import logged
from dragoman.store.projects.aside import aside
from dragoman.store.projects.meetings import met

project = Noun("project", help="Joint projects: found, invite, join, tasks, copy, notes, files, log, leave.")
_MANAGER, _EDITORS = ("partner manager",), ("editor", "desk head", "partner manager")
_COLUMNS = ("id", "title", "state", "members", "acts", "aside", "changed")


@project.command(
    "new",
    examples=(
        "dragoman project new harbour-forum --title 'Harbour forum' --languages az,en --use 'own wire'",
        "dragoman project new harbour-forum --title 'Harbour forum' --credit '*=Harbour forum / {agency}'",
    ),
)
@click.argument("name")
@click.option("--title", required=True, help="What it is called.")
@click.option("--brief", default="", help="What it is for.")
@click.option("--languages", default="", help="The languages it works in, as in az,en.")
@click.option("--kinds", default="text,picture,event", show_default=True, help="What members give one another.")
@click.option("--use", type=click.Choice(get_args(Use)), default="own wire", show_default=True)
@click.option("--onward/--no-onward", default=False, help="May members hand it on?")
@click.option("--translation/--no-translation", default=True, help="May members translate it?")
@click.option("--credit", multiple=True, help="LANGUAGE=LINE, *=LINE for the rest; {agency} is the giver. Repeatable.")
@click.option("--until", default="", help="The day or time the terms end.")
@signing
@click.pass_obj
def new(
    out: Out,
    /,
    name: str,
    title: str,
    brief: str,
    languages: str,
    kinds: str,
    credit: tuple[str, ...],
    until: str,
    as_user: str | None,
    password_file: Path | None,
    **flags: Any,
) -> None:
    """Found a joint project. Its terms are the agreement that every member joins under."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_MANAGER)
        terms = ProjectTerms(
            kinds=kinds_named(kinds, ""),  # type: ignore[arg-type]  # just compared with those there are
            credit=credit_lines(credit, ""),
            valid_until=moment(until, agencies.home(conn).zone) if until else None,
            **flags,
        )
        wanted = Project(title=title, brief=brief, languages=words(languages, ""), terms=terms)
        made = desk.found(conn, here.keyring, name, wanted, by=by, now=now())
        desk.wake(conn)
        out.record(_row(row_of(conn, made)))


@project.command("list", examples=("dragoman project list", "dragoman project list --member TIDE --json"))
@click.option("--member", default="", help="Only those this agency is in.")
@click.pass_obj
def list_(out: Out, member: str) -> None:
    """List joint projects, those that changed last first."""
    with newsroom(out) as (_, conn):
        out.records(map(_row, projects(conn, member=member)), _COLUMNS)


@project.command("show", examples=("dragoman project show LANTERN:harbour-forum",))
@click.argument("id")
@click.pass_obj
def show(out: Out, id: str) -> None:
    """Show a project: its terms, members, tasks, copy, files, and how its members' nodes were last met."""
    with newsroom(out) as (_, conn):
        held = record(conn, Project, id, "project")
        out.record(
            {
                **_row(row_of(conn, id)),
                **msgspec.to_builtins(held.record),
                "terms": msgspec.to_builtins(held.record.terms),
                "members": [_plain(one) for one in records(conn, Member, project=id)],
                "tasks": [_plain(one) for one in records(conn, Task, project=id)],
                "items": [_plain(one) for one in records(conn, ProjectItem, project=id)],
                "files": [_plain(one) for one in records(conn, Document, project=id)],
                "nodes": [msgspec.to_builtins(one) for one in met(conn, id)],
                "aside": [f"{one.act.agency} {one.act.log}.{one.act.number}: {one.reason}" for one in aside(conn, id)],
            }
        )


@project.command("invite", examples=("dragoman project invite LANTERN:harbour-forum TIDE",))
@click.argument("id")
@click.argument("agency")
@click.option("--role", type=click.Choice(get_args(MemberRole)), default="editor", show_default=True)
@signing
@click.pass_obj
def invite(out: Out, id: str, agency: str, role: MemberRole, as_user: str | None, password_file: Path | None) -> None:
    """Ask a partner into a project that we lead; it decides itself."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_MANAGER)
        out.record(_plain(desk.invite(conn, here.keyring, id, agency, role=role, by=by, now=now())))
        desk.wake(conn)


@project.command("join", examples=("dragoman project join LANTERN:harbour-forum",))
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def join(out: Out, id: str, yes: bool, as_user: str | None, password_file: Path | None) -> None:
    """Accept an invitation and the project's terms; or, as a member, terms that have changed since."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_MANAGER)
        held = record(conn, Project, id, "project").record
        terms = msgspec.json.encode(held.terms).decode()
        confirmed(f"Join {held.title!r} on these terms, or stay in it on them?\n{terms}", yes=yes)
        read = desk.terms_digest(held.terms)
        out.record(_plain(desk.join(conn, here.keyring, id, by=by, now=now(), terms=read)))
        desk.wake(conn)


@project.command("leave", examples=("dragoman project leave LANTERN:harbour-forum",))
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@signing
@click.pass_obj
def leave(out: Out, id: str, yes: bool, as_user: str | None, password_file: Path | None) -> None:
    """Leave a project: ours stays with all; what others keep for members is removed here."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_MANAGER)
        confirmed(f"Leave {id}? What others keep for members is removed here.", yes=yes)
        desk.leave(conn, here.keyring, id, by=by, now=now(), files=here.files)
        desk.wake(conn)
        out.record(_row(row_of(conn, id)))


@project.command("close", examples=("dragoman project close LANTERN:harbour-forum",))
@click.argument("id")
@click.option("--reopen", is_flag=True, help="Open it again.")
@signing
@click.pass_obj
def close(out: Out, id: str, reopen: bool, as_user: str | None, password_file: Path | None) -> None:
    """Close a project that we lead: it is read, no longer changed, and nothing more is given under it."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_MANAGER)
        held = record(conn, Project, id, "project").record
        changed = msgspec.structs.replace(held, closed=not reopen)
        desk.put(conn, here.keyring, id, "project", changed, by=by, now=now())
        desk.wake(conn)
        out.record(_row(row_of(conn, id)))


@project.command(
    "task",
    examples=(
        "dragoman project task LANTERN:harbour-forum --title 'Book the hall' --agency TIDE --due 2026-05-01",
        "dragoman project task LANTERN:harbour-forum 5b1f --state done",
    ),
)
@click.argument("id")
@click.argument("task", required=False)
@click.option("--title", help="What is to be done.")
@click.option("--note", help="More about it.")
@click.option("--agency", help="Whose it is.")
@click.option("--person", help="Who does it.")
@click.option("--due", help="A day or a time.")
@click.option("--state", type=click.Choice(get_args(TaskState)))
@signing
@click.pass_obj
def task(
    out: Out,
    /,
    id: str,
    task: str | None,
    due: str | None,
    as_user: str | None,
    password_file: Path | None,
    **told: Any,
) -> None:
    """Add a task, or change the one that is named."""
    given = {name: value for name, value in told.items() if value is not None}
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        if due:
            given["due"] = moment(due, agencies.home(conn).zone)
        if task is None and "title" not in given:
            raise BadInput("A new task needs a title", hint="--title 'Book the hall'")
        held = msgspec.structs.replace(record(conn, Task, id, task).record, **given) if task else Task(**given)
        out.record(_plain(desk.put(conn, here.keyring, id, task or desk.new_id(), held, by=by, now=now())))
        desk.wake(conn)


@project.command("add", examples=("dragoman project add LANTERN:harbour-forum 1412 --note 'For the opening'",))
@click.argument("id")
@click.argument("item")
@click.option("--note", default="", help="Why it is here.")
@signing
@click.pass_obj
def add(out: Out, id: str, item: str, note: str, as_user: str | None, password_file: Path | None) -> None:
    """Put an item into the project: the members are given it, and all that follows it, under the project's terms."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        held = contents.add_item(conn, here.keyring, id, items.find(conn, item), note=note, by=by, now=now())
        desk.wake(conn)
        out.record(_plain(held))


@project.command("note", examples=("dragoman project note LANTERN:harbour-forum 'The hall is booked.'",))
@click.argument("id")
@click.argument("text")
@click.option("--language", default="", help="What it is written in.")
@click.option("--about", default="", help="The record it is about, as task/5b1f.")
@click.option("--members-only", "restricted", is_flag=True, help="Who leaves the project loses it.")
@signing
@click.pass_obj
def note(
    out: Out,
    id: str,
    text: str,
    language: str,
    about: str,
    restricted: bool,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Write into the project's log."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        wanted = Note(text=text, language=language, about=about, restricted=restricted)
        out.record(_plain(desk.put(conn, here.keyring, id, desk.new_id(), wanted, by=by, now=now())))
        desk.wake(conn)


@project.command(
    "file",
    examples=(
        "dragoman project file LANTERN:harbour-forum programme.pdf --title Programme",
        "dragoman project file LANTERN:harbour-forum --get 5b1f -o programme.pdf",
    ),
)
@click.argument("id")
@click.argument("path", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--title", default="", help="What it is called; without it the file's name.")
@click.option("--about", default="", help="The record it belongs to, as event/5b1f.")
@click.option("--members-only", "restricted", is_flag=True, help="Who leaves the project loses it.")
@click.option("--get", "document", default="", help="Print the bytes of this file instead.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write them.")
@signing
@click.pass_obj
def file(
    out: Out,
    id: str,
    path: Path | None,
    title: str,
    about: str,
    restricted: bool,
    document: str,
    output: Path | None,
    as_user: str | None,
    password_file: Path | None,
) -> None:
    """Put a file into the project, or read one. Members' nodes fetch it within a minute."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        if document:
            _write(out, contents.read_file(conn, here.files, id, document, by=by), output)
            return
        if path is None:
            raise BadInput("Name the file", hint="`dragoman project file ID PATH`, or --get DOCUMENT.")
        wanted = Document(title=title or path.name, digest="0" * 64, about=about, restricted=restricted)
        held = contents.add_file(conn, here.keyring, here.files, id, path.read_bytes(), wanted, by=by, now=now())
        desk.wake(conn)
        out.record(_plain(held))


@project.command("drop", examples=("dragoman project drop LANTERN:harbour-forum note 5b1f",))
@click.argument("id")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("record_id", metavar="RECORD")
@signing
@click.pass_obj
def drop(out: Out, id: str, kind: str, record_id: str, as_user: str | None, password_file: Path | None) -> None:
    """Take a record away: that it was there stays in the log."""
    with newsroom(out) as (here, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        desk.drop(conn, here.keyring, id, KINDS[kind], record_id, by=by, now=now())
        desk.wake(conn)


@project.command("log", examples=("dragoman project log LANTERN:harbour-forum --limit 20",))
@click.argument("id")
@click.option("--kind", default="", help="Only acts on records of this kind.")
@click.option("--limit", type=click.IntRange(min=1), default=100, show_default=True)
@click.pass_obj
def log(out: Out, id: str, kind: str, limit: int) -> None:
    """Every act, newest first: who signed what, and why it did not count if it did not."""
    with newsroom(out) as (_, conn):
        row_of(conn, id)
        found = logged(conn, id, kind=kind, limit=limit)
        out.records(
            (
                {
                    "at": at_clock(one.act.clock),
                    "agency": one.act.agency,
                    "by": one.act.by,
                    "verb": one.act.verb,
                    "kind": one.act.kind,
                    "record": one.act.id,
                    "fields": msgspec.json.decode(one.act.fields),
                    "refused": one.refused,
                    "digest": one.digest,
                }
                for one in found
            ),
            ("at", "agency", "by", "verb", "kind", "record", "refused"),
        )


def _write(out: Out, body: bytes, output: Path | None) -> None:
    if output is None:
        out.raw(body)
    else:
        output.write_bytes(body)
        out.say(f"{len(body):,} bytes in {output}")


def _row(one: ProjectRow) -> Record:
    return msgspec.structs.asdict(one)


def _plain(held: Held[Any]) -> Record:
    """A record with its id and who changed it last, as JSON has it."""
    return {
        "id": held.id,
        **msgspec.to_builtins(held.record),
        "changed": held.changed.at,
        "changed_by": f"{held.changed.by} ({held.changed.agency})",
    }
