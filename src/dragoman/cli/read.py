"""``dragoman read``: what texts say of themselves, offline; JSON lines in, JSON lines out."""

from pathlib import Path
from typing import Any

import click
import msgspec
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import answer_lines, moment
from dragoman.model.errors import BadInput
from dragoman.model.reading import Reading


class Asked(Struct, frozen=True):
    """A text as it is handed in. `time` is the item's, for years that are not said; `language` as declared."""

    id: str | int
    text: str
    headline: str | None = None
    time: str | None = None
    agency: str | None = None
    language: str | None = None


_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(
    cls=Command,
    examples=(
        "dragoman read < docs.jsonl",
        "dragoman read --only names,quotes < docs.jsonl",
        "dragoman read --names names.jsonl --rules subjects.rules --model names=/srv/models/names < docs.jsonl",
    ),
)
@click.option("--only", default="", help="Only these parts, as in names,quotes.", metavar="PARTS")
@click.option("--names", "names_path", type=_FILE, help="A names file, as `names export` writes it.")
@click.option("--rules", "rules_path", type=_FILE, help="The agency's own rules on subjects.")
@click.option(
    "--model", "models", multiple=True, metavar="PART=FOLDER", help="A model in a reader's place; repeatable."
)
def read(only: str, names_path: Path | None, rules_path: Path | None, models: tuple[str, ...]) -> None:
    """What each text on standard input says of itself, one JSON line each.

    In: {"id","text"[,"headline","time","agency","language"]}. Out: language, script, dateline, names, places, dates,
    figures, quotes and subjects; offsets are code points of the text. Nothing is stored, and no node is asked: what a node
    knows besides (its names file, rules, models) is given here.
    """
    from dragoman.names import forms
    from dragoman.neural import IDENTIFIER, neural_identifiers, neural_readers
    from dragoman.read.reader import READERS, read_text
    from dragoman.read.subjects.rules import read_rules, with_rules
    from dragoman.text.language import IDENTIFIERS

    wanted = only.replace(" ", "").split(",") if only else list(READERS)
    if unknown := [part for part in wanted if part not in READERS]:
        raise click.UsageError(f"There is no part {unknown[0]}. Parts: {', '.join(READERS)}.")
    folders = _folders(models)
    readers = {**READERS, **neural_readers(folders)}
    if rules_path:
        readers["subjects"] = with_rules(read_rules(_text(rules_path)), readers["subjects"])
    IDENTIFIERS.update(neural_identifiers(folders))
    identifier = IDENTIFIER if "language" in folders else "lexical"
    names = forms.read(_text(names_path)) if names_path else forms.NamesFile()
    needed = {*wanted, *(("places", "names") if {"names", "quotes"} & set(wanted) else ())}
    chosen = {part: reader for part, reader in readers.items() if part in needed}

    def answer(asked: Asked) -> dict[str, Any]:
        reading, body = read_text(
            asked.text,
            headline=asked.headline or "",
            language=asked.language or "",
            time=moment(asked),
            agency=asked.agency or "",
            readers=chosen,
            identifier=identifier,
            names=names,
        )
        return {"id": asked.id, **_told(reading, body)}

    answer_lines(Asked, answer)


def _folders(models: tuple[str, ...]) -> dict[str, Path]:
    from dragoman.neural import PARTS

    folders = {}
    for one in models:
        part, given, folder = one.partition("=")
        if not given or part not in PARTS:
            raise click.UsageError(f"{one!r} is not PART=FOLDER; parts: {', '.join(PARTS)}.")
        folders[part] = Path(folder)
    return folders


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8", f"{path}: {error}") from error


_ALWAYS = {
    "names": {"text": "", "kind": "", "key": "", "role": ""},
    "quotes": {"text": "", "speaker": "", "verb": ""},
}
"""Fields that are there, empty or not."""


def _told(reading: Reading, body: int) -> dict[str, Any]:
    """A reading as the command prints it: every part is there, empty or not."""
    told = msgspec.to_builtins(reading)
    line = reading.dateline
    dateline = None
    if line:
        dateline = {
            "text": line.text,
            "place": line.place,
            "country": line.country,
            "day": line.day,
            "month": line.month,
            "year": line.year,
            "agency": line.agency,
            "reporter": line.reporter,
            "body_start": body,
        }
    parts = ("names", "places", "dates", "figures", "quotes", "subjects", "passages")
    return {
        "language": reading.language,
        "confidence": reading.confidence,
        "script": reading.script,
        "dateline": dateline,
        **{part: [_ALWAYS.get(part, {}) | one for one in told.get(part, [])] for part in parts},
        "words": reading.words,
        "sentences": reading.sentences,
        "cut": reading.cut,
    }
