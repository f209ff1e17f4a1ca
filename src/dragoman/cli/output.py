"""How a command speaks: data on standard output, talk on standard error; for a terminal, for a pipe, or as JSON.

A terminal gets a table; a pipe gets lines with tabs; ``--json`` one object, or one a line.
"""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec

from dragoman.model.errors import BadInput, DragomanError, Problem

Record = Mapping[str, Any]


class NobodyReads(Exception):
    """Whoever read our standard output has heard enough (`| head`)."""


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that is written whole, or not at all.

    Raises:
        BadInput: it cannot be written.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise BadInput("The file cannot be written", f"{path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


class Out:
    """The voice of one command, and which node it speaks of."""

    def __init__(self, folder: Path, *, json: bool = False, verbosity: int = 0) -> None:
        self.folder = folder
        self.json = json
        self.verbosity = verbosity
        """-1 quiet, 0 usual, 1 and more: tells more."""

    def record(self, record: Record) -> None:
        """One thing: an object, or a line for each of its words."""
        if self.json:
            self._write_json(record)
            return
        width = max((len(name) for name in record), default=0) if sys.stdout.isatty() else 0
        for name, value in record.items():
            self.line(f"{name:<{width}}\t{cell(value)}" if not width else f"{name:<{width}}  {cell(value)}")

    def records(self, records: Iterable[Record], columns: Sequence[str]) -> int:
        """Several things, `columns` of each (all of it in JSON); how many."""
        if self.json or not sys.stdout.isatty():
            return self._stream(records, columns)
        rows = list(records)
        _print_table(rows, columns)
        return len(rows)

    def _stream(self, records: Iterable[Record], columns: Sequence[str]) -> int:
        count = 0
        for record in records:
            count += 1
            if self.json:
                self._write_json(record)
            else:
                self.line("\t".join(cell(record.get(column)) for column in columns))
        return count

    def line(self, text: str) -> None:
        """A line of data. Raises: NobodyReads."""
        with _read_by_somebody():
            sys.stdout.write(text + "\n")

    def raw(self, body: bytes) -> None:
        """Bytes as they are; on a terminal, made harmless. Raises: NobodyReads."""
        if sys.stdout.isatty():
            sys.stdout.write(harmless(body.decode("utf-8", "replace"), keep="\n\t"))
            return
        with _read_by_somebody():
            sys.stdout.flush()
            sys.stdout.buffer.write(body)
            sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Everything said has gone out. Raises: NobodyReads."""
        with _read_by_somebody():
            sys.stdout.flush()

    def say(self, text: str) -> None:
        """Talk: what has been done, what comes next."""
        if self.verbosity >= 0:
            sys.stderr.write(harmless(text, keep="\n") + "\n")

    def note(self, text: str) -> None:
        """Talk for those who asked for more with ``-v``."""
        if self.verbosity >= 1:
            sys.stderr.write(harmless(text, keep="\n") + "\n")

    def _write_json(self, value: object) -> None:
        self.line(msgspec.json.encode(value, enc_hook=_encode).decode())


@contextmanager
def _read_by_somebody() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise NobodyReads from error


def _encode(value: object) -> object:
    if isinstance(value, (Path, frozenset, set)):
        return str(value) if isinstance(value, Path) else sorted(value)
    raise NotImplementedError(type(value))  # how an encoder is told that there is no way (msgspec, enc_hook)


def cell(value: object) -> str:
    """A value on one line, for people and for `cut`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, (tuple, list)):
        return ", ".join(cell(each) for each in value)
    if isinstance(value, (dict, msgspec.Struct)):
        return harmless(msgspec.json.encode(value, enc_hook=_encode).decode())
    return harmless(str(value))


def harmless(text: str, keep: str = "") -> str:
    """`text` without control characters: what a partner wrote must not move the cursor or begin a line of its own."""
    return "".join(c if c in keep or not _is_control(c) else " " if c in "\n\r\t" else "�" for c in text)


def _is_control(c: str) -> bool:
    return c < " " or "\x7f" <= c <= "\x9f" or c in "\u2028\u2029"


def _print_table(rows: Sequence[Record], columns: Sequence[str]) -> None:
    from rich.console import Console  # slow to import, and only a terminal needs it
    from rich.table import Table
    from rich.text import Text

    plain = "NO_COLOR" in os.environ
    table = Table(box=None, pad_edge=False, header_style="" if plain else "bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell(row.get(column))) for column in columns))
    Console(no_color=plain, highlight=False).print(table)


def show_error(error: DragomanError, *, json: bool, to: IO[str] | None = None) -> None:
    """What went wrong, what was kept, what to do, and the id to quote; to standard error."""
    show_problem(error.problem(), json=json, to=to)


def show_problem(problem: Problem, *, json: bool, to: IO[str] | None = None) -> None:
    stream = to or sys.stderr
    if json:
        stream.write(msgspec.json.encode({"error": problem}).decode() + "\n")
        return
    lines = [f"Error: {problem.title}{f': {problem.detail}' if problem.detail else ''}"]
    lines += [f"  Kept: {problem.kept}"] if problem.kept else []
    lines += [f"  Do:   {problem.hint}"] if problem.hint else []
    lines += [f"  Id:   {problem.id}"] if problem.id else []
    stream.write("\n".join(harmless(line) for line in lines) + "\n")
