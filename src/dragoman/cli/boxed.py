"""Files as a command takes them in, and the box they are decoded in, with limits of its own: a document that kills its
decoder is one failure and stops no other."""

import contextlib
import ctypes  # noqa: F401 - the worker needs it, and could not import it any more
import functools
import os
import pwd
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, NotFound, TooLarge, Undecodable

MAX_BYTES = 64 * 1024 * 1024
STDIN = "-"


class Source(Struct, frozen=True):
    """One input: its name as given, and its bytes or why there are none."""

    name: str
    body: bytes = b""
    problem: DragomanError | None = None


class Job(Struct, frozen=True, array_like=True):
    body: bytes
    hints: Hints


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What may be known of a file and not stand in it; the command gets it as `hints`."""

    @functools.wraps(command)
    def with_hints(
        *args: Any, format_name: str, language: str, charset: str, zone: str, agency: str, **named: Any
    ) -> Any:
        if format_name:
            known_format(format_name)
        hints = Hints(format=format_name, language=language, charset=charset, zone=zone, agency=agency)
        return command(*args, hints=hints, **named)

    for option in reversed(_OPTIONS):
        with_hints = option(with_hints)
    return with_hints


_OPTIONS = (
    click.option(
        "--format", "format_name", default="", metavar="NAME", help="Its format, where it is not to be guessed."
    ),
    click.option("--language", default="", metavar="TAG", help="The language, where the file does not say."),
    click.option("--charset", default="", metavar="NAME", help="The encoding, where it is neither declared nor UTF-8."),
    click.option("--zone", default="UTC", show_default=True, help="The zone of times that name none."),
    click.option("--agency", default="", metavar="CODE", help="The agency the files come from."),
)


def known_format(name: str, *, written: bool = False) -> None:
    """
    Raises:
        UsageError: there is no such format, or, where it is to be `written`, none is written so.
    """
    from dragoman import formats  # what it imports is not needed for --help

    there = formats.WRITTEN if written else formats.FORMATS
    if name not in there:
        said = "Items are not written as" if name in formats.FORMATS else "There is no format"
        raise click.UsageError(f"{said} {name}. Formats: {', '.join(there)}.")


def sources(paths: tuple[str, ...]) -> Iterator[Source]:
    """The inputs in the order given; folders are walked by name, hidden files and links to folders left out."""
    for path in paths:
        if path == STDIN:
            yield _read("<stdin>", sys.stdin.buffer.fileno())
        elif os.path.isdir(path):
            yield from (_open(name) for name in _walk(path))
        else:
            yield _open(path)


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


class Decoder:
    """Decodes in a box; where the system cannot fork, in this process."""

    def __init__(self) -> None:
        self._box: Any = None
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> "Decoder":
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
