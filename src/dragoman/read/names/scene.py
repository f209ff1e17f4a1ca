"""A text laid out for the finders: its words with what each may be, the places, the organisations the lexicon knows. Pure."""

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property, lru_cache

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names import german
from dragoman.read.names.words import (
    FAMED,
    GIVEN,
    HEAD,
    LOW_HEAD,
    MODIFIER,
    OPENER,
    ROLE,
    TAIL,
    beginnings,
    classes,
    famed,
    forms,
    given_forms,
)
from dragoman.read.subjects.tree import top
from dragoman.text.fold import fold

_QUOTES = " \t\u00a0\"'«“„‹‘‚(—–-‐•*[»”’"
QUOTES = {"«": "»", "“": "”", "„": "“”", '"': '"', "‹": "›", "‘": "’"}
"""Opening quotation marks and what closes them."""
_CHECKED = GIVEN | FAMED | TAIL | ROLE | HEAD | LOW_HEAD | OPENER
_FEW_ENDINGS = frozenset({"en", "fr", "es"})
"""Languages whose nouns have hardly any endings: a word is what it is as it stands."""
_AGENT = re.compile(r"(?:olog(?:ist|ue|o|a|e|in)|олог(?:а|у|ом|и|ов)?|ographer|ographe|ógraf[oa])s?$")
_NO_GAPS = ("\n",) * 4
"""Behind the last word, and before the first: place -1 is the last of them."""
_SPORT = "15000000"
_DATELINE = 120
"""Characters in which a dash may still part a dateline that nobody has read from its body."""
_PLACES = frozenset({"country", "region", "city"})


class Scene:
    """One text, laid out once. Words are told by their place in `words`."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.document = document
        self.text = document.text
        self.language = document.language
        self.words = words = document.words
        self.length = len(words)
        text = document.text
        known = classes(document.language).get
        raw = [known(word.stem, 0) for word in words]
        self.flags = [
            flag if not flag & _CHECKED else checked(self.language, flag, text[word.start : word.end])
            for flag, word in zip(raw, words, strict=True)
        ]
        self.starts = [word.start for word in words]
        self.capital = [text[start].isupper() for start in self.starts]
        ends = [word.end for word in words]
        self.gaps = [text[end:start] for end, start in zip(ends, self.starts[1:], strict=False)]
        self.gaps += [text[ends[-1] : ends[-1] + 3] + "\n" if words else "\n", *_NO_GAPS]
        self._roles: dict[int, bool] = {}
        self.placed = self._placed(so_far)
        self._mark_offices()

    def _placed(self, so_far: Reading) -> dict[int, int]:
        """The words that places are made of: the first of each, and the one after its last."""
        spans = [(one.start, one.end) for place in so_far.places for one in place.mentions]
        spans += [(one.start, one.end) for one in self.document.terms if one.concept.kind in _PLACES]
        found: dict[int, int] = {}
        for start, end in spans:
            first = bisect_left(self.starts, start)
            found[first] = max(found.get(first, 0), bisect_left(self.starts, end))
        return found

    def _mark_offices(self) -> None:
        """Every word of "minister of foreign affairs" is part of an office, but for the name in "Pope Leo"."""
        for one in self.document.terms:
            if one.concept.kind == "office":
                first = bisect_left(self.starts, one.start)
                places = range(first, bisect_left(self.starts, one.end))
                has_body = any(self.capital[at] and self.flags[at] & HEAD for at in places)
                for at in places:
                    # «presidenta de la Comisión Europea»: the body in the office is a name of its own
                    if not (has_body and self.capital[at]) or self.language == "de" or self.flags[at] & MODIFIER:
                        self.flags[at] |= ROLE if not self.flags[at] & GIVEN else 0

    @cached_property
    def is_sport(self) -> bool:
        """Is the item about sport, by the lexicon's terms?"""
        told = {
            one.concept.id for one in self.document.terms if any(top(code) == _SPORT for code in one.concept.subjects)
        }
        return len(told) > 2

    @cached_property
    def in_place(self) -> frozenset[int]:
        """Every word that is part of a place."""
        return frozenset(each for first, end in self.placed.items() for each in range(first, end))

    @cached_property
    def opened(self) -> list[tuple[int, str]]:
        """The capitals behind an opening quotation mark, and the mark."""
        found = []
        for at in self.capitals:
            gap = self.gaps[at - 1] if at else self.text[: self.starts[0]]
            if gap[-1:] in QUOTES and not (gap[-1:] == '"' and gap[:1] == '"'):
                found.append((at, gap[-1]))
        return found

    @cached_property
    def low(self) -> frozenset[str]:
        """The stems that the text also writes small: they are common words."""
        return frozenset(word.stem for word, capital in zip(self.words, self.capital, strict=True) if not capital)

    @cached_property
    def capitals(self) -> list[int]:
        """The words that begin with a capital."""
        return [at for at, capital in enumerate(self.capital) if capital]

    @cached_property
    def often(self) -> Counter[str]:
        """How often each stem begins with a capital."""
        return Counter(self.words[at].stem for at in self.capitals)

    @cached_property
    def begins(self) -> frozenset[int]:
        """Where sentences begin."""
        return frozenset(start for start, _ in self.document.sentences)

    def said(self, place: int) -> str:
        """The word as it stands."""
        word = self.words[place]
        return self.text[word.start : word.end]

    def gap(self, place: int) -> str:
        """What stands between a word and the next; a line break at the ends of the text."""
        return self.gaps[place] if place >= -1 else "\n"

    def is_head(self, place: int) -> bool:
        """Is the word the head of an organisation's name?"""
        return bool(self.flags[place] & (HEAD | LOW_HEAD)) and place not in self.in_place

    def flag(self, place: int) -> int:
        return self.flags[place] if 0 <= place < self.length else 0

    def opens(self, place: int) -> bool:
        """Is the word the first of its sentence, or of what is quoted?"""
        start = self.starts[place]
        if start in self.begins or place == 0:
            return True
        gap = self.gap(place - 1)
        if (start < _DATELINE and gap[-3:] in (" - ", " – ", " — ")) or gap == "\n":
            return True
        bare = gap.rstrip(_QUOTES)
        return bare[-1:] in {".", "!", "?", "…", ":", "\n"} or start - 1 in self.begins or start - 2 in self.begins

    def is_role(self, place: int) -> bool:
        """Is the word an office or occupation? German makes them up as it goes."""
        if not 0 <= place < self.length:
            return False
        flag = self.flags[place]
        if flag & ROLE:
            return True
        if place not in self._roles:
            self._roles[place] = self._may_be_role(place, flag)
        return self._roles[place]

    def _may_be_role(self, place: int, flag: int) -> bool:
        if len(self.words[place].stem) > 5 and _AGENT.search(self.said(place)):
            return True
        if self.language != "de" or not self.capital[place] or flag & GIVEN:
            return False
        return german.is_role(self.said(place))


