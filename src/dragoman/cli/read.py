"""``dragoman read``: what texts say of themselves, offline; JSON lines in, JSON lines out."""

from typing import Any

import click
import msgspec
from msgspec import Struct

from dragoman.cli.frame import Command
from dragoman.cli.lines import answer_lines, moment
from dragoman.model.reading import Reading


class Asked(Struct, frozen=True):
    """A text as it is handed in. `time` is the item's, for years that are not said; `language` as declared."""

    id: str | int
    text: str
    headline: str | None = None
    time: str | None = None
    agency: str | None = None
    language: str | None = None


@click.command(cls=Command, examples=("dragoman read < docs.jsonl", "dragoman read --only names,quotes < docs.jsonl"))
@click.option("--only", default="", help="Only these parts, as in names,quotes.", metavar="PARTS")
def read(only: str) -> None:
    """What each text on standard input says of itself, one JSON line each.

    In: {"id","text"[,"headline","time","agency","language"]}. Out: language, script, dateline, names, places, dates,
    figures, quotes and subjects; offsets are code points of the text. Nothing is stored.
    """
    from dragoman.read.reader import READERS, read_text

    wanted = only.replace(" ", "").split(",") if only else list(READERS)
    if unknown := [part for part in wanted if part not in READERS]:
        raise click.UsageError(f"There is no part {unknown[0]}. Parts: {', '.join(READERS)}.")
    readers = {part: READERS[part] for part in READERS if part in wanted or (part == "names" and "quotes" in wanted)}

    def answer(asked: Asked) -> dict[str, Any]:
        reading, body = read_text(
            asked.text,
            headline=asked.headline or "",
            language=asked.language or "",
            time=moment(asked),
            agency=asked.agency or "",
            readers=readers,
        )
        return {"id": asked.id, **_told(reading, body)}

    answer_lines(Asked, answer)


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
