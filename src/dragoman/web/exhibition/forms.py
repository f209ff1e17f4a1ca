"""What is typed in the workshop's forms, read: texts by language, days and hours in the venue's zone, millimetres. Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, get_args

from msgspec import Struct

from dragoman.model.errors import BadInput
from dragoman.model.event import Venue
from dragoman.model.exhibition import Exhibition, PictureUse, Right, Room
from dragoman.planning.times import Which, typed_day, typed_moment

USES: tuple[PictureUse, ...] = get_args(PictureUse)
Form = Mapping[str, str]
_KEPT = "What was typed; nothing was changed."


class Typed(Struct, frozen=True, kw_only=True):
    """The fields of an exhibition as typed, and the faults: a field's name and what is wrong with it
    (`planning.times.Fault`, ``number``)."""

    changes: dict[str, Any]
    faults: dict[str, str]


def exhibition_of(form: Form, before: Exhibition, zone: str) -> Typed:
    """The exhibition's fields. `zone` is ours, where the venue has none."""
    faults: dict[str, str] = {}
    codes = words_of(form.get("languages", " ".join(before.languages)))
    place = form.get("venue_zone", "").strip() or zone
    changes: dict[str, Any] = {
        "titles": texts_of(form, "title", before.titles),
        "introduction": texts_of(form, "introduction", before.introduction),
        "languages": codes or before.languages,
        "uses": tuple(use for use in USES if form.get(f"use_{use}")),
        "venue": Venue(
            name=form.get("venue_name", "").strip(),
            address=form.get("venue_address", "").strip(),
            city=form.get("venue_city", "").strip(),
            country=form.get("venue_country", "").strip().upper(),
            zone=form.get("venue_zone", "").strip(),
            link=before.venue.link,
        ),
        "opens": _moment(form, place, faults),
        "until": _day(form, "until", faults),
        "announced": bool(form.get("announced")),
        "event": form.get("event", ""),
        "caption_most": _number(form, "caption_most", before.caption_most, faults),
    }
    if changes["opens"] and changes["until"] and changes["until"] < changes["opens"].date():
        faults["until"] = "backwards"
    return Typed(changes=changes, faults=faults)


def texts_of(form: Form, name: str, before: Mapping[str, str]) -> dict[str, str]:
    """``title_en``, ``title_ar`` …: what is typed in each language; those that were not asked for stay."""
    asked = {field.removeprefix(f"{name}_"): text for field, text in form.items() if field.startswith(f"{name}_")}
    return {**before, **{code: _plain(text) for code, text in asked.items()}}


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def words_of(text: str) -> tuple[str, ...]:
    """Codes parted by blanks or commas."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def _moment(form: Form, zone: str, faults: dict[str, str]) -> datetime | None:
    day, hour = form.get("opens_day", "").strip(), form.get("opens_hour", "").strip()
    if not day and not hour:
        return None
    which: Which = "earlier" if form.get("opens_which") == "earlier" else "later" if form.get("opens_which") else ""
    typed = typed_moment(day, hour, zone, which)
    if typed.fault:
        faults["venue_zone" if typed.fault == "zone" else "opens"] = typed.fault
    return typed.at


def _day(form: Form, name: str, faults: dict[str, str]) -> date | None:
    text = form.get(name, "").strip()
    found = typed_day(text) if text else None
    if text and found is None:
        faults[name] = "unreadable"
    return found


def _number(form: Form, name: str, usual: int, faults: dict[str, str]) -> int:
    text = form.get(name, "").strip()
    if text and not (text.isascii() and text.isdecimal() and len(text) < 7):
        faults[name] = "number"
        return usual
    return int(text) if text else usual


def room_of(form: Form, before: Room) -> dict[str, Any]:
    """The words of a room."""
    return {"titles": texts_of(form, "title", before.titles), "text": texts_of(form, "text", before.text)}


def right_of(form: Form, picture: str, use: PictureUse) -> Right:
    """What is said of one use of one picture.

    Raises:
        BadInput: the day or the countries cannot be read.
    """
    territory = tuple(code.upper() for code in words_of(form.get("territory", "")))
    if wrong := [code for code in territory if len(code) != 2 or not (code.isascii() and code.isalpha())]:
        raise BadInput("This is no country", wrong[0][:40], hint="Use two letters, as in AZ FR.", kept=_KEPT)
    text = form.get("until", "").strip()
    until = typed_day(text) if text else None
    if text and until is None:
        raise BadInput("This is not a day", text[:40], hint="Write it as 2026-05-01.", kept=_KEPT)
    return Right(
        picture=picture,
        use=use,
        allowed=form.get("allowed") == "yes",
        territory=territory,
        until=until,
        source=form.get("source", "").strip(),
    )


def millimetres(form: Form, name: str) -> int | None:
    """A length as typed; None where the field was not there, 0 where it was left empty.

    Raises:
        BadInput: it is no whole number.
    """
    return whole_number(form, name, 0)


def whole_number(form: Form, name: str, empty: int | None) -> int | None:
    """
    Raises:
        BadInput: it is no whole number of reasonable length.
    """
    if name not in form:
        return None
    text = form[name].strip()
    if not text:
        return empty
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise BadInput("This is not a whole number", text[:40], hint="Write it in digits.", kept=_KEPT)
    return int(text)
