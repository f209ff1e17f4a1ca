"""Dates in a text, normalised. Pure.

Words that name a month, a day of the week, "today" are found by their stems and looked round from: the day beside the month,
the end of a range, the year. Dates in digits are found by their digits, Chinese ones by their signs (`han_dates`).

    3 to 5 May      two dates           19 February     of the year nearest to the item
    on Tuesday      the last one, or the next where the sentence speaks of the future; nothing without the item's time

Limits: 03/04/2026 is no date in English (either may be the month); hours, quarters, decades, feasts and other calendars
are not read; a month alone needs the item's time, or a year beside it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from dragoman.model.reading import Reading, SaidDate
from dragoman.read.amounts.day_names import day_stems, day_word, levantine_month
from dragoman.read.amounts.han_dates import han_dates
from dragoman.read.amounts.years import iso, nearest_year, shifted, weekday
from dragoman.read.document import Document
from dragoman.text.analyse import stems
from dragoman.text.fold import fold

_AROUND = 48  # code points beside a month that are looked at
_SENTENCE = 160  # code points beside a day of the week: its sentence
_BEFORE_DAY, _BEHIND_DAY = 14, 6  # in which a word that belongs to the day begins: last Monday, lundi dernier
_SENTENCE_ENDS = (". ", "\n", "! ", "? ")
_RANGE = r"(?:\s?[-–—/]\s?|\s(?:to|and|through|until|по|до|и|et|au|und|bis|y|al|a|və|إلى|الى|و)\s?)"
_ORDINAL = r"(?:st|nd|rd|th|er|re|º|ª|°|\.|-?(?:го|е|ое|ого|му)|-?[ncu]?[iıuü](?:n?[də]?[aə]?n?)?)?"
_DAY_BEFORE = re.compile(
    rf"(?<![\d.,:/])(?:(\d{{1,2}}){_ORDINAL}{_RANGE})?(?<![\d.,:])(\d{{1,2}}){_ORDINAL}(?:[ \u00a0]?(?:of|de|del|من|شهر|di))?[ \u00a0]{{0,2}}\Z",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DAY_AFTER = re.compile(
    rf"\.?[ \u00a0](?:ayının )?(\d{{1,2}})(?![\d:%]|[.,]\d)(?:-?(?:st|nd|rd|th)\b)?(?:{_RANGE}(\d{{1,2}})(?![\d:%]|[.,]\d)(?:st|nd|rd|th)?)?"
)
_YEAR_AFTER = re.compile(
    r"\.?,?[ \u00a0](?:de |del |of |عام |سنة |من عام |في عام )?(\d{4})(?![\d%]|[.,:]\d)(?:[ \u00a0]?(?:года?\b|г\.|г\b)|-?c[iıuü] il\w*)?"
)
_YEAR_BEFORE = re.compile(r"(\d{4})-?c[iıuü] il(?:in|də)?,?[ \u00a0]\Z")
_SLASHED = re.compile(r"(?:/|\s?\()")
_PARTS = frozenset("-./")
_NO_YEAR_BEFORE = frozenset("0123456789.,/:$€£+-")
_NUMERIC = re.compile(r"(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})([./])(\d{1,2})\5(\d{4}|\d\d))(?![\d/:-]|\.\d)")
_YEAR = re.compile(r"(?:(1[5-9]\d\d|20\d\d)[-–—/])?(1[5-9]\d\d|20\d\d)(?![\d%:/]|[.,]\d)")
_YEAR_LED = {
    "en": "in since by until till from during before after through of early late mid year year's",
    "fr": "en depuis dès de d'ici année an avant après fin début courant jusqu'en",
    "de": "jahr jahre jahres seit bis von ab ende anfang mitte vor nach herbst frühjahr sommer winter",
    "es": "en desde de hasta año del para durante antes después",
    "ar": "عام العام سنة منذ لعام بعام وعام السنة",
    "ru": "с до по в за",
}
_LED = {language: frozenset(map(fold, words.split())) for language, words in _YEAR_LED.items()}
_NAMED_YEAR = re.compile(
    r"(?:[ \u00a0]?(?:год[ауеом]*\b|годов\b|годах\b|гг?\.|гг?\b|року|жыл\w*)|-?c[iıuü] (?:il\w*)|['’]?\w{0,3} yılı\w*)"
)
_BETWEEN = frozenset(("", " ", "\u00a0", "-", "  ", " \u00a0", "\u00a0 "))
"""What may stand between a year or a month and the word that leads it."""
_MONTHS_AND_WORDS = frozenset(
    {"may", "march", "mars", "mai", "mart", "august", "mar", "jan", "ago", "sept", "dec", "set", "avr", "dic", "nov"}
)
_LED_BY = "in of since until till by from during last next this early late mid en depuis mois im seit bis ende anfang mitte del desde hasta в с до في منذ شهر"
_MONTH_LED = frozenset(map(fold, _LED_BY.split()))
_FUTURE = {
    "en": r"will|shall|held|next|upcoming|coming|due|scheduled|expected",
    "ru": r"будет|будут|состоится|состоятся|пройдет|пройдёт|начнется|следующ\w+|предстоящ\w+",
    "fr": r"aura|auront|sera|seront|prochain\w*|doit|doivent",
    "de": r"wird|werden|will|kommend\w*|nächst\w*|soll|sollen",
    "es": r"será|serán|tendrá|próxim\w+|celebrará|comenzará|viajará",
    "az": r"\w+(?:acaq|əcək)\w*|növbəti|gələn|qarşıdan",
    "ar": r"سوف|سي\w{3,}|ست\w{3,}|المقبل|القادم",
    "": r"буде|olacak",
}
_PASSIVE = {"held": "be"}
"""Words that speak of the future only behind another: to be held."""
_SAID = {
    "en": r"said|told|announced|reported",
    "ru": r"заявил\w*|сообщил\w*|сказал\w*|отметил\w*|объявил\w*",
    "fr": r"déclaré|annoncé|affirmé|indiqué",
    "de": r"sagte\w*|erklärte\w*|teilte\w*|meldete\w*",
    "es": r"dijo|afirmó|anunció|declaró|informó",
    "ar": r"قال\w*|صرح\w*|أعلن\w*|أكد\w*",
    "az": r"dedi|deyib|bildirib|bildirdi|bildirmişdir|söylədi|açıqlayıb",
}
_PAST = {
    "en": r"last",
    "ru": r"прошл\w+|минувш\w+",
    "fr": r"dernier\w*",
    "de": r"vergangen\w*|letzt\w*|vorig\w*",
    "es": r"pasad[oa]",
    "az": r"ötən|keçən",
    "ar": r"الماضي",
}


_Tense = Literal["future", "said", "past", ""]
_REMEMBERED = 4096
"""Words that are kept with what they speak of, some 400 KB."""


@lru_cache(maxsize=16)
def _tenses(language: str) -> tuple[tuple[_Tense, re.Pattern[str]], ...]:
    """The words that speak of each: those of `language`, or of any where we have no row for it."""
    tables: tuple[tuple[_Tense, Mapping[str, str]], ...] = (("future", _FUTURE), ("said", _SAID), ("past", _PAST))
    return tuple(
        (tense, re.compile(table.get(language) or "|".join(table.values()), re.IGNORECASE)) for tense, table in tables
    )


@lru_cache(maxsize=_REMEMBERED)
def _tense(word: str, language: str) -> _Tense:
    """Does `word` speak of the future, of who said so, of the past? Or of none of these."""
    return next((tense for tense, words in _tenses(language) if words.fullmatch(word)), "")


_SMALL = frozenset({"ru", "fr", "es", "uk"})
"""Languages that write the days of the week small: in capitals they are names (Santo Domingo)."""
_AZERBAIJANI_DAYS = {
    tuple(stems(words, "az")): number
    for words, number in {"bazar ertəsi": 1, "çərşənbə axşamı": 2, "cümə axşamı": 4, "bazar günü": 7}.items()
}
_AZERBAIJANI_DAY = frozenset(stems("gün günü", "az"))
_BEFORE_A_DATE = re.compile(r",?[ \u00a0](?:dem |den |der |the |le |el )?\Z")
"""What stands between a day of the week and its date, which says more."""


def find_dates(document: Document, so_far: Reading) -> tuple[SaidDate, ...]:
    """The dates in order; none overlaps another."""
    text = document.plain
    if document.language == "zh":
        found = list(han_dates(text, document.time))
    else:
        found = [*_by_words(document, text), *_years(document, text)]
    found += _numeric(document, text)
    return tuple(_in_order(sorted(found, key=lambda one: (one[0], -one[1])), document.text))


def _in_order(found: list[tuple[int, int, str]], text: str) -> Iterator[SaidDate]:
    end = -1
    for at, (start, stop, value) in enumerate(found):
        following = found[at + 1][0] if at + 1 < len(found) else -1
        if stop < following < stop + 8 and text[start].isalpha() and _BEFORE_A_DATE.fullmatch(text, stop, following):
            continue
        if start >= end and value:
            yield SaidDate(text=text[start:stop], value=value, start=start, end=stop)
            end = stop


Spans = Iterator[tuple[int, int, str]]


def _by_words(document: Document, text: str) -> Spans:
    words, language = document.words, document.language
    likely = day_stems(language)
    for at in [at for at, stem in enumerate(document.stems) if stem in likely]:
        word = words[at]
        said = day_word(text[word.start : word.end], language)
        if said is None:
            continue
        match said.kind:
            case "month" if language == "en" and text[word.start].islower():
                pass  # it may, they march
            case "month":
                yield from _month(document, text, word.start, word.end, said.value)
            case "levantine":
                if at + 1 < len(words):
                    next_ = words[at + 1]
                    month = levantine_month(fold(text[word.start : word.end]), fold(text[next_.start : next_.end]))
                    if month:
                        yield from _month(document, text, word.start, next_.end, month)
            case "weekday":
                yield from _weekday(document, text, at, said.value)
            case "this":
                if document.time and at + 1 < len(words) and words[at + 1].stem in _AZERBAIJANI_DAY:
                    yield word.start, words[at + 1].end, shifted(document.time, 0).isoformat()
            case _:
                yield from _relative(document, text, at, said.value)


def _month(document: Document, text: str, start: int, end: int, month: int) -> Spans:
    """The date or the two dates of which this month is part."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if document.language == "ar" and (also := _SLASHED.match(after)):  # فبراير/شباط
        other = re.match(r"[^\W\d_]+(?: [^\W\d_]+)?\)?", after[also.end() :])
        if other and _month_stem(other[0], document.language) == month:
            end += also.end() + other.end()
            after = text[end : end + _AROUND]
    digit = _DIGIT.search(before)
    led = _DAY_BEFORE.search(before, digit.start()) if digit else None
    follows = None if led else _DAY_AFTER.match(after) if document.language in ("en", "az", "und") else None
    first = second = None
    begins, stops = start, end
    if led:
        first, second = (led[1], led[2]) if led[1] else (led[2], None)
        begins = start - len(before) + (led.start(1) if led[1] else led.start(2))
        middle = start - len(before) + led.start(2)
    elif follows:
        first, second = follows[1], follows[2]
        stops = end + follows.end()
        middle = end + follows.start(2) if second else stops
    tail = text[stops : stops + _AROUND]
    year = None
    if named := _YEAR_AFTER.match(tail):
        year, stops = int(named[1]), stops + named.end()
    elif named := _YEAR_BEFORE.search(text[max(0, begins - 16) : begins]):
        year, begins = int(named[1]), begins - len(named[0])
    if first is None:
        yield from _month_alone(document, text, begins, stops, month, year)
        return
    year = year or nearest_year(month, int(second or first), document.time)
    if second is None:
        yield begins, stops, iso(year, month, int(first))
    elif led:
        yield begins, begins + len(first), iso(year, month, int(first))
        yield middle, stops, iso(year, month, int(second))
    else:
        yield begins, end + follows.end(1) if follows else stops, iso(year, month, int(first))
        yield middle, stops, iso(year, month, int(second))


