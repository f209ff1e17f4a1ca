"""The form of an event: an event as it is typed, and what was typed as an event. What is wrong is named field by field.

Times are by the clocks of the event's own zone. Nothing typed is lost: the form comes back as it was sent.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.errors import BadInput
from dragoman.model.event import Accreditation, Event, EventKind, Venue
from dragoman.model.recurrence import read_rule, write_rule
from dragoman.planning.times import Which, find_zone, midnight, typed_day, typed_moment, zone

KINDS: Final[tuple[EventKind, ...]] = get_args(EventKind)
REPEATS: Final = ("", "daily", "weekly", "monthly", "yearly", "rule")
_RULES: Final = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "monthly": "FREQ=MONTHLY",
    "yearly": "FREQ=YEARLY",
}
_KINDS_OF_RULE: Final = {rule: name for name, rule in _RULES.items()}

Typed = Mapping[str, str]


class Wrong(Struct, frozen=True, kw_only=True):
    """What is wrong with `field`: `key` names the words for it, `said` completes them; `text` is a rule's own words."""

    field: str
    key: str
    said: str = ""
    text: str = ""


# ------------------------------------------------------------------------------------------------ an event, typed


def typed_of(event: Event) -> dict[str, str]:
    """The fields of the form as the event fills them."""
    place = zone(event.place_zone)
    typed = {
        "kind": event.kind,
        "zone": event.place_zone if event.place_zone != "UTC" or event.zone or event.venue.zone else "",
        "all_day": "1" if event.all_day else "",
        "parent": event.parent,
        "hosts": "\n".join(event.hosts),
        "co_organisers": "\n".join(event.co_organisers),
        "venue": event.venue.name,
        "address": event.venue.address,
        "city": event.venue.city,
        "country": event.venue.country,
        "venue_link": event.venue.link,
        "languages": " ".join(event.languages),
        "contact": event.contact,
        "link": event.link,
        "slugline": event.slugline,
        "subjects": "\n".join(event.subjects),
        "urgency": str(event.urgency or ""),
        "required": "1" if event.accreditation.required else "",
        "how": event.accreditation.how,
        "accreditation_contact": event.accreditation.contact,
        "public_title": event.public_title,
        "note": event.note,
        "restricted": "1" if event.restricted else "",
        "but": "\n".join(day.isoformat() for day in event.but),
        **{f"title_{language}": title for language, title in event.titles.items()},
        **{f"summary_{language}": text for language, text in event.summary.items()},
        **_typed_rule(event.rule),
    }
    if event.all_day:
        last = (event.ends or event.starts + timedelta(days=1)) - timedelta(days=1)
        return typed | {"day": event.starts.date().isoformat(), "until_day": max(last, event.starts).date().isoformat()}
    for name, at in (
        ("", event.starts),
        ("until_", event.ends),
        ("accreditation_", event.accreditation.until),
        ("embargo_", event.embargoed_until),
    ):
        if at is not None:
            wall = at.astimezone(place)
            typed |= {f"{name}day": f"{wall:%Y-%m-%d}", f"{name}hour": f"{wall:%H:%M}"}
            typed |= {f"{name}which": "later"} if wall.fold else {}
    return typed


def _typed_rule(rule: str) -> dict[str, str]:
    if not rule:
        return {}
    plain = ";".join(part for part in rule.split(";") if not part.startswith("UNTIL="))
    until = read_rule(rule).until
    if plain in _KINDS_OF_RULE:
        return {"repeats": _KINDS_OF_RULE[plain], "repeats_until": f"{until:%Y-%m-%d}" if until else ""}
    return {"repeats": "rule", "rule": rule}


# ------------------------------------------------------------------------------------------------ typed, an event


class _Reader:
    def __init__(self, form: Typed, home_zone: str) -> None:
        self.form = form
        self.wrong: list[Wrong] = []
        self.zone = self.text("zone") or home_zone
        if find_zone(self.zone) is None:
            self.wrong.append(Wrong(field="zone", key="zone", said=self.zone[:60]))

    def text(self, name: str) -> str:
        return self.form.get(name, "").strip()

    def lines(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.strip() for line in self.text(name).splitlines() if line.strip()))

    def said(self, prefix: str) -> dict[str, str]:
        found = {name.removeprefix(prefix): self.text(name) for name in self.form if name.startswith(prefix)}
        return {language: text for language, text in found.items() if text and len(language) <= 12}

    def moment(self, name: str, *, needed: bool = False) -> datetime | None:
        """The fields `name` + day, hour, which."""
        day, hour = self.text(f"{name}day"), self.text(f"{name}hour")
        if not day:
            if needed or hour:
                self.wrong.append(Wrong(field=f"{name}day", key="missing"))
            return None
        if find_zone(self.zone) is None:
            return None
        which = self.text(f"{name}which")
        typed = typed_moment(day, hour, self.zone, _WHICH.get(which, ""))
        if typed.fault is not None:
            self.wrong.append(Wrong(field=f"{name}hour", key=typed.fault, said=f"{day} {hour}".strip()))
        return typed.at

    def day(self, name: str, *, needed: bool = False) -> date | None:
        text = self.text(name)
        found = typed_day(text) if text else None
        if found is None and (text or needed):
            self.wrong.append(Wrong(field=name, key="unreadable" if text else "missing", said=text[:40]))
        return found


