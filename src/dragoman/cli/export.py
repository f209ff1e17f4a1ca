"""``dragoman export``: items that answer a query, newest first, as JSON lines or in a wire format."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import click
import msgspec

from dragoman import formats
from dragoman.cli.at import newsroom
from dragoman.cli.frame import Command
from dragoman.cli.item import query_filter
from dragoman.cli.output import Out, whole_file
from dragoman.cli.progress import progress
from dragoman.model.errors import Conflict
from dragoman.model.item import Item
from dragoman.store import items
from dragoman.store.connect import Connection

_PAGE = 200


@click.command(
    cls=Command,
    examples=(
        "dragoman export > everything.jsonl",
        "dragoman export 'language:az subject:economy' --output economy.jsonl",
        "dragoman export 'place:Baku' --format rss --output baku.xml --limit 50",
    ),
)
@click.argument("query", nargs=-1)
@click.option("--output", type=click.Path(path_type=Path), help="A file; without it, standard output.")
@click.option(
    "--format", "wire", default="ninjs", show_default=True, help="ninjs: one item a line; others: one document."
)
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--force", is_flag=True, help="Replace the output file if it is there.")
@click.pass_obj
def export(out: Out, query: tuple[str, ...], output: Path | None, wire: str, limit: int | None, force: bool) -> None:
    """Write the items in use, as we hold them. Held and killed copy is left out."""
    if output is not None and output.exists() and not force:
        raise Conflict("The file is there already", str(output), hint="--force replaces it.", kept="The file.")
    formats.writable(wire)
    with newsroom(out) as (_, conn):
        found = usable_items(conn, " ".join(query), limit)
        count = _to_file(output, wire, found) if output else _to_stream(out, wire, found)
    out.say(f"{count} items exported.")


def usable_items(conn: Connection, query: str, limit: int | None = None) -> Iterator[Item]:
    """The current versions of the items in use that answer `query`, newest first."""
    wanted = query_filter(query)
    before: int | None = None
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        page, before = items.newest(conn, before=before, limit=size, matches=wanted, scan=100_000)
        usable = [filed.item for filed in page if filed.state == "usable"]
        yield from usable
        left = None if left is None else left - len(usable)
        if before is None:
            return


def _to_stream(out: Out, wire: str, found: Iterator[Item]) -> int:
    count = 0
    for part, size in _written(wire, found):
        out.raw(part)
        count += size
    return count


def _to_file(output: Path, wire: str, found: Iterator[Item]) -> int:
    with whole_file(output) as file, progress("items", 0) as shown:
        return _fill(file, wire, found, shown.advance)


def _fill(file: IO[bytes], wire: str, found: Iterator[Item], advance: Callable[[int], None]) -> int:
    count = 0
    for part, size in _written(wire, found):
        file.write(part)
        advance(size)
        count += size
    return count


def _written(wire: str, found: Iterator[Item]) -> Iterator[tuple[bytes, int]]:
    """Bytes and how many items are in them."""
    if wire == "ninjs":
        for item in found:
            yield msgspec.json.encode(item) + b"\n", 1
        return
    every = list(found)
    yield formats.encode(wire, every).body, len(every)
