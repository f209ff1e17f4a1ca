"""A place as a dateline prints it, with its country: alone, or behind a headline, a byline or a label. Pure."""

import re
from functools import lru_cache

from msgspec import Struct, structs

from dragoman.read.calendar import WEEKDAYS
from dragoman.read.places import city_country, country_code, is_state
from dragoman.text.fold import fold

_EDGE = " \t\u00a0\u3000,.،，;:-–—/_|«»\"'“”[]"
_AFTER = _EDGE.replace(".", "").replace("]", "")  # what may be cut off behind: not "Va.", not "[India]"
_FORBIDDEN = re.compile(r"[?!;…“”\"«»@#%&=<>{}\[]|\d|[)）\]](?!\s*(?:\Z|,))")
_LINKERS = frozenset(["le", "den", "am", "a", "on", "the", "в", "في", "بتاريخ", "يوم", "на"])
_SMALL_WORDS = (
    "de del la las los el les le du des da do dos of the and y e et am an der den im in bei und upon en aux sur sous lès "
    "aan al es dar и на "
    "де ла ле лос эль аль эс эд əl əd ül rayonu şəhəri qəsəbəsi kəndi область район край село district city"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_ABBREVIATED = frozenset(["st", "ste", "mt", "ft", "pt", "sto", "sta", "г", "о", "п", "пос", "с", "ул", "no"])
_LAST_WORD = re.compile(r"[^\s,،]+\Z")
_DESK_CODE = re.compile(r"(?:[^\s(]*\d[^\s(]*|[^\s(/]*/[^\s(/]*/\S*|EFE\S*|\w{1,4}-c|[a-z]+\.fch)\s+")
_INITIALS = re.compile(r"(?:[a-z/.]{2,8}|-|[A-Z]{2})\s+(?=\S)")
_SHOUTED_LABEL = re.compile(
    r"(?:[A-ZÁÉÍÓÚÑ]{4,}(?:-[A-ZÁÉÍÓÚÑ]+)?\s+)+(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ]|[A-Z][a-z]*\s[A-Z][a-z])"
)
_CAPITAL = "[A-ZÀ-ÖØ-ÞƏĞŞİŒА-ЯЁ]"
_BYLINE = re.compile(rf"(?:[Pp]or|By|Par|Von|Di)\s+(?:{_CAPITAL}[\w.'’-]*\s+){{2}}(?={_CAPITAL})")
_BRACKET = re.compile(r"\s*[（(\[]([^()（）\[\]]{2,40})[)）\]]\s*\Z")
_PARTS = re.compile(r"[,،，]")
_SEVERAL = re.compile(r"\s*/\s*|\s+[-–—]\s+")
_WORDS = re.compile(r"[\s\-–/]+")
_NOT_PLACES = re.compile(
    r"agency|agentur|agence|agencia|агентство|وكالة|agentlik|通讯社|association|union", re.IGNORECASE
)
_LONGEST, _MOST_WORDS = 60, 7


class PlaceName(Struct, frozen=True, gc=False):
    """`printed` without country. `city`: we know it; `sure`: we do, or it stands in capitals as datelines have them, or
    with its country; `short`: few words, no bracket; `in_country`: a known city and its country; `glued`: something
    else, a headline say, stands right before it; `offset`: letters before it."""

    printed: str
    country: str = ""
    city: bool = False
    sure: bool = False
    short: bool = True
    in_country: bool = False
    glued: bool = False
    offset: int = 0


def is_abbreviation(words: str) -> bool:
    """Does `words` end in an abbreviation, so that the full stop behind it ends nothing: `FREEHOLD, N.J`, `St`?"""
    last = _LAST_WORD.search(words)
    if not last:
        return False
    word = last[0].rpartition("-")[2]
    return fold(word) in _ABBREVIATED or len(word) == 1 or is_state(f"{word}.")


@lru_cache(maxsize=2048)
def place_name(text: str) -> PlaceName | None:
    """`text` as the place of a dateline, desk codes, a byline or a label before it passed over; None where it cannot be
    one."""
    offset, signed = _lead_in(text)
    raw = _without_linkers(text[offset:].rstrip())
    several = _SEVERAL.search(raw) is not None
    if (signed or several) and not _first_country(raw) and (ending := city_at_end(raw)):
        return structs.replace(ending, glued=several, offset=offset + ending.offset)
    if not raw or len(raw) > _LONGEST or len(raw.split()) > _MOST_WORDS:
        return None
    if _NOT_PLACES.search(raw) or _FORBIDDEN.search(raw.replace(" [", " (")) or fold(raw) in WEEKDAYS:
        return None
    return _judge(raw, offset)


@lru_cache(maxsize=2048)
def city_at_end(text: str) -> PlaceName | None:
    """The known city `text` ends with, with its bracket: a headline, a byline or a label stands before it."""
    raw = text.rstrip(_EDGE)
    bracket = _BRACKET.search(raw)
    words = (raw[: bracket.start()] if bracket else raw).split(" ")
    for count in range(min(4, len(words)), 0, -1):
        name = " ".join(words[-count:])
        if name[:1].isupper() and (country := city_country(name)):
            at = len(" ".join(words)) - len(name)
            return PlaceName(raw[at:], country, city=True, sure=True, glued=True, offset=at)
    return None


def _lead_in(text: str) -> tuple[int, bool]:
    """How many characters before the place are desk codes, a byline or a label; and is there a byline, or the desk's
    name, which may run on into the place?"""
    at = len(text) - len(text.lstrip(_EDGE))
    signed = False
    while found := _DESK_CODE.match(text, at) or _BYLINE.match(text, at) or (signed and _INITIALS.match(text, at)):
        at = found.end()
        signed = True
    if label := _SHOUTED_LABEL.match(text, at):
        at = label.end()
    return at, signed


def _without_linkers(raw: str) -> str:
    """`raw` without the words that link it to a date behind it, "Paris, le", and the day of the week."""
    words = raw.rstrip(_AFTER).split()
    while len(words) > 1 and (words[-1] in _LINKERS or fold(words[-1].strip(_EDGE)) in WEEKDAYS):
        if city_country(" ".join(words)):
            break
        words.pop()
    raw = " ".join(words).rstrip(_AFTER)
    return raw if is_abbreviation(raw.rstrip(".")) else raw.rstrip(_AFTER + ".")


def _judge(raw: str, offset: int) -> PlaceName | None:
    first, *rest = [part.strip() for part in _PARTS.split(raw)]
    if not first or len(rest) > 2 or any(len(part.split()) > 4 for part in rest):
        return None
    bracket = _BRACKET.search(first)
    name = first[: bracket.start()] if bracket else first
    country = city_country(first) or city_country(name) or _first_country(name)
    qualifiers = [*rest, *([bracket[1]] if bracket else [])]
    of_country = next((code for part in reversed(qualifiers) if (code := country_code(part))), "")
    if rest and country_code(rest[-1]) and not is_state(rest[-1]):
        raw = ", ".join([first, *rest[:-1]])
    if not _looks_like_name(name, known=bool(country or country_code(name))) or not all(
        _looks_like_name(part, known=True) for part in rest
    ):
        return None
    shouted = name.upper() == name and name.lower() != name and len(name) > 2
    return PlaceName(
        raw,
        of_country or country or country_code(name),
        city=bool(country),
        sure=bool(country or of_country) or shouted,
        short=len(name.split()) <= 4 and not bracket,
        in_country=bool(of_country and rest and country),
        offset=offset,
    )


def _first_country(name: str) -> str:
    """The country of the first of two places, `LONDON/NEW YORK`."""
    first, *others = _SEVERAL.split(name)
    return city_country(first) if others and all(map(city_country, others)) else ""


def _looks_like_name(name: str, *, known: bool) -> bool:
    """Does each word begin as a name's does? Scripts without capitals pass, if there are few words."""
    words = [word for word in _WORDS.split(name) if word]
    if known or not words:
        return known
    if not any(word[0].isupper() or word[0].islower() for word in words):
        return len(words) <= 3
    if not words[0][0].isupper() and words[0][0].isalpha() and words[0].rstrip(".") not in _ABBREVIATED:
        return False
    return all(
        word[0].isupper()
        or word[1:2] in "'’"
        or word.lower() in _SMALL
        or not word[0].isalpha()
        or (len(word) <= 3 and f"-{word}-" in name)  # Dar-əs-Salam
        for word in words[1:]
    )
