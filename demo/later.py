"""What the desks do once the first copy and the pictures have come: translate a piece, correct it, open the exhibition.

Each step is tried again until it has been done; what was done stays done, also after a stop.
"""

import tomllib
from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct, convert
from msgspec.structs import replace

from demo.copy import AGENCIES, MONTHS
from demo.desks import Desk
from demo.exhibiting import EXHIBITION, MAKER
from demo.together import FOLDER, PROJECT
from dragoman.desk import copy as desk_copy
from dragoman.desk import exhibitions, projects, translations
from dragoman.model.errors import Refused
from dragoman.model.exhibition import Exhibition
from dragoman.model.item import Item
from dragoman.model.version import item_key
from dragoman.store import items
from dragoman.store import translations as store
from dragoman.store.connect import Connection
from dragoman.store.projects import record
from dragoman.text.segments import Segments, Written

TRANSLATOR_DESK: Final = "LNA"
Outcome = Literal["not yet", "done", "done before"]


class Version(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The piece in another language. In `body` a blank line parts what the original has as paragraphs and sub-headings."""

    language: str
    publish: bool
    city: str
    dateline: str
    headline: str
    summary: str
    body: str


class Mistake(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was wrong in the original, and how it is put right."""

    by: str
    wrong: str
    right: str
    reason: str


class Work(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece, its versions in other languages, by whom; and the correction that then marks them."""

    origin: str
    uri: str
    translator: str
    reviewer: str
    correction: Mistake
    version: tuple[Version, ...]


def work() -> Work:
    """As `demo/together/translation.toml` has it."""
    return convert(tomllib.loads((FOLDER / "translation.toml").read_text("utf-8")), Work)


def translate(desk: Desk, now: datetime) -> Outcome:
    """Once the piece has come: every version written; published by a second person, or left waiting for one."""
    piece = work()
    number = _number(desk.conn, piece)
    if number is None:
        return "not yet"
    missing = [one for one in piece.version if store.find(desk.conn, number, one.language) is None]
    for version in missing:
        _version(desk.conn, number, piece, version, now)
    translations.wake(desk.conn)
    return "done" if missing else "done before"


def _version(conn: Connection, number: int, piece: Work, version: Version, now: datetime) -> None:
    with conn.transaction():
        begun = translations.start(conn, number, version.language, piece.translator, now)
        written = _targets(begun.segments, version, items.current(conn, number).item)
        translations.save(conn, number, version.language, written, by=piece.translator, now=now)
        translations.ready(conn, number, version.language, piece.translator, now)
        if version.publish:
            translations.publish(conn, number, version.language, piece.reviewer, now)


def _targets(segments: Segments, version: Version, original: Item) -> list[Written]:
    """What is written beside each segment. Where the original's first paragraph opens with its dateline, ours does too."""
    line = _dateline(version, original)
    opening = original.ours.dateline.text if original.ours.dateline else "\0"
    texts = {"headline": version.headline, "summary": version.summary, "dateline": line}
    body = iter(" ".join(part.split()) for part in version.body.strip().split("\n\n"))
    found = []
    for one in segments:
        text = texts.get(one.kind) or next(body)
        if one.kind == "paragraph" and one.source.startswith(opening):
            text = f"{line} {text}"
        found.append(Written(id=one.id, target=text, seen=one.stamp))
    return found


def _dateline(version: Version, original: Item) -> str:
    at = original.first_created or original.version_created
    assert at is not None
    day = at.astimezone(ZoneInfo(AGENCIES[original.ours.origin or "VAL"].zone))
    month = MONTHS[version.language].split()[day.month - 1]
    return version.dateline.format(city=version.city, day=day.day, month=month)


def correct(desk: Desk, now: datetime) -> Outcome:
    """The original is corrected by its own agency: what was translated from it is marked."""
    piece = work()
    number = _number(desk.conn, piece)
    if number is None:
        return "not yet"
    wrong, right = piece.correction.wrong, piece.correction.right

    def mended(before: Item) -> Item:
        bodies = tuple(replace(body, value=body.value.replace(wrong, right)) for body in before.bodies)
        blocks = tuple(replace(block, text=block.text.replace(wrong, right)) for block in before.ours.blocks)
        return replace(before, bodies=bodies, dragoman=replace(before.ours, blocks=blocks))

    if not any(wrong in body.value for body in items.current(desk.conn, number).item.bodies):
        return "done before"
    desk_copy.revise(desk.conn, str(number), mended, piece.correction.reason, by=piece.correction.by, now=now)
    desk_copy.wake(desk.conn)
    return "done"


def open_exhibition(desk: Desk, now: datetime) -> Outcome:
    """Published as soon as every picture has come from the others' nodes and is developed."""
    held = record(desk.conn, Exhibition, PROJECT, EXHIBITION)
    if held.record.state != "preparing":
        return "done before"
    try:
        exhibitions.publish(desk.conn, desk.keyring, PROJECT, EXHIBITION, by="desk", now=now)
    except Refused:
        return "not yet"
    projects.wake(desk.conn)
    return "done"


def _number(conn: Connection, piece: Work) -> int | None:
    """The item's number here, once it has come."""
    row = conn.execute(
        "select id from item where key = %s and current is not null", (item_key(piece.origin, piece.uri),)
    ).fetchone()
    return int(row[0]) if row else None


Step = tuple[str, Callable[[Desk, datetime], Outcome], str]
STEPS: Final[tuple[tuple[Step, ...], ...]] = (
    (
        (TRANSLATOR_DESK, translate, "a piece by VAL is out in Azerbaijani; its English waits for a second person"),
        ("VAL", correct, "corrects that piece: its translations are marked"),
    ),
    ((MAKER, open_exhibition, "opens the exhibition: all ten pictures have come"),),
)
"""Whose desk does what, and what is said of it: one line after the other, those side by side independent of each other."""
