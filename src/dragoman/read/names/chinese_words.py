"""What names in Chinese are told by: ``data/chinese.tsv`` as sets and patterns, and a text cut into its words. Pure."""

import re
from functools import lru_cache

import rjieba
from msgspec import Struct

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.words import rows

BODIES = frozenset({"organisation", "agency"})
DOT = re.compile("[·•・‧．]")
_PLACES = frozenset({"country", "region", "city"})
_LONGEST_OFFICE = 6


class Table(Struct, frozen=True, gc=False):
    """`dotted` is a transcribed name, `foreign` a run of signs that transcribe, `ends` the head word of an organisation,
    `office` one that begins here, `saying` a verb of saying, `titled` a surname before its title, `named` a name behind an
    office, `opening` a name that opens a clause before a verb of saying."""

    words: dict[str, frozenset[str]]
    heads: tuple[str, ...]
    dotted: re.Pattern[str]
    foreign: re.Pattern[str]
    ends: re.Pattern[str]
    office: re.Pattern[str]
    saying: re.Pattern[str]
    titled: re.Pattern[str]
    named: re.Pattern[str]
    opening: re.Pattern[str]
    famed: re.Pattern[str]


@lru_cache(maxsize=1)
def table() -> Table:
    told = {kind: said.split() for kind, said in rows("chinese.tsv")}
    told["compound"] += told.pop("japanese")
    signs = told["transcribed"][0]
    surname = "|".join(told["compound"]) + "|[" + "".join(told["surname"]) + "]"
    roles, verbs, heads = (_alternatives(told[kind]) for kind in ("role", "verb", "orghead"))
    heads = f"{_alternatives(told['whole'])}|{heads}"
    famed = next(said.split() for script, said in rows("famed.tsv") if script == "Hans")
    return Table(
        words={kind: frozenset(said) for kind, said in told.items()},
        heads=tuple(sorted(told["orghead"], key=len, reverse=True)),
        dotted=re.compile(rf"[{signs}]{{1,8}}(?:[·•・‧．-][{signs}日不力都]{{1,10}})+"),
        foreign=re.compile(rf"[{signs}]{{2,8}}"),
        ends=re.compile(heads),
        office=re.compile(roles),
        saying=re.compile(f"[则也还就]?(?:{verbs})"),
        titled=re.compile(rf"(?:{surname})(?={_alternatives(told['titled'])})"),
        named=re.compile(
            rf"(?:{roles})[为是]?([\u4e00-\u9fff]{{2,4}}?)"
            rf"(?=[，。、；：”（）\s\d]|{verbs}|[在对与和则就也还向于当从将因等是最躺获已曾以])"
        ),
        opening=re.compile(rf"(?:^|(?<=[。，；”\n]))((?:{surname})[\u4e00-\u9fff]{{1,2}}?)(?={verbs})", re.MULTILINE),
        famed=re.compile(_alternatives(famed)),
    )


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The lexicon's words that are no names."""
    place = LANGUAGES.index("zh")
    return frozenset(term for one in concepts().values() if one.kind not in BODIES for term in one.terms[place])


class Word(Struct, frozen=True, gc=False):
    """A word with its part of speech as the segmenter tells it: ``nr`` a person, ``ns`` a place, ``nt`` a body."""

    said: str
    tag: str
    start: int
    end: int


class ChineseScene:
    """A text cut into words, with the signs that are part of a place."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.text = document.text
        self.terms = document.terms
        self.cut: list[Word] = []
        self.of: list[int] = []
        """The word of each sign, by its place in `cut`."""
        start = 0
        for at, (said, tag) in enumerate(rjieba.tag(self.text)):
            self.cut.append(Word(said, tag, start, start + len(said)))
            self.of += [at] * len(said)
            start += len(said)
        places = [(one.start, one.end) for place in so_far.places for one in place.mentions]
        places += [(one.start, one.end) for one in document.terms if one.concept.kind in _PLACES]
        self.in_place = {at for start, end in places for at in range(start, end)}

    def beginning(self, start: int) -> int | None:
        """The word that begins at `start`, by its place; None where none does."""
        if start >= len(self.of):
            return None
        at = self.of[start]
        return at if self.cut[at].start == start else None

    def office_ends(self, end: int) -> bool:
        """Does an office end right before `end`?"""
        roles = table().words["role"]
        return any(self.text[max(0, end - size) : end] in roles for size in range(2, _LONGEST_OFFICE + 1))
