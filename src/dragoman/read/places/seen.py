"""Which known names stand in a text, whatever they may mean there. Pure.

Words with a capital, all Arabic words and Chinese words that begin as names do are looked up; of names that overlap the
longest counts. A word that was met is remembered, with what it may be, so that most cost one look into a table.
"""

from functools import lru_cache

from msgspec import Struct

from dragoman.read.document import Document
from dragoman.read.places.cues import HAN_KINDS
from dragoman.read.places.gazetteer import Gazetteer, Named, gazetteer
from dragoman.read.places.keys import Form, fits, word_forms
from dragoman.text.fold import fold

_FIRST_HAN = "\u2e80"
_MOST_REMEMBERED = 20_000
"""Words of a language that are remembered: 3 MB for Arabic, where every word is looked at; the others fill a tenth."""
_LONGEST = 6  # words of a name
_LONGEST_HAN = 10  # signs of a Chinese name
_JOINS = frozenset((" ", "-", "–", "’", "'", ".", ". ", "\u00a0", " & "))


class Seen(Struct):
    """A name that stands in the text: which places it may be, and what speaks for it."""

    start: int
    end: int
    key: str
    meanings: tuple[Named, ...]
    first: int
    last: int
    glued: bool = False
    """A preposition is joined to it (بباكو)."""


def names_seen(document: Document, table: Gazetteer) -> list[Seen]:
    """The known names in the text, from left to right, the longest where they overlap; none within an organisation's."""
    taken, starts, said = _organisations(document), document.starts, document.said
    seen: list[Seen] = []
    last = -1
    for at in _candidates(document, table):
        if at <= last or starts[at] in taken:
            continue
        found = _han(document, at) if said[at] >= _FIRST_HAN else _name(document, at)
        if found:
            seen.append(found)
            last = found.last
    return seen


def _candidates(document: Document, table: Gazetteer) -> list[int]:
    """Which words may begin a name: those with a capital, all Arabic ones, Chinese ones that begin as names do."""
    text, starts = document.text, document.starts
    if document.language == "zh":
        return [
            at for at, start in enumerate(starts) if text[start : start + 2] in table.groups or text[start].isupper()
        ]
    known = _remembered(document.language)
    begun = [(at, word) for at, word in enumerate(document.said) if not word[0].islower() and word[0].isalpha()]
    return [at for at, word in begun if word < _FIRST_HAN and known[word] is not None]


def _organisations(document: Document) -> frozenset[int]:
    """Where words stand that belong to the name of an organisation of more than one word."""
    inside: set[int] = set()
    for term in document.terms:
        if term.concept.kind in ("organisation", "agency"):
            inside.update(range(term.start, term.end))
    return frozenset(inside)


class _FirstWord(Struct, frozen=True, gc=False):
    """What a word of a text may be: a name (its key, its meanings in the text's language, whether a preposition is joined to
    it), and the forms of it with which longer names begin."""

    key: str
    meanings: tuple[Named, ...]
    joined: bool
    longer: tuple[Form, ...]


