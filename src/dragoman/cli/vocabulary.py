"""``dragoman vocabulary``: Media Topics and other vocabularies, taken in from files, listed, searched."""

from pathlib import Path

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.desk import vocabularies as desk
from dragoman.model.errors import BadInput
from dragoman.model.vocabulary import in_language
from dragoman.read.vocabulary import MOST_BYTES
from dragoman.store import vocabularies
from dragoman.store.vocabularies import Kept, Listed

vocabulary = Noun("vocabulary", help="Vocabularies of topics and codes: import, list, show, find.")
_COLUMNS = ("id", "alias", "title", "concepts", "retired", "released", "languages", "imported")
_CONCEPTS = ("qcode", "label", "retired", "broader")
language = click.option("--language", default="en", show_default=True, help="The language of labels.")


@vocabulary.command(
    "import", examples=("dragoman vocabulary import mediatopics.json", "dragoman vocabulary import genre.json --json")
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_obj
def import_(out: Out, path: Path) -> None:
    """Take in a vocabulary as IPTC publishes it: a ConceptSet in JSON, with its labels in every language.

    Again, it brings what has changed; the same file changes nothing. What a newer release no longer has is kept, retired. The
    top two levels of Media Topics are known in our eight languages without any import.
    """
    try:
        with path.open("rb") as file:
            body = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadInput("The file cannot be read", f"{path}: {error.strerror}") from error
    with newsroom(out) as (_, conn):
        done = desk.take_in(conn, body, source=path.name, by=operator(), now=now())
        kept = vocabularies.vocabulary(conn, str(done.id))
    out.record({**_kept(kept), "is_new": done.is_new, "changed": done.changed, "gone": done.gone})


@vocabulary.command("list", examples=("dragoman vocabulary list", "dragoman vocabulary list --json"))
@click.pass_obj
def list_(out: Out) -> None:
    """List the vocabularies that have been taken in."""
    with newsroom(out) as (_, conn):
        out.records(map(_kept, vocabularies.vocabularies(conn)), _COLUMNS)


@vocabulary.command(
    "show",
    examples=("dragoman vocabulary show medtop", "dragoman vocabulary show medtop:15000000 --language ar"),
)
@click.argument("name", metavar="VOCABULARY|CONCEPT")
@language
@click.pass_obj
def show(out: Out, name: str, language: str) -> None:
    """Show a vocabulary by its number, alias or address; or a concept by its code or address, with all its labels."""
    with newsroom(out) as (_, conn):
        if ":" in name and not any(name == one.vocabulary.uri for one in vocabularies.vocabularies(conn)):
            found = vocabularies.concept(conn, name)
            one = found.concept
            out.record(
                {**_line(found, language), "labels": one.labels, "definitions": one.definitions, "matches": one.matches}
            )
            return
        out.record(_kept(vocabularies.vocabulary(conn, name)))


@vocabulary.command(
    "find",
    examples=("dragoman vocabulary find volcano", "dragoman vocabulary find спорт --in medtop --language ru"),
)
@click.argument("words", nargs=-1, required=True)
@click.option("--in", "within", default="", help="In this vocabulary alone: its number, alias or address.")
@click.option("--retired/--no-retired", default=True, show_default=True, help="Those no longer in use as well.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@language
@click.pass_obj
def find(out: Out, words: tuple[str, ...], within: str, retired: bool, limit: int, language: str) -> None:
    """Find concepts by the words of their labels, in any language."""
    with newsroom(out) as (_, conn):
        wanted = vocabularies.vocabulary(conn, within).id if within else None
        found = vocabularies.find(conn, " ".join(words), vocabulary=wanted, retired=retired, limit=limit)
        out.records((_line(one, language) for one in found), _CONCEPTS)


def _kept(one: Kept) -> Record:
    own = one.vocabulary
    return {
        "id": one.id,
        "alias": own.alias,
        "title": in_language(own.title, "en"),
        "uri": own.uri,
        "concepts": one.concepts,
        "retired": one.retired,
        "languages": one.languages,
        "released": own.released,
        "licence": own.licence,
        "authority": own.authority,
        "source": one.source,
        "imported": one.imported,
        "by": one.by,
    }


def _line(found: Listed, language: str) -> Record:
    one = found.concept
    return {
        "qcode": f"{found.alias}:{one.code}" if found.alias else one.code,
        "label": in_language(one.labels, language),
        "uri": one.uri,
        "retired": one.retired,
        "broader": one.broader,
    }
