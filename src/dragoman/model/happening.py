"""An event inside an item: ninjs 3.1's words for it, and in our profile what those have no place for."""

import datetime as dt
from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

_Time = Annotated[datetime, Meta(tz=True)]
Frequency = Literal["secondly", "minutely", "hourly", "daily", "weekly", "monthly", "yearly"]


class Address(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    lines: tuple[str, ...] = ()
    locality: str = ""
    area: str = ""
    postal_code: str = ""
    country: str = ""


class ContactInfo(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A way to reach somebody (`value`), or an address: one of the two."""

    type: str = ""
    role: str = ""
    lang: str = ""
    name: str = ""
    value: str = ""
    address: Address | None = None


class Point(Struct, frozen=True, kw_only=True):
    """A place on the earth (RFC 7946 §3.1.2): `coordinates` are longitude and latitude, in degrees."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class Organiser(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    name: str = ""
    rel: str = ""
    uri: str = ""
    literal: str = ""
    contact_info: tuple[ContactInfo, ...] = ()


class Repeats(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    frequency: Frequency | None = None
    interval: int = 1
    until: _Time | None = None
    count: int | None = None


class Recurrence(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Its `recurrenceDates` cannot be written: the schema asks for an array that is a string."""

    recurrence_rules: tuple[Repeats, ...] = ()


class Dates(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The moment, or (`expected…`) a day, month or year, both ends included."""

    start_date: _Time | None = None
    end_date: _Time | None = None
    expected_start_date: str = ""
    expected_end_date: str = ""
    expected_duration: str = ""
    recurrence: Recurrence | None = None


class EventDetails(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """The statuses are uris of NewsCodes (eventoccurstatus, newscoveragestatus)."""

    event_status: str = ""
    planned_coverage_status: str = ""
    dates: Dates | None = None
    organiser: Organiser | None = None


class PlannedCoverage(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What its sender means to deliver. Never who does it."""

    uri: str = ""
    title: str = ""
    type: str = ""
    dates: Dates | None = None
    ed_note: str = ""
    urgency: int | None = None
    language: str = ""


class HappeningProfile(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Of an event, what ninjs 3.1 has no place for. `instead_of`: the moment of the recurring event that this one, a part
    of it, stands for. Times and rule as in `model.event`."""

    kind: str = ""
    state: str = ""
    zone: str = ""
    rule: str = ""
    but: tuple[dt.date, ...] = ()
    also: tuple[_Time, ...] = ()
    instead_of: _Time | None = None
    languages: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    summaries: dict[str, str] = field(default_factory=dict)
    accreditation: str = ""
    accreditation_until: _Time | None = None
    is_public_title: bool = False
    """The title is one for the public: the rest follows when its embargo lifts."""
