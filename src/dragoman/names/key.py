"""A name's key: the same in every script and spelling, most times; for joining and looking up. Pure.

    Heydar Aliyev · Гейдара Алиева · Heydər Əliyev · حيدر علييف · 盖达尔·阿利耶夫   →   KTL-L(V)

Each word becomes its consonants' classes (`sounds`), taken in no order; honorifics, legal forms, particles, fathers' names
and case endings are left out. What the lexicon or the names file knows has its id as key, whatever it is called.
A key is for finding candidates: `compare` decides among those that share one.

Limits: short words share keys easily (Lee, Li, Leo). Kazakh, Armenian, Georgian, Greek and Hebrew by a letter's usual sound.
"""

from functools import lru_cache

from dragoman.names.aligner import likely
from dragoman.names.forms import NamesFile
from dragoman.names.forms_of import father, nominatives
from dragoman.names.known import known
from dragoman.names.letters import romanised
from dragoman.names.parts import Word, parts
from dragoman.names.sounds import first_sound, skeleton
from dragoman.names.words import words

_LONGEST = 8
"""Classes kept of a word: beyond, endings and Chinese shortening differ."""
_SHORT = 4
"""Letters up to which a word is taken as it stands: an ending taken from it would leave nothing."""


def name_key(text: str, language: str = "", kind: str = "", names: NamesFile | None = None) -> str:
    """The key of a name: an id after ``=`` where names file or lexicon know it, else skeletons joined by ``-`` in
    alphabetical order; ``""`` where `text` has no letter."""
    if names is not None and (entry := names.find(text, language)):
        return f"={entry.id}"
    return _key(text, language, kind if kind in ("person", "organisation") else "")


@lru_cache(maxsize=8192)
def _key(text: str, language: str, kind: str) -> str:
    taken = parts(text, language, kind)
    if kind != "person" and (ids := known(taken)):
        return f"={ids[0]}"
    told = [word for word in taken.words if not word.father]
    if len(told) == 1 and kind != "organisation" and _is_chinese(told[0]):
        told = [Word(sign, "hani", sign) for sign in (told[0].plain[:1], told[0].plain[1:])]
    if len(told) > 2 and kind != "organisation":
        told = [word for word in told if not father(word.plain)] or told
    keys = sorted({key for word in told if (key := _word_key(word))})
    return "-".join(keys)


def _is_chinese(word: Word) -> bool:
    """A surname and a given name of one or two signs, no name from abroad."""
    return word.script == "hani" and 2 <= len(word.plain) <= 3 and word.plain[0] in words("surname-han")


def _word_key(word: Word) -> str:
    if not word.plain:
        return word.text if word.number else ""
    if word.script == "hani":
        latin = likely(word.plain, "hani") or romanised(word.plain, "hani")
    else:
        base = word.other if word.script == "latn" and word.other else word.plain
        forms = nominatives(base, word.script, word.other != "") if len(base) > _SHORT else ()
        latin = romanised(forms[0] if forms else base, word.script)
    return skeleton(latin)[:_LONGEST] or first_sound(latin)
