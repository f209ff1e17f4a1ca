"""The small forms of an event's page: a row of coverage, somebody who takes part, another time. Times by the event's zone."""

from datetime import datetime
from typing import Final, cast, get_args

from msgspec.structs import replace

from dragoman.model.event import Coverage, CoverageKind, CoverageState, Event, Participant
from dragoman.planning.times import Which, typed_moment
from dragoman.web.event.form import Typed, Wrong

STATES: Final[tuple[CoverageState, ...]] = get_args(CoverageState)
KINDS: Final[tuple[CoverageKind, ...]] = get_args(CoverageKind)


def read_moment(form: Typed, name: str, event: Event) -> tuple[datetime | None, tuple[Wrong, ...]]:
    """The fields `name` + day, hour, which; nothing where they are empty."""
    day, hour = form.get(f"{name}day", "").strip(), form.get(f"{name}hour", "").strip()
    if not day:
        return None, (Wrong(field=f"{name}day", key="missing"),) if hour else ()
    which = form.get(f"{name}which", "")
    typed = typed_moment(day, hour, event.place_zone, cast("Which", which if which in ("earlier", "later") else ""))
    if typed.fault is None:
        return typed.at, ()
    return None, (Wrong(field=f"{name}hour", key=typed.fault, said=f"{day} {hour}".strip()),)


def read_row(
    form: Typed, event_id: str, event: Event, home: str, before: Coverage | None = None
) -> tuple[Coverage | None, tuple[Wrong, ...]]:
    """The row that was typed, or what is wrong with it. Of another agency, or of nobody, it is wanted."""
    due, wrong = read_moment(form, "due_", event)
    if wrong:
        return None, wrong
    agency, person = form.get("agency", "").strip(), form.get("person", "").strip()[:500]
    kind = form.get("kind", "text")
    state = form.get("state", "")
    usual: CoverageState = "wanted" if agency != home else "assigned" if person else "planned"
    return replace(
        before or Coverage(event=event_id),
        agency=agency,
        person=person,
        kind=kind if kind in KINDS else "text",
        language=form.get("language", "").strip().lower()[:20],
        due=due,
        state=state if state in STATES else usual,
        note=form.get("note", "").strip()[:2000],
    ), ()


def read_person(form: Typed, event_id: str) -> Participant:
    """Who takes part, as typed."""
    return Participant(
        event=event_id,
        name=form.get("name", "").strip()[:500],
        role=form.get("role", "").strip()[:500],
        agency=form.get("agency", "").strip()[:500],
        languages=tuple(form.get("languages", "").replace(",", " ").lower().split())[:20],
        spokesperson=bool(form.get("spokesperson")),
        contact=form.get("contact", "").strip()[:500],
    )