@lru_cache(maxsize=16_000)
def checked(language: str, flag: int, said: str) -> int:
    """`flag` without what the word is by its stem alone."""
    folded = fold(said)
    if not said[0].isupper():
        flag &= ~(GIVEN | FAMED)
    if flag & GIVEN and not _is_given(folded):
        flag &= ~GIVEN  # Мэр is not Мэри
    elif flag & FAMED and not _begins_in(folded, famed(), max(3, len(folded) - 3)):
        flag &= ~FAMED
    if flag & TAIL and folded not in forms(language, TAIL):
        flag &= ~TAIL
    if flag & OPENER and language in _FEW_ENDINGS and folded not in forms(language, OPENER):
        flag &= ~OPENER  # Environnement is not environ
    for kind in (ROLE, HEAD | LOW_HEAD):
        if flag & kind and not _is_form(language, folded, kind):
            flag &= ~kind
    return flag


def _is_given(folded: str) -> bool:
    """Is it a given name in any case: with up to three letters behind it, or another vowel at its end?"""
    names, bases = given_forms()
    sizes = range(max(2, len(folded) - 3), len(folded) + 1)
    return any(folded[:size] in names for size in sizes) or any(folded[:size] in bases for size in sizes[:-1])


def _is_form(language: str, folded: str, kind: int) -> bool:
    if language in _FEW_ENDINGS:
        known = forms(language, kind)
        return folded in known or folded[:-1] in known or folded[:-2] in known
    return _begins_in(folded, beginnings(language, kind), 3)


def _begins_in(folded: str, known: frozenset[str], least: int) -> bool:
    return any(folded[:size] in known for size in range(least, len(folded) + 1))
