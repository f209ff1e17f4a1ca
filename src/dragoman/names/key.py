"""A name's key: the same in every script and spelling, most times; for joining and looking up. Pure.

    Heydar Aliyev · Гейдара Алиева · Heydər Əliyev · حيدر علييف · 盖达尔·阿利耶夫   →   KTL-L(V)

Each word becomes its consonants' classes (`sounds`), taken in no order; honorifics, legal forms, particles, fathers' names
and case endings are left out. What the lexicon or the names file knows has its id as key, whatever it is called.
A key is for finding candidates: `compare` decides among those that share one.

Limits: short words share keys easily (Lee, Li, Leo). Kazakh, Armenian, Georgian, Greek and Hebrew by a letter's usual sound.
"""

from functools import lru_cache

from dragoman.names.forms import NamesFile
from dragoman.names.forms_of import father, nominatives
from dragoman.names.known import known
from dragoman.names.letters import romanised
from dragoman.names.parts import Word, parts
from dragoman.names.sounds import first_sound, skeleton

_LONGEST = 8
"""Classes kept of a word: beyond, endings and Chinese shortening differ."""


def name_key(text: str, language: str = "", kind: str = "", names: NamesFile | None = None) -> str:
    """The key of a name: an id after ``=`` where names file or lexicon know it, else skeletons joined by ``-`` in
    alphabetical order; ``""`` where `text` has no letter."""
    if names is not None and (entry := names.find(text, language)):
        return f"={entry.id}"
    return _key(text, language, kind if kind in ("person", "organisation") else "")


@lru_cache(maxsize=20_000)
def _key(text: str, language: str, kind: str) -> str:
    taken = parts(text, language, kind)
    if kind != "person" and (ids := known(taken.folded)):
        return f"={ids[0]}"
    told = [word for word in taken.words if not word.father]
    if len(told) > 2 and kind != "organisation":
        told = [word for word in told if not father(word.plain)] or told
    keys = sorted({key for word in told if (key := _word_key(word))})
    return "-".join(keys)


def _word_key(word: Word) -> str:
    if not word.plain:
        return word.text if word.number else ""
    forms = nominatives(word.plain, word.script, word.other != "")
    plain = forms[0] if forms and len(word.plain) > 4 else word.plain
    latin = romanised(plain if not word.other or forms else word.other, word.script)
    return skeleton(latin)[:_LONGEST] or first_sound(latin)