class _Remembered(dict[str, _FirstWord | None]):
    """Words of one language that were met; most of them begin no name. What is not known is looked up."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __missing__(self, word: str) -> _FirstWord | None:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        first = self[word] = _first(word, self.language)
        return first


@lru_cache(maxsize=16)
def _remembered(language: str) -> _Remembered:
    return _Remembered(language)


def _name(document: Document, at: int) -> Seen | None:
    first = _remembered(document.language)[document.said[at]]
    if first is None:
        return None
    best = _longer(document, at, first.longer) if first.longer else None
    if best is None and first.meanings:
        word = document.words[at]
        best = Seen(word.start, word.end, first.key, first.meanings, at, at, first.joined)
    if best is None:
        return None
    if any(one.capitals for one in best.meanings) and not document.text[best.start : best.end].isupper():
        best.meanings = tuple(one for one in best.meanings if not one.capitals)
    return best if best.meanings else None


def _meant_in(language: str, meanings: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(one for one in meanings if not one.languages or language in one.languages)


def _first(surface: str, language: str) -> _FirstWord | None:
    table = gazetteer()
    alone: list[tuple[str, tuple[Named, ...], bool]] = []
    longer: list[Form] = []
    for order, (key, rest) in enumerate(word_forms(surface, language)):
        if len(key) < 2:
            continue
        if named := tuple(one for one in table.named(key) if fits(one.rest, rest)):
            alone.append((key, named, order > 0 and _joined(fold(surface), key, language)))
        if table.begins(key):
            longer.append((key, rest))
    if not alone:
        return _FirstWord("", (), False, tuple(longer)) if longer else None
    best = max(
        alone, key=lambda one: max(meaning.sure for meaning in one[1])
    )  # Londona: London's dative, not some Londo's
    key, meanings, joined = best
    return _FirstWord(key, _meant_in(language, meanings), joined, tuple(longer))


@lru_cache(maxsize=2048)
def _following(key: str) -> frozenset[str]:
    return gazetteer().following(key)


@lru_cache(maxsize=2048)
def _named(key: str) -> tuple[Named, ...]:
    return gazetteer().named(key)


@lru_cache(maxsize=1024)
def _han_names(head: str) -> tuple[str, ...]:
    """The Chinese names that begin with these two signs, the longest first."""
    names = {line.partition("\t")[0] for line in gazetteer().groups[head].split("\n")}
    return tuple(sorted((name for name in names if 1 < len(name) <= _LONGEST_HAN), key=len, reverse=True))


@lru_cache(maxsize=4096)
def _forms(surface: str, language: str) -> tuple[Form, ...]:
    return word_forms(surface, language)


def _joined(word: str, key: str, language: str) -> bool:
    """Was a preposition cut off in front of `key` (بباكو), or an ending of place behind it (Bakıda)?"""
    if language == "az":
        return word[len(key) :].startswith(("da", "də"))
    return any(letter in "بل" for letter in word[: word.find(key)].removesuffix("ال"))


def _longer(document: Document, at: int, begun: tuple[Form, ...]) -> Seen | None:
    """The longest name of several words that begins at `at`."""
    text, words, language = document.text, document.words, document.language
    best: Seen | None = None
    open_: list[tuple[str, tuple[str, ...]]] = [(key, (rest,)) for key, rest in begun]
    for last in range(at + 1, min(at + _LONGEST, len(words))):
        if text[words[last - 1].end : words[last].start] not in _JOINS:
            break
        following: list[tuple[str, tuple[str, ...]]] = []
        for form, rest in _forms(document.said[last], language):
            for key, rests in open_:
                if form not in _following(key):
                    continue
                longer, with_rest = f"{key} {form}", (*rests, rest)
                named = tuple(one for one in _named(longer) if _all_fit(one.rest, with_rest))
                if named and (best is None or best.last < last):
                    best = Seen(words[at].start, words[last].end, longer, _meant_in(language, named), at, last)
                if _following(longer):
                    following.append((longer, with_rest))
        if not following:
            break
        open_ = following[:8]
    return best


def _all_fit(own: str, said: tuple[str, ...]) -> bool:
    rests = own.split(" ")
    rests += [""] * (len(said) - len(rests))
    return all(map(fits, rests, said))


def _han(document: Document, at: int) -> Seen | None:
    """The longest name that begins with this word; one of two signs must end where a word ends."""
    text, words = document.text, document.words
    start = words[at].start
    head = text[start : start + 2]
    key = next((name for name in _han_names(head) if text.startswith(name, start)), "")
    if not key:
        return None
    end, last = start + len(key), at
    while last + 1 < len(words) and words[last].end < end:
        last += 1
    if len(key) == 2 and words[last].end != end and text[end : end + 1] not in HAN_KINDS:
        return None
    return Seen(start, end, key, _named(key), at, last)
