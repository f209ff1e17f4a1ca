"""Figures in a text, normalised: their value, what they count or measure, and whether they are "more than". Pure.

Numbers in digits and in words, with their multipliers; both ends of a range, each with the range's unit. None of these is a
figure: dates and years, clock times, scores (3:1 is two numbers and says nothing alone), ordinals, telephone and version
numbers, and numbers that are part of a name (COVID-19, G7).

    unit    ``%``, an ISO 4217 code, a unit's symbol, a span of time in English, else the lexicon's concept, else the stem of
            what is counted; for people what became of them (12 people were injured: `injured`)

Limits: "half", "dozens", fractions in words, and numbers parted by a line break are not read.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.model.reading import Figure, Reading
from dragoman.read.amounts.digits import NUMBER, cut, value
from dragoman.read.amounts.han_figures import han_figures
from dragoman.read.amounts.number_words import ALONE, JOINS, least_words, number_stems, number_words, scale_words
from dragoman.read.amounts.said import Said
from dragoman.read.amounts.unit_beside import FRACTION, UnitReader
from dragoman.read.document import Document
from dragoman.text.fold import fold

_MONEY = frozenset("$€£¥₽₼")
_SPACE = " \u00a0\u202f\u2009"
_ORDINALS = {
    "en": r"(?:st|nd|rd|th)\b",
    "ru": r"-?(?:й|я|е|го|му|м|ю|ая|ое|ый|ой|ого|ую|х)\b",
    "uk": r"-?(?:й|я|е|го|му|та|те)\b",
    "az": r"-?c[iıuü]\w*",
    "tr": r"(?:'?[iıuü]nc[iıuü]\w*|\.(?= [a-zçğıöşü]))",
    "fr": r"(?:er|ère|re|e|è|ème|ième|nd|nde)s?\b",
    "de": r"\.(?=[ \u00a0][A-ZÄÖÜa-zäöü])",
    "es": r"\.?[ºª°](?!C)",
}
_ORDINAL = {language: re.compile(pattern) for language, pattern in _ORDINALS.items()}
_GERMAN_ORDINAL_BEFORE = re.compile(
    r"\b(?:der|die|das|den|dem|des|im|am|vom|zum|zur|beim|ihr(?:e[nr]?)?|sein(?:e[nr]?)?)[ \u00a0]\Z", re.IGNORECASE
)
_CLOCK = re.compile(
    r"[ \u00a0]?(?:a\.?m\b|p\.?m\b|o['’]clock|Uhr\b|h\d{0,2}\b|h(?:eures?)?(?= (?:du matin|locales?|GMT))|GMT\b|UTC\b)",
    re.IGNORECASE,
)
_CLOCKS = ("\\bsaat", "\\ba las", "\\bgegen", "الساعة")
_NUMBERED = ("№", "#", r"No\.", r"Nr\.", "n°", "Article", "Resolution", "статья", "maddə")
_CLOCK_BEFORE = re.compile("|".join(rf"(?<={word}[ \u00a0])" for word in _CLOCKS), re.IGNORECASE)
_NUMBERED_OR_CLOCK = re.compile(
    "|".join([_CLOCK_BEFORE.pattern, *(rf"(?<={word})|(?<={word}[ \u00a0])" for word in _NUMBERED)]), re.IGNORECASE
)
"""These look behind from where a number begins: searching for them before it would try at every sign."""
_GLUED = re.compile(r"[^\W\d_]{1,4}[²³]?(?![^\W\d_])")
_RANGE = re.compile(
    rf"[{_SPACE}]?[-–—][{_SPACE}]?|[{_SPACE}](?:to|à|bis|auf|до|a|إلى|الى|ilə)[{_SPACE}]|-d[aə]n[{_SPACE}]"
)
_SERIAL = re.compile(r"[\d \u00a0./()-]*")
_WORD = re.compile(rf"([{_SPACE}-]?)([^\W\d_]+)\.?")
_LONGEST_SCALE = 24
"""Letters of a word that may be a multiplier."""
_REMEMBERED = 2048
"""Words beside figures that are kept with what they say, some 200 KB."""


def find_figures(document: Document, so_far: Reading) -> tuple[Figure, ...]:
    """The figures in order; numbers that belong to dates are none."""
    text = document.plain
    taken = [(one.start, one.end) for one in so_far.dates]
    if document.language == "zh":
        said = [*han_figures(text), *_digits(document, text)]
    else:
        said = [*_digits(document, text), *_words(document)]
    said.sort(key=lambda one: one.start)
    units = UnitReader(document, text)
    return tuple(_figures(document, text, _free(said, taken), units))


def _free(said: list[Said], taken: list[tuple[int, int]]) -> list[Said]:
    """Those that overlap neither a date nor one before them."""
    free: list[Said] = []
    at, end = 0, -1
    for one in said:
        while at < len(taken) and taken[at][1] <= one.start:
            at += 1
        if one.start < end or (at < len(taken) and taken[at][0] < one.end):
            continue
        free.append(one)
        end = one.end
    return free


def _figures(document: Document, text: str, said: list[Said], units: UnitReader) -> Iterator[Figure]:
    for at, one in enumerate(said):
        follows = said[at + 1] if at + 1 < len(said) else None
        if one.value < 0:
            joined, follows = False, None
        joined = bool(follows and _RANGE.fullmatch(text, one.end, follows.start))
        if (
            joined and follows and follows.value > one.value
        ):  # "3 to 5 million": the first has the second's unit and scale
            scale = follows.scale if one.scale == 1 and one.value < follows.value / follows.scale else 1.0
            unit = units.unit(follows) or units.unit(one)
            yield _figure(document, one, one.value * scale, unit, _least(document, text, one))
            continue
        if joined and follows and text[one.end : follows.start] in ("-", "–", "—") and one.value == int(one.value):
            said[at + 1] = Said(follows.start, follows.end, -1.0)  # a score
            continue
        if one.value < 0:
            continue
        unit = units.unit(one)
        if unit == FRACTION:
            continue
        if not unit and _bare_year(one, text):
            continue
        yield _figure(document, one, one.value, unit, _least(document, text, one, units.last_end))


def _figure(document: Document, one: Said, number: float, unit: str, least: bool) -> Figure:
    return Figure(
        text=document.text[one.start : one.end], value=number, start=one.start, end=one.end, unit=unit, least=least
    )


def _bare_year(one: Said, text: str) -> bool:
    return one.end - one.start == 4 and text[one.start : one.end].isdecimal() and 1500 <= one.value <= 2100


def _digits(document: Document, text: str) -> Iterator[Said]:
    """The numbers in digits, with the multiplier behind them."""
    language = document.language
    ordinal = _ORDINAL.get(language)
    skip = behind = -1
    for start, _ in document.digits:
        found = NUMBER.match(text, start) if start >= behind else None
        if found is None:
            continue
        behind, run = found.end(), cut(found[0], language)
        rests = [start] if len(run) == behind - start else [start, start + len(run) + 1]
        for begin in rests:
            piece = run if begin == start else text[begin:behind]
            end = begin + len(piece)
            if begin < skip:
                continue
            if piece[0] == "0" and len(piece) > 2 and piece.isdecimal():  # a telephone number, and what belongs to it
                serial = _SERIAL.match(text, end)
                skip = serial.end() if serial else end
                continue
            if not _is_number(text, begin, end, language):
                skip = end + 1 if text[end : end + 1] in (":", "/") else skip
                continue
            if (
                ordinal
                and ordinal.match(text, end)
                and (language != "de" or _GERMAN_ORDINAL_BEFORE.search(text, max(0, begin - 8), begin))
            ):
                continue
            number = value(piece, language, money=text[begin - 1 : begin] in _MONEY)
            if number is None:
                continue
            scale, stop = _scale(text, end, language)
            if stop == end and _glued_to_letters(text, end, language):
                continue
            yield Said(begin, stop, number * scale, scale)


def _is_number(text: str, start: int, end: int, language: str) -> bool:
    """By what stands right before and behind: no part of a word, a time, a score, a telephone number."""
    before = text[start - 1] if start else " "
    if before == "第":
        return False
    if before.isalpha() and not "\u2e80" <= before <= "\u9fff":
        return text[max(0, start - 3) : start].upper() in ("US$",) or (before in "وبلك" and language == "ar")
    if (
        before in "-–_/\\@:"
        and start > 1
        and (text[start - 2].isalnum())
        and not (before in "-–" and text[start - 2].isdigit())
    ):
        return before in "-–" and language == "ar"
    if before == "+" and end - start > 6:
        return False
    after = text[end : end + 2]
    if after[:1] in (":", "/", "@", "_") and after[1:2].isdigit():
        return False
    if after[:1] in ("%", "％", "٪"):
        return True
    return not (_CLOCK.match(text, end) or _NUMBERED_OR_CLOCK.match(text, start))


def _scale(text: str, end: int, language: str) -> tuple[float, int]:
    """What the number is multiplied by, and where that ends: "2.5 mln", "5bn", "3 тыс.", "3万"."""
    scale = 1.0
    while found := _WORD.match(text, end):
        word = found[2]
        if "\u2e80" <= word[0] <= "\u9fff":
            break  # Chinese multipliers: `han_figures`
        by = _scale_word(word, language) if len(word) <= _LONGEST_SCALE and (len(word) > 1 or not found[1]) else None
        if by is None or (len(word) == 1 and word != "k" and not _money_before(text, end)):
            break
        scale *= by
        end = found.end(2)
        if scale > 1e15:
            break
    return scale, end


@lru_cache(maxsize=_REMEMBERED)
def _scale_word(word: str, language: str) -> int | None:
    return scale_words(language).get(fold(word))


def _money_before(text: str, end: int) -> bool:
    return bool(re.search(r"[$€£¥][\d.,]+\Z", text[max(0, end - 16) : end]))


def _glued_to_letters(text: str, end: int, language: str) -> bool:
    """Letters right behind that are no unit: 5G, 3D, 2x."""
    if not text[end : end + 1].isalpha() or text[end] >= "\u2e80":
        return False
    found = _GLUED.match(text, end)
    return not (found and UnitReader.is_symbol(found[0])) and language != "ar"


# ------------------------------------------------------------------------------------------------------------- in words


def _words(document: Document) -> Iterator[Said]:
    """The numbers in words: runs of number words, evaluated from left to right."""
    if not number_words(document.language):
        return
    words, text = document.words, document.text
    likely = number_stems(document.language)
    end, count = -1, len(words)
    for at in [at for at, stem in enumerate(document.stems) if stem in likely]:
        said = _number_word(document, at)
        if at <= end or said is None:
            continue
        run = [(at, *said)]
        last = at
        while last + 1 < count:
            step = 1
            between = text[words[last].end : words[last + 1].start]
            if between not in (" ", "-", "\u00a0"):
                break
            joint = JOINS.get(document.language, "")
            if joint and words[last + 1].stem == joint and last + 2 < count:
                step = 2
            following = _number_word(document, last + step)
            if following is None or (step == 2 and following[0] == "s"):
                break
            if not _continues(run[-1], following, document.language, step == 2):
                break
            last += step
            run.append((last, *following))
        start = words[at].start
        if _counts(document, run, start):
            number = _value([(kind.lstrip("+"), amount) for _, kind, amount in run])
            _, kind, scale = run[-1]
            yield Said(start, words[last].end, float(number), float(scale) if kind == "s" else 1.0)
        end = last


def _number_word(document: Document, at: int) -> tuple[str, int] | None:
    word = document.words[at]
    return _number_of(document.text[word.start : word.end], document.language)


@lru_cache(maxsize=_REMEMBERED)
def _number_of(word: str, language: str) -> tuple[str, int] | None:
    return number_words(language).get(fold(word))


def _continues(before: tuple[int, str, int], following: tuple[str, int], language: str, joined: bool) -> bool:
    """May `following` stand behind `before` in one number? Tens before ones, ones before hundreds and scales."""
    _, kind, amount = before
    kind, (next_kind, next_amount) = kind.lstrip("+"), following
    joined = joined or next_kind.startswith("+")
    next_kind = next_kind.lstrip("+")
    if next_kind in ("s", "h"):
        return kind != "s" or next_amount > amount
    if kind in ("h", "s"):
        return True
    if language == "fr" and amount in (4, 10, 20, 60) and next_amount <= 20:
        return True
    if language == "ar" and joined:
        return next_amount % 10 == 0 or amount >= 100
    if language == "ar" and next_amount == 10 and amount < 10:
        return True
    return (
        amount > next_amount
        and amount % (10 ** len(str(next_amount))) == 0
        and not (joined and language in ("en", "de"))
    )


def _value(run: list[tuple[str, int]]) -> int:
    total = current = 0
    for kind, amount in run:
        if kind == "s":
            total += max(1, current) * amount
            current = 0
        elif kind == "h":
            current = max(1, current) * amount
        elif amount == 20 and current % 100 == 4:  # quatre-vingts
            current += 76
        else:
            current += amount
    return total + current


def _counts(document: Document, run: list[tuple[int, str, int]], start: int) -> bool:
    """Is it a number, and not an article, or "thousands of"?"""
    kinds = [kind.lstrip("+") for _, kind, _ in run]
    if document.language == "es" and document.text[max(0, start - 4) : start].lower() == "por ":
        return False  # por ciento
    if (kinds[0] == "one" and len(run) == 1) or _CLOCK_BEFORE.match(document.text, start):
        return False
    if kinds[0] in ("s", "h"):
        surface = fold(document.text[start : document.words[run[0][0]].end])
        before = document.text[max(0, start - 3) : start].lower()
        return surface in ALONE.get(document.language, ()) or (
            document.language == "en" and before.endswith(("a ", "an ")) and not surface.endswith("s")
        )
    return True


# ------------------------------------------------------------------------------------------------------------ more than


@lru_cache(maxsize=16)
def _least_patterns(language: str) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    before, after = least_words(language)
    spaced = language != "zh"
    first = None
    if before:
        edge, gap = (r"(?<!\w)", rf"(?:[{_SPACE}]|(?<=['’]))") if spaced else ("", "")
        first = rf"{edge}(?:{'|'.join(map(re.escape, before))}){gap}(?:[$€£¥₽₼]|US\$|(?:USD|EUR) )?\Z"
    behind = rf"[{_SPACE}](?:{'|'.join(map(re.escape, after))})\b" if after else None
    return (
        re.compile(first, re.IGNORECASE) if first else None,
        re.compile(behind, re.IGNORECASE) if behind else None,
    )


_AZERBAIJANI_MORE = re.compile(r"(?:[^\W\d_]+ ){0,3}?[^\W\d_]*-?d[aə]n (?:\w+ )?(?:çox|artıq|yuxarı)\b")
_HAN_MORE = re.compile("[多余][^\\d]|以上|[^\\d。，]{1,4}以上")


def _least(document: Document, text: str, one: Said, unit_end: int = 0) -> bool:
    before, after = _least_patterns(document.language)
    if before and before.search(text, max(0, one.start - 24), one.start):
        return True
    if document.language == "az":
        return bool(_AZERBAIJANI_MORE.match(text[one.end : one.end + 60].lstrip(" -")))
    if document.language == "zh":
        return bool(_HAN_MORE.match(text, one.end))
    return bool(after and (after.match(text, one.end) or (unit_end and after.match(text, unit_end))))
