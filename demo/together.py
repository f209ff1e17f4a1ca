"""What the three desks do together before the demo begins: a project, its events, a round table's floor, an exhibition.

`demo/together/` holds it as deeds: one record put, or some of its fields changed, by one person of one agency at one
moment. They are done in the order of their moments, each on its own agency's node, so that the project's log is what it
would be had they taken three weeks over it.
"""

import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from demo.desks import Desk, Desks, carry, meet, settle
from demo.moments import dated
from dragoman.desk import projects
from dragoman.desk.floor import guests, running
from dragoman.model.project import Project
from dragoman.planning.kinds import KINDS
from dragoman.store.projects import find_record

FOLDER = Path(__file__).parent / "together"
FLOOR = "desk-table"
"""The round table that is live when the demo begins."""
PROJECT = "LNA:one-story"
_DEEDS = ("project", "events", "floor")


class Deed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`who`: agency and person. `record`: the fields that are put. `desk`: in the agency's own desk, not in the project.

    `file`: the text of a document.
    """

    at: datetime
    who: str
    kind: str
    id: str
    record: dict[str, Any]
    desk: bool = False
    file: str = ""

    @property
    def agency(self) -> str:
        return self.who.split()[0]

    @property
    def person(self) -> str:
        return self.who.split()[1]


class Founding(Struct, frozen=True, kw_only=True):
    """The project as its founder makes it, and when each of the others joins: agency and moment."""

    name: str
    founder: str
    founded: datetime
    by: str
    joining: tuple[tuple[str, datetime], ...]
    project: Project

    @property
    def id(self) -> str:
        return f"{self.founder}:{self.name}"


def read(name: str, start: datetime) -> dict[str, Any]:
    """One of the files of `demo/together/`, its moments as they are in a demo that begins at `start`."""
    found: dict[str, Any] = dated(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")), start)
    return found


def founding(start: datetime) -> Founding:
    """Who founds the project, and when."""
    return msgspec.convert(read("project", start), Founding)


def deeds(start: datetime) -> list[Deed]:
    """All that is written down, but for the exhibition, in the order in which it happens."""
    found = [msgspec.convert(one, Deed) for name in _DEEDS for one in read(name, start)["deed"]]
    return sorted(found, key=lambda one: one.at)


def make(desks: Desks, start: datetime, more: Iterable[Deed] = ()) -> str:
    """Found the project, join it, do every deed, settle the agreements; the project's id."""
    one = founding(start)
    _found(desks, one)
    ordered = sorted([*deeds(start), *more], key=lambda deed: deed.at)
    for agency, turn in groupby(ordered, key=lambda deed: deed.agency):
        meet(desks, agency, one.id, start)
        for deed in turn:
            do(desks[agency], one.id, deed)
    for code in desks:
        meet(desks, code, one.id, start)
    carry(desks, start)
    settle(desks, start)
    return one.id


def _found(desks: Desks, one: Founding) -> None:
    here = desks[one.founder]
    projects.found(here.conn, here.keyring, one.name, one.project, by=one.by, now=one.founded)
    for code, _ in one.joining:
        projects.invite(here.conn, here.keyring, one.id, code, by=one.by, now=one.founded)
    for code, at in one.joining:
        meet(desks, code, one.id, at)
        projects.join(desks[code].conn, desks[code].keyring, one.id, by=one.by, now=at)
        meet(desks, one.founder, one.id, at)


def do(desk: Desk, project: str, deed: Deed) -> None:
    """Put the record as it is from now on: what the deed does not name stays as it was."""
    struct = KINDS[deed.kind]
    into = projects.desk_project(desk.conn, desk.keyring, now=deed.at) if deed.desk else project
    held = find_record(desk.conn, struct, into, deed.id)
    fields = (msgspec.to_builtins(held.record) if held else {}) | deed.record
    if deed.file:
        body = deed.file.strip().encode()
        fields |= {"digest": desk.files.put(body), "size": len(body)}
    record = msgspec.convert(fields, struct)
    projects.put(desk.conn, desk.keyring, into, deed.id, record, by=deed.person, now=deed.at)


def visitor(desk: Desk, project: str, start: datetime) -> str:
    """The code with which somebody who has no account puts questions at the round table, for a month."""
    floor = running.Desk(conn=desk.conn, keyring=desk.keyring, project=project, id=FLOOR, by="desk", now=start)
    wanted: Sequence[guests.Invited] = [guests.Invited(name="A visitor", outlet="Visitors' gallery", language="en")]
    return guests.accredit(floor, wanted, until=start + timedelta(days=30))[0].code
