"""``dragoman decode``: files as items, offline and without a database; one JSON line each.

Each file is decoded in a box of its own limits, so that a document that kills its decoder is one failure line.
"""

import hashlib
import os
import sys
from typing import Any

import click
import msgspec

from dragoman.cli.boxed import Decoder, Source, input_options, sources
from dragoman.cli.frame import Command
from dragoman.cli.output import Out, harmless
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import NotFound, Problem, Undecodable
from dragoman.model.item import Dateline, Item

SOME_FAILED, NOTHING_THERE = 3, 4
_DATELINE = ("text", "place", "country", "day", "month", "year", "date", "year_from", "agency", "reporter")


@click.command(
    cls=Command,
    examples=(
        "dragoman decode story.txt",
        "dragoman decode --json incoming/ | jq .headlines",
        "curl -s https://partner.example/feed.xml | dragoman decode --format rss -",
    ),
)
@input_options
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.pass_obj
def decode(out: Out, hints: Hints, paths: tuple[str, ...]) -> int:
    """Decode files and folders (- is standard input) without a node: one JSON line an item, one a failure."""
    total = failed = missing = 0
    with Decoder() as decoder:
        for source in sources(paths):
            missing += isinstance(source.problem, NotFound)
            units = show_units(out, source, decoder, hints)
            total += len(units)
            failed += sum(unit.item is None for unit in units)
    told = f"{total - failed} decoded, {failed} failed"
    out.say(told) if failed or not _as_json(out) else out.note(f"{total} decoded")
    if missing and missing == failed == total:
        return NOTHING_THERE
    return SOME_FAILED if failed else 0


def show_units(out: Out, source: Source, decoder: Decoder, hints: Hints) -> list[Unit]:
    """Decode one input and show what it holds; its units."""
    units, as_json = decoder.units(source, hints), _as_json(out)
    if not units:
        _say_empty(out, source, as_json=as_json)
    for unit in units:
        _show(out, source, unit, as_json=as_json)
    return units


def _as_json(out: Out) -> bool:
    return out.json or not sys.stdout.isatty()


def _say_empty(out: Out, source: Source, *, as_json: bool) -> None:
    """A document without entries is no failure, and no silence either."""
    told = {"title": "There are no entries in it", "detail": f"{len(source.body)} bytes"}
    said = {"source": source.name, "index": 0, "error": told}
    out.line(msgspec.json.encode(said).decode() if as_json else harmless(f"– {source.name}  {told['title']}"))


def line(source: str, body: bytes, unit: Unit) -> dict[str, Any]:
    """What is printed for `unit`: ninjs 3.1 and the key `dragoman`, or the failure."""
    if unit.item is None:
        problem = unit.problem or Undecodable("Nothing was decoded").problem()
        return {"source": source, "index": unit.index, "error": _told(problem)}
    from dragoman.formats.ninjs.strict import as_strict

    built, _ = as_strict(unit.item)
    return {**built, "dragoman": _profile(source, unit.index, hashlib.sha256(body).hexdigest(), unit.item)}


def _profile(source: str, index: int, digest: str, item: Item) -> dict[str, Any]:
    ours = item.ours
    return {
        "source": source,
        "index": index,
        "arrival_digest": digest,
        "headline_derived": ours.headline_derived,
        "dateline": _dateline(ours.dateline),
        "blocks": [{"kind": block.kind, "text": block.text} for block in ours.blocks],
        "removed": [{"text": each.text, "reason": each.reason} for each in ours.removed],
        "lost": list(ours.lost),
        "notes": list(ours.notes),
        "credit": ours.credit,
        "correction": msgspec.to_builtins(ours.correction),
    }


def _dateline(dateline: Dateline | None) -> dict[str, Any] | None:
    return None if dateline is None else {name: getattr(dateline, name) for name in _DATELINE}


def _told(problem: Problem) -> dict[str, str]:
    return {"type": problem.type, "title": problem.title, "detail": problem.detail, "hint": problem.hint}


def _show(out: Out, source: Source, unit: Unit, *, as_json: bool) -> None:
    if as_json:
        out.line(msgspec.json.encode(line(source.name, source.body, unit)).decode())
    elif unit.item is None:
        problem = unit.problem
        told = ": ".join(filter(None, (problem.title, problem.detail))) if problem else "not decoded"
        out.line(harmless(f"✗ {source.name} [{unit.index}]  {told}"))
    else:
        _show_item(out, source, unit.index, unit.item)


def _show_item(out: Out, source: Source, index: int, item: Item) -> None:
    """For people: what matters, a line each, then the text."""
    from rich.console import Console
    from rich.text import Text

    ours, dateline = item.ours, item.ours.dateline
    console = Console(highlight=False, no_color="NO_COLOR" in os.environ)
    derived = " (derived)" if ours.headline_derived else ""
    console.print(Text(harmless(item.headline) + derived, style="bold"))
    place = f"{dateline.place} {dateline.country} {dateline.date or ''} {dateline.agency}" if dateline else "none"
    console.print(Text(harmless(f"{source.name} [{index}] · {item.language} · dateline: {place}"), style="dim"))
    styles = {"subheading": "bold", "summary": "italic", "quote": "italic"}
    for block in ours.blocks:
        console.print(Text(harmless(block.text, keep="\n"), style=styles.get(block.kind, "")), soft_wrap=False)
    for each in ours.removed:
        console.print(Text(harmless(f"removed ({each.reason}): {each.text}"), style="dim"))
    console.print()
