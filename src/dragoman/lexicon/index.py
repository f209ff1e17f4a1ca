"""Which concepts a text speaks of. Pure.

One table a language: the stems of a term and who has it; one stem stands for itself, several as a tuple. The stem that terms
begin with, and the first two, say how many words the longest of them has: a word that begins none costs one look, one that
begins many (*la*) two. What a stemmer finds is looked at again where it is one word alone (`inflection`); the verdict on a word is remembered.

Chinese is looked up by its signs: a term counts where it begins and ends with words of the text, however it would be cut alone.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from sys import intern

from msgspec import Struct

from dragoman.lexicon.concepts import LANGUAGES, Concept, concepts
from dragoman.lexicon.inflection import is_common, is_form
from dragoman.text.analyse import Term, analyse, forgetful_stems
from dragoman.text.analyse import words as words_of

_BY_CAPITALS = 5  # letters: names up to this length that stand in capitals are found in capitals only
_OWNERS = 1 << 20
"""An entry is one number: how many words the longest term has that begins so, times this, and who has the term itself."""
_TWO = 2 * _OWNERS
_HEAD = 2
"""Signs of a Chinese term by which its lengths are found; one sign alone is looked up where it is a word."""
_LONGEST = 200  # signs: words that stand farther apart are no term
_REMEMBERED = 4096
"""Verdicts that are kept, about half a megabyte."""

_Spot = tuple[int, int, Sequence[Concept]]
"""Number of the first word, of the last, and whose term it is."""


class Found(Struct, frozen=True, gc=False):
    """A concept that a text speaks of, from `start` to `end` in code points."""

    concept: Concept
    start: int
    end: int


def found(text: str, language: str, words: list[Term] | None = None) -> list[Found]:
    """The concepts `text` speaks of, in order; nothing in a language that is none of the eight. Where terms overlap, the
    longest counts. `words` is the text analysed, where that was done already."""
    tongue = language.split("-")[0]
    if tongue not in LANGUAGES:
        return []
    words = analyse(text, tongue) if words is None else words
    spotted = _in_signs if tongue == "zh" else _in_words
    return [
        Found(one, words[first].start, words[last].end)
        for first, last, known in spotted(_index(tongue), text, words)
        for one in known
    ]


_Key = str | tuple[str, ...]


class _Index:
    """`entries` by the stems of a term, `lengths` (Chinese) by the first signs, the longest first. Owner 0 is nobody; then
    come the concepts by their place; then the rows of `shared`, terms of several concepts."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.concepts = tuple(concepts().values())
        self.entries: dict[_Key, int] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.shared: list[tuple[Concept, ...]] = []
        self._known: dict[str, tuple[Concept, ...]] = {}

    def known(self, entry: int, written: str, size: int) -> tuple[Concept, ...]:
        """Whose term this entry is, of `size` words, as it is `written`."""
        known = self._known.get(written)
        return self._judged(entry % _OWNERS, written, size) if known is None else known

    def _judged(self, owner: int, written: str, size: int) -> tuple[Concept, ...]:
        if not owner or len(written) > _LONGEST:
            return ()
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        shared = owner - len(self.concepts) - 1
        row = self.shared[shared] if shared >= 0 else (self.concepts[owner - 1],)
        known = self._known[written] = tuple(one for one in row if self._is_term(one, written, size))
        return known

    def _is_term(self, one: Concept, written: str, size: int) -> bool:
        if self.language == "zh":
            return True
        terms = [term for term in one.terms_in(self.language) if len(list(words_of(term))) == size]
        in_capitals = [term for term in terms if term.isupper() and len(term) <= _BY_CAPITALS]
        if any(term.rstrip(".") == written for term in in_capitals):
            return True
        others = [term for term in terms if term not in in_capitals]
        if size > 1:
            return bool(others)
        if one.kind == "concept" and not one.subjects and self.language != "en":  # verbs of reporting
            return bool(others) and not is_common(written, self.language)
        return any(is_form(written, term, self.language) for term in others)


def _in_words(index: _Index, text: str, words: list[Term]) -> Iterator[_Spot]:
    stems = [word.stem for word in words]
    entry_of, behind, last = index.entries.get, 0, len(stems) - 1
    for at, entry in enumerate(map(entry_of, stems)):
        if entry is None or at < behind:
            continue
        longest = entry_of((stems[at], stems[at + 1]), _OWNERS) // _OWNERS if entry >= _TWO and at < last else 1
        if longest == 1 and not entry % _OWNERS:
            continue  # most: words with which only longer terms begin, and none of them does here
        for size in range(min(longest, last + 1 - at), 0, -1):
            term = entry_of(tuple(stems[at : at + size])) if size > 1 else entry
            if term and (known := index.known(term, text[words[at].start : words[at + size - 1].end], size)):
                yield at, at + size - 1, known
                behind = at + size
                break


def _in_signs(index: _Index, text: str, words: list[Term]) -> Iterator[_Spot]:
    stems = [word.stem for word in words]
    line = "".join(stems)
    ends = list(accumulate(map(len, stems)))
    ending = dict(zip(ends, range(len(ends)), strict=True))
    sizes_of, entry_of, last_of = index.lengths.get, index.entries.get, ending.get
    next_start = behind = 0
    for at, end in enumerate(ends):
        start, next_start = next_start, end
        if start < behind:
            continue
        sizes = sizes_of(line[start : start + _HEAD], ())
        for size in (*sizes, 1) if end - start == 1 else sizes:
            last = last_of(start + size, -1)
            entry = entry_of(line[start : start + size]) if last >= 0 else 0
            if entry and (known := index.known(entry, text[words[at].start : words[last].end], last - at + 1)):
                yield at, last, known
                behind = start + size
                break


@lru_cache(maxsize=len(LANGUAGES))
def _index(language: str) -> _Index:
    index = _Index(language)
    stems = forgetful_stems(language)  # remembering them would cost as much as the index
    key: Callable[[list[str]], _Key] = "".join if language == "zh" else _key
    owners: dict[_Key, list[int]] = {}
    longest: dict[_Key, int] = {}
    for number, one in enumerate(index.concepts, 1):
        for term in one.terms_in(language):
            if not (cut := [intern(stem) for stem in stems(term)]):
                continue
            known = owners.setdefault(key(cut), [])
            if number not in known:
                known.append(number)
            for head in (cut[:1], cut[:2]) if language != "zh" else ():
                longest[key(head)] = max(longest.get(key(head), 0), len(cut))
    shared: dict[tuple[int, ...], int] = {}
    for term_key, known in owners.items():
        owner = known[0]
        if len(known) > 1:
            owner = len(index.concepts) + 1 + shared.setdefault(tuple(known), len(shared))
        index.entries[term_key] = longest.pop(term_key, 0) * _OWNERS + owner
    index.shared = [tuple(index.concepts[number - 1] for number in row) for row in shared]
    index.entries |= {head: words * _OWNERS for head, words in longest.items()}
    index.lengths = _lengths(index.entries) if language == "zh" else {}
    return index


def _key(stems: list[str]) -> _Key:
    """One stem is its own key: most that are looked for are, and it need not be put in a tuple for it."""
    return tuple(stems) if len(stems) > 1 else stems[0]


def _lengths(terms: Iterable[_Key]) -> dict[str, tuple[int, ...]]:
    told: dict[str, set[int]] = {}
    for term in map("".join, terms):
        told.setdefault(term[:_HEAD], set()).add(len(term))
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    rows = {head: tuple(sorted(sizes, reverse=True)) for head, sizes in told.items()}
    return {head: same.setdefault(row, row) for head, row in rows.items()}