def _month_stem(words: str, language: str) -> int:
    parts = words.strip("()").split(" ")
    said = day_word(parts[0], language)
    if said and said.kind == "month":
        return said.value
    return levantine_month(fold(parts[0]), fold(parts[1])) if len(parts) > 1 else 0


def _month_alone(document: Document, text: str, start: int, end: int, month: int, year: int | None) -> Spans:
    """ "In February", "February 2026". Words that are also something else ("may") need a word before or a year."""
    if document.language == "az" and text[start].isupper() and not _opens(text, start):
        return  # Martin, a name
    if year is None:
        if fold(text[start:end]) in _MONTHS_AND_WORDS and _word_before(document, start) not in _MONTH_LED:
            return
        year = nearest_year(month, 15, document.time)
    yield start, end, iso(year, month, None)


def _word_before(document: Document, start: int) -> str:
    """The word right before `start`, folded; empty where something else stands there."""
    at = bisect_left(document.starts, start) - 1
    if at < 0 or document.text[document.words[at].end : start] not in _BETWEEN:
        return ""
    return fold(document.text[document.starts[at] : start].rstrip("- \u00a0"))


def _weekday(document: Document, text: str, at: int, number: int) -> Spans:
    words, time = document.words, document.time
    word = words[at]
    end = word.end
    if document.language == "az":
        following = words[at + 1].stem if at + 1 < len(words) else ""
        pair = _AZERBAIJANI_DAYS.get((word.stem, following))
        if pair:
            number, end = pair, words[at + 1].end
        elif word.stem == "bazar":
            return  # a market
        elif following in _AZERBAIJANI_DAY:
            end = words[at + 1].end
    if time is None or (document.language in _SMALL and text[word.start].isupper() and not _opens(text, word.start)):
        return
    if document.language == "ar" and "ال" not in text[word.start : word.end]:
        return
    near = range(word.start - _BEFORE_DAY, end + _BEHIND_DAY)
    behind = any(tense == "past" for _, tense in _spoken_of(document, near))
    ahead = not behind and _is_ahead(document, at, end)
    yield word.start, end, weekday(number, time, ahead=ahead, behind=behind).isoformat()


