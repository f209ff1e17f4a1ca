"""The partner brief: what a director reads in three minutes before a meeting. Rows in, sections of it out. Pure.

A brief is in one language, but says what it says as keys and values: whoever prints it has the words, the plural forms, the
dates and numbers of that language. Texts from outside keep the language they are written in. Every section has its limit
and says how many more there are: two pages hold the richest partner.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate
from unicodedata import east_asian_width

from msgspec import Struct, field

from dragoman.model.agency import Agency, Bureau
from dragoman.model.agreement import Agreement
from dragoman.model.relation import (
    Action,
    Institution,
    Meeting,
    Membership,
    Office,
    PartialDate,
    Person,
    Seat,
    Term,
    is_current,
    said,
)
from dragoman.reports.exchange import Balance

# ---------------------------------------------------------------------------------------------- what a brief is made of


class Text(Struct, frozen=True):
    """A text from outside; `language` empty: not known."""

    text: str
    language: str = ""


class When(Struct, frozen=True):
    """A day, a month or a year."""

    when: PartialDate


class Count(Struct, frozen=True):
    number: int


class Word(Struct, frozen=True):
    """A word or a sentence of our own, by its key; `count` chooses the plural form, `values` take their places."""

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    count: int | None = None
    is_warning: bool = False


class Tongues(Struct, frozen=True):
    """Languages, by code."""

    codes: tuple[str, ...]


class Country(Struct, frozen=True):
    code: str


class Many(Struct, frozen=True):
    """Several of a sort, told as the language tells a list; `more` were left out."""

    each: tuple["Value", ...]
    more: int = 0


class Parts(Struct, frozen=True):
    """Several that are not of a sort, side by side."""

    each: tuple["Value", ...]


Value = Text | When | Count | Word | Tongues | Country | Many | Parts


class Section(Struct, frozen=True, kw_only=True):
    """`title` is a key. Facts are pairs of a key and a value; rows stand under `columns` (keys; empty: no heads).

    `more` rows were left out; `empty` is the key of what is said where there is nothing.
    """

    title: str
    sentences: tuple[Word, ...] = ()
    texts: tuple[Text, ...] = ()
    facts: tuple[tuple[str, Value], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = ()
    more: int = 0
    empty: str = ""
    is_wide: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.sentences or self.texts or self.facts or self.rows)


class Brief(Struct, frozen=True, kw_only=True):
    """`name` in the language of the brief where it is known; `also` is the agency's own name where that is another."""

    agency: str
    name: Text
    also: Text
    kind: str
    language: str
    at: datetime
    home: str
    sections: tuple[Section, ...]


# ---------------------------------------------------------------------------------------------- what it is made from


class Headline(Struct, frozen=True, kw_only=True):
    item: int
    headline: str
    language: str
    at: datetime


class Joint(Struct, frozen=True, kw_only=True):
    """A project we share with them."""

    id: str
    title: str
    language: str = ""
    lead: str = ""
    ends: date | None = None


class Upcoming(Struct, frozen=True, kw_only=True):
    """An event to come that both take part in."""

    title: str
    language: str
    starts: datetime
    place: str = ""


class Known(Struct, frozen=True, kw_only=True):
    """All that the store knows of a partner. `names`: every institution's name by code, in the language of the brief."""

    agency: Agency
    home: Agency
    institution: Institution
    names: Mapping[str, Text]
    people: Mapping[int, Person] = field(default_factory=dict)
    offices: Sequence[Office] = ()
    memberships: Sequence[Membership] = ()
    seats: Sequence[Seat] = ()
    bureaus: Sequence[Bureau] = ()
    agreements: Sequence[Agreement] = ()
    balance: Balance | None = None
    projects: Sequence[Joint] = ()
    events: Sequence[Upcoming] = ()
    meetings: Sequence[Meeting] = ()
    actions: Sequence[Action] = ()
    theirs: Sequence[Headline] = ()
    ours: Sequence[Headline] = ()


OFFICES, SEATS, BUREAUS, AGREEMENTS, PROJECTS, EVENTS, MEETINGS, ACTIONS, HEADLINES = 6, 5, 8, 5, 4, 4, 4, 7, 5
LINE, HISTORY, NAMED = 140, 280, 4
"""The widest a line and the history may be, in Latin letters; so many are named in a list."""


def brief(known: Known, language: str, now: datetime) -> Brief:
    """The brief on a partner in `language`, as of `now` (in our own zone)."""
    today = now.date()
    sections = (
        _who(known, language),
        _history(known, language),
        _officers(known, language, today),
        _seats(known, language, today),
        _agreements(known, now),
        _balance(known),
        _projects(known),
        _events(known),
        _meetings(known, language),
        _actions(known, today),
        _headlines("brief.theirs", "brief.none.theirs", known.theirs),
        _headlines("brief.ours", "brief.none.ours", known.ours),
    )
    name = known.names[known.agency.code]
    own = Text(known.agency.name)
    return Brief(
        agency=known.agency.code,
        name=name,
        also=own if own.text != name.text else Text(""),
        kind=known.agency.kind,
        language=language,
        at=now,
        home=known.home.name,
        sections=tuple(section for section in sections if not section.is_empty or section.empty),
    )


