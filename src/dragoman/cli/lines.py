"""JSON lines in, JSON lines out: the frame of the offline commands. A line that cannot be read is named and passed over;
the command then ends with status 3."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click
import msgspec

SOME_FAILED = 3
T = TypeVar("T")


def answer_lines(kind: type[T], work: Callable[[T], dict[str, Any]]) -> None:
    """Each line of standard input as a `kind`, through `work`, to standard output in the same order.

    Raises:
        Exit: with status 3 at the end, where lines could not be read.
    """
    bad: list[int] = []
    write_answers(map(work, lines_of(sys.stdin.buffer, kind, "", bad)), bad)


def write_answers(answers: Iterable[dict[str, Any]], bad: list[int]) -> None:
    """The answers, one JSON line each; `bad` has the lines that could not be read, when the answers have been taken.

    Raises:
        Exit: with status 3 at the end, where there are any.
    """
    out = sys.stdout.buffer
    for answer in answers:
        out.write(msgspec.json.encode(answer) + b"\n")
    out.flush()
    if bad:
        click.echo(f"{len(bad)} lines could not be read; the others were answered.", err=True)
        raise click.exceptions.Exit(SOME_FAILED)


def lines_of(lines: Iterable[bytes], kind: type[T], name: str = "", bad: list[int] | None = None) -> Iterator[T]:
    """Each line as a `kind`; one that cannot be read is named on standard error, and its number put into `bad`."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = _decoded(line, kind)
        except (ValueError, RecursionError) as error:
            click.echo(f"{name}{', ' if name else ''}line {number}: {error or 'nested too deep'}", err=True)
            if bad is not None:
                bad.append(number)
            continue
        yield found


def _decoded(line: bytes, kind: type[T]) -> T:
    """Strictly; where that fails, as lenient writers mean it: raw control characters and lone surrogates."""
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        lenient = json.loads(line.decode("utf-8", "replace"), strict=False)
        clean = json.dumps(lenient, ensure_ascii=False).encode("utf-8", "replace")
        return msgspec.json.decode(clean, type=kind)
