"""What the page is told when its draft has been saved by itself. Pure."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from dragoman.desk.translated import Desk
from dragoman.desk.translations import Saved
from dragoman.store.translations import Reader
from dragoman.web.times import clock, zone_of
from dragoman.web.translate.pairs import Said, said
from dragoman.web.words import Words


class Theirs(Struct, frozen=True, kw_only=True):
    """A paragraph that somebody else had written meanwhile: their text, and its stamp."""

    id: str
    text: str
    stamp: str


class Progress(Struct, frozen=True, kw_only=True):
    """`stamps` by segment, of what is kept now; `readers`: who else has it open; `changes`: paragraphs that the original
    has changed since it was begun."""

    state: str
    counter: int
    stamps: dict[str, str]
    clashes: list[Theirs]
    findings: list[Said]
    readers: list[str]
    changes: int


def progress(saved: Saved, standing: Desk, readers: Sequence[str], words: Words) -> Progress:
    stamps = {one.id: one.stamp for one in saved.translation.segments}
    return Progress(
        state=saved.translation.state,
        counter=saved.translation.counter,
        stamps=stamps,
        clashes=[Theirs(id=one.id, text=one.theirs, stamp=stamps[one.id]) for one in saved.clashes],
        findings=[said(one, words) for one in standing.findings],
        readers=list(readers),
        changes=standing.changes,
    )


def present(readers: Sequence[Reader], words: Words, zone: str, now: datetime) -> list[str]:
    """Who has it open since when, in the person's words and our zone."""
    return [
        words("translate.open", person=one.person, at=clock(one.since, zone_of(zone), words.locale, now))
        for one in readers
    ]
