"""How the commands of an exhibition name things: exhibitions, pictures, texts by language, hours at the venue."""

from collections.abc import Iterable
from datetime import date, datetime

from dragoman.cli.output import Record
from dragoman.desk import exhibitions as desk
from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.planning.exhibition import Picture, Whole, said
from dragoman.planning.hanging import print_size
from dragoman.planning.rights_table import standings
from dragoman.planning.times import typed_day, typed_moment
from dragoman.store.connect import Connection

_FAULTS = {
    "unreadable": "It is no day or hour.",
    "gap": "That hour does not exist there: the clocks are put forward over it.",
    "fold": "That hour comes twice there: say --which earlier or --which later.",
    "zone": "There is no such time zone.",
}


def whole_of(conn: Connection, name: str) -> Whole:
    """The exhibition called `name` (`desk.exhibitions.find`) with everything in it."""
    held = desk.find(conn, name)
    return desk.opened(conn, held.project, held.id)


def picture_of(whole: Whole, name: str) -> Picture:
    """A picture by its number on the wall, or by the first letters of its id.

    Raises:
        NotFound, Conflict: none is called so, or several are.
    """
    if name.isascii() and name.isdecimal() and len(name) < 5:
        if 0 < int(name) <= len(whole.selected):
            return whole.selected[int(name) - 1]
        raise NotFound(f"No picture hangs as number {name}", hint="`dragoman exhibition pictures` lists them.")
    found = [one for one in whole.pictures if name and one.id.startswith(name)]
    if not found:
        raise NotFound(
            f"There is no picture {name} in the exhibition", hint="`dragoman exhibition pictures` lists them."
        )
    if len(found) > 1:
        raise Conflict(f"Several pictures begin with {name}", ", ".join(one.id for one in found))
    return found[0]


def texts(lines: Iterable[str]) -> dict[str, str]:
    """``en=Harbour`` as texts by language.

    Raises:
        BadInput: there is no language in front.
    """
    found: dict[str, str] = {}
    for line in lines:
        code, equals, text = line.partition("=")
        if not equals or not code.strip():
            raise BadInput(f"{line[:60]!r} names no language", hint="Write it as in en='The harbour remembers'.")
        found[code.strip()] = text.strip()
    return found


def hour_at(text: str, zone: str, which: str = "") -> datetime:
    """``2026-05-20 18:00`` on the clocks of `zone`.

    Raises:
        BadInput: there is no such hour there, or there are two.
    """
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    typed = typed_moment(day, hour, zone, which)  # type: ignore[arg-type]  # click has checked it
    if typed.at is None:
        raise BadInput(f"{text!r} cannot be the opening", _FAULTS.get(typed.fault or "", ""), hint=f"Zone: {zone}.")
    return typed.at


def record_of(whole: Whole) -> Record:
    """The exhibition in one line, or as JSON."""
    record = whole.record
    return {
        "id": whole.id,
        "project": whole.project,
        "maker": whole.maker,
        "state": record.state,
        "title": said(record.titles, record.languages[0], record.languages).text,
        "titles": record.titles,
        "introduction": record.introduction,
        "languages": record.languages,
        "uses": record.uses,
        "venue": record.venue.name,
        "city": record.venue.city,
        "country": record.venue.country,
        "opens": record.opens,
        "until": record.until,
        "announced": record.announced,
        "event": record.event,
        "caption_most": record.caption_most,
        "rooms": [{"id": room.id, "titles": room.record.titles} for room in whole.rooms],
        "proposed": len(whole.pictures),
        "selected": len(whole.selected),
    }


PICTURE_COLUMNS = ("number", "id", "agency", "decision", "stars", "headline", "room", "print", "dpi", "rights")


def picture_record(whole: Whole, picture: Picture, now: datetime) -> Record:
    """One picture as the list shows it."""
    lying, record = picture.lying, picture.record
    width, height = (lying.width, lying.height) if lying and lying.is_usable else (0, 0)
    size = print_size(width, height, record.width_mm, record.height_mm)
    numbers = {one.id: at for at, one in enumerate(whole.selected, 1)}
    room = next((one for one in whole.rooms if one.id == whole.room_of(picture)), None)
    order = whole.record.languages
    return {
        "number": numbers.get(picture.id),
        "id": picture.id,
        "agency": picture.agency,
        "decision": {True: "selected", False: "out", None: "open"}[record.selected],
        "stars": picture.stars,
        "stars_by_agency": dict(picture.stars_by_agency()),
        "headline": picture.headline,
        "origin": record.origin,
        "uri": record.uri,
        "item": lying.number if lying else None,
        "state": lying.state if lying else "not here",
        "room": said(room.record.titles, order[0], order).text if room else "",
        "print": f"{size.width_mm} x {size.height_mm} mm" if size else "",
        "dpi": size.dpi if size else None,
        "rights": ", ".join(f"{one.use} {one.word}" for one in standings(whole, picture, now.date())),
        "languages": sorted(picture.captions),
        "note": record.note,
    }


def day(text: str) -> date:
    """
    Raises:
        BadInput: it is no day.
    """
    found = typed_day(text)
    if found is None:
        raise BadInput(f"{text!r} is not a day", hint="As in 2026-05-20.")
    return found
