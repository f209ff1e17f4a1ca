"""The form in which a floor is set up, and the times typed in it. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, get_args

from dragoman.desk.floor.running import Settings
from dragoman.model.errors import BadInput
from dragoman.model.floor import Floor, FloorMode
from dragoman.planning.times import Fault, Which, typed_moment, wall_of, zone

MODES: Final[tuple[FloorMode, ...]] = get_args(FloorMode)
_FAULTS: Final[Mapping[Fault, tuple[str, str]]] = {
    "unreadable": ("This is no day and time", "A day as in 2026-10-25, a time as in 09:30."),
    "gap": ("There is no such time that day", "The clocks are put forward over it: choose one before or after."),
    "fold": (
        "This time comes twice that day",
        "The clocks are put back over it: say whether the earlier or the later.",
    ),
    "zone": ("This is no time zone", "The event names one its place lies in."),
}
"""What is wrong with a time as typed, and what to do."""


def settings_of(form: Mapping[str, str], zone_name: str) -> Settings:
    """What the form says; all of it is said, so what is empty is taken away."""
    mode = form.get("mode", "moderated")
    per_person = form.get("per_person", "") or "5"
    if mode not in MODES or not per_person.isdecimal() or not 0 < int(per_person) <= 100:
        raise BadInput("This is not how a floor can be", f"{mode}, {per_person} questions a person", hint="1 to 100.")
    return Settings(
        mode=mode,
        moderators=words_in(form.get("moderators", "").upper()),
        answerers=words_in(form.get("answerers", "").upper()),
        speakers=lines_in(form.get("speakers", "")),
        languages=words_in(form.get("languages", "")),
        pre_moderated=bool(form.get("pre_moderated")),
        public=bool(form.get("public")),
        per_person=int(per_person),
        embargoed_until=typed_time(form, "embargo", zone_name),
    )


def form_of(floor: Floor, zone_name: str) -> dict[str, str]:
    """The form filled with how the floor is."""
    until = wall_of(floor.embargoed_until, zone(zone_name)) if floor.embargoed_until else None
    filled = {
        "mode": floor.mode,
        "moderators": " ".join(floor.moderators),
        "answerers": " ".join(floor.answerers),
        "speakers": "\n".join(floor.speakers),
        "languages": " ".join(floor.languages),
        "pre_moderated": "1" if floor.pre_moderated else "",
        "public": "1" if floor.public else "",
        "per_person": str(floor.per_person),
        "embargo_day": f"{until:%Y-%m-%d}" if until else "",
        "embargo_hour": f"{until:%H:%M}" if until else "",
    }
    return {name: value for name, value in filled.items() if value}


def typed_time(form: Mapping[str, str], name: str, zone_name: str) -> datetime | None:
    """The moment in the fields ``NAME_day``, ``NAME_hour`` and, where an hour comes twice, ``NAME_which``; none where no day
    is named.

    Raises:
        BadInput: there is no such time, or it comes twice and nobody said which.
    """
    day, hour = form.get(f"{name}_day", ""), form.get(f"{name}_hour", "")
    if not day.strip():
        return None
    which: Which = next((one for one in get_args(Which) if one == form.get(f"{name}_which", "")), "")
    typed = typed_moment(day, hour, zone_name, which)
    if typed.at is None:
        title, hint = _FAULTS[typed.fault or "unreadable"]
        raise BadInput(title, f"{day} {hour} ({zone_name})", hint=hint, kept="Everything as it was.")
    return typed.at


def words_in(text: str) -> tuple[str, ...]:
    """Words between spaces or commas, each once."""
    return tuple(dict.fromkeys(text.replace(",", " ").split()))


def lines_in(text: str) -> tuple[str, ...]:
    """Lines that are not empty, each once, no longer than a name is."""
    return tuple(dict.fromkeys(" ".join(line.split())[:500] for line in text.splitlines() if line.strip()))
