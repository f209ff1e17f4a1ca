"""What names in Chinese are told by: ``data/chinese.tsv`` as sets and patterns, and a text cut into its words. Pure."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Final

from msgspec import Struct

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.words import ROLE, STOP, VERB, rows

BODIES = frozenset({"organisation", "agency"})
DOT = re.compile("[·•・‧．]")
_PLACES = frozenset({"country", "region", "city"})
_LONGEST_OFFICE = 6
_REMEMBERED = 8_000
"""Words that are kept with what they may be."""

PROPER: Final = 1 << 18
BODY: Final = 1 << 19
COMPOUND: Final = 1 << 20
INNER: Final = 1 << 21
"""What stands inside of a body's name, whatever the segmenter takes it for."""
SURNAME: Final = 1 << 22
SURNAMED: Final = 1 << 23
"""Begins with a surname."""
PERSON: Final = 1 << 24
NAMED: Final = 1 << 25
"""The segmenter takes it for a name, or does not know it."""
MAY_TRANSCRIBE: Final = 1 << 26
NOUN: Final = 1 << 27
OF_OFFICE: Final = 1 << 28
MAY_BEGIN: Final = 1 << 29
"""A person's name may begin with it: it has a surname at its head, or only signs that transcribe."""
_CLASSES = {"stop": STOP, "role": ROLE, "verb": VERB, "inner": INNER, "surname": SURNAME, "compound": COMPOUND}
_FIRST = itemgetter(0)
_NAMED = ("nr", "ns", "nz", "x")
_BY_TAG = (
    (frozenset({"nz", "x", "n", "ns"}), MAY_TRANSCRIBE),
    (frozenset({"n", "ns", "nz", "nt", "j", "vn", "b", "eng", "nrt", "l", "an", "nr", "s", "f", "ng"}), NOUN),
    (frozenset({"n", "ns", "nt", "nz", "j", "b", "vn"}), OF_OFFICE),
    (frozenset({"nz", "nrt", "nr", "ns", "nt", "x"}), PROPER),
    (frozenset({"nt"}), BODY),
)
"""The segmenter's parts of speech: ``nr`` a person, ``ns`` a place, ``nt`` a body."""


class Table(Struct, frozen=True, gc=False):
    """`role_ends` are the last signs of offices, `dotted` is a transcribed name, `transcribed` the signs that transcribe,
    `foreign` a run of them, `ends` the head word of an organisation, `office` one that begins here, `saying` a verb of
    saying, `named` a name behind an office, `opening` a name that opens a clause before a verb of saying: its mark, or a line
    break, stands before it."""

    words: dict[str, frozenset[str]]
    longest_head: int
    role_ends: frozenset[str]
    dotted: re.Pattern[str]
    transcribed: frozenset[str]
    foreign: re.Pattern[str]
    ends: re.Pattern[str]
    office: re.Pattern[str]
    saying: re.Pattern[str]
    named: re.Pattern[str]
    opening: re.Pattern[str]
    famed: re.Pattern[str]


@lru_cache(maxsize=1)
def table() -> Table:
    told = {kind: said.split() for kind, said in rows("chinese.tsv")}
    told["compound"] += told.pop("japanese")
    signs = told["transcribed"][0]
    surname = "|".join(told["compound"]) + "|[" + "".join(told["surname"]) + "]"
    roles, verbs = _two_signs(told["role"]), _alternatives(told["verb"])
    heads = f"{_alternatives(told['whole'])}|{_alternatives(told['orghead'])}"
    famed = next(said.split() for script, said in rows("famed.tsv") if script == "Hans")
    return Table(
        words={kind: frozenset(said) for kind, said in told.items()},
        longest_head=max(map(len, told["orghead"])),
        role_ends=frozenset(word[-1] for word in told["role"]),
        dotted=re.compile(rf"[{signs}]{{1,8}}(?:[·•・‧．-][{signs}日不力都]{{1,10}})+"),
        transcribed=frozenset(signs),
        foreign=re.compile(rf"[{signs}]{{2,8}}"),
        ends=re.compile(heads),
        office=re.compile(roles),
        saying=re.compile(f"[则也还就]?(?:{verbs})"),
        named=re.compile(
            rf"(?:{roles})[为是]?([\u4e00-\u9fff]{{2,4}}?)"
            rf"(?=[，。、；：”（）\s\d]|{verbs}|[在对与和则就也还向于当从将因等是最躺获已曾以])"
        ),
        opening=re.compile(rf"[。，；”\n]((?:{surname})[\u4e00-\u9fff]{{1,2}}?)(?={verbs})"),
        famed=re.compile(_two_signs(famed)),
    )


