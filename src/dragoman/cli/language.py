"""``dragoman language``: in which language texts are, offline."""

from typing import Any

import click
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import answer_lines


class Asked(Struct, frozen=True):
    """A text as it is handed in; `language` as its sender declares it."""

    id: str | int
    text: str
    language: str | None = None


@click.command(
    cls=Command,
    examples=(
        "dragoman language < texts.jsonl",
        "dragoman language --candidates az,tr < texts.jsonl",
    ),
)
@click.option(
    "--candidates",
    default="",
    metavar="TAG,TAG…",
    help="Only these languages. Without it the newsroom's fourteen come first, and others where the text is plainly theirs.",
)
def language(candidates: str) -> None:
    """Say in which language each text is, and how sure that is: JSON lines in, JSON lines out.

    In: {"id", "text"[, "language"]}, the language as its sender declares it. Out: {"id", "language", "confidence"}; the
    language is BCP 47, "und" where nobody knows.
    """
    from dragoman.text.language import identify, known_tag

    given = [one.strip() for one in candidates.split(",") if one.strip()]
    if unknown := [one for one in given if not known_tag(one)]:
        raise click.UsageError(f"{unknown[0]} is no language tag.")
    allowed = tuple(dict.fromkeys(known_tag(one).split("-")[0] for one in given))

    def answered(asked: Asked) -> dict[str, Any]:
        found = identify(asked.text, asked.language or "", allowed)
        return {"id": asked.id, "language": found.tag, "confidence": found.confidence}

    answer_lines(Asked, answered)
