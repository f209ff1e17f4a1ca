"""A brief's keys and values as words of its language: for a page (marked up, every text in its own direction) or as lines."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from dragoman.model.relation import Meeting, earliest
from dragoman.reports.brief import Brief, Count, Country, Many, Parts, Section, Text, Tongues, Value, When, Word
from dragoman.web import times
from dragoman.web.render import STATIC, environment, language_name, of_language
from dragoman.web.words import Words, words

_PRECISION = {4: "y", 7: "yMMMM", 10: "yMMMd"}


class Teller:
    """Values in the words of one language. What it gives is markup, escaped where it came from outside."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def __call__(self, value: Value) -> Markup:
        return Markup(_TOLD[type(value)](self, value))

    def text(self, value: Text) -> Markup:
        if not value.text:
            return Markup("–")
        if value.language == self.words.language:
            return Markup("<bdi>{}</bdi>").format(value.text)
        return Markup("<bdi {}>{}</bdi>").format(of_language(value.language), value.text)

    def when(self, value: When) -> Markup:
        return Markup("<bdi>{}</bdi>").format(partial(value.when, self.words))

    def count(self, value: Count) -> Markup:
        return Markup("{}").format(format_decimal(value.number, locale=self.words.locale))

    def word(self, value: Word) -> Markup:
        told = {name: self(each) for name, each in value.values.items()}
        said = Markup("{}").format(sentence(self.words, value.key, value.count, told))
        return Markup('<span class="waits">{}</span>').format(said) if value.is_warning else said

    def tongues(self, value: Tongues) -> Markup:
        return self._listed([escape(language_name(code, self.words.language)) for code in value.codes])

    def country(self, value: Country) -> Markup:
        return escape(self.words.locale.territories.get(value.code, value.code))

    def many(self, value: Many) -> Markup:
        listed = self._listed([self(each) for each in value.each])
        if not value.more:
            return listed
        return sentence(self.words, "brief.and_more", value.more, {"list": listed})

    def parts(self, value: Parts) -> Markup:
        return Markup(" · ").join(self(each) for each in value.each)

    def _listed(self, told: list[Markup]) -> Markup:
        # The pattern is CLDR's, the elements are escaped. A line may break behind a Chinese comma, between isolates too.
        listed = format_list([str(each) for each in told], locale=self.words.locale)
        return Markup(listed.replace("、", "、<wbr>"))


_TOLD: Mapping[type, Callable[[Teller, Any], Markup]] = {
    Text: Teller.text,
    When: Teller.when,
    Count: Teller.count,
    Word: Teller.word,
    Tongues: Teller.tongues,
    Country: Teller.country,
    Many: Teller.many,
    Parts: Teller.parts,
}


def sentence(words: Words, key: str, count: int | None = None, values: Mapping[str, Any] | None = None) -> Markup:
    """The sentence of `key` with its values in their places, in the plural form that `count` asks for."""
    entry = words.entries[key]
    if isinstance(entry, dict):
        entry = entry.get(words.locale.plural_form(count or 0), entry["other"])
    told = dict(values or {})
    if count is not None:
        told["count"] = format_decimal(count, locale=words.locale)
    return escape(entry).format(**told)


def partial(when: str, words: Words) -> str:
    """A day, a month or a year as the language writes it."""
    if not when:
        return "–"
    return format_skeleton(_PRECISION[len(when)], earliest(when), locale=words.locale)


def day(at: date, words: Words) -> str:
    return format_skeleton("yMMMd", at, locale=words.locale)


def when_met(meeting: Meeting, words: Words) -> Markup:
    """When a meeting began and ended, as clocks showed it where it was."""
    zone = times.zone_of(meeting.zone)
    ends = [meeting.starts.astimezone(zone), *([meeting.ends.astimezone(zone)] if meeting.ends else [])]
    if meeting.all_day:
        said = dict.fromkeys(day(at.date(), words) for at in ends)
    else:
        said = dict.fromkeys(times.moment(at, zone, words.locale) for at in ends)
    return Markup(" – ").join(
        Markup('<time datetime="{}"><bdi>{}</bdi></time>').format(at.isoformat(timespec="minutes"), text)
        for at, text in zip(ends, said, strict=False)
    )


def sheet_values(brief: Brief) -> dict[str, Any]:
    """What the sheet (`relation/sheet.html`) is made of."""
    said = words(brief.language)
    return {
        "brief": brief,
        "said": said,
        "tell": Teller(said),
        "day": day(brief.at.date(), said),
        "source": sentence(said, "brief.source", None, _source(brief, said)),
    }


def printed(brief: Brief, paper: str = "A4") -> str:
    """The brief as one whole document, to be printed: its styles inside it. `paper`: a CSS page size, A4 or letter."""
    css = Markup("\n".join((STATIC / name).read_text("utf-8") for name in ("tokens.css", "brief.css")))
    template = environment().get_template("relation/brief_print.html")
    return template.render(css=css, paper=paper, **sheet_values(brief))


def lines(brief: Brief) -> Iterator[str]:
    """The brief as plain text, for a terminal or a mail."""
    said = words(brief.language)
    tell, way = Teller(said), said.direction
    yield from (_plain(tell(brief.name), way), f"{brief.agency} · {day(brief.at.date(), said)}", "")
    for section in brief.sections:
        yield _plain(sentence(said, section.title), way)
        yield from (f"  {_plain(line, way)}" for line in _body(section, tell))
        yield ""
    yield _plain(sentence(said, "brief.source", None, _source(brief, said)), way)


def _source(brief: Brief, said: Words) -> dict[str, Markup]:
    """The values of the line that says whose figures these are."""
    return {"home": Teller(said)(Text(brief.home)), "day": Markup("<bdi>{}</bdi>").format(day(brief.at.date(), said))}


def _body(section: Section, tell: Teller) -> Iterator[Markup]:
    words = tell.words
    yield from map(tell, section.sentences)
    yield from map(tell, section.texts)
    for key, value in section.facts:
        yield Markup("{}: {}").format(sentence(words, key), tell(value))
    for row in section.rows:
        yield Markup(" · ").join(tell(cell) for cell in row)
    if section.more:
        yield sentence(words, "brief.more", section.more)
    if section.is_empty and section.empty:
        yield sentence(words, section.empty)


def _plain(told: Markup, direction: str = "ltr") -> str:
    """Without its tags. A text that runs the other way, or any in a line from right to left, is set apart by the marks that
    Unicode has for that (UAX #9, 2.4)."""

    def apart(found: re.Match[str]) -> str:
        way, text = found[1] or direction, found[2]
        if way == direction or (way == "auto" and direction == "ltr" and not _RIGHT_TO_LEFT.search(text)):
            return text
        return f"\u2068{text}\u2069"

    # Made by us from escaped values; taken apart, not shown.
    return Markup(_BDI.sub(apart, str(told))).striptags()


_BDI = re.compile(r'<bdi(?: lang="[^"]*")?(?: dir="(\w+)")?>([^<]*)</bdi>')
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
