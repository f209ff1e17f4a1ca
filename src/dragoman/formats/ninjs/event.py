"""Events in ninjs 3.1: strictly out, forgivingly in. Pure.

Out, of a rule only frequency, interval, count and end have a place; `recurrenceDates` cannot be written at all (the schema
asks for an array that is a string).
"""

from msgspec.structs import replace

from dragoman.formats._times import read_time
from dragoman.model.errors import BadInput
from dragoman.model.happening import Dates, HappeningProfile, Recurrence, Repeats
from dragoman.model.item import Item
from dragoman.model.recurrence import EVERY, Rule, read_rule, write_rule

Json = dict[str, object]
_TEXTS = ("name", "rel", "uri", "literal")
_ADDRESS = ("locality", "area", "postalCode", "country")
_REACHED = ("type", "role", "lang", "name", "value")


def with_recurrence(item: Item) -> tuple[Item, tuple[str, ...]]:
    """The item with its rule in ninjs's words, as far as they go, and what was lost of it."""
    ours, details = item.ours.happening, item.event_details
    if details is not None and details.dates == Dates():
        return replace(item, event_details=replace(details, dates=None)), ()
    if ours is None or details is None or details.dates is None:
        return item, ()
    lost = ["event.recurrenceDates"] if ours.but or ours.also else []
    dates = details.dates
    if ours.rule:
        try:
            rule = read_rule(ours.rule)
        except BadInput:
            return item, ("event.rule",)
        if write_rule(rule) != write_rule(_bare(rule)):
            lost.append("event.rule")
        dates = replace(dates, recurrence=Recurrence(recurrence_rules=(_repeats(rule),)))
    return replace(item, event_details=replace(details, dates=dates)), tuple(lost)


def _bare(rule: Rule) -> Rule:
    return Rule(every=rule.every, interval=rule.interval, count=rule.count, until=rule.until, until_day=rule.until_day)


def _repeats(rule: Rule) -> Repeats:
    return Repeats(
        frequency=rule.every.lower(),  # type: ignore[arg-type]  # ninjs's words are iCalendar's in small letters
        interval=rule.interval,
        until=rule.until,
        count=rule.count,
    )


def with_rule(item: Item) -> Item:
    """The item with the rule that ninjs's words say, where our profile says none."""
    details = item.event_details
    if details is None:
        return item
    dates = details.dates
    rules = dates.recurrence.recurrence_rules if dates and dates.recurrence else ()
    ours = item.ours.happening
    if rules and (ours is None or not ours.rule) and (rule := _read(rules[0])):
        ours = replace(ours or HappeningProfile(), rule=rule)
        item = replace(item, dragoman=replace(item.ours, happening=ours))
    if dates and dates.recurrence:
        item = replace(item, event_details=replace(details, dates=replace(dates, recurrence=None)))
    return item


def _read(repeats: Repeats) -> str:
    every = (repeats.frequency or "").upper()
    if every not in EVERY:
        return ""
    try:
        made = Rule(every=every, interval=repeats.interval, count=repeats.count, until=repeats.until)
        return write_rule(read_rule(write_rule(made)))
    except (BadInput, ValueError):
        return ""


# ------------------------------------------------------------------------------------------------ forgivingly in


def event_details(value: object, zone: str) -> object:
    """What stands under `eventDetails`, its dates made readable; a date without an hour is a day."""
    if not isinstance(value, dict):
        return value
    kept: Json = {key: str(value[key]) for key in ("eventStatus", "plannedCoverageStatus") if value.get(key)}
    if isinstance(value.get("dates"), dict) and (dates := _dates(value["dates"], zone)):
        kept["dates"] = dates
    if isinstance(value.get("organiser"), dict):
        kept["organiser"] = concept(value["organiser"])
    return kept


def _dates(value: Json, zone: str) -> Json:
    dates: Json = {}
    for key, day_key in (("startDate", "expectedStartDate"), ("endDate", "expectedEndDate")):
        said = str(value.get(key) or "")
        moment, _ = read_time(said, zone) if len(said) > 10 else (None, "")
        if moment:
            dates[key] = moment
        elif day := said or str(value.get(day_key) or value.get(day_key.replace("expected", "estimated")) or ""):
            dates[day_key] = day
    recurrence = value.get("recurrence")
    if isinstance(recurrence, dict):
        found = recurrence.get("recurrenceRules")
        listed = found if isinstance(found, list) else []
        rules = [rule for each in listed if isinstance(each, dict) and (rule := _rule(each, zone))]
        dates["recurrence"] = {"recurrenceRules": rules}
    return dates


def _rule(value: Json, zone: str) -> Json:
    until, _ = read_time(str(value.get("until") or ""), zone)
    numbers = {key: value[key] for key in ("interval", "count") if isinstance(value.get(key), int)}
    frequency = str(value.get("frequency") or "").lower()
    known = frequency in ("secondly", "minutely", "hourly", *(every.lower() for every in EVERY))
    return {"frequency": frequency, **numbers, **({"until": until} if until else {})} if known else {}


def planned_coverage(value: object, zone: str) -> object:
    """What stands under `plannedCoverage`, entry by entry."""
    if not isinstance(value, list):
        return []
    kept: list[Json] = []
    for each in value:
        if isinstance(each, dict):
            row: Json = {key: str(each[key]) for key in ("uri", "title", "type", "edNote", "language") if each.get(key)}
            if isinstance(each.get("dates"), dict):
                row["dates"] = _dates(each["dates"], zone)
            kept.append(row)
    return kept


def concept(value: Json) -> Json:
    """An organisation, a person or a place with how to reach it."""
    kept: Json = {key: str(value[key]) for key in _TEXTS if value.get(key)}
    return kept | reached(value)


def reached(value: Json) -> Json:
    """The address and the point of a place, where they can be understood."""
    kept: Json = {}
    contacts = value.get("contactInfo")
    if isinstance(contacts, list):
        found = [_contact(each) for each in contacts if isinstance(each, dict)]
        kept["contactInfo"] = [each for each in found if each]
    point = value.get("geoJSON")
    if isinstance(point, dict) and point.get("type") == "Point":
        at = point.get("coordinates")
        if (
            isinstance(at, list)
            and len(at) >= 2
            and all(isinstance(one, (int, float)) and abs(one) <= 360 for one in at[:2])
        ):
            kept["geoJSON"] = {"type": "Point", "coordinates": at[:2]}
    return kept


def _contact(value: Json) -> Json:
    kept: Json = {key: str(value[key]) for key in _REACHED if value.get(key)}
    address = value.get("address")
    if isinstance(address, dict):
        lines = address.get("lines")
        told: Json = {key: str(address[key]) for key in _ADDRESS if address.get(key)}
        kept["address"] = told | ({"lines": [str(line) for line in lines]} if isinstance(lines, list) else {})
    return kept


def contacts(value: object) -> list[Json]:
    """Each a way to reach somebody or an address, as the schema wants it, never both."""
    kept: list[Json] = []
    for each in value if isinstance(value, (list, tuple)) else ():
        said = {key: part for key, part in each.items() if key != "address"}
        if each.get("value"):
            kept.append(said)
        if isinstance(each.get("address"), dict):
            kept.append({key: part for key, part in each.items() if key != "value"})
    return kept
