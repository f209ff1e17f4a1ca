"""What the form of a word tells of it: an occupation, a surname, an acronym, in German the kind of noun. Pure."""

import re

from dragoman.read.names import german
from dragoman.read.names.words import (
    ACRONYM,
    AGENT,
    BRAND,
    CAPITAL,
    GIVEN,
    HEAD_END,
    KIND_END,
    NOT_ALONE,
    NOUN_END,
    SON_OF,
    SURNAME_END,
    fold_word,
)

_AGENT = re.compile(r"(?:olog(?:ist|ue|o|a|e|in)|олог(?:а|у|ом|и|ов)?|ographer|ographe|ógraf[oa])s?$")
_SURNAME = re.compile(
    r"(?:[oe]v|[oe]va|[oe]vs|[oe]ff|[iy]ev|[iy]eva|zad[eə]|zada|oglu|qizi|enko|[a-z]ski|[a-z]sky|sk[iy]y|skaya|skij"
    r"|wicz|vich|[a-z]{2}yan|[a-z]{2}ian|shvili|schwili|chvili|adze|idze|ic|sson|[a-z]{2}sen|stein|berg|baum|mann|inho"
    r"|puram|kumar|opoulos|akis|idis|escu|quist|qvist|[a-z]{2}ez|eiro|ava|uri|eli|iani"
    r"|[а-я]{2,}(?:ов|ев|ин|ын|ский|цкий|ской|цкой|енко|ук|юк|чук|ян|янц|швили|дзе|заде|оглу|вич|ич|сон|берг|штейн|ман"
    r"|ова|ева|ина|ская|цкая)(?:[ауые]|ым|ом|ой|ого|ому|им|ую|ем)?)$"
)
_RUSSIAN_BODY = re.compile(
    r"(?:рос|мин|гос|бел|каз|уз|укр|аз|сев|мос|глав|газ|нац|центр|евро|ген)[а-я]*?"
    r"(?:надзор|стат|банк|фин|обороны|здрав|юст|энерго|транс|газ|нефть|авиа|космос|атом|рыболовств|имущества|туризм"
    r"|связь|почта|потреб|аккредитаци|лесхоз|природ|образовани|культуры|спорт|торг|экономик|развити|прокуратур"
    r"|комисси|парламент|штаб|совет|дум|музей|гидромет)[а-я]{0,3}$"
)
"""Bodies that are called by a word put together: Минобороны, Росстат."""
_SON_OF = frozenset({"oğlu", "qızı", "оглы", "кызы", "гызы", "оглу"})
_DIGIT = re.compile(r"\d")
_GERMAN_ENDS = {"head": HEAD_END, "kind": KIND_END, "noun": NOUN_END}


def by_form(language: str, flag: int, said: str, stem: str) -> int:
    """The classes of the word `said` by its form; `flag` has those by its stem. German makes words up as it goes."""
    capital = said[0].isupper()
    found = AGENT if len(stem) > 5 and _AGENT.search(said) else 0
    if capital:
        found |= CAPITAL | (SURNAME_END if _SURNAME.search(fold_word(said)) else 0)
    if len(said) < 3 or said.isupper() or _DIGIT.search(said):
        found |= NOT_ALONE
    if language == "ru" and capital and len(said) > 5 and _RUSSIAN_BODY.match(said.lower()):
        found |= BRAND
    if said in _SON_OF:
        found |= SON_OF
    if language == "de" and capital:
        if not flag & GIVEN and german.is_role(said):
            found |= AGENT
        found |= sum(kind for end, kind in _GERMAN_ENDS.items() if german.ends_as(end, said))
    if 3 <= len(said) <= 6 and said.isupper() and said.isalpha():
        found |= ACRONYM
    return found
