"""An event inside a concept, and what is planned to cover it: EventsML-G2 and planning, read. Pure.

(NewsML-G2 2.35, conceptItem/concept/eventDetails, planningItem/newsCoverageSet.) Who is sent is never kept.
"""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Literal, cast

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._times import read_time
from dragoman.formats.newsml_g2.codes import last_part
from dragoman.formats.newsml_g2.meta import MOST, kind_of
from dragoman.formats.newsml_g2.said import (
    XML_LANG,
    Said,
    bare,
    children,
    concept_of,
    contacts_of,
    first,
    name_of,
    paragraphs,
    role_of,
    with_place,
    words,
)
from dragoman.model.errors import BadInput
from dragoman.model.happening import ContactInfo, Dates, EventDetails, HappeningProfile, Organiser, PlannedCoverage
from dragoman.model.item import AltId, Association, Body, Concept, Headline
from dragoman.model.recurrence import read_rule, write_rule

OCCURRENCE = "http://cv.iptc.org/newscodes/eventoccurstatus/"
COVERAGE = "http://cv.iptc.org/newscodes/newscoveragestatus/"
_STATES = {"eos5": "confirmed", "eos6": "cancelled", "cancelled": "cancelled", "canceled": "cancelled", "postponed": "postponed", "scheduled": "confirmed"}  # fmt: skip
"""The last part of an occurrence status (eventoccurstatus) or an event status (2.35) → our state."""
_OCCURS = {"cancelled": "eos6", "postponed": "eos2", "confirmed": "eos5", "planned": "eos1"}
_DURATION = re.compile(
    r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})(?:\.\d+)?S)?)?\Z"
)
_PARTS = ("interval", "count", "byday", "bymonthday", "bymonth", "bysetpos", "wkst")
_KINDS = Literal["text", "picture", "video", "audio", "live", "graphic"]


def read_concept(said: Said, concept: etree._Element) -> bool:
    """Name, text and place of a concept; True where it is an event, with its details."""
    identity = first(concept, "conceptId")
    if identity is not None:
        code = identity.get("qcode") or identity.get("uri") or ""
        said.alt_ids.append(AltId(value=code, role="conceptId")) if code else None
        said.times.setdefault("firstcreated", identity.get("created", ""))
    named = [(each.get(XML_LANG, ""), words(each)) for each in children(concept, "name")]
    title = name_of(concept, said.language)
    if title and not said.headlines:
        said.headlines.append(Headline(value=title))
    _definitions(said, concept)
    details = first(concept, "eventDetails")
    for child in islice(concept, MOST):
        name = bare(child.tag)
        if name == "note" and (text := paragraphs(child)):
            said.notes_to_editors.append((role_of(child), text))
        elif name == "broader" and details is not None:
            said.add("events", concept_of(said, child, rel="partOf"))
        elif name == "related":
            said.add("genres" if details is not None else "subjects", concept_of(said, child))
    kind = first(concept, "type")
    is_event = details is not None or (
        kind is not None and last_part(kind.get("qcode") or kind.get("uri") or "") == "event"
    )
    if is_event:
        profile = HappeningProfile(titles=_by_language(named))
        said.happening = profile
        said.details = EventDetails()
        if details is not None:
            _details(said, details, profile)
    return is_event


def _by_language(named: list[tuple[str, str]]) -> dict[str, str]:
    kept = {language.split("-")[0].lower(): text for language, text in named if language and text}
    return kept if len(kept) > 1 else {}


def _definitions(said: Said, concept: etree._Element) -> None:
    """The definition in the item's language is its text; in another language only if there is no other."""
    found = [(each.get(XML_LANG, "")[:2].lower(), paragraphs(each)) for each in children(concept, "definition")]
    told = [(language, text) for language, text in found if text]
    wanted = [text for language, text in told if not language or language == said.language[:2].lower()]
    if texts := wanted or [text for _, text in told[:1]]:
        said.bodies.append(Body(value="\n\n".join(dict.fromkeys(texts)), content_type="text/plain"))


# -------------------------------------------------------------------------------------------------- the details


