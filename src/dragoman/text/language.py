"""Which language a text is in: script first, then the letter runs of its words, its small words and a classifier. Pure.

A script of one language settles it. Of the languages the tables of ``text.grams`` know, those of the newsroom, each word
says how likely it is in each; languages beyond are believed where letters, small words and CLD2 together say so clearly.
Nobody knows (``und``) is an answer: for signs and figures, for garbled text, for letters that are no word of ours.

Identifiers are plain functions in a table: a neural one can take the place of the lexical one. Nothing is downloaded.

Limits: a name or a word that several languages have (az/tr, ru/bg, en/fr) is given to the likelier, with a confidence that
says so; a few words in a language of none of our tables may be given to a neighbour; a text that changes language is
given the language of its first five hundred characters, or thousand (``text.passages`` tells the others).
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from math import exp, log
from unicodedata import normalize

from msgspec import Struct

from dragoman.text.cleaning import clean
from dragoman.text.grams import weigh
from dragoman.text.script import in_script, scripts
from dragoman.text.tongues import ONE_LANGUAGE_SCRIPTS, USUAL
from dragoman.text.votes import LONG, TOLD, plain_language, votes

UNKNOWN = "und"
NEWSROOM = ("az", "en", "ru", "fr", "de", "es", "ar", "zh", "tr", "uk", "fa", "hy", "ka", "kk")
"""The languages that copy comes in; which a few words are first thought to be in."""
_GLANCE = 500  # characters that show whether a declared language is the right one, or that it is plain
_SAMPLE = 1000  # characters: more makes the answer slower, not better
_ENOUGH = 20  # words whose letter runs are looked at
_SMALL_WORDS = 2
_NAMES = 0.25
"""What a word in capitals is worth beside so many that begin small."""
_VOWELS = {
    "Latin": re.compile("[aeiouyəıàáâãäåæèéêëìíîïòóôõöøùúûüýœāăąēęěīőūůű]"),
    "Cyrillic": re.compile("[аеёиоуыэюяєіїәөүұў]"),
}
_ODD = 6  # letters of a word to each that is different: beyond it is one letter over and over
_SURE = 0.9
_MOST, _ALL = 85, 97
"""Hundredths of a glance that must be in a language: in the one that is declared, and in one that nobody declared."""
_DOUBTED = 0.85
"""The most that letter runs are believed against the votes; too little to overrule what a sender declares."""
_BEYOND, _BEYOND_LONG = 0.6, 0.5
"""How sure the votes must be of a language that no table knows, in a short text and in a long one."""
_GUEST = log(20)
"""How much likelier a language of the newsroom is than another that a table knows, before a word was read."""
_NO_BETTER = 0.3
"""A chance that says nothing; of eight languages each has 0.12 before a word was read."""
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_GARBLED = re.compile("[\u00c2-\u00d9\u00e2][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]|\ufffd")
_SHARE_GARBLED = 8  # signs to one that is garbled
_NO_NEWS = frozenset({UNKNOWN, "la"})
"""Nobody's copy is in Latin; printers' dummy text is."""
_ALIASES = {
    "aze": "az", "azerbaijani": "az", "eng": "en", "english": "en", "rus": "ru", "russian": "ru", "fra": "fr",
    "fre": "fr", "french": "fr", "deu": "de", "ger": "de", "german": "de", "spa": "es", "spanish": "es", "ara": "ar",
    "arabic": "ar", "zho": "zh", "chi": "zh", "chinese": "zh", "tur": "tr", "turkish": "tr", "cn": "zh", "iw": "he",
    "in": "id", "mul": "und", "zxx": "und", "zh-cn": "zh-CN",
}  # fmt: skip


class Language(Struct, frozen=True):
    """`tag` is BCP 47, ``und`` where nobody knows; `confidence` is 0 to 1."""

    tag: str
    confidence: float


Identifier = Callable[[str, tuple[str, ...]], Language]


def identify(text: str, declared: str = "", candidates: Iterable[str] = (), *, by: str = "lexical") -> Language:
    """The language of `text`. `declared` wins unless the text itself clearly says otherwise.

    `candidates` (primary tags) restrict the answer where the choice is open, without them those of `think_of`; `by` names
    the identifier.
    """
    said, allowed = known_tag(declared), tuple(candidates) or _thought_of[0]
    primary = said.split("-")[0]
    if said and _is_plainly(primary, text[:_GLANCE]):
        return Language(said, 0.95)
    if not said and by == "lexical" and (tag := _unmistakable(text[:_GLANCE])) and (not allowed or tag in allowed):
        return Language(tag, 0.99)
    if said and allowed and primary not in allowed:
        allowed = (*allowed, primary)  # what a sender declares is thought of as well
    found = IDENTIFIERS[by](text[: _SAMPLE * 2], allowed)
    if not said:
        return found
    if found.tag == primary:
        return Language(said, max(found.confidence, 0.9))
    if found.tag in _NO_NEWS or found.confidence < 0.9 or are_near(primary, found.tag):
        return Language(said, 0.7)
    return found


_thought_of: list[tuple[str, ...]] = [()]


def think_of(languages: Iterable[str]) -> None:
    """From now on, in this process and its forks, `identify` thinks of these languages alone; of any without one.

    Raises:
        ValueError: nobody here can tell this language, or it is no primary tag.
    """
    wanted = tuple(dict.fromkeys(languages))
    if unknown := [one for one in wanted if one not in TOLD]:
        raise ValueError(unknown[0])
    _thought_of[0] = wanted


@lru_cache(maxsize=512)
def known_tag(declared: str) -> str:
    """`declared` as a BCP 47 tag, or an empty string where it is not one (`en_us` → `en-US`, `Russian` → `ru`)."""
    tag = declared.strip().replace("_", "-").lower()
    tag = _ALIASES.get(tag, tag)
    if tag == UNKNOWN or not _TAG.match(tag):
        return ""
    primary, *rest = tag.split("-")
    shaped = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest]
    return "-".join([_ALIASES.get(primary, primary), *shaped])


def _is_plainly(declared: str, text: str) -> bool:
    """Is `text`, at a glance, in the language it is said to be in? The usual case, and worth being quick about."""
    tag, share = plain_language(text)
    return tag == declared and share >= _MOST


def _unmistakable(text: str) -> str:
    """The language of the newsroom that all of a text of some length is in, as CLD2 sees it; empty where that is not sure,
    and votes must be counted."""
    if len(text) < _GLANCE or _is_garbled(text):
        return ""
    tag, share = plain_language(text)
    return tag if tag in NEWSROOM and share >= _ALL else ""


def lexical(text: str, candidates: tuple[str, ...] = ()) -> Language:
    """By script, by the letter runs of words, and by votes of letters, small words and CLD2; no model beyond what is
    bundled. Without `candidates` the languages of the newsroom come first, all others that can be told after them."""
    sample = _sample(text)
    counts = _letters(sample)
    if not counts or _is_garbled(sample):
        return Language(UNKNOWN, 0.0)
    if settled := _by_script(counts):
        return settled
    script = max(counts, key=lambda name: counts[name])
    written = _WORD.findall(sample.replace("İ", "I"))
    words = [word.lower() for word in written]
    found = votes(sample, words, script)
    voted = _winner({tag: vote for tag, vote in found.items() if not candidates or tag in candidates}, script)
    if len(words) >= LONG and voted.confidence >= _SURE:
        return voted
    known = _runs_say(written[:_ENOUGH], script)
    if not known and script in _VOWELS:
        return Language(UNKNOWN, 0.0)
    return _weighed(known, voted, candidates, len(words))


def _runs_say(written: list[str], script: str) -> dict[str, float]:
    """What the letter runs of the words of `script` say. Beside words that begin small the others count little: names are
    often foreign ones. Letters without a vowel, or one letter over and over, are no words."""
    own = [word for word in written if in_script(word, script)]
    words = [word.lower() for word in own]
    vowels = _VOWELS.get(script)
    if vowels and not any(vowels.search(word) and len(word) < _ODD * len(set(word)) for word in words):
        return {}
    said = weigh(words, script)
    small = [word for word in own if word[0].islower()]
    if len(small) < _SMALL_WORDS or len(small) == len(own):
        return said
    return {tag: weight + _NAMES * (said[tag] - weight) for tag, weight in weigh(small, script).items()}


def _weighed(known: dict[str, float], voted: Language, candidates: tuple[str, ...], words: int) -> Language:
    """The likeliest of the languages `known` by their letter runs, unless the votes are clearly for one that is not."""
    allowed = {
        tag: weight - (0.0 if candidates or tag in NEWSROOM else _GUEST)
        for tag, weight in known.items()
        if not candidates or tag in candidates
    }
    if not allowed or (voted.tag not in known and voted.confidence >= (_BEYOND if words < LONG else _BEYOND_LONG)):
        return voted
    tag = max(allowed, key=lambda one: (allowed[one], one))
    best = max(*known.values(), allowed[tag])
    chance = exp(allowed[tag] - best) / sum(exp(allowed.get(one, weight) - best) for one, weight in known.items())
    if chance < _NO_BETTER:
        return Language(UNKNOWN, 0.0)
    return Language(tag, round(min(0.99 if voted.tag == tag else _DOUBTED, chance), 3))


def _sample(text: str) -> str:
    text = normalize("NFC", clean(text[: 2 * _SAMPLE]))
    if "@" in text or "http" in text or "www." in text:
        text = _ADDRESSES.sub(" ", text)
    return text[:_SAMPLE]


def _letters(sample: str) -> dict[str, int]:
    """How much of `sample` is in each script. Latin letters beside another script count half, for names of firms and films
    stand in every script's copy; a Chinese sign says about as much as two letters."""
    counts = scripts(sample[:_GLANCE])
    if "Latin" in counts and len(counts) > 1:
        counts["Latin"] = (counts["Latin"] + 1) // 2
    if "Han" in counts:
        counts["Han"] *= 2
    return counts