def _who(known: Known, language: str) -> Section:
    agency, more = known.agency, known.institution
    places = [Text(bureau.place) for bureau in known.bureaus]
    facts: list[tuple[str, Value]] = [("brief.kind", Word(f"kind_of.{agency.kind}"))]
    if agency.country:
        facts.append(("brief.country", Country(agency.country)))
    if more.founded:
        facts.append(("relation.founded", When(more.founded)))
    if more.place or more.address:
        facts.append(("relation.place", Text(_clipped(", ".join(p for p in (more.address, more.place) if p)))))
    if agency.languages:
        facts.append(("terms.languages", Tongues(agency.languages)))
    if places:
        facts.append(("partner.bureaus", Many(tuple(places[:BUREAUS]), max(0, len(places) - BUREAUS))))
    if more.website:
        facts.append(("relation.website", Text(_clipped(more.website), "zxx")))
    return Section(title="brief.who", facts=tuple(facts))


def _history(known: Known, language: str) -> Section:
    text, tongue = said(known.institution.histories, language)
    return Section(title="relation.history", texts=(Text(_clipped(text, HISTORY), tongue),) if text else ())


def _officers(known: Known, language: str, today: date) -> Section:
    current = [o for o in known.offices if is_current(o, today) and o.person in known.people]
    rows = [
        (_person(known.people[o.person], language), _titled(o, language), _term(o))
        for o in sorted(current, key=lambda o: (o.rank, o.title))
    ]
    return _section("brief.officers", rows, OFFICES, empty="brief.none.officers")


def _seats(known: Known, language: str, today: date) -> Section:
    rows: list[tuple[Value, ...]] = []
    for seat in (s for s in known.seats if is_current(s, today)):
        holder = known.people.get(seat.person)
        who = Parts((_titled(seat, language), _person(holder, language))) if holder else _titled(seat, language)
        rows.append((_name(known, seat.body), who, _term(seat)))
    rows += [(_name(known, m.body), Word("brief.member"), _term(m)) for m in known.memberships if is_current(m, today)]
    return _section("brief.seats", rows, SEATS)


def _agreements(known: Known, now: datetime) -> Section:
    active = [
        a for a in known.agreements if a.state == "active" and (not a.terms.valid_until or a.terms.valid_until > now)
    ]
    rows = [(_direction(known, a), _content(a), _until(a, now)) for a in active]
    return _section("partner.agreements", rows, AGREEMENTS, empty="brief.none.agreements")


def _direction(known: Known, agreement: Agreement) -> Word:
    return Word("partner.gives" if agreement.terms.giver == known.home.code else "partner.takes")


def _content(agreement: Agreement) -> Parts:
    terms = agreement.terms
    kinds = tuple(Word(f"kind.{kind}") for kind in terms.kinds[:NAMED])
    tongues: Value = Tongues(terms.languages) if terms.languages else Word("brief.any_language")
    return Parts((Many(kinds), tongues, Word(f"use.{terms.use.replace(' ', '_')}")))


def _until(agreement: Agreement, now: datetime) -> Value:
    until = agreement.terms.valid_until
    if until is None:
        return Word("brief.no_end")
    days = (until.date() - now.date()).days
    day = When(until.date().isoformat())
    return Word("brief.ends_soon", {"day": day}, days, is_warning=True) if days <= 90 else day


def _balance(known: Known) -> Section:
    balance = known.balance
    if balance is None:
        return Section(title="brief.balance")
    theirs, ours = balance.received_items, balance.sent_items
    verdict = (
        "nothing" if not theirs and not ours else "even" if theirs == ours else "more" if theirs > ours else "less"
    )
    facts: tuple[tuple[str, Value], ...] = (
        ("brief.received", Count(balance.received_items)),
        ("brief.sent", Count(balance.sent_items)),
        ("brief.delivered", Count(balance.delivered)),
        ("brief.receipted", Count(balance.receipted)),
    )
    return Section(
        title="brief.balance",
        sentences=(Word(f"brief.verdict.{verdict}"),),
        facts=facts if theirs or ours else (),
    )


def _projects(known: Known) -> Section:
    rows = [
        (
            Text(_clipped(p.title), p.language),
            Word("brief.led", {"agency": _name(known, p.lead)}) if p.lead else Text("–"),
            When(p.ends.isoformat()) if p.ends else Word("brief.no_end"),
        )
        for p in known.projects
    ]
    return _section("brief.projects", rows, PROJECTS)


