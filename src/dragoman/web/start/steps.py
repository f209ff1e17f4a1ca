"""The eight steps of the guided page: what each leads to on this node, as far as there is any of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from dragoman.desk import exhibitions
from dragoman.desk.floor import running
from dragoman.desk.translated import lines
from dragoman.model.relation import Meeting, said
from dragoman.planning.exhibition import is_open
from dragoman.query import matches, parse
from dragoman.store import agencies, coverage, items, relations
from dragoman.store.connect import Connection
from dragoman.store.projects import projects

_SCANNED = 2_000
"""Items that are looked through for one that was corrected."""


class Link(Struct, frozen=True, kw_only=True):
    """Where to go: a `title` from outside with its language, or words of ours by their `key`, or both."""

    href: str
    title: str = ""
    language: str = ""
    key: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """One step: what it is called in the dictionaries, and where it leads; nowhere where there is none of it here."""

    name: str
    links: tuple[Link, ...]


class Asked(Struct, frozen=True, kw_only=True):
    """Who asks what there is: in which language, when."""

    conn: Connection
    language: str
    now: datetime


def steps(conn: Connection, language: str, now: datetime) -> tuple[Step, ...]:
    """All of them, in their order; titles in `language` where there are any."""
    asked = Asked(conn=conn, language=language, now=now)
    return tuple(Step(name=name, links=tuple(find(asked))) for name, find in STEPS.items())


def _wire(asked: Asked) -> list[Link]:
    return [Link(href="/wire", key="nav.wire")] if items.latest_sequence(asked.conn) else []


def _stopped(asked: Asked) -> list[Link]:
    """What was corrected last and what was killed last: of our own first, for there the receipts come in."""
    home = agencies.home(asked.conn).code
    found = []
    for key, query in (("start.correction", "has:correction -state:killed kind:text"), ("start.kill", "state:killed")):
        for wanted in (f"{query} origin:{home}", query):
            if one := _newest(asked, wanted):
                title, language = one.item.headline, one.item.language
                found.append(Link(href=f"/item/{one.item_id}", title=title, language=language, key=key))
                break
    return found


def _newest(asked: Asked, query: str) -> items.Filed | None:
    tree = parse(query)
    found, _ = items.newest(
        asked.conn, limit=1, matches=lambda version: matches(tree, version, now=asked.now), scan=_SCANNED
    )
    return found[0] if found else None


def _project(asked: Asked) -> list[Link]:
    found = sorted((one for one in projects(asked.conn) if one.state == "active"), key=lambda one: -one.acts)
    return [Link(href=f"/project/{one.id}", title=one.title or one.id) for one in found[:1]]


def _floor(asked: Asked) -> list[Link]:
    """A floor that is live, else one that takes questions, else any."""
    states = ("live", "taking questions", "announced", "closed", "published")
    found = sorted(running.floors(asked.conn), key=lambda line: states.index(line.floor.record.state))
    return [_of_floor(line, asked) for line in found[:1]]


def _of_floor(line: running.Line, asked: Asked) -> Link:
    event = line.event.record if line.event else None
    title = event.title(asked.language) if event else line.floor.id
    language = event.language(asked.language) if event else ""
    return Link(href=f"/floor/{line.floor.project}/{line.floor.id}", title=title, language=language)


def _exhibition(asked: Asked) -> list[Link]:
    """The one with most pictures chosen: its gallery where it is open, and the room where it is made."""
    found = sorted(exhibitions.exhibitions(asked.conn), key=lambda line: -line.selected)[:1]
    links = []
    for line in found:
        held, place = line.held, f"{line.held.project}/{line.held.id}"
        title, language = said(held.record.titles, asked.language)
        shown = f"/gallery/{place}" if is_open(held.record, asked.now) else f"/exhibition/{place}/preview"
        links += [
            Link(href=shown, title=title, language=language),
            Link(href=f"/exhibition/{place}", key="start.workshop"),
        ]
    return links


def _translation(asked: Asked) -> list[Link]:
    """One that is out and whose original has changed since, else another of which it has, else the most pressing."""
    found = sorted(lines(asked.conn), key=lambda line: (line.waits != "changed", not line.changes))
    return [
        Link(
            href=f"/translate/{line.translation.item}/{quote(line.translation.language)}",
            title=line.headline,
            language=line.source_language,
        )
        for line in found[:1]
    ]


def _report(asked: Asked) -> list[Link]:
    return [
        Link(href=f"/report/coverage/{one.id}", title=one.title) for one in coverage.definitions(asked.conn, limit=1)
    ]


def _brief(asked: Asked) -> list[Link]:
    """On the partner we have met most often."""
    met = [code for one in relations.records(asked.conn, Meeting) for code in one.agencies]
    partners = [one for one in agencies.agencies(asked.conn) if not one.home and one.kind == "agency"]
    partners.sort(key=lambda one: -met.count(one.code))
    return [Link(href=f"/partner/{quote(one.code)}/brief", title=one.name) for one in partners[:1]]


STEPS: Final[dict[str, Callable[[Asked], list[Link]]]] = {
    "wire": _wire,
    "stopped": _stopped,
    "project": _project,
    "floor": _floor,
    "exhibition": _exhibition,
    "translation": _translation,
    "report": _report,
    "brief": _brief,
}
"""Each step and how what it leads to is found; their words are ``start.NAME``."""