def _is_garbled(sample: str) -> bool:
    """Are these the bytes of one encoding read as another (Ð¿Ñ€Ð¸ for при), or what a decoder puts where it gives up?"""
    return not sample.isascii() and len(_GARBLED.findall(sample)) * _SHARE_GARBLED > len(sample)


def _by_script(counts: dict[str, int]) -> Language | None:
    total = sum(counts.values())
    kana, han = counts.get("Kana", 0), counts.get("Han", 0)
    if kana * 24 > han + kana and (kana + han) * 3 > total:
        return Language("ja", 0.98)
    for script, tag in ONE_LANGUAGE_SCRIPTS.items():
        if counts.get(script, 0) * 2 > total:
            return Language(tag, 0.98 if counts[script] > 3 else 0.7)
    return None


def _winner(found: dict[str, float], script: str) -> Language:
    """The language with the most votes; sure of it as far as there are many, and more than for the next."""
    if max(found.values(), default=0.0) < 0.4:
        return Language(USUAL[script], 0.5) if script in USUAL else Language(UNKNOWN, 0.0)
    ranked = sorted(found.items(), key=lambda vote: (-vote[1], vote[0]))
    tag, best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    weight = min(1.0, best / 8)
    return Language(tag, round(min(0.99, 0.4 + 0.35 * weight + 0.4 * (best - second) / best * weight), 3))


_NEIGHBOURS = tuple(
    frozenset(group.split())
    for group in (
        "az tr",
        "ru uk be bg",
        "es pt gl ca",
        "da no nb sv",
        "id ms",
        "sr hr bs",
        "zh ja",
        "fa ps ur",
        "kk ky tt",
    )
)


def are_near(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _NEIGHBOURS)


IDENTIFIERS: dict[str, Identifier] = {"lexical": lexical}
"""The identifiers there are, by name. Add a neural one here; it takes a text and candidates, and says how sure it is."""