_WHICH: Final[dict[str, Which]] = {"earlier": "earlier", "later": "later"}


def read_form(form: Typed, home_zone: str, before: Event | None = None) -> tuple[Event | None, list[Wrong]]:
    """The event that was typed, or what is wrong. What the form does not show stays as it was `before`."""
    reader = _Reader(form, home_zone)
    all_day = bool(reader.text("all_day")) or reader.text("kind") == "anniversary"
    starts, ends = _span(reader, all_day=all_day)
    titles = reader.said("title_")
    if not titles:
        reader.wrong.append(Wrong(field="titles", key="title"))
    asked: dict[str, Any] = {
        "titles": titles,
        "kind": reader.text("kind") or "event",
        "starts": starts,
        "ends": ends,
        "all_day": all_day,
        "zone": "" if all_day and not reader.text("zone") else reader.zone,
        "parent": reader.text("parent"),
        "rule": _rule(reader),
        "but": _days(reader),
        "summary": reader.said("summary_"),
        "hosts": reader.lines("hosts"),
        "co_organisers": reader.lines("co_organisers"),
        "venue": _venue(reader, before),
        "accreditation": _accreditation(reader),
        "languages": tuple(dict.fromkeys(reader.text("languages").replace(",", " ").lower().split())),
        "contact": reader.text("contact"),
        "link": _link(reader, "link"),
        "slugline": reader.text("slugline"),
        "embargoed_until": reader.moment("embargo_"),
        "public_title": reader.text("public_title"),
        "subjects": reader.lines("subjects"),
        "urgency": int(reader.text("urgency")) if reader.text("urgency") in set("123456789") else None,
        "note": reader.text("note"),
        "restricted": bool(reader.text("restricted")),
    }
    if reader.wrong:
        return None, reader.wrong
    return _made(asked, before)


def _made(asked: dict[str, Any], before: Event | None) -> tuple[Event | None, list[Wrong]]:
    try:
        made = replace(before, **asked) if before else Event(**asked)
        return msgspec.convert(msgspec.to_builtins(made), Event), []
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].strip("`").split("[")[0].split(".")[0]
        return None, [Wrong(field=field, key="rule", text=str(error))]


def _span(reader: _Reader, *, all_day: bool) -> tuple[datetime | None, datetime | None]:
    if all_day:
        first, last = reader.day("day", needed=True), reader.day("until_day")
        if first and last and last < first:
            reader.wrong.append(Wrong(field="until_day", key="backwards"))
        if first is None:
            return None, None
        return midnight(first), midnight(max(first, last or first) + timedelta(days=1))
    starts = reader.moment("", needed=True)
    until_day = reader.text("until_day")
    if reader.text("until_hour") and not until_day:
        # An hour without a day is on the day it begins.
        reader.form = {**reader.form, "until_day": reader.text("day")}
    ends = reader.moment("until_") if until_day or reader.text("until_hour") else None
    if starts and ends and ends < starts:
        reader.wrong.append(Wrong(field="until_hour", key="backwards"))
    return starts, ends


def _rule(reader: _Reader) -> str:
    repeats = reader.text("repeats")
    if repeats not in REPEATS or not repeats or reader.text("kind") == "anniversary":
        return ""
    until = reader.day("repeats_until") if repeats != "rule" else None
    text = reader.text("rule") if repeats == "rule" else _RULES[repeats]
    try:
        return write_rule(read_rule(text + (f";UNTIL={until:%Y%m%d}" if until else "")))
    except BadInput as error:
        reader.wrong.append(Wrong(field="rule", key="rule", text=error.detail))
        return ""


def _days(reader: _Reader) -> tuple[date, ...]:
    found = [typed_day(line) for line in reader.lines("but")]
    if None in found:
        reader.wrong.append(Wrong(field="but", key="unreadable", said=reader.text("but")[:60]))
    return tuple(sorted({day for day in found if day}))


def _venue(reader: _Reader, before: Event | None) -> Venue:
    same = before.venue if before else Venue()
    return replace(
        same,
        name=reader.text("venue"),
        address=reader.text("address"),
        city=reader.text("city"),
        country=reader.text("country").upper(),
        zone=reader.zone if reader.text("zone") else same.zone,
        link=_link(reader, "venue_link"),
    )


def _accreditation(reader: _Reader) -> Accreditation:
    return Accreditation(
        required=bool(reader.text("required")),
        until=reader.moment("accreditation_"),
        contact=reader.text("accreditation_contact"),
        how=reader.text("how"),
    )


def _link(reader: _Reader, name: str) -> str:
    text = reader.text(name)
    if text and not text.startswith(("https://", "http://")):
        reader.wrong.append(Wrong(field=name, key="link", said=text[:60]))
    return text


def form_languages(home: Sequence[str], event: Event | None, words_language: str) -> list[str]:
    """The languages in which the form asks for title and summary: ours, and those the event has already."""
    had = (*event.titles, *event.summary, *event.languages) if event else ()
    return list(dict.fromkeys(code for code in (*home, *had, words_language) if code))
