"""What the form of a word tells of it: an occupation, a surname, an acronym, in German the kind of noun. Pure."""

import re

from dragoman.read.names import german
from dragoman.read.names.words import (
    ACRONYM,
    AGENT,
    GIVEN,
    HEAD_END,
    KIND_END,
    NOUN_END,
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
_GERMAN_ENDS = {"head": HEAD_END, "kind": KIND_END, "noun": NOUN_END}


def by_form(language: str, flag: int, said: str, stem: str) -> int:
    """The classes of the word `said` by its form; `flag` has those by its stem. German makes words up as it goes."""
    capital = said[0].isupper()
    found = AGENT if len(stem) > 5 and _AGENT.search(said) else 0
    if capital and _SURNAME.search(fold_word(said)):
        found |= SURNAME_END
    if language == "de" and capital:
        if not flag & GIVEN and german.is_role(said):
            found |= AGENT
        found |= sum(kind for end, kind in _GERMAN_ENDS.items() if german.ends_as(end, said))
    if 3 <= len(said) <= 6 and said.isupper() and said.isalpha():
        found |= ACRONYM
    return found
