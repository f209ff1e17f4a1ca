"""Whether the mention of a name can be a sentence's subject: its preposition, its possessive, its ending. Pure.

Limits: a Russian name that stands in one case alone in the whole item passes for a subject.
"""

import re

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
    if following in ("'s", "’s") or following[:1] == "的" or (following[:1] == "-" and following[1:].isupper()):
        return True
    if copy.language in VERB_LAST:
        return (
            bool(_SUFFIX.search(copy.text[spot.start : spot.end]))
            or bool(_JOINED.match(copy.text, spot.end))
            or bool(copy.flags[copy.word_at(spot.end)] & TO)
        )
    return _is_oblique(copy, spot) or _behind_preposition(copy, spot)


def _is_oblique(copy: Copy, spot: Spot) -> bool:
    """Does the mention's last word stand in another case than the subject's, as the other mentions show?"""
    if copy.language not in ("ru", "uk") or spot.name.kind != "person":
        return False
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
    if not copy.flags[number] & (TO | ARTICLE) and not spot.name.role and copy.language != "de":
        return False  # most names: nothing to go over, and no preposition
    role = copy.role_words(spot.name)
    for back in range(_ROLE_WORDS):
        word = number - back
        if word < 0 or copy.text[copy.words[word].end : copy.starts[word + 1] if back else spot.start].strip(".-’'"):
            return False
        small = copy.small[word]
        if copy.flags[word] & TO and small not in role:
            return True
        in_role = small in role or (len(small) > 3 and any(one[:4] == small[:4] for one in role))
        if not in_role and not copy.flags[word] & ARTICLE:
            return spot.name.kind == "organisation" and copy.language == "de" and small in ("dem", "den")
    return False


def _last_word(text: str) -> str:
    return text.rsplit(None, 1)[-1] if text.strip() else ""


def has_no_subject(copy: Copy, cue: Cue) -> bool:
    form = _WITHOUT_SUBJECT.get(copy.language)
    if form is None:
        return False
    return bool(form.search(copy.small[cue.last].lstrip("وف") if copy.language == "ar" else copy.small[cue.last]))
