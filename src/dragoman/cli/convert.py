"""``dragoman convert``: documents of one format as a document of another, offline; what is lost is said."""

from pathlib import Path

import click

from dragoman.cli.boxed import Decoder, input_options, known_format, sources
from dragoman.cli.frame import Command
from dragoman.cli.output import Out, harmless, whole_file
from dragoman.model.arrival import Hints
from dragoman.model.errors import Conflict, DragomanError, Problem, Undecodable
from dragoman.model.item import Item

SOME_FAILED = 3


@click.command(
    cls=Command,
    examples=(
        "dragoman convert story.xml --to ninjs",
        "dragoman convert wire/*.txt --format iptc7901 --to newsml-g2 --output wire.xml",
        "curl -s https://partner.example/feed.xml | dragoman convert - --to jsonfeed",
    ),
)
@input_options
@click.option("--to", "wanted", required=True, metavar="FORMAT", help="The format to write.")
@click.option("--output", type=click.Path(path_type=Path), help="A file; without it, standard output.")
@click.option("--force", is_flag=True, help="Replace the output file if it is there.")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.pass_obj
def convert(out: Out, hints: Hints, wanted: str, output: Path | None, force: bool, paths: tuple[str, ...]) -> int:
    """Convert files (- is standard input) to one document in another format; what it cannot carry is named."""
    known_format(wanted, written=True)
    if output is not None and output.exists() and not force:
        raise Conflict("The file is there already", str(output), hint="--force replaces it.", kept="The file.")
    found, failures = _items(hints, paths)
    if not found:
        raise failures[0][1] if failures else Undecodable("There are no entries in it", paths[0])
    for where, error in failures:
        out.say(harmless(f"{where}: {error}"))
    from dragoman import formats

    encoded = formats.encode(wanted, found)
    if output is None:
        out.raw(encoded.body)
    else:
        with whole_file(output) as file:
            file.write(encoded.body)
    if encoded.lost:
        out.say(f"Not carried by {wanted}: {', '.join(encoded.lost)}.")
    if output is not None:
        out.say(f"{len(found)} items written to {output}.")
    return SOME_FAILED if failures else 0


def _items(hints: Hints, paths: tuple[str, ...]) -> tuple[list[Item], list[tuple[str, DragomanError]]]:
    """The items of all files in their order, and what could not be read, each with where it stood."""
    found: list[Item] = []
    failures: list[tuple[str, DragomanError]] = []
    with Decoder() as decoder:
        for source in sources(paths):
            for unit in decoder.units(source, hints):
                if unit.item is not None:
                    found.append(unit.item)
                else:
                    failures.append((f"{source.name} [{unit.index}]", source.problem or _error(unit.problem)))
    return found, failures


def _error(problem: Problem | None) -> DragomanError:
    if problem is None:
        return Undecodable("Nothing was decoded")
    return Undecodable(problem.title, problem.detail, hint=problem.hint)