def _events(known: Known) -> Section:
    rows = [
        (When(e.starts.date().isoformat()), Text(_clipped(e.title), e.language), Text(_clipped(e.place, 60)))
        for e in known.events
    ]
    return _section("brief.events", rows, EVENTS)


def _meetings(known: Known, language: str) -> Section:
    rows = [
        (
            When(m.starts.date().isoformat()),
            Word(f"meeting_kind.{m.kind}"),
            Text(_clipped(m.subject), m.language),
            Text(_clipped(m.place, 60) or "–"),
            _attended(known, m, language),
        )
        for m in known.meetings
    ]
    columns = ("col.at", "col.kind", "relation.subject", "relation.where", "brief.attended")
    return _section("brief.meetings", rows, MEETINGS, columns=columns, empty="brief.none.meetings", is_wide=True)


def _attended(known: Known, meeting: Meeting, language: str) -> Value:
    theirs = [a for a in meeting.attended if a.agency == known.agency.code]
    names = tuple(
        _person(known.people[a.person], language) if a.person in known.people else Text(_clipped(a.name, 60))
        for a in theirs
    )
    return Many(names[:NAMED], max(0, len(names) - NAMED)) if names else Text("–")


def _actions(known: Known, today: date) -> Section:
    open_ones = [a for a in known.actions if a.state == "open"]
    rows = [
        (
            Text(_clipped(a.what), a.language),
            Parts((Word(f"side.{a.side}"), Text(_clipped(a.who, 60)))) if a.who else Word(f"side.{a.side}"),
            _due(a, today),
        )
        for a in sorted(open_ones, key=lambda a: (a.due or date.max, a.id))
    ]
    columns = ("relation.what", "relation.who", "relation.due")
    return _section("brief.actions", rows, ACTIONS, columns=columns, empty="brief.none.actions", is_wide=True)


def _due(action: Action, today: date) -> Value:
    if action.due is None:
        return Text("–")
    day = When(action.due.isoformat())
    return Word("brief.overdue", {"day": day}, is_warning=True) if action.is_overdue(today) else day


def _headlines(title: str, empty: str, found: Sequence[Headline]) -> Section:
    rows = [
        (When(h.at.date().isoformat()), Text(_clipped(h.headline), h.language) if h.headline else Text("–"))
        for h in found
    ]
    return _section(title, rows[:HEADLINES], HEADLINES, empty=empty)


# ---------------------------------------------------------------------------------------------- the small parts


def _section(
    title: str,
    rows: Sequence[tuple[Value, ...]],
    most: int,
    *,
    columns: tuple[str, ...] = (),
    empty: str = "",
    is_wide: bool = False,
) -> Section:
    return Section(
        title=title,
        rows=tuple(rows[:most]),
        columns=columns,
        more=max(0, len(rows) - most),
        empty=empty,
        is_wide=is_wide,
    )


def _person(person: Person, language: str) -> Text:
    name, tongue = said(person.names, language, person.name)
    return Text(_clipped(name, 60), tongue)


def _titled(one: Office | Seat, language: str) -> Text:
    title, tongue = said(one.titles, language, one.title)
    return Text(_clipped(title, 80), tongue)


def _name(known: Known, code: str) -> Text:
    return known.names.get(code, Text(code))


def _term(term: Term) -> Value:
    """From when until when, as far as it is known."""
    ends = {name: When(when) for name, when in (("since", term.since), ("until", term.until)) if when}
    key = _TERMS[frozenset(ends)]
    return Word(key, ends) if key else Text("–")


_TERMS: Mapping[frozenset[str], str] = {
    frozenset(): "",
    frozenset({"since"}): "brief.term.since",
    frozenset({"until"}): "brief.term.until",
    frozenset({"since", "until"}): "brief.term.both",
}


def _clipped(text: str, most: int = LINE) -> str:
    """`text` on one line, no wider than `most` Latin letters, cut behind a word where it has words."""
    text = " ".join(text.split())
    widths = list(accumulate(2 if east_asian_width(character) in "WF" else 1 for character in text))
    if not widths or widths[-1] <= most:
        return text
    cut = text[: bisect_right(widths, most - 1)]
    space = cut.rfind(" ")
    return f"{cut[:space] if space > len(cut) // 2 else cut}…"


def names_in(
    agencies: Iterable[Agency], institutions: Callable[[str], Institution | None], language: str
) -> dict[str, Text]:
    """Every institution's name by code, in `language` where it is known, else its own."""
    found: dict[str, Text] = {}
    for agency in agencies:
        known = institutions(agency.code)
        name, tongue = said(known.names, language, agency.name) if known else (agency.name, "")
        found[agency.code] = Text(_clipped(name, 80), tongue)
    return found
