"""JSON lines in, JSON lines out: the frame of the offline commands. A line that cannot be read or answered is named and
passed over; the command then ends with status 3."""

import codecs
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
import msgspec

SOME_FAILED = 3
T = TypeVar("T")


def answer_lines(kind: type[T], work: Callable[[T], dict[str, Any]], bad: list[int] | None = None) -> None:
    """Each line of standard input as a `kind`, through `work`, to standard output in the same order; `bad` has lines that
    could not be read elsewhere.

    Raises:
        Exit: with status 3 at the end, where lines could not be read or answered.
    """
    bad = [] if bad is None else bad
    write_answers(_answers(kind, work, bad), bad)


def _answers(kind: type[T], work: Callable[[T], dict[str, Any]], bad: list[int]) -> Iterator[dict[str, Any]]:
    for number, asked in _numbered(sys.stdin.buffer, kind, "", bad):
        try:
            yield work(asked)
        except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
            # A fault of ours with one text leaves the thousands beside it their answers.
            _passed_over("", number, f"no answer, {type(error).__name__}: {error}", bad)


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
        click.echo(f"Lines left out: {len(bad)}. The others have their answers.", err=True)
        raise click.exceptions.Exit(SOME_FAILED)


def lines_of(lines: Iterable[bytes], kind: type[T], name: str = "", bad: list[int] | None = None) -> Iterator[T]:
    """Each line as a `kind`; one that cannot be read is named on standard error, and its number put into `bad`."""
    return (found for _, found in _numbered(lines, kind, name, bad))


def _numbered(lines: Iterable[bytes], kind: type[T], name: str, bad: list[int] | None) -> Iterator[tuple[int, T]]:
    for number, line in enumerate(lines, 1):
        if not (line := line.removeprefix(codecs.BOM_UTF8)).strip():
            continue
        try:
            found = _decoded(line, kind)
        except (ValueError, RecursionError) as error:
            _passed_over(name, number, str(error) or "nested too deep", bad)
            continue
        yield number, found


def _passed_over(name: str, number: int, why: str, bad: list[int] | None) -> None:
    click.echo(f"{name}{', ' if name else ''}line {number}: {why}", err=True)
    if bad is not None:
        bad.append(number)


def moment(asked: Any) -> datetime | None:
    """The `time` of a text handed in, in UTC where it does not say; one that is no ISO 8601, or that no clock shows in UTC, is
    told and left out."""
    if not asked.time:
        return None
    try:
        found = datetime.fromisoformat(asked.time)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        click.echo(f"{asked.id}: the time {asked.time[:40]!r} cannot be used (ISO 8601); read without it.", err=True)
        return None


def _decoded(line: bytes, kind: type[T]) -> T:
    """Strictly; where that fails, as lenient writers mean it: raw control characters, lone surrogates, bytes that are no
    UTF-8."""
    try:
        return msgspec.json.decode(line, type=kind)
    except msgspec.ValidationError:
        raise
    except (msgspec.DecodeError, UnicodeDecodeError):
        lenient = json.loads(line.decode("utf-8", "replace"), strict=False)
        clean = json.dumps(lenient, ensure_ascii=False).encode("utf-8", "replace")
        return msgspec.json.decode(clean, type=kind)