def _details(said: Said, details: etree._Element, profile: HappeningProfile) -> None:
    status, coverage_status, state = "", "", ""
    organisers: list[Organiser] = []
    contacts: list[ContactInfo] = []
    let_in: list[str] = []
    languages: list[str] = []
    dates: Dates | None = None
    for child in islice(details, MOST):
        name = bare(child.tag)
        code = child.get("qcode") or child.get("uri") or ""
        if name == "dates":
            dates, profile = _dates(said, child, profile)
        elif name in ("occurStatus", "eventStatus"):
            word = last_part(code)
            state = _STATES.get(word.lower(), state)
            status = OCCURRENCE + (
                word if name == "occurStatus" and word.startswith("eos") else _OCCURS.get(state, "eos1")
            )
        elif name == "newsCoverageStatus":
            coverage_status = COVERAGE + last_part(code)
        elif name == "location":
            _location(said, child)
        elif name == "organiser":
            organisers.append(_organiser(said, child))
        elif name == "participant":
            person = concept_of(said, child, rel=role_of(child))
            # Some put the role where the person's code should stand.
            rel = person.rel or (last_part(code) if code.startswith("eprol:") else "")
            said.add("people", Concept(name=person.name, rel=rel, uri="" if code.startswith("eprol:") else person.uri))
        elif name == "contactInfo":
            contacts += contacts_of(said, child)
        elif name in ("registration", "participationRequirement"):
            let_in.append(paragraphs(child))
        elif name == "subject":
            said.add("subjects", concept_of(said, child))
        elif name == "keyword":
            said.add("subjects", Concept(name=words(child), rel="keyword"))
        elif name == "language":
            languages.append(child.get("tag", ""))
        elif name == "newsCoverage":
            said.coverage.append(_planned(said, child, ""))
        elif name:
            said.lost[f"eventDetails/{name}"[:80]] = None
    organiser = _joined(organisers, contacts)
    for other in organisers[1:]:
        said.add("organisations", Concept(name=other.name, rel="coOrganiser", uri=other.uri))
    said.details = EventDetails(
        event_status=status, planned_coverage_status=coverage_status, dates=dates, organiser=organiser
    )
    said.happening = replace(
        profile,
        state=state,
        accreditation="\n".join(text for text in let_in if text),
        languages=tuple(language for language in languages if language),
    )


def _organiser(said: Said, element: etree._Element) -> Organiser:
    found = concept_of(said, element, rel=role_of(element))
    inside = [info for part in element for info in children(part, "contactInfo")]
    contacts = tuple(contact for info in inside for contact in contacts_of(said, info))
    return Organiser(name=found.name, rel=found.rel, uri=found.uri, literal=found.literal, contact_info=contacts)


def _joined(organisers: list[Organiser], contacts: list[ContactInfo]) -> Organiser | None:
    """The first organiser with the event's own contacts, which are nobody's where there is none."""
    if not organisers and not contacts:
        return None
    main = organisers[0] if organisers else Organiser()
    return replace(main, contact_info=(*main.contact_info, *contacts))


def _location(said: Said, element: etree._Element) -> None:
    place = with_place(said, concept_of(said, element, rel="venue"), element)
    city = next((info.address.locality for info in place.contact_info if info.address and info.address.locality), "")
    city = city or next((name_of(each, said.language) for each in children(element, "broader")), "")
    said.text("located", city or ("" if place.contact_info or place.geo else place.name))
    said.add("places", place)


# -------------------------------------------------------------------------------------------------------- dates


def _dates(said: Said, element: etree._Element, profile: HappeningProfile) -> tuple[Dates, HappeningProfile]:
    texts = {bare(child.tag): words(child) for child in element}
    start, end, length = texts.get("start", ""), texts.get("end", ""), texts.get("duration", "")
    begins, ends = _moment(said, start), _moment(said, end)
    kept: Dates
    if begins is not None:
        if ends is None and end:
            said.lost["dates/end"] = None
        if ends is None and (span := _span(length)):
            ends = _later(begins, span)
        kept = Dates(start_date=begins, end_date=ends)
    else:
        last = end[:10] if end else _last_day(start, _span(length))
        kept = Dates(expected_start_date=start[:10], expected_end_date=last)
    zone = said.dialect.zone if begins is not None else ""
    profile = replace(profile, zone=zone, rule=_rule(said, element))
    also = [_moment(said, words(each)) for each in children(element, "rDate")]
    but = [_day(words(each)) for each in children(element, "exDate")]
    profile = replace(
        profile, also=tuple(at for at in also if at is not None)[:100], but=tuple(day for day in but if day)[:400]
    )
    return kept, profile


