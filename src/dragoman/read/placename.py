"""A place as a dateline prints it: freed of labels before it and linking words behind it, with its country. Pure."""

import re
from functools import lru_cache

from msgspec import Struct

from dragoman.read.calendar import WEEKDAYS
from dragoman.read.places import city_country, country_code, is_state
from dragoman.text.fold import fold

_EDGE = " \t\u00a0,.،，;:-–—/_|«»\"'“”["
_FORBIDDEN = re.compile(r"[?!;…“”\"«»@#%&=<>{}\[\]]|\d|[)）](?!\s*(?:\Z|,))")
_LINKING = "le den am a on the في بتاريخ يوم на"
_LINKERS = frozenset(_LINKING.split())
_SMALL_WORDS = (
    "de del la las los el les le du des da do dos of the and y e et am an der den im in bei upon sur sous al es dar"
)
_SMALL = frozenset(_SMALL_WORDS.split())
_HIJRI = re.compile(r"\s*\d+\s[^\d]+\d{3,4}\s*ه?ـ?\s*الموافق\s*\Z")
_DESK_CODE = re.compile(r"(?:[^\s(]*\d[^\s(]*|[^\s(]*/[^\s(]*|EFE\S*|\w{1,4}-c|[a-z]+\.fch|[a-z]{2,4}|-)\s+")
_SHOUTED_LABEL = re.compile(r"(?:[A-ZÁÉÍÓÚÑ]{4,}\s+(?:-\s+)?)+(?=[A-ZÁÉÍÓÚÑ][a-záéíóúñ]|[A-Z][a-z]*\s[A-Z][a-z])")
_BYLINE = re.compile(r"(?:Por|By|Par|Von)\s+(?:[A-ZÁÉÍÓÚÑ][\w.'’-]*\s+){2}(?=[A-ZÁÉÍÓÚÑ])")
_BRACKET = re.compile(r"\s*[（(]([^()（）]{2,40})[)）]\s*\Z")
_NOT_PLACES = re.compile(
    r"agency|agentur|agence|agencia|агентство|وكالة|agentlik|通讯社|association|union", re.IGNORECASE
)


class PlaceName(Struct, frozen=True):
    """`printed` without country; `sure`: a known city, or capitals as datelines have them; `offset`: letters before it;
    `glued`: something else, a headline say, stands right before it."""

    printed: str
    country: str = ""
    city: bool = False
    sure: bool = False
    short: bool = True
    in_country: bool = False
    glued: bool = False
    offset: int = 0


@lru_cache(maxsize=2048)
def place_name(text: str) -> PlaceName | None:
    """`text` as the place of a dateline, or None where it cannot be one."""
    text = _HIJRI.sub("", text)
    raw, offset = _without_lead_in(text)
    if (" - " in raw or _BYLINE.search(text)) and (ending := _city_at_end(raw, offset)):
        return ending
    raw = _without_linkers(raw)
    if not raw or _NOT_PLACES.search(raw):
        return None
    if (
        len(raw) > 60
        or len(raw.split()) > 7
        or _FORBIDDEN.search(raw)
        or ". " in raw.replace("St. ", "").replace("ST. ", "")
    ):
        return _city_at_end(raw, offset)
    found = _judge(raw, offset)
    if found and (found.sure or len(raw.split()) <= 4):
        return found
    return _city_at_end(raw, offset) or found


def _without_lead_in(text: str) -> tuple[str, int]:
    at = len(text) - len(text.lstrip(_EDGE + "]"))
    if byline := _BYLINE.match(text, at):
        at = byline.end()
    while code := _DESK_CODE.match(text, at):
        at = code.end()
    if label := _SHOUTED_LABEL.match(text, at):
        at = label.end()
    raw = text[at:].rstrip(_EDGE)
    if text[at:].rstrip().endswith(".") and is_state(raw.rpartition(",")[2]):
        raw += "."
    return raw, at


def _without_linkers(raw: str) -> str:
    words = raw.split()
    while (
        len(words) > 1
        and not city_country(" ".join(words))
        and (words[-1] in _LINKERS or fold(words[-1].strip(_EDGE)) in WEEKDAYS)
    ):
        words.pop()
    return " ".join(words).rstrip(" ,،，;:-–—/_") if len(words) != len(raw.split()) else " ".join(words)


def _judge(raw: str, offset: int) -> PlaceName | None:
    first, *rest = [part.strip() for part in re.split(r"[,،，]", raw)]
    if not first or any(len(part.split()) > 4 for part in rest) or len(rest) > 2:
        return None
    bracket = _BRACKET.search(first)
    name = first[: bracket.start()] if bracket else first
    country = city_country(first) or city_country(name)
    city = bool(country)
    qualifiers = [*rest, *([bracket[1]] if bracket else [])]
    of_country = next((code for part in reversed(qualifiers) if (code := country_code(part))), "")
    if rest and country_code(rest[-1]) and not is_state(rest[-1]):
        raw = ", ".join([first, *rest[:-1]])
    if not _looks_like_name(name, city) or not all(_looks_like_name(part, True) for part in rest):
        return None
    shouted = name.upper() == name and name.lower() != name and len(name) > 2
    return PlaceName(
        raw,
        of_country or country or country_code(name),
        city=city,
        sure=city or shouted or bool(of_country),
        short=len(name.split()) <= 4 and not bracket,
        in_country=bool(of_country and rest),
        offset=offset,
    )


def _looks_like_name(name: str, known: bool) -> bool:
    """Does each word begin as a name's does? Scripts without capitals pass, if there are few words."""
    words = [word for word in re.split(r"[\s\-–]+", name) if word]
    if not words:
        return False
    if known:
        return True
    if not any(word[0].isupper() or word[0].islower() for word in words):
        return len(words) <= 3
    if not words[0][0].isupper() and words[0][0].isalpha():
        return False
    return all(
        word[0].isupper() or word[1:2] in "'’" or word.lower() in _SMALL or not word[0].isalpha() for word in words
    )


def _city_at_end(raw: str, offset: int) -> PlaceName | None:
    """A headline, a byline or a label was glued in front: the place is the known city it ends with."""
    words = raw.split(" ")
    for count in (4, 3, 2, 1):
        if count < len(words) or count == 1:
            name = " ".join(words[-count:])
            if name[:1].isupper() and city_country(name):
                return PlaceName(
                    name, city_country(name), city=True, sure=True, glued=True, offset=offset + raw.rfind(name)
                )
    return None
