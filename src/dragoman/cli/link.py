"""``dragoman link``: which event texts are about, in the order in which they came, offline; JSON lines in, JSON lines out."""

import sys
from collections.abc import Iterator
from typing import Any

import click
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import lines_of, moment, write_answers


class Doc(Struct, frozen=True):
    """A text as it came. Without a `time` it came when the one before it did; `language` is BCP 47."""

    id: str | int
    text: str | None = None
    headline: str | None = None
    time: str | None = None
    language: str | None = None
    agency: str | None = None


@click.command(cls=Command, examples=("dragoman link < wire.jsonl", "dragoman link --final < wire.jsonl"))
@click.option("--final", is_flag=True, help="Tell each again at the end, after the last merge.")
def link(final: bool) -> None:
    """The story of each text on standard input, decided as they come, whatever their languages.

    In, in the order of arrival: {"id","time","headline","text"[,"language","agency"]}; of headline and text one is enough.
    Out: story (a number), similarity to its other texts on the mean (0 to 1; 0 where it opens the story), reasons
    ([feature, share], the heaviest first) and stage: "online" as decided then, "final" after the last merge and split. No
    archive is asked: only what the package ships.
    """
    bad: list[int] = []
    write_answers(_answers(lines_of(sys.stdin.buffer, Doc, "", bad), final), bad)


def _answers(docs: Iterator[Doc], final: bool) -> Iterator[dict[str, Any]]:
    from dragoman.link.stream import Stream

    stream, linked, at = Stream(), [], 0.0
    for doc in docs:
        if time := moment(doc):
            at = time.timestamp()
        one = stream.link(doc.text or "", at, headline=doc.headline or "", language=doc.language or "")
        linked.append((doc.id, one))
        yield _line(doc.id, one.story, one, "online")
    if final:
        for (name, one), story in zip(linked, stream.final(), strict=True):
            yield _line(name, story, one, "final")


def _line(name: str | int, story: int | None, one: Any, stage: str) -> dict[str, Any]:
    return {"id": name, "story": story, "similarity": one.likeness, "reasons": one.reasons, "stage": stage}
