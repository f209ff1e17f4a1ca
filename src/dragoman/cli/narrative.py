"""``dragoman narrative``: stories as their agencies tell them, offline; JSON lines in, JSON lines out."""

import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click
import msgspec
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import lines_of, moment, write_answers
from dragoman.model.version import VersionAct

if TYPE_CHECKING:
    from dragoman.link.narrative.told import Telling

_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


class Doc(Struct, frozen=True):
    """A version as it is handed in. The same id again is a newer version of the same item."""

    id: str | int
    agency: str
    time: str | None = None
    language: str | None = None
    headline: str | None = None
    text: str = ""
    story: str | int = ""
    act: VersionAct = "publish"


@click.command(cls=Command, examples=("dragoman narrative < docs.jsonl",))
def narrative() -> None:
    """What each agency says of a story and does not say, one JSON line a story. Evidence, never a score or a label.

    In: {"id","time","agency","language","headline","text"[,"story","act"]}; act is publish, update, correct, hold, release or
    kill, and a later line with the same id a newer version. Out: story, timeline, matrix (languages by agencies), facts
    (figures, dates, names, places), quotes by speaker, only_here; each says where it stands: item, sequence (the number of the
    line among those that could be read), offsets in code points.
    """
    bad: list[int] = []
    stories: defaultdict[str | int, list[Telling]] = defaultdict(list)
    received = _BEFORE_ALL
    for number, doc in enumerate(lines_of(sys.stdin.buffer, Doc, "", bad), 1):
        received = moment(doc) or received
        stories[doc.story].append(_telling(number, doc, received))
    write_answers(_answers(stories), bad)


def _answers(stories: dict[str | int, list["Telling"]]) -> Iterator[dict[str, Any]]:
    from dragoman.link.narrative.narrative import narrative as told

    for story, tellings in stories.items():
        yield {"story": story, **msgspec.structs.asdict(told(tellings))}


def _telling(number: int, doc: Doc, received: datetime) -> "Telling":
    from dragoman.link.narrative.told import Telling
    from dragoman.read.reader import read_text

    headline, text = doc.headline or "", doc.text
    reading, _ = read_text(text, headline=headline, language=doc.language or "", time=received, agency=doc.agency)
    return Telling(
        sequence=number,
        item=str(doc.id),
        agency=doc.agency,
        language=doc.language or reading.language,
        received=received,
        act=doc.act,
        headline=headline,
        text=text,
        reading=reading,
    )
