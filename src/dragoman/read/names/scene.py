"""A text laid out for the finders: its words with what each may be, the places, the organisations the lexicon knows. Pure."""

from bisect import bisect_left
from collections import Counter
from functools import cached_property, lru_cache
from itertools import compress
from operator import not_

from dragoman.lexicon import concepts
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.by_form import by_form
from dragoman.read.names.words import (
    BRAND,
    CAPITAL,
    FAMED,
    GIVEN,
    HEAD,
    LOW_HEAD,
    MODIFIER,
    OPENER,
    PLACED,
    ROLE,
    TAIL,
    beginnings,
    brands,
    classes,
    famed,
    forms,
    given_forms,
)
from dragoman.read.subjects.tree import top
from dragoman.text.analyse import stemmer
from dragoman.text.fold import fold

_QUOTES = " \t\u00a0\"'«“„‹‘‚(—–-‐•*[»”’"
QUOTES = {"«": "»", "“": "”", "„": "“”", '"': '"', "‹": "›", "‘": "’"}
"""Opening quotation marks and what closes them."""
JOINTS = frozenset({" ", "-", "\u00a0", " & ", "&", "/"})
"""What stands between the words of a body's name."""
_CHECKED = GIVEN | FAMED | TAIL | ROLE | HEAD | LOW_HEAD | OPENER | BRAND
_FEW_ENDINGS = frozenset({"en", "fr", "es"})
"""Languages whose nouns have hardly any endings: a word is what it is as it stands."""
_REMEMBERED = 8_000
"""Words of a language whose flags are kept."""
_BEYOND = 4
"""Places behind the last word that are looked at."""
_SPORT = "15000000"
_DATELINE = 120
"""Characters in which a dash may still part a dateline that nobody has read from its body."""
_PLACES = frozenset({"country", "region", "city"})


class Scene:
    """One text, laid out once. Words are told by their place."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.document = document
        self.text = text = document.text
        self.language = document.language
        self.starts = starts = document.starts
        self.ends = ends = document.ends
        self.stems = document.stems
        self.length = len(starts)
        self.said = document.said.copy()
        """Each word as it stands. As `flags`, `capital` and `gaps` it goes on behind the last word with what stands for none,
        which is what stands before the first, too: place -1 is the last of them."""
        self.flags = list(map(_flags_of(document.language).__getitem__, self.said))
        self.capital = [flag & CAPITAL for flag in self.flags]
        self.capitals = list(compress(range(self.length), self.capital))
        """The words that begin with a capital."""
        self.gaps = list(map(text.__getitem__, map(slice, ends, starts[1:])))
        """What stands between a word and the next; a line break at the ends of the text."""
        self.gaps += [text[ends[-1] : ends[-1] + 3] + "\n" if ends else "\n", *["\n"] * _BEYOND]
        self.said += [""] * _BEYOND
        self.flags += [0] * _BEYOND
        self.capital += [0] * _BEYOND
        self.offices: dict[int, int | None] = {}
        """Where the office before a word begins, for the words that were asked of (`witnesses.role_before`)."""
        self.placed = self._placed(so_far)
        for first, end in self.placed.items():
            for at in range(first, end):
                self.flags[at] |= PLACED
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
        return len(_of_sport().intersection([one.concept.id for one in self.document.terms])) > 2

    @cached_property
    def quoted(self) -> list[tuple[int, int]]:
        """What begins with a capital and stands in quotation marks, up to six words: the first, the one behind the last."""
        found = []
        for at in [at for at in self.capitals if self.gaps[at - 1][-1:] in QUOTES or not at]:
            gap = self.gaps[at - 1] if at else self.text[: self.starts[0]]
            if gap[-1:] not in QUOTES or (gap[-1] == '"' and gap[0] == '"'):
                continue
            end = at + 1
            while end < self.length and end - at < 6 and self.gaps[end - 1] in JOINTS:
                end += 1
            if self.gaps[end - 1][:1] in QUOTES[gap[-1]]:
                found.append((at, end))
        return found

    @cached_property
    def low(self) -> frozenset[str]:
        """The stems that the text also writes small: they are common words."""
        return frozenset(compress(self.stems, map(not_, self.capital)))

    @cached_property
    def often(self) -> Counter[str]:
        """How often each stem begins with a capital."""
        return Counter(map(self.stems.__getitem__, self.capitals))

    @cached_property
    def begins(self) -> frozenset[int]:
        """Where sentences begin."""
        return frozenset([start for start, _ in self.document.sentences])

    def span(self, first: int, end: int) -> str:
        """The text from the word at `first` to the one before `end`."""
        return self.text[self.starts[first] : self.ends[end - 1]]

    def is_head(self, place: int) -> bool:
        """Is the word the head of an organisation's name?"""
        return bool(self.flags[place] & (HEAD | LOW_HEAD)) and not self.flags[place] & PLACED

    def is_initial(self, place: int) -> bool:
        """Is it one letter or two with a full stop?"""
        return len(self.said[place]) <= 2 and self.gaps[place][:1] == "."

    def opens(self, place: int) -> bool:
        """Is the word the first of its sentence, or of what is quoted?"""
        start = self.starts[place]
        if start in self.begins or place == 0:
            return True
        gap = self.gaps[place - 1]
        if gap == " ":
            return start - 1 in self.begins or start - 2 in self.begins
        if (start < _DATELINE and gap[-3:] in (" - ", " – ", " — ")) or gap == "\n":
            return True
        bare = gap.rstrip(_QUOTES)
        return bare[-1:] in {".", "!", "?", "…", ":", "\n"} or start - 1 in self.begins or start - 2 in self.begins


@lru_cache(maxsize=1)
def _of_sport() -> frozenset[str]:
    """The concepts that speak of sport."""
    return frozenset(id_ for id_, one in concepts().items() if any(top(code) == _SPORT for code in one.subjects))


class _Flags(dict[str, int]):
    """What each word of a language may be, made when first asked for; all are forgotten when they are too many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stem = stemmer(language)
        self.known = classes(language)

    def __missing__(self, said: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        stem = self.stem(said)
        flag = self.known.get(stem, 0)
        flag = checked(self.language, flag, said) if flag & _CHECKED else flag
        flag |= by_form(self.language, flag, said, stem)
        self[said] = flag
        return flag


@lru_cache(maxsize=16)
def _flags_of(language: str) -> _Flags:
    return _Flags(language)


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
    if flag & BRAND and said not in brands():
        flag &= ~BRAND
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
