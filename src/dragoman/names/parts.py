"""A name taken apart: its words with their scripts, without honorifics, legal forms and particles. Pure.

Limits: a title is known by the lists of `words` alone; in Chinese a name without · stays one word.
"""

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from dragoman.names.letters import plain, script, spoken
from dragoman.names.words import endings_han, legal_phrases, words
from dragoman.text.fold import fold

LONGEST = 200
"""Signs of a name that are read: no name is longer, and a careless caller stays cheap."""
MOST_WORDS = 12
_DOTTED = re.compile(r"(?<!\w)((?:[^\W\d_][.．·]){2,})(?:[^\W\d_](?!\w))?")
_BETWEEN = re.compile(
    r"[\s\-‐‑‒–—―,;:/|\\\"«»“”„‟‹›()\[\]{}<>·・•‧．.،؛﹒∙⋅_+&!?？！。，、（）《》「」『』*#@~^=|\u200c]+"
)
_GENITIVE = re.compile(r"['’ʼ‘`´][sS](?!\w)")
_APOSTROPHE = re.compile(r"['’ʼʻ‘`´ʹʿʾ′]")
_AZ_CASE = re.compile(r"(?<=\w{3})[-'’](?:[nsy]?[ıiuü]n|[ny]?[əaıiuü]|d[əa]n?|l[aə]|t[aə]n?)(?!\w)")
_HAN_RUN = re.compile(r"([\u3400-\u9fff]+)")
_ROMAN = re.compile("[IVX]{2,5}")


class Word(Struct, frozen=True, gc=False):
    """One word of a name: as written, its script, and its plain form. `initial`: one letter stands for it.
    `other`: its second plain form, Azerbaijani as English spells it or Arabic with its article. `father`: a patronymic by
    its mark (Heydər oğlu)."""

    text: str
    script: str
    plain: str
    other: str = ""
    initial: bool = False
    father: bool = False
    number: bool = False


class Parts(Struct, frozen=True, gc=False):
    """`words` in their order, `folded` the whole name folded; `legal` and `titles`: what was left aside."""

    words: tuple[Word, ...]
    folded: str
    legal: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@lru_cache(maxsize=8192)
def parts(text: str, language: str = "", kind: str = "") -> Parts:
    """`text` taken apart; where nothing but titles or legal forms is left, they stay."""
    text = text[:LONGEST]
    folded = " ".join(_BETWEEN.sub(" ", fold(text)).split())
    if not folded:
        return Parts((), "")
    legal: list[str] = []
    titles: list[str] = []
    cut = _GENITIVE.sub("", text)
    if language == "az" or "ə" in cut.lower():
        cut = _AZ_CASE.sub("", cut)
    cut = _DOTTED.sub(_apart if kind == "person" else _joined_or_apart, cut)
    if kind != "person":
        cut = _without_legal_phrases(cut, legal)
    raw = _split(cut, kind, titles, legal)
    kept = _kept(raw, kind, titles, legal) or raw
    made = [_word(each, language or _hint(text)) for each in kept[:MOST_WORDS]]
    return Parts(_fathers([word for word in made if word.plain or word.number]), folded, tuple(legal), tuple(titles))


def _hint(text: str) -> str:
    """The language by letters that no other of ours has: for c, q and x in the name's other words."""
    low = text.lower()
    if "ə" in low or ("ş" in low and ("q" in low or "x" in low)):
        return "az"
    return "tr" if "ğ" in low or "ı" in low else ""


def _joined_or_apart(found: re.Match[str]) -> str:
    """U.S.A. and S.A. are one word, I.H. are two: initials."""
    letters = re.sub(r"[.．·]", "", found[0])
    if len(letters) > 2 or fold(letters) in words("legal"):
        return f"{letters} "
    return _apart(found)


def _apart(found: re.Match[str]) -> str:
    return " ".join(f"{letter}." for letter in re.sub(r"[.．·]", "", found[0])) + " "


def _without_legal_phrases(text: str, legal: list[str]) -> str:
    low = fold(text)
    found = legal_phrases().search(low)
    if not found or len(low) != len(text) or len(found[0]) == len(low.strip()):
        return text
    legal.append(found[0])
    return f"{text[: found.start()]} {text[found.end() :]}"


def _split(text: str, kind: str, titles: list[str], legal: list[str]) -> list[str]:
    found: list[str] = []
    for piece in _BETWEEN.split(_APOSTROPHE.sub("", text)):
        for run in _HAN_RUN.split(piece) if not piece.isascii() else (piece,):
            if not run:
                continue
            if "\u3400" <= run[0] <= "\u9fff":
                run = _without_ending(run, "title-han", titles) if kind != "organisation" else run
                run = _without_ending(run, "legal-han", legal) if kind != "person" else run
            found.append(run)
    return found


def _without_ending(run: str, kind: str, aside: list[str]) -> str:
    for ending in endings_han(kind):
        if run.endswith(ending) and len(run) >= len(ending) + 2:
            aside.append(ending)
            return run[: -len(ending)]
    return run


def _kept(raw: list[str], kind: str, titles: list[str], legal: list[str]) -> list[str]:
    small = words("particle") if kind == "person" else words("small") | words("particle")
    kept = []
    for at, each in enumerate(raw):
        low = fold(each)
        if len(each) == 1 and each.isupper():  # an initial
            kept.append(each)
        elif kind != "person" and low in words("legal") and len(raw) > 1 and not (at == 0 and each.islower()):
            legal.append(each)
        elif kind != "organisation" and low in words("honorific") and len(raw) > 1:
            titles.append(each)
        elif low in small and at < len(raw) - 1 and (at > 0 or low in words("particle") or kind != "person"):
            continue
        else:
            kept.append(each)
    return kept


def _word(text: str, language: str) -> Word:
    of = script(text, language)
    if not of:
        digits = fold(text)
        return Word(text, "", "", number=digits.isalnum() and any(sign.isdigit() for sign in digits))
    if of == "latn" and _ROMAN.fullmatch(text):
        return Word(text, of, text.lower(), number=True)
    bare = plain(text, of)
    other = spoken(text, language) if of == "latn" else ""
    if text.startswith("ال") and len(bare) > 4:
        bare, other = bare[2:], bare
    return Word(text, of, bare, other if other != bare else "", initial=len(bare) == 1 and of != "hani")


def _fathers(found: list[Word]) -> tuple[Word, ...]:
    """Heydər Əlirza oğlu Əliyev: the father's name is marked by the word behind it, which goes."""
    marks = words("patronymic-mark")
    made: list[Word] = []
    for word in found:
        if made and fold(word.text) in marks and len(found) > 2:
            made[-1] = replace(made[-1], father=True)
        else:
            made.append(word)
    return tuple(made)
