"""What one agency alone says: sentences of its standing copy that nobody else's says enough of. Pure.

In one language a sentence is said elsewhere where it shares enough of its words with a sentence there; across languages where
what both share reaches most of what translations usually share in this story's two languages. A sentence there that is more
like another of the same text counts little; one in which all of it stands counts in any case.

Limits: a story told by one agency compares nothing. Two sentences elsewhere that together say one are not added up; a
sentence of fewer words than `SHORTEST` is not judged.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from math import sqrt
from statistics import median

from msgspec import Struct

from dragoman.lexicon import LANGUAGES
from dragoman.link.narrative.compared import NO_LEXICONS, Compared, Lexicons, Span, contained, marks, share
from dragoman.link.narrative.told import LeftOut, Telling, Told, Where, counted, shown, where

SAID = 0.3
"""What two sentences of one language share, from which on each is said by the other."""
STANDS = 0.6
"""Of the words of a sentence, by weight, in one of the same language: from here on it stands there, whatever else does."""
SAID_ACROSS = 0.7
"""Of what translations usually share, from which on a sentence is said in another language, too."""
ORDER = 0.3
"""What a likeness across languages loses where one sentence stands first and the other last: versions follow each other."""
TAKEN = 0.3
"""What is left of a likeness to a sentence that is more like another of the same text."""
USUAL_LEAST = 0.1
"""What translations share, at least: where little is shared nothing is a counterpart."""
_SAMPLES = 4  # pairs of texts from which is learned what two languages usually share
_NEAR, _LIKELY, _MARKS = 12, 24, 6
"""Texts in which every sentence is looked for; then of the others those that have most of its rarest words and features."""
SHORTEST = 4
_MANY, _FEW = 500, 20
"""Sentences given, as many of each agency; and that many of each in any case."""


class Alone(Struct, frozen=True, kw_only=True):
    """What one agency alone says. `places` has the sentence in each of its own versions that say it, `text` as it stands in
    the first."""

    agency: str
    language: str
    text: str
    places: tuple[Where, ...]


class OnlyHere(Struct, frozen=True, kw_only=True):
    """By agency, in the order in which they told the story. `more`: sentences that were too many to be given; `unlike`: items
    in a language in which nothing of anybody else's can be compared with them."""

    sentences: tuple[Alone, ...] = ()
    more: int = 0
    unlike: tuple[LeftOut, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def only_here(
    tellings: Sequence[Telling],
    lexicons: Lexicons = NO_LEXICONS,
    told: Told | None = None,
    compared: Compared | None = None,
) -> OnlyHere:
    """The sentences that only one agency has. `lexicons`: what words of a language mean in English, where that was learned.
    `told` and `compared` are those of the same tellings, where they were made before."""
    told = told or Told(tellings)
    if len(told.agencies) < 2:
        return OnlyHere(left_out=told.left_out)
    texts = _Texts(told, compared or Compared(told, lexicons), frozenset({*LANGUAGES, *lexicons}))
    found = [list(texts.alone(agency)) for agency in told.agencies]
    most = max(_FEW, _MANY // len(found))
    return OnlyHere(
        sentences=tuple(one for given in found for one in given[:most]),
        more=sum(max(0, len(given) - most) for given in found),
        unlike=counted(text.telling for text in texts.unlike()),
        left_out=told.left_out,
    )


class _Text:
    """The sentences of one telling, and which of them have a word or feature."""

    def __init__(self, telling: Telling, spans: list[Span]) -> None:
        self.telling, self.spans = telling, spans

    @cached_property
    def _with_stem(self) -> dict[str, list[int]]:
        return _postings([span.stems for span in self.spans])

    @cached_property
    def _with_feature(self) -> dict[str, list[int]]:
        return _postings([span.features for span in self.spans])

    def likes(self, one: Span) -> list[tuple[float, int]]:
        """The sentences that have something in common with `one`: how much, and which."""
        same = one.language == self.telling.tongue
        mine = one.stems if same else one.features
        postings = self._with_stem if same else self._with_feature
        both: dict[int, float] = {}
        for each, weight in mine.items():
            for at in postings.get(each, ()):
                there = weight if same else min(weight, self.spans[at].features[each])
                both[at] = both.get(at, 0.0) + there
        if same:
            return [(weight / sqrt(one.own * self.spans[at].own), at) for at, weight in both.items()]
        return [
            (weight * self._near(one, at) / sqrt(one.shared * self.spans[at].shared), at) for at, weight in both.items()
        ]

    def _near(self, one: Span, at: int) -> float:
        return 1 - ORDER * abs(one.place - self.spans[at].place)


def _postings(spans: Sequence[dict[str, float]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, told in enumerate(spans):
        for each in told:
            found.setdefault(each, []).append(at)
    return found


class _Texts:
    """`across`: the languages that can be compared with each other."""

    def __init__(self, told: Told, compared: Compared, across: frozenset[str]) -> None:
        self._texts = [_Text(one, compared.sentences[one.sequence]) for one in told.copy]
        self._across = across
        self._usual: dict[tuple[str, str], float] = {}

    def alone(self, agency: str) -> Iterator[Alone]:
        """The sentences of `agency` that no other has; those of several of its versions joined."""
        rows: list[list[tuple[_Text, Span]]] = []
        for text in self._texts:
            if text.telling.agency == agency:
                for at in self._open(text):
                    self._put(rows, text, text.spans[at])
        for row in rows:
            text, span = row[0]
            yield Alone(
                agency=agency,
                language=text.telling.tongue,
                text=shown(text.telling, span.start, span.end),
                places=tuple(where(one.telling, each.start, each.end) for one, each in row),
            )

    def unlike(self) -> list[_Text]:
        """The texts with which nothing of anybody else's can be compared."""
        return [text for text in self._texts if not any(self._may_say(other, text) for other in self._texts)]

    def _may_say(self, other: _Text, text: _Text) -> bool:
        """Is it somebody else's, and can it be compared?"""
        one, two = other.telling, text.telling
        return one.agency != two.agency and (one.tongue == two.tongue or {one.tongue, two.tongue} <= self._across)

    def _open(self, text: _Text) -> list[int]:
        """The numbers of the sentences that nobody else says."""
        near = self._near(text)
        if not near:
            return []
        left = [at for at, span in enumerate(text.spans) if len(span.stems) >= SHORTEST]
        for other in near:
            left = [at for at in left if not self._says(other, text, at)]
        return [at for at in left if not any(self._says(one, text, at) for one in self._likely(text, at, near))]

    def _near(self, text: _Text) -> list[_Text]:
        """Some of everybody else's, one half in the same language: in most stories one of them says it, too."""
        others = [one for one in self._texts if self._may_say(one, text)]
        same = [one for one in others if one.telling.tongue == text.telling.tongue]
        different = [one for one in others if one.telling.tongue != text.telling.tongue]
        half = max(_NEAR // 2, _NEAR - len(different))
        return (same[:half] + different)[:_NEAR]

    def _likely(self, text: _Text, at: int, known: Sequence[_Text]) -> list[_Text]:
        """Of the others those that have most of the rarest of this sentence's words and features."""
        if len(self._texts) <= _NEAR:
            return []
        having = Counter(number for mark in marks(text.spans[at], _MARKS) for number in self._having.get(mark, ()))
        others = (self._texts[number] for number, _ in having.most_common())
        return list(islice((one for one in others if self._may_say(one, text) and one not in known), _LIKELY))

    @cached_property
    def _having(self) -> dict[str, list[int]]:
        """Which texts have a word or feature."""
        found: dict[str, dict[int, None]] = {}
        for number, text in enumerate(self._texts):
            for span in text.spans:
                for mark in (*(f"{span.language} {stem}" for stem in span.stems), *span.features):
                    found.setdefault(mark, {})[number] = None
        return {mark: list(numbers) for mark, numbers in found.items()}

    def _says(self, other: _Text, text: _Text, at: int) -> bool:
        one = text.spans[at]
        same = other.telling.tongue == text.telling.tongue
        least = SAID if same else SAID_ACROSS * self._usually(text, other)
        for likeness, there in other.likes(one):
            span = other.spans[there]
            if likeness >= least and (likeness * TAKEN >= least or not self._taken(text, span, likeness)):
                return True
            if same and likeness * sqrt(span.own / one.own) >= STANDS:
                return True
        return False

    def _taken(self, text: _Text, span: Span, likeness: float) -> bool:
        """Is there a sentence of `text` that is more like `span`?"""
        return any(better > likeness + 1e-9 for better, _ in text.likes(span))

    def _usually(self, text: _Text, other: _Text) -> float:
        """What sentences that answer each other best share, in these two languages, as this story shows."""
        one, two = sorted((text.telling.tongue, other.telling.tongue))
        if (one, two) not in self._usual:
            found = [self._mutual(mine, theirs) for mine, theirs in self._sample(one, two)]
            every = [likeness for each in found for likeness in each]
            self._usual[one, two] = max(USUAL_LEAST, median(every)) if every else USUAL_LEAST
        return self._usual[one, two]

    def _sample(self, one: str, two: str) -> list[tuple[_Text, _Text]]:
        mine = [text for text in self._texts if text.telling.tongue == one]
        theirs = [text for text in self._texts if text.telling.tongue == two]
        return list(zip(mine, theirs, strict=False))[:_SAMPLES]

    def _mutual(self, text: _Text, other: _Text) -> list[float]:
        """How alike those are that answer each other best."""
        links = sorted(
            ((likeness, at, there) for at, span in enumerate(text.spans) for likeness, there in other.likes(span)),
            reverse=True,
        )
        mine, theirs, found = set[int](), set[int](), []
        for likeness, at, there in links:
            if at not in mine and there not in theirs:
                mine.add(at)
                theirs.add(there)
                found.append(likeness)
        return found

    def _put(self, rows: list[list[tuple[_Text, Span]]], text: _Text, span: Span) -> None:
        """Into the row of the same agency that says the same in another of its versions, else into one of its own."""
        for row in rows:
            first, said = row[0]
            if all(each[0] is not text for each in row) and self._same(first, said, text, span):
                row.append((text, span))
                return
        rows.append([(text, span)])

    def _same(self, first: _Text, said: Span, text: _Text, span: Span) -> bool:
        if said.language == span.language:
            return contained(said, span) >= STANDS
        return share(said, span) >= self._usually(first, text)
