"""Which language a text is in: script rules first, then letters, small words and a bundled classifier vote. Pure.

Identifiers are plain functions in a table: a neural one can take the place of the lexical one. Nothing is downloaded.

Limits: a few words without a letter or small word of their own may be given to a neighbour (az/tr, be/ru, id/ms) or
to nobody (``und``); a text that changes language is given its first thousand characters' language.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import pycld2
from msgspec import Struct

from dragoman.text.cleaning import clean
from dragoman.text.script import scripts
from dragoman.text.tongues import ENDINGS, LETTERS, ONE_LANGUAGE_SCRIPTS, OTHERS, STOP_WORDS, USUAL

UNKNOWN = "und"
_GLANCE = 500  # characters that show whether a declared language is the right one
_SAMPLE = 1000  # characters: more makes the answer slower, not better
_ADDRESSES = re.compile(r"https?://\S+|www\.\S+|\S+@\S+")
_UNSAFE = re.compile("[^\\S ]|[\ufdd0-\ufdef\U0001fffe\U0001ffff\u00ad]")
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{1,8})*\Z")
_LETTER_CAP = 5
_NO_NEWS = frozenset({UNKNOWN, "la"})
"""Nobody's copy is in Latin; printers' dummy text is."""
_SHORT = 30  # words: below this, the way words end is worth looking at
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

    `candidates` (primary tags) restrict the answer where the choice is open; `by` names the identifier.
    """
    said = known_tag(declared)
    if said and _is_plainly(said.split("-")[0], text[:_GLANCE]):
        return Language(said, 0.95)
    if not said and not candidates and by == "lexical" and (tag := _unmistakable(text[:_GLANCE])):
        return Language(tag, 0.97)
    found = IDENTIFIERS[by](text[: _SAMPLE * 2], tuple(candidates))
    if not said:
        return found
    primary = said.split("-")[0]
    if found.tag == primary:
        return Language(said, max(found.confidence, 0.9))
    if found.tag in _NO_NEWS or found.confidence < 0.9 or _near(primary, found.tag):
        return Language(said, 0.7)
    return found


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


def lexical(text: str, candidates: tuple[str, ...] = ()) -> Language:
    """Script rules, letters, small words and CLD2, weighed together; no model beyond what is bundled."""
    sample = _sample(text)
    counts = scripts(sample)
    if not counts:
        return Language(UNKNOWN, 0.0)
    if settled := _by_script(counts):
        return settled
    script = max(counts, key=lambda name: counts[name])
    votes = _votes(sample, script)
    allowed = {tag: vote for tag, vote in votes.items() if not candidates or tag in candidates}
    return _winner(allowed, script, counts[script])


def _sample(text: str) -> str:
    text = clean(text)
    if "@" in text or "http" in text or "www." in text:
        text = _ADDRESSES.sub(" ", text)
    return text[:_SAMPLE]


def _is_plainly(declared: str, text: str) -> bool:
    """Is `text`, at a glance, in the language it is said to be in? The usual case, and worth being quick about."""
    text = text.replace("\n", " ")
    if not (text.isascii() and text.isprintable()):
        text = _safe(text)
    try:
        reliable, _, found = pycld2.detect(text, isPlainText=True)
    except pycld2.error:
        return False
    return bool(reliable) and found[0][1].split("-")[0] == declared and found[0][2] >= 85


def _unmistakable(text: str) -> str:
    """The language of a text long enough in one that has no near neighbour; empty where votes must be counted."""
    if len(text) < _GLANCE or not text.isascii():
        return ""
    text = text.replace("\n", " ")
    try:
        reliable, _, found = pycld2.detect(text if text.isprintable() else _safe(text), isPlainText=True)
    except pycld2.error:
        return ""
    return str(found[0][1]) if reliable and found[0][1] in _ALONE and found[0][2] >= 97 else ""


def _safe(text: str) -> str:
    """`text` without the signs CLD2 stumbles over; most have none of them, which is quickly seen."""
    text = text.replace("\n", " ")
    return text if text.isprintable() else _UNSAFE.sub(" ", text)


def _by_script(counts: dict[str, int]) -> Language | None:
    total = sum(counts.values())
    kana, han = counts.get("Kana", 0), counts.get("Han", 0)
    if kana * 12 > han + kana and (kana + han) * 3 > total:
        return Language("ja", 0.98)
    # A Chinese sign says about as much as two letters: names of firms in Latin do not make a text English.
    for script, tag in ONE_LANGUAGE_SCRIPTS.items():
        share = counts.get(script, 0) * (2 if script == "Han" else 1)
        if share * 2 > total:
            return Language(tag, 0.98 if counts[script] > 3 else 0.7)
    return None


def _votes(sample: str, script: str) -> dict[str, float]:
    lowered = sample.replace("İ", "i").lower()
    votes: dict[str, float] = {}
    for letter, meanings in () if lowered.isascii() else LETTERS.get(script, {}).items():
        if count := lowered.count(letter):
            for tag, weight in meanings:
                votes[tag] = votes.get(tag, 0.0) + weight * min(count, _LETTER_CAP)
    words = _WORD.findall(lowered)
    for word in words:
        for tag in STOP_WORDS.get(word, ()):
            votes[tag] = votes.get(tag, 0.0) + 1.0
    if len(words) < _SHORT:
        for tag, endings in ENDINGS.items():
            if count := sum(word.endswith(endings) and word not in STOP_WORDS for word in words):
                votes[tag] = votes.get(tag, 0.0) + 0.8 * count
    for tag, vote in _classified(sample, len(words)).items():
        votes[tag] = votes.get(tag, 0.0) + vote
    return votes


def _classified(sample: str, words: int) -> dict[str, float]:
    """What CLD2 says, as votes; nothing where it refuses the text (it raises on some control characters)."""
    try:
        reliable, _, found = pycld2.detect(_safe(sample), isPlainText=True, bestEffort=True)
    except pycld2.error:
        return {}
    weight = (0.35 if reliable else 0.15) * min(words, 40) + 1.0
    votes = {}
    for _, code, share, score in found:
        tag = code.split("-")[0]
        if tag == "un" or not share or (words < _SHORT and tag not in ENDINGS and tag not in OTHERS):
            continue  # of a short text it likes to say Waray or Volapük
        sure = min(1.0, score / 1000) if words < 6 else 1.0
        votes[tag] = weight * sure * share / 100
    return votes


def _winner(votes: dict[str, float], script: str, letters: int) -> Language:
    if letters < 4 or max(votes.values(), default=0.0) < 0.4:
        usual = USUAL.get(script)
        return Language(usual, 0.5) if usual and letters > 3 else Language(UNKNOWN, 0.0)
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    tag, best = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    margin = (best - second) / best
    weight = min(1.0, best / 8)
    return Language(tag, round(min(0.99, 0.4 + 0.35 * weight + 0.4 * margin * weight), 3))


_ALONE = frozenset({"en", "de", "fr"})
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


def _near(one: str, other: str) -> bool:
    return any(one in group and other in group for group in _NEIGHBOURS)


IDENTIFIERS: dict[str, Identifier] = {"lexical": lexical}
"""The identifiers there are, by name. Add a neural one here; it takes a text and candidates, and says how sure it is."""
