"""The forms of relations as tables: which fields each record has, how a record fills them, how they make a record. Pure."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, get_args

import msgspec
from msgspec import Struct

from dragoman.desk.relation_rules import at_place
from dragoman.model.errors import BadInput
from dragoman.model.relation import (
    KINDS,
    ActionState,
    Attendance,
    Became,
    DocumentKind,
    Kept,
    Meeting,
    MeetingKind,
    Relation,
    Side,
)
from dragoman.web.times import zone_of
from dragoman.web.words import LANGUAGES


class Field(Struct, frozen=True):
    """One field: `how` it is asked for, the keys of its label and of what is said beneath it.

    `how`: line, area, said (a line a language), saids (an area a language), tick, number, day, time, codes, language, choice
    (of `options`, their words under `words`), person, body, meeting, agencies, attended, file, roles, users.
    """

    name: str
    how: str
    label: str
    hint: str = ""
    required: bool = False
    options: tuple[str, ...] = ()
    words: str = ""


_SINCE = Field("since", "line", "terms.from", "relation.date_says")
_UNTIL = Field("until", "line", "terms.until")
_LANGUAGE = Field("language", "language", "relation.language")
_OFFICE = (
    Field("title", "line", "relation.office", required=True),
    _SINCE,
    _UNTIL,
    Field("sole", "tick", "relation.sole"),
    Field("rank", "number", "relation.rank"),
    Field("titles", "said", "relation.titles"),
)
_PERSON = (
    Field("name", "line", "relation.name", required=True),
    Field("names", "said", "relation.names"),
    Field("languages", "codes", "terms.languages"),
    Field("email", "line", "relation.email"),
    Field("phone", "line", "relation.phone"),
    Field("note", "area", "relation.note"),
)
_READERS = (
    Field("roles", "roles", "relation.roles", "relation.readers_say"),
    Field("names", "users", "relation.readers"),
    Field("disclosed", "tick", "relation.disclosed"),
)

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "institution": (
        Field("founded", "line", "relation.founded", "relation.date_says"),
        Field("place", "line", "relation.place"),
        Field("address", "line", "partner.address"),
        Field("website", "line", "relation.website"),
        Field("names", "said", "relation.names"),
        Field("histories", "saids", "relation.histories"),
        Field("note", "area", "relation.note"),
    ),
    "person": _PERSON,
    "office": (Field("person", "person", "relation.person", required=True), *_OFFICE),
    "membership": (
        Field("body", "body", "relation.body", required=True),
        _SINCE,
        _UNTIL,
        Field("note", "area", "relation.note"),
    ),
    "seat": (
        Field("body", "body", "relation.body", required=True),
        Field("title", "line", "relation.seat", required=True),
        Field("person", "person", "relation.holder"),
        _SINCE,
        _UNTIL,
        Field("titles", "said", "relation.titles"),
    ),
    "meeting": (
        Field("kind", "choice", "col.kind", options=get_args(MeetingKind), words="meeting_kind"),
        Field("agencies", "agencies", "relation.with", "relation.with_says", required=True),
        Field("subject", "line", "relation.subject", required=True),
        _LANGUAGE,
        Field("starts_day", "day", "relation.starts", required=True),
        Field("starts_time", "time", "relation.starts_time", "relation.time_says"),
        Field("ends_day", "day", "relation.ends"),
        Field("ends_time", "time", "relation.ends_time"),
        Field("zone", "line", "relation.zone", required=True),
        Field("place", "line", "relation.where"),
        Field("attended", "attended", "relation.attended", "relation.attended_says"),
        Field("note", "area", "relation.note"),
    ),
    "action": (
        Field("what", "line", "relation.what", required=True),
        _LANGUAGE,
        Field("side", "choice", "relation.side", options=get_args(Side), words="side"),
        Field("who", "line", "relation.who"),
        Field("due", "day", "relation.due"),
        Field("meeting", "meeting", "relation.meeting"),
    ),
    "document": (
        Field("kind", "choice", "col.kind", options=get_args(DocumentKind), words="document_kind"),
        Field("title", "line", "relation.title", required=True),
        _LANGUAGE,
        Field("text", "area", "relation.text"),
        Field("file", "file", "relation.file"),
        Field("meeting", "meeting", "relation.meeting"),
        *_READERS,
    ),
}
NEW_PERSON = (*_PERSON[:1], *_OFFICE[:-1], *_PERSON[1:])
"""A new person is somebody of the institution: asked for together with the office."""
READERS = _READERS
BECAME: tuple[str, ...] = get_args(Became)[1:]
STATES: tuple[str, ...] = get_args(ActionState)

Form = Mapping[str, str]


def written(one: Kept, fields: tuple[Field, ...]) -> dict[str, str]:
    """The values with which a form opens."""
    found = {"revision": str(one.revision)}
    for field in fields:
        if field.how in _OPENED:
            found |= _OPENED[field.how](one, field.name)
        elif (value := getattr(one, field.name, None)) is not None:
            found[field.name] = str(value)
    return found


def record_of(kind: str, form: Form, before: Mapping[str, Any], fields: tuple[Field, ...] | None = None) -> Relation:
    """The record that a form makes of `before` (its fields that the form does not have: number, agency).

    Raises:
        BadInput: a field that cannot be read, by its name.
    """
    told = dict(before)
    for field in fields or FIELDS[kind]:
        told |= _READ.get(field.how, _line)(form, field.name)
    if kind == "meeting":
        told = _meeting(told, form)
    try:
        return msgspec.convert(told, KINDS[kind], strict=False)
    except msgspec.ValidationError as error:
        raise BadInput(
            "A field cannot be read", str(error), hint="Mend the field named; nothing else is lost."
        ) from error


# ---------------------------------------------------------------------------------------------- from a record


def _said_out(one: Kept, name: str) -> dict[str, str]:
    return {f"{name}.{code}": text for code, text in getattr(one, name).items()}


def _ticked(one: Kept, name: str) -> dict[str, str]:
    return {name: "1"} if getattr(one, name) else {}


def _moment_out(one: Kept, name: str) -> dict[str, str]:
    assert isinstance(one, Meeting)
    at = getattr(one, name.partition("_")[0])
    if at is None:
        return {}
    here = at.astimezone(zone_of(one.zone))
    if name.endswith("_time"):
        return {} if one.all_day else {name: f"{here:%H:%M}"}
    return {name: f"{here:%Y-%m-%d}"}


def _attended_out(one: Kept, name: str) -> dict[str, str]:
    assert isinstance(one, Meeting)
    lines = [f"{each.agency}: {each.name}{f', {each.role}' if each.role else ''}" for each in one.attended]
    return {name: "\n".join(lines)}


def _day_out(one: Kept, name: str) -> dict[str, str]:
    if "_" in name:
        return _moment_out(one, name)
    value = getattr(one, name)
    return {name: value.isoformat()} if value else {}


def _words_out(one: Kept, name: str) -> dict[str, str]:
    return {name: " ".join(getattr(one, name))}


def _each_out(one: Kept, name: str) -> dict[str, str]:
    return {f"{name}.{number}": each for number, each in enumerate(getattr(one, name), 1)}


_OPENED: Mapping[str, Callable[[Kept, str], dict[str, str]]] = {
    "said": _said_out,
    "saids": _said_out,
    "tick": _ticked,
    "day": _day_out,
    "time": _moment_out,
    "codes": _words_out,
    "agencies": _words_out,
    "attended": _attended_out,
    "roles": _each_out,
    "users": _each_out,
    "file": lambda one, name: {},
}


# ---------------------------------------------------------------------------------------------- to a record


def _line(form: Form, name: str) -> dict[str, Any]:
    return {name: form.get(name, "").strip()}


def _said(form: Form, name: str) -> dict[str, Any]:
    return {name: {code: form.get(f"{name}.{code}", "").strip() for code in LANGUAGES if form.get(f"{name}.{code}")}}


def _number(form: Form, name: str) -> dict[str, Any]:
    text = form.get(name, "").strip()
    if text and not text.isdecimal():
        raise BadInput("This is not a number", f"{name}: {text[:40]}", hint="Write it in digits.")
    return {name: int(text)} if text else {}


def _day(form: Form, name: str) -> dict[str, Any]:
    text = form.get(name, "").strip()
    if "_" in name:
        return {}
    if not text:
        return {name: None}
    try:
        return {name: date.fromisoformat(text)}
    except ValueError as error:
        raise BadInput("This is not a day", f"{name}: {text[:40]}", hint="Write it as 2026-05-01.") from error


def _each(form: Form, name: str) -> dict[str, Any]:
    return {name: chosen(form, name)}


def chosen(form: Form, name: str) -> list[str]:
    """The values of those boxes of a field that are ticked."""
    return [value for key, value in form.items() if key.startswith(f"{name}.") and value]


def _codes(form: Form, name: str) -> dict[str, Any]:
    return {name: form.get(name, "").replace(",", " ").split()}


def _attended(form: Form, name: str) -> dict[str, Any]:
    lines = [line.strip() for line in form.get(name, "").splitlines() if line.strip()]
    return {name: [attendance(line) for line in lines]}


def attendance(line: str) -> Attendance:
    """``CODE: name, role`` as a person writes it.

    Raises:
        BadInput: there is no code or no name.
    """
    code, colon, rest = line.partition(":")
    name, _, role = rest.partition(",")
    if not colon or not name.strip():
        raise BadInput("Who took part cannot be read", line[:80], hint="A line each, as in VAL: Mara Quell, director.")
    return Attendance(agency=code.strip(), name=name.strip()[:500], role=role.strip()[:500])


_READ: Mapping[str, Callable[[Form, str], dict[str, Any]]] = {
    "said": _said,
    "saids": _said,
    "tick": lambda form, name: {name: bool(form.get(name))},
    "number": _number,
    "person": lambda form, name: {name: 0} | _number(form, name),
    "meeting": lambda form, name: {name: 0} | _number(form, name),
    "day": _day,
    "time": lambda form, name: {},
    "codes": lambda form, name: {name: form.get(name, "").lower().replace(",", " ").split()},
    "agencies": _codes,
    "attended": _attended,
    "roles": _each,
    "users": _each,
    "file": lambda form, name: {},
}


def _meeting(told: dict[str, Any], form: Form) -> dict[str, Any]:
    """The day and the hour of a meeting's beginning and end, as clocks show them where it is."""
    zone = form.get("zone", "").strip() or "UTC"
    start = _moment(form, "starts", zone)
    if start is None:
        raise BadInput("Say on which day it begins", hint="As in 2026-05-03.")
    all_day = not form.get("starts_time", "").strip()
    return told | {"zone": zone, "starts": start, "ends": _moment(form, "ends", zone, start), "all_day": all_day}


def _moment(form: Form, name: str, zone: str, other: datetime | None = None) -> datetime | None:
    """An end without a day is on the day of the beginning."""
    day, time = form.get(f"{name}_day", "").strip(), form.get(f"{name}_time", "").strip()
    if not day and not (time and other):
        return None
    if not day and other is not None:
        day = other.astimezone(zone_of(zone)).date().isoformat()
    return at_place(f"{day} {time}".strip(), zone)