def _alternatives(words: list[str]) -> str:
    """A pattern of the words, the longest first; those of one first sign together, so that the rest is asked of few places."""
    rest: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rest.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(each)})" for first, each in rest.items())


def _two_signs(words: list[str]) -> str:
    """The same of many words of two signs or more: most places are ruled out by those, for half the cost."""
    firsts, seconds = ("".join({word[at] for word in words}) for at in (0, 1))
    return f"(?=[{firsts}][{seconds}])(?:{_alternatives(words)})"


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The lexicon's words that are no names."""
    place = LANGUAGES.index("zh")
    return frozenset(term for one in concepts().values() if one.kind not in BODIES for term in one.terms[place])


class _Flags(dict[tuple[str, str], int]):
    """What each word of a part of speech may be, made when first asked for; all are forgotten when they are too many."""

    def __missing__(self, word: tuple[str, str]) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        said, tag = word
        words = table().words
        flag = sum(kind for name, kind in _CLASSES.items() if said in words[name])
        flag |= sum(kind for tags, kind in _BY_TAG if tag in tags)
        flag |= PERSON | NAMED if tag.startswith("nr") else NAMED if tag.startswith(_NAMED) else 0
        flag |= SURNAMED if said[0] in words["surname"] or said[:2] in words["compound"] else 0
        transcribed = flag & (PERSON | MAY_TRANSCRIBE) and table().transcribed.issuperset(said)
        flag |= MAY_BEGIN if transcribed or flag & (SURNAMED | COMPOUND) else 0
        self[word] = flag
        return flag


_flags = _Flags()


class ChineseScene:
    """A text cut into words: each as it stands, what it may be, where it begins and ends; and the signs that are part of a
    place."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.text = document.text
        self.terms = document.terms
        import rjieba  # 34 MB: only where Chinese is read

        tagged = rjieba.tag(self.text)
        self.said = list(map(_FIRST, tagged))
        self.flags = list(map(_flags.__getitem__, tagged))
        self.ends = list(accumulate(map(len, self.said)))
        self.starts = [0, *self.ends[:-1]]
        self.length = len(tagged)
        self.may_begin = [at for at, flag in enumerate(self.flags) if flag & MAY_BEGIN]
        """The words that a name of a person may begin with."""
        places = [(one.start, one.end) for place in so_far.places for one in place.mentions]
        places += [(one.start, one.end) for one in document.terms if one.concept.kind in _PLACES]
        self.in_place = {at for start, end in places for at in range(start, end)}

    def beginning(self, start: int) -> int | None:
        """The word that begins at `start`, by its place; None where none does."""
        at = self.of(start)
        return at if at < self.length and self.starts[at] == start else None

    def of(self, sign: int) -> int:
        """The word that the sign is part of, by its place."""
        return bisect_right(self.ends, sign)

    def is_placed(self, at: int) -> bool:
        """Does the word begin and end in a place?"""
        return self.starts[at] in self.in_place and self.ends[at] - 1 in self.in_place

    def office_ends(self, end: int) -> bool:
        """Does an office end right before `end`?"""
        if self.text[max(0, end - 1) : end] not in table().role_ends:
            return False
        roles = table().words["role"]
        return any(self.text[max(0, end - size) : end] in roles for size in range(2, _LONGEST_OFFICE + 1))
