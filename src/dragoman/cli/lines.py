"""JSON lines in, JSON lines out: the frame of the offline commands. A line that cannot be read is named and passed over;
the command then ends with status 3."""

import json
import sys
from collections.abc import Callable
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
    bad = 0
    out = sys.stdout.buffer
    for number, line in enumerate(sys.stdin.buffer, 1):
        if not line.strip():
            continue
        try:
            asked = _decoded(line, kind)
        except (ValueError, RecursionError) as error:
            bad += 1
            click.echo(f"line {number}: {error or 'nested too deep'}", err=True)
            continue
        out.write(msgspec.json.encode(work(asked)) + b"\n")
    out.flush()
    if bad:
        click.echo(f"{bad} lines could not be read; the others were answered.", err=True)
        raise click.exceptions.Exit(SOME_FAILED)


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
