"""``dragoman names``: names across scripts, compared and keyed offline; and the names file an agency maintains."""

from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from dragoman.cli import names_file
from dragoman.cli.frame import Noun
from dragoman.cli.lines import answer_lines
from dragoman.cli.output import Out
from dragoman.model.errors import BadInput

names = Noun("names", help="Names across scripts: compare, key; the names file: add, merge, split, list and more.")
for each in names_file.COMMANDS:
    names.add_command(each)

_FILE = click.option(
    "--file", "path", type=click.Path(path_type=Path), help="A names file, as `names export` writes it: it binds."
)
_KIND = click.Choice(("person", "organisation"))


class Asked(Struct, frozen=True):
    """A pair as it is handed in; languages are BCP 47, `kind` is ``person`` or ``organisation``, where they are known."""

    id: str | int
    a: str
    b: str
    a_lang: str | None = None
    b_lang: str | None = None
    kind: str | None = None


@names.command(
    "compare",
    examples=(
        "dragoman names compare < pairs.jsonl",
        """echo '{"id": 1, "a": "Heydar Aliyev", "b": "Гейдара Алиева"}' | dragoman names compare""",
    ),
)
@_FILE
def compare(path: Path | None) -> None:
    """Whether the two names of each pair on standard input are one, one JSON line each.

    In: {"id","a","b"[,"a_lang","b_lang","kind"]}. Out: {"id","score","same","reasons"}; the score is 0 to 1.
    """
    from dragoman.names.compare import compare as compared

    file = _read(path)

    def answer(asked: Asked) -> dict[str, Any]:
        found = compared(asked.a, asked.b, asked.a_lang or "", asked.b_lang or "", asked.kind or "", file)
        return {"id": asked.id, "score": found.score, "same": found.same, "reasons": found.reasons}

    answer_lines(Asked, answer)


@names.command("key", examples=("dragoman names key 'Heydar Aliyev' 'Гейдара Алиева' 盖达尔·阿利耶夫",))
@click.argument("texts", nargs=-1, required=True, metavar="NAME...")
@click.option("--language", default="", help="The language of the names.")
@click.option("--kind", type=_KIND, default=None)
@_FILE
@click.pass_obj
def key(out: Out, texts: tuple[str, ...], language: str, kind: str | None, path: Path | None) -> None:
    """The key of each name: alike in every script and spelling, most times."""
    from dragoman.names.key import name_key

    file = _read(path)
    out.records(({"name": text, "key": name_key(text, language, kind or "", file)} for text in texts), ("name", "key"))


def _read(path: Path | None) -> Any:
    from dragoman.names import forms

    if path is None:
        return None
    try:
        return forms.read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("The names file cannot be read", f"{path}: {error}") from error
