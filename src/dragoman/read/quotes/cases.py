"""Whether the mention of a name can be a sentence's subject: its preposition, its possessive, its ending. Pure.

Limits: a Russian name that stands in one case alone in the whole item passes for a subject.
"""

import re
from functools import lru_cache

from dragoman.read.quotes.copy import Copy, Spot
from dragoman.read.quotes.cues import Cue
from dragoman.read.quotes.words import ARTICLE, TO

VERB_LAST = frozenset({"az", "tr", "kk"})
"""Languages whose verb ends the sentence, and whose names take endings."""
_ENDINGS = re.compile(r"^(?:а|у|ом|ым|е|ой|ому|ого|ы|ю|я|и|ей|ем|ь?ю)$")
_SUFFIX = re.compile(
    r"(?:[oe]v|yev|[oe]va|l[iıuü]|zad[əe]|oğlu|qızı|ski)"
    r"(?:n?[iıuü]n|y?ə|n?[iıuü]|d[əa]n?|l[əa]|ya)$|['’-](?:n?[ıiuü]n|[yn]?[aəıiuü]|s[ıiuü]|d[aə]n?|l[aə])$"
)
_OWN = ("'s", "’s")
_ROLE_WORDS = 8
"""Words of a role between a preposition and its name that are gone over."""
_JOINED = re.compile(r"['’-][a-zəıöüğşç]")
"""An ending written to a name: NATO-nun, Türkiye'nin."""
_WITHOUT_SUBJECT = {
    "en": re.compile(r"ing$"),
    "ru": re.compile(r"(?:[аяеиуы]в|[ая]я|ря)$"),
    "fr": re.compile(r"ant$"),
    "es": re.compile(r"ndo$"),
    "az": re.compile(r"[əa]r[əa][kq]$"),
    "tr": re.compile(r"[ea]r[ea]k$"),
    "ar": re.compile(r"^[موقلد].*(?:[اً]|ً|اً|ًا|ة|ةً|ين)$"),
}
"""Forms that have no subject of their own: adding, добавив, مضيفا."""


def is_object(copy: Copy, spot: Spot) -> bool:
    """Does a preposition, a possessive or an ending show that `spot` is no subject? Asked often, told once."""
    known = copy.objects.get(spot.start)
    if known is None:
        known = copy.objects[spot.start] = _is_object(copy, spot)
    return known


def _is_object(copy: Copy, spot: Spot) -> bool:
    following = copy.text[spot.end : spot.end + 2]
    if following in _OWN or following[:1] == "的" or (following[:1] == "-" and following[1:].isupper()):
        return True
    if copy.language in VERB_LAST:
        return (
            bool(_SUFFIX.search(copy.text[spot.start : spot.end]))
            or bool(_JOINED.match(copy.text, spot.end))
            or bool(copy.flags[copy.word_at(spot.end)] & TO)
        )
    if spot.name.kind == "person" and copy.language in ("ru", "uk") and _is_oblique(copy, spot):
        return True
    return _behind_preposition(copy, spot)


def _is_oblique(copy: Copy, spot: Spot) -> bool:
    """Does the mention's last word stand in another case than the subject's, as the other mentions show?"""
    shown = _last_word(copy.text[spot.start : spot.end])
    usual = copy.usual.get(id(spot.name))
    if usual is None:
        forms = {_last_word(mention.text) for mention in spot.name.mentions} | {_last_word(spot.name.text)}
        usual = min(forms, key=lambda form: (len(form), form[-1:] not in ("а", "я"), form))
        copy.usual[id(spot.name)] = usual
    if shown == usual or usual[:3] != shown[:3]:
        return False
    return any(_ENDINGS.match(shown.removeprefix(stem)) for stem in (usual, usual[:-1]))


def _behind_preposition(copy: Copy, spot: Spot) -> bool:
    """ "with Putin", "with the president, Putin", "with President Putin" """
    number = copy.word_at(spot.start) - 1
    flag = copy.flags[number]
    if not flag & (TO | ARTICLE) and not spot.name.role and copy.language != "de":
        return False  # most names: nothing to go over, and no preposition
    role, heads = _role_words(spot.name.role)
    for word in range(number, max(number - _ROLE_WORDS, -1), -1):
        if copy.text[copy.ends[word] : copy.starts[word + 1] if word < number else spot.start].strip(".-’'"):
            return False
        small, flag = copy.small[word], copy.flags[word]
        in_role = small in role
        if flag & TO and not in_role:
            return True
        if not (in_role or flag & ARTICLE or (len(small) > 3 and small[:4] in heads)):
            return spot.name.kind == "organisation" and copy.language == "de" and small in ("dem", "den")
    return False


@lru_cache(maxsize=4096)
def _role_words(role: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of `role` in small letters, and the beginning of each."""
    small = frozenset(word.lower().strip(".,") for word in role.split())
    return small, frozenset(word[:4] for word in small)


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1] if text.strip() else ""


def has_no_subject(copy: Copy, cue: Cue) -> bool:
    return _is_without_subject(copy.language, copy.small[cue.last])


@lru_cache(maxsize=4096)
def _is_without_subject(language: str, verb: str) -> bool:
    form = _WITHOUT_SUBJECT.get(language)
    return bool(form and form.search(verb.lstrip("وف") if language == "ar" else verb))
