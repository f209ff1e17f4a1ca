"""``dragoman pickups``: whose words texts use, offline; JSON lines in, JSON lines out."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import answer_lines, lines_of, moment


class Copy(Struct, frozen=True):
    """A text as it is handed in. A source that is later than an item is none of its sources."""

    id: str | int
    text: str
    time: str | None = None
    language: str | None = None
    headline: str | None = None
    agency: str | None = None


@click.command(cls=Command, examples=("dragoman pickups --sources wire.jsonl < printed.jsonl",))
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="Earlier copy: JSON lines of the same shape.",
)
def pickups(sources: Path) -> None:
    """Whose earlier copy each text on standard input takes over: whole, in part or not at all, and which passages.

    In: {"id","text"[,"time","language","headline","agency"]}. Out: label (whole, partial, none), the source's id, coverage
    (the share of the words, of the signs in Chinese, that stand there), and passages as code points on both sides. With
    ``none`` a source may be named: the two share a speaker's words or a phrase.
    """
    from dragoman.link.reuse import Index

    index, times, ids, bad = Index(), dict[str, datetime | None](), dict[str, str | int](), list[int]()
    with sources.open("rb") as file:
        for number, copy in enumerate(lines_of(file, Copy, str(sources), bad)):
            index.add(str(number), copy.text)
            times[str(number)], ids[str(number)] = moment(copy), copy.id

    def answer(copy: Copy) -> dict[str, Any]:
        at = moment(copy)

        def earlier(name: str) -> bool:
            then = times[name]
            return ids[name] != copy.id and (at is None or then is None or then <= at)

        found = index.pickup(copy.text, earlier)
        return {
            "id": copy.id,
            "label": found.label,
            "source": ids[found.source] if found.source is not None else None,
            "coverage": found.coverage,
            "passages": [{"item": list(one.item), "source": list(one.source)} for one in found.passages],
        }

    answer_lines(Copy, answer, bad)
