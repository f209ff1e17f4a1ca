"""``dragoman dateline``: the dateline of our copy in each of our languages; the datelines of texts, offline."""

from datetime import date, datetime
from typing import Any

import click
import msgspec
from msgspec import Struct

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Noun
from dragoman.cli.lines import answer_lines, moment
from dragoman.cli.output import Out
from dragoman.lexicon import LANGUAGES

dateline = Noun("dateline", help="Datelines: write ours in each of our languages, read those of texts.")
_COLUMNS = ("language", "text", "note")
_FIELDS = ("text", "place", "country", "day", "month", "year", "date", "year_from", "agency", "reporter")


@dateline.command(
    "write",
    examples=(
        "dragoman dateline write Baku",
        "dragoman dateline write Şuşa --date 2026-02-19 --language ru --language fr",
        "dragoman dateline write Москва --agency TASS --json",
    ),
)
@click.argument("place")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day; without it today, in UTC.")
@click.option(
    "--language", "languages", multiple=True, type=click.Choice(LANGUAGES), help="Only this; may be repeated."
)
@click.option("--agency", help="Who signs; without it our node's agency, where there is a node; '' for nobody.")
@click.pass_obj
def write(out: Out, place: str, day: datetime | None, languages: tuple[str, ...], agency: str | None) -> None:
    """Write the dateline for PLACE, as its agency prints it, in our eight languages: ready to copy.

    PLACE is a name in any of them. Where nobody knows its name in a language it stands as given, with a note.
    """
    from dragoman.read.dateline.written import write_dateline

    if not place.strip():
        raise click.UsageError("A dateline needs a place.")
    signed = _our_agency(out) if agency is None else agency
    written = [write_dateline(place, _day(day), language, signed) for language in languages or LANGUAGES]
    notes = {True: "", False: "the place as given"}
    out.records(({**msgspec.to_builtins(one), "note": notes[one.place_known]} for one in written), _COLUMNS)


def _day(given: datetime | None) -> date:
    return (given or now()).date()


def _our_agency(out: Out) -> str:
    """What our node's agency signs with; nothing where there is no node."""
    from dragoman.read.agencies import agency_name
    from dragoman.store import agencies

    if not out.folder.is_dir():
        return ""
    with newsroom(out) as (_, conn):
        home = agencies.home(conn)
    return agency_name(home.code) or agency_name(home.name) or home.code


class Asked(Struct, frozen=True):
    """A text as it is handed in. `time` is the item's, for the year; `agency` sent it."""

    id: str | int
    text: str
    time: str | None = None
    agency: str | None = None


@dateline.command("read", examples=("dragoman dateline read < docs.jsonl",))
def read() -> None:
    """The dateline of each text on standard input, one JSON line each.

    In: {"id","text"[,"time","agency"]}. Out: the id, and the dateline with the code point at which the body starts, or
    null.
    """
    from dragoman.read.dateline import complete_dateline, find_dateline, find_sign_off

    def answer(asked: Asked) -> dict[str, Any]:
        found = find_dateline(asked.text)
        printed = found.dateline if found else find_sign_off(asked.text)
        if printed is None:
            return {"id": asked.id, "dateline": None}
        whole = complete_dateline(printed, item_time=moment(asked), sender=asked.agency or "")
        told = {name: getattr(whole, name) for name in _FIELDS}
        return {"id": asked.id, "dateline": {**told, "body_start": found.body if found else 0}}

    answer_lines(Asked, answer)