def _is_ahead(document: Document, at: int, end: int) -> bool:
    """Does what stands nearest to the word `at` in its sentence speak of what will be, and not of who said so?"""
    text, here = document.text, document.starts[at]
    first, last = max(0, here - _SENTENCE), min(len(text), end + _SENTENCE)
    begins = max(text.rfind(mark, first, here) for mark in _SENTENCE_ENDS)
    ends = min((found for mark in _SENTENCE_ENDS if (found := text.find(mark, end, last)) >= 0), default=last)
    told = _spoken_of(document, range(max(first, begins), ends))
    future = min((abs(start - here) for start, tense in told if tense == "future"), default=None)
    return future is not None and all(tense != "said" or future < abs(start - here) for start, tense in told)


def _spoken_of(document: Document, within: range) -> list[tuple[int, _Tense]]:
    """The words of the part `within` that speak of future, past or who said so, and where they begin."""
    starts, said, language = document.starts, document.said, document.language
    first, last = bisect_left(starts, within.start), bisect_left(starts, within.stop)
    told = [(at, tense) for at in range(first, last) if (tense := _tense(said[at], language))]
    return [(starts[at], tense) for at, tense in told if _PASSIVE.get(said[at]) in (None, said[at - 1])]


def _opens(text: str, at: int) -> bool:
    return at == 0 or text[at - 2 : at].strip(' «“"') in ("", ".", "\n", "!", "?", "—", "–")


