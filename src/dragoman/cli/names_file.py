"""``dragoman names add|merge|split|remove|list|show|import|export``: the names file an agency maintains."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Command
from dragoman.cli.output import Out, Record
from dragoman.cli.who import operator
from dragoman.model.errors import BadInput, NotFound
from dragoman.model.reading import NameKind
from dragoman.names import forms
from dragoman.names.forms import Entry, NamesFile
from dragoman.store import names as store

_COLUMNS = ("id", "kind", "preferred", "forms")
_MOST_BYTES = 32_000_000
_FORMS = "LANGUAGE=NAME..."


@click.command(
    "add",
    cls=Command,
    examples=(
        'dragoman names add ida-brandt en="Ida Brandt" ru="Ида Брандт" ru="Иды Брандт" az="İda Brandt"',
        'dragoman names add quay-fund --kind organisation en="Quay Fund" de="Quay-Stiftung"',
    ),
)
@click.argument("id_", metavar="ID")
@click.argument("pairs", nargs=-1, required=True, metavar=_FORMS)
@click.option("--kind", type=click.Choice(("person", "organisation")), default="person", show_default=True)
@click.option("--note", default="", help="For people: who this is, why it is written so.")
@click.pass_obj
def add(out: Out, id_: str, pairs: tuple[str, ...], kind: NameKind, note: str) -> None:
    """Add a person or organisation, or forms to one there is. The first form of a language is how we write it."""
    entry = Entry(id=id_, kind=kind, forms=_forms(pairs), note=note)
    _change(out, "name added", id_, lambda file: forms.add(file, entry), id_)


@click.command("merge", cls=Command, examples=("dragoman names merge ida-brandt brandt-i",))
@click.argument("id_", metavar="ID")
@click.argument("other")
@click.pass_obj
def merge(out: Out, id_: str, other: str) -> None:
    """They are one: the other's forms go behind its own, and the other is gone."""
    _change(out, "names merged", f"{id_} {other}", lambda file: forms.merge(file, id_, other), id_)


@click.command(
    "split", cls=Command, examples=('dragoman names split ida-brandt "I. Brandt" "И. Брандт" --new ilse-brandt',)
)
@click.argument("id_", metavar="ID")
@click.argument("taken", nargs=-1, required=True, metavar="NAME...")
@click.option("--new", default="", help="The id of the new entry; a number behind the old one without it.")
@click.pass_obj
def split(out: Out, id_: str, taken: tuple[str, ...], new: str) -> None:
    """They are two: these forms go into an entry of their own, and the two are never taken for one again."""
    _change(out, "name split", id_, lambda file: forms.split(file, id_, taken, new), id_, new)


@click.command("remove", cls=Command, examples=("dragoman names remove ida-brandt",))
@click.argument("id_", metavar="ID")
@click.pass_obj
def remove(out: Out, id_: str) -> None:
    """Take an entry out of the file."""
    _change(out, "name removed", id_, lambda file: forms.remove(file, id_))


@click.command("list", cls=Command, examples=("dragoman names list", "dragoman names list Брандт --json"))
@click.argument("words", nargs=-1)
@click.option("--language", default="en", show_default=True, help="The language of the preferred form.")
@click.option("--conflicts", is_flag=True, help="Only forms that several entries have: nobody is found by them.")
@click.pass_obj
def list_(out: Out, words: tuple[str, ...], language: str, conflicts: bool) -> None:
    """List the file, or the entries with a form that has all these words, in any language."""
    with newsroom(out) as (_, conn):
        file = store.names(conn)
    if conflicts:
        told = ({"form": one.form, "language": one.language, "ids": list(one.ids)} for one in file.conflicts)
        out.records(told, ("form", "language", "ids"))
        return
    out.records((_line(one, language) for one in file.having(" ".join(words))), _COLUMNS)


@click.command("show", cls=Command, examples=("dragoman names show ida-brandt", "dragoman names show 'Иды Брандт'"))
@click.argument("name", metavar="ID|NAME")
@click.pass_obj
def show(out: Out, name: str) -> None:
    """Show an entry, by its id or by any of its forms."""
    with newsroom(out) as (_, conn):
        file = store.names(conn)
    found = next((one for one in file.entries if one.id == name), None) or file.find(name)
    if found is None:
        raise NotFound(f"The names file has no {name!r}", hint="`dragoman names list` shows it.")
    out.record({"id": found.id, "kind": found.kind, "note": found.note, **found.forms})


@click.command("import", cls=Command, examples=("dragoman names import names.jsonl",))
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.pass_obj
def import_(out: Out, path: Path) -> None:
    """Take in entries as `export` writes them: JSON lines. Forms are added to the entries of the same id."""
    try:
        with path.open("rb") as file:
            body = file.read(_MOST_BYTES + 1)
        given = forms.read(body[:_MOST_BYTES].decode("utf-8"))
    except OSError as error:
        raise BadInput("The file cannot be read", f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8", f"{path}: {error}") from error
    if len(body) > _MOST_BYTES:
        raise BadInput("The file is too long", f"{path}: more than {_MOST_BYTES:,} bytes", hint="Take it in in parts.")

    def with_all(known: NamesFile) -> NamesFile:
        entries = {one.id: one for one in known.entries}
        for one in given.entries:
            there = entries.get(one.id)
            entries[one.id] = forms.add(NamesFile((there,)), one).entries[0] if there else one
        return NamesFile(tuple(entries.values()))

    _change(out, "names imported", path.name, with_all)
    out.note(f"{len(given.entries)} entries")


@click.command("export", cls=Command, examples=("dragoman names export > names.jsonl",))
@click.pass_obj
def export(out: Out) -> None:
    """Write the file as JSON lines."""
    with newsroom(out) as (_, conn):
        out.raw(forms.written(store.names(conn)).encode())


COMMANDS = (add, merge, split, remove, list_, show, import_, export)


def _change(out: Out, act: str, about: str, edit: Callable[[NamesFile], NamesFile], *shown: str) -> None:
    with newsroom(out) as (_, conn), conn.transaction():
        file = store.change(conn, act, about, edit, by=operator(), now=now())
    for id_ in filter(None, shown):
        out.record(_line(file.entry(id_), "en"))


def _forms(pairs: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        language, given, name = pair.partition("=")
        if not given or not name.strip():
            raise click.UsageError(f"{pair!r} is not LANGUAGE=NAME, as in ru='Ида Брандт'.")
        found[language].append(name)
    return {language: tuple(names) for language, names in found.items()}


def _line(entry: Entry, language: str) -> Record:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "preferred": entry.preferred(language) or next(entry.all_forms()),
        "forms": sum(map(len, entry.forms.values())),
        "languages": list(entry.forms),
    }
