"""What each desk knows of the others: institutions, people and offices, meetings and what was agreed; outlets and a report."""

from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import convert

from demo.copy import load
from demo.desks import Desk, Desks
from demo.together import read
from dragoman.desk import coverage, outlets, projects, relation_documents, relations
from dragoman.model.agency import Agency
from dragoman.model.relation import Action, Document, Institution, Meeting, Membership, Office, Person, Seat
from dragoman.reports.definition import Definition
from dragoman.reports.outlet import Outlet
from dragoman.store import agencies, agreements
from dragoman.store.relations import Record

COPY = Path(__file__).parent / "copy"
REPORTER = "LNA"
_EVENT = "glossary"


def write_down(desks: Desks, project: str, start: datetime) -> None:
    """The relations of all three, and the register, the report and its mentions of the one that made them."""
    for told in read("relations", start)["node"]:
        _Relations(desks[told["code"]], told["by"], project, start).write(told)
    if REPORTER in desks:
        report(desks[REPORTER], start)


class _Relations:
    """One desk's relations being written down; `people` are the numbers of those that others refer to."""

    def __init__(self, desk: Desk, by: str, project: str, now: datetime) -> None:
        self._desk, self._by, self._project, self._now = desk, by, project, now
        self._people: dict[str, int] = {}

    def write(self, told: dict[str, Any]) -> None:
        for one in told.get("agency", ()):
            agencies.add_agency(self._desk.conn, convert(one, Agency))
        for one in told.get("institution", ()):
            self._keep(convert(one, Institution))
        for one in told.get("person", ()):
            self._person(one)
        for one in told.get("membership", ()):
            self._keep(convert(one, Membership))
        for one in told.get("seat", ()):
            self._keep(convert(one | {"person": self._people.get(one.get("person_key", ""), 0)}, Seat))
        for one in told.get("meeting", ()):
            self._meeting(one)
        for one in told.get("document", ()):
            document = convert(one | {"by": self._by, "at": self._now}, Document)
            relation_documents.put(self._desk.conn, self._desk.files, document, now=self._now)

    def _person(self, told: dict[str, Any]) -> None:
        number = self._keep(convert(told, Person)).id
        self._people[told["key"]] = number
        for office in told.get("offices", ()):
            self._keep(convert(office | {"person": number}, Office))

    def _meeting(self, told: dict[str, Any]) -> None:
        meeting = self._keep(convert(told, Meeting)).id
        for one in told.get("actions", ()):
            became = one.get("became", "")
            known = {"meeting": meeting, "language": one.get("language", told["language"])}
            if became:
                known["link"] = self._link(became, one["agency"])
            if became in ("agreement", "project"):
                known["state"] = "done"
            action = convert(one | known, Action, strict=False)
            closed = action.due if action.state == "done" else None
            self._keep(convert(one | known | {"closed": closed}, Action))

    def _link(self, became: str, agency: str) -> str:
        if became == "project":
            return self._project
        if became == "event":
            return f"{self._project} {_EVENT}"
        return agreements.agreements(self._desk.conn, partner=agency, states=("active",))[0].id

    def _keep(self, one: Record) -> Record:
        return relations.keep(self._desk.conn, one, by=self._by, now=self._now)


def report(desk: Desk, start: datetime) -> int:
    """The register of outlets, the report on an anniversary, and what was written down for it by hand; its number."""
    told = read("coverage", start)
    numbers = {}
    for one in told["outlet"]:
        numbers[one["name"]] = outlets.register(desk.conn, convert(one, Outlet), by="desk").outlet.id
    own = projects.desk_project(desk.conn, desk.keyring, now=start)
    made = coverage.make(desk.conn, convert(told["report"] | {"project": own}, Definition), by="desk")
    printed = {piece.copy.id: piece.copy.body for piece in load(COPY)}
    for one in told["mention"]:
        outlets.mention(
            desk.conn,
            numbers[one["outlet"]],
            one["link"],
            one["title"],
            datetime.fromisoformat(one["at"]),
            by="editor",
            language=one["language"],
            text=printed.get(one.get("text_of", ""), ""),
        )
    return made.id