def _relative(document: Document, text: str, at: int, days: int) -> Spans:
    word, words = document.words[at], document.words
    if document.time is None:
        return
    surface = text[word.start : word.end]
    end = word.end
    before = fold(text[words[at - 1].start : words[at - 1].end]) if at else ""
    match document.language:
        case "fr" if surface.lower() == "aujourd":
            if at + 1 >= len(words) or fold(text[words[at + 1].start : words[at + 1].end]) != "hui":
                return
            end = words[at + 1].end
        case "de" if surface == "Morgen" or before in ("am", "heute", "guten", "jeden", "vom", "der", "gestern"):
            return
        case "es" if days == 1 and before in ("la", "de", "esta", "una", "cada", "las"):
            return
        case "ar" if "ال" not in surface and days == 0:
            return
        case "ar" if (
            at + 1 < len(words) and days == 0 and text[words[at + 1].start : words[at + 1].end].startswith("ال")
        ):
            return  # the day that …
        case "az" if before in ("hər", "bu"):
            return
    yield word.start, end, shifted(document.time, days).isoformat()


def _years(document: Document, text: str) -> Spans:
    """Years alone, where the words beside them say that they are."""
    led = _LED.get(document.language, frozenset())
    for start, end in document.digits:
        found = _YEAR.match(text, start) if end - start == 4 else None
        if not found or (start and text[start - 1] in _NO_YEAR_BEFORE):
            continue
        named = _NAMED_YEAR.match(text, found.end())
        if named or (document.language != "ru" and _word_before(document, start) in led):
            stop = named.end() if named else found.end()
            if found[1]:
                yield found.start(1), found.end(1), found[1]
            yield found.start(2), stop, found[2]


def _numeric(document: Document, text: str) -> Spans:
    """2026-02-19, 19.02.2026, 02/19/2026."""
    for start, end in document.digits:
        found = _NUMERIC.match(text, start) if text[end : end + 1] in _PARTS else None
        if not found or (start and text[start - 1] in _NO_YEAR_BEFORE):
            continue
        if found[1]:
            yield found.start(), found.end(), iso(int(found[1]), int(found[2]), int(found[3]))
            continue
        first, second = int(found[4]), int(found[6])
        if len(found[7]) == 2 and (found[5] == "/" or len(found[4]) + len(found[6]) < 4):
            continue  # 1.2.26 may be a version
        year = int(found[7]) if len(found[7]) == 4 else 2000 + int(found[7])
        if found[5] == "/" and document.language == "en" and first <= 12:
            if second > 12:
                yield found.start(), found.end(), iso(year, first, second)
        else:
            yield found.start(), found.end(), iso(year, second, first)