def _moment(said: Said, text: str) -> datetime | None:
    """The moment; None for a day, a month or a year, and for what is no time."""
    if len(text) <= 10:
        return None
    found, note = read_time(text, said.times.get("zone", "UTC"))
    if note:
        said.notes.append(note)
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _span(length: str) -> timedelta | None:
    """An ISO 8601 duration; years and months by their usual lengths."""
    match = _DURATION.match(length)
    if not match or not any(match.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=years * 365 + months * 30 + weeks * 7 + days, hours=hours, minutes=minutes, seconds=seconds)


def _later(begins: datetime, span: timedelta) -> datetime | None:
    try:
        return begins + span
    except OverflowError:
        return None


def _last_day(start: str, span: timedelta | None) -> str:
    """The last day of so many from `start`, both included."""
    first_day = _day(start) if len(start) >= 10 else None
    if first_day is None:
        return start[:10]
    try:
        return (first_day + timedelta(days=max(0, (span.days if span else 1) - 1))).isoformat()
    except OverflowError:
        return start[:10]


def _rule(said: Said, element: etree._Element) -> str:
    rules = children(element, "rRule")
    if not rules:
        return ""
    if len(rules) > 1 or children(element, "exRule"):
        said.lost["dates/rRule"] = None
    parts = [f"FREQ={rules[0].get('freq', '').upper()}"]
    parts += [f"{name.upper()}={value.replace(' ', ',')}" for name in _PARTS if (value := rules[0].get(name, ""))]
    if until := rules[0].get("until", ""):
        moment = _moment(said, until)
        day = _day(until)
        parts.append(
            f"UNTIL={moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" if moment else f"UNTIL={day:%Y%m%d}" if day else ""
        )
    try:
        return write_rule(read_rule(";".join(part for part in parts if part)))
    except (BadInput, ValueError):
        said.lost["dates/rRule"] = None
        return ""


# ----------------------------------------------------------------------------------------------------- coverage


def read_coverage(said: Said, coverage_set: etree._Element) -> None:
    """What is planned, entry by entry; what has been delivered already is an association."""
    for coverage in children(coverage_set, "newsCoverage"):
        key = coverage.get("id", "")
        for planning in children(coverage, "planning"):
            said.coverage.append(_planned(said, planning, key))
        for delivery in children(coverage, "delivery"):
            for each in children(delivery, "deliveredItemRef"):
                _delivered(said, each)


def _planned(said: Said, planning: etree._Element, key: str) -> PlannedCoverage:
    texts: dict[str, str] = {}
    notes: list[str] = []
    language = kind = ""
    for child in planning:
        name = bare(child.tag)
        if name == "itemClass":
            kind = kind_of(child.get("qcode") or child.get("uri") or "")
        elif name == "language":
            language = child.get("tag", "")
        elif name == "edNote":
            notes.append(paragraphs(child))
        elif name == "subject":
            _covered(said, child)
        elif name in ("headline", "scheduled", "urgency", "description"):
            texts.setdefault(name, words(child))
        elif name == "assignedTo":
            said.lost["planning/assignedTo"] = None
    due = _moment(said, texts.get("scheduled", ""))
    urgency = texts.get("urgency", "")
    return PlannedCoverage(
        uri=key if ":" in key else "",
        title=texts.get("headline", "") or texts.get("description", ""),
        type=cast(_KINDS, kind),
        dates=Dates(end_date=due) if due else None,
        ed_note="\n".join(note for note in notes if note),
        urgency=int(urgency) if urgency in set("123456789") else None,
        language=language,
    )


def _covered(said: Said, subject: etree._Element) -> None:
    if last_part(subject.get("type") or subject.get("typeuri") or "") == "event":
        said.add("events", concept_of(said, subject))


def _delivered(said: Said, element: etree._Element) -> None:
    target = element.get("residref") or element.get("guidref") or element.get("href") or ""
    if (
        not target
        or len(said.associations) >= MOST
        or any(each.uri == target and each.rel == "delivered" for each in said.associations)
    ):
        return
    title = next((words(each) for each in children(element, "title")), "")
    version = next((words(each) for each in children(element, "version")), "") or element.get("version", "")
    said.associations.append(
        Association(
            name=f"item-{len(said.associations) + 1}",
            rel="delivered",
            uri=target,
            version=version,
            headlines=(Headline(value=title),) if title else (),
        )
    )
