"""``dragoman decode``: files as items, offline and without a database; one JSON line each.

Each file is decoded in a box of its own limits, so that a document that kills its decoder is one failure line.
"""

import contextlib
import ctypes  # noqa: F401 - the worker needs it, and could not import it any more
import hashlib
import os
import pwd
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.output import Out, harmless
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, NotFound, Problem, TooLarge, Undecodable
from dragoman.model.item import Dateline, Item

SOME_FAILED, NOTHING_THERE = 3, 4
MAX_BYTES = 64 * 1024 * 1024
STDIN = "-"
_DATELINE = ("text", "place", "country", "day", "month", "year", "date", "year_from", "agency", "reporter")


class Source(Struct, frozen=True):
    """One input: its name as given, and its bytes or why there are none."""

    name: str
    body: bytes = b""
    problem: DragomanError | None = None


class Job(Struct, frozen=True, array_like=True):
    body: bytes
    hints: Hints


@click.command(
    cls=Command,
    examples=(
        "dragoman decode story.txt",
        "dragoman decode --json incoming/ | jq .headlines",
        "curl -s https://partner.example/feed.xml | dragoman decode --format rss -",
    ),
)
@click.option("--format", "format_name", default="", metavar="NAME", help="The format, where it is not to be guessed.")
@click.option("--language", default="", metavar="TAG", help="The language, where the file does not say.")
@click.option("--charset", default="", metavar="NAME", help="The encoding, where it is neither declared nor UTF-8.")
@click.option("--zone", default="UTC", show_default=True, help="The zone of times that name none.")
@click.option("--agency", default="", metavar="CODE", help="The agency the files come from.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.pass_obj
def decode(
    out: Out, format_name: str, language: str, charset: str, zone: str, agency: str, paths: tuple[str, ...]
) -> int:
    """Decode files and folders (- is standard input) without a node: one JSON line an item, one a failure."""
    from dragoman import formats  # what it imports is not needed for --help

    if format_name and format_name not in formats.FORMATS:
        raise click.UsageError(f"There is no format {format_name}. Formats: {', '.join(formats.FORMATS)}.")
    hints = Hints(format=format_name, language=language, charset=charset, zone=zone, agency=agency)
    as_json = out.json or not sys.stdout.isatty()
    total = failed = missing = 0
    with _Decoder() as decoder:
        for source in sources(paths):
            missing += isinstance(source.problem, NotFound)
            for unit in decoder.units(source, hints):
                total += 1
                failed += unit.item is None
                _show(out, source, unit, as_json=as_json)
    out.say(f"{total - failed} decoded, {failed} failed") if failed or not as_json else out.note(f"{total} decoded")
    if missing and missing == failed == total:
        return NOTHING_THERE
    return SOME_FAILED if failed else 0


def sources(paths: tuple[str, ...]) -> Iterator[Source]:
    """The inputs in the order given; folders are walked by name, hidden files and links to folders left out."""
    for path in paths:
        if path == STDIN:
            yield _read("<stdin>", sys.stdin.buffer.fileno())
        elif os.path.isdir(path):
            yield from (_open(name) for name in _walk(path))
        else:
            yield _open(path)


def line(source: str, body: bytes, unit: Unit) -> dict[str, Any]:
    """What is printed for `unit`: ninjs 3.1 and the key `dragoman`, or the failure."""
    if unit.item is None:
        problem = unit.problem or Undecodable("Nothing was decoded").problem()
        return {"source": source, "index": unit.index, "error": _told(problem)}
    from dragoman.formats._ninjs_strict import as_strict

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


# ------------------------------------------------------------------------------------------------------ input


def _walk(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(parent, name) for name in sorted(files) if not name.startswith("."))


def _open(path: str) -> Source:
    try:
        if not Path(path).is_file() and Path(path).exists():
            return Source(path, problem=Undecodable("This is no regular file", path))
        with open(path, "rb") as file:
            return _read(path, file.fileno())
    except (FileNotFoundError, NotADirectoryError):
        return Source(path, problem=NotFound("There is no such file", path, hint="Check the path."))
    except (OSError, ValueError) as error:
        detail = f"{path}: {getattr(error, 'strerror', None) or error}"
        return Source(path, problem=DragomanError("The file cannot be read", detail, hint="Check its permissions."))


def _read(name: str, descriptor: int) -> Source:
    parts: list[bytes] = []
    size = 0
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
        size += len(part)
        if size > MAX_BYTES:
            hint = "Split it, or ask the sender for smaller documents."
            return Source(name, problem=TooLarge("The file is too large", f"over {MAX_BYTES} bytes", hint=hint))
    return Source(name, b"".join(parts))


# ---------------------------------------------------------------------------------------------------- the box


class _Decoder:
    """Decodes in a box; where the system cannot fork, in this process."""

    def __init__(self) -> None:
        self._box: Any = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> "_Decoder":
        if hasattr(os, "fork"):
            from dragoman import formats
            from dragoman.receive.box import Box, BoxLimits

            formats.prepare()  # before the fork: a worker that is nobody may not be able to read our own modules
            limits = BoxLimits(wall_s=30.0, memory_bytes=1_500_000_000, user=_nobody())
            self._box = Box(1, {"decode": decode_job}, limits)
            self._stack.callback(self._box.close)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def units(self, source: Source, hints: Hints) -> list[Unit]:
        """The units of `source`; a failure is a unit, too."""
        if source.problem is not None:
            return [Unit(index=0, problem=source.problem.problem())]
        job = msgspec.msgpack.encode(Job(source.body, msgspec.structs.replace(hints, source=source.name)))
        if self._box is None:
            return msgspec.msgpack.decode(decode_job(job), type=list[Unit])
        done = self._box.run("decode", job)
        if done.failure:
            hint = "The document harms its decoder: ask the sender, and report it."
            return [Unit(index=0, problem=Undecodable("The decoder was stopped", done.failure, hint=hint).problem())]
        return msgspec.msgpack.decode(done.answer, type=list[Unit])


def decode_job(work: bytes) -> bytes:
    """What is done in the box: a document in, its units out."""
    from dragoman import formats

    job = msgspec.msgpack.decode(work, type=Job)
    return msgspec.msgpack.encode(formats.decode(job.body, job.hints))


def _nobody() -> tuple[int, int] | None:
    """Whom the worker becomes when we are root."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return entry.pw_uid, entry.pw_gid
