"""What a translator is offered for words of the source: the names in it as we write them, its terms as they are usual.

Each source of suggestions is a plain function in the table, from what is being translated to words and what may stand for
them; those above bind those below. All paragraphs are read at once, so that a short name is known by the full one.

Limits: a person whom the names file does not have is not spelt in other letters: of our tables' spellings one in three is
right (Cyrillic), or fewer. The lexicon is in simplified Chinese: into traditional, names and own terms alone are offered.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk.references import References
from dragoman.lexicon import LANGUAGES, Concept, Found
from dragoman.lexicon.own import usual
from dragoman.model.reading import READER_VERSION, Name, Place, Reading
from dragoman.names.declined import declined
from dragoman.read.dateline.local_names import called
from dragoman.read.document import Document
from dragoman.read.names import find_names
from dragoman.read.places import find_places
from dragoman.text.analyse import forgetful_stems
from dragoman.text.fold import fold
from dragoman.text.segments import Segments

Origin = Literal["names", "terms", "lexicon", "places"]
MOST = 12
"""Of one paragraph; what is lower in the table is left out."""
_SHORT = 6  # letters of an abbreviation
_MOST_MEANINGS = 2
"""Of the same words, from one source."""
_BODIES = frozenset({"agency", "office", "organisation"})
_PLACES = frozenset({"city", "country", "region"})


class Suggestion(Struct, frozen=True, kw_only=True):
    """`text` may stand for the words `source`; `by` is where it comes from: the names file, our own term base, the lexicon,
    the names of places."""

    source: str
    text: str
    by: Origin


class _Offer(Struct, frozen=True):
    """What may stand for the words from `start` to `end`."""

    start: int
    end: int
    text: str
    by: Origin = "names"


class Task:
    """What is being translated, all its paragraphs a line each, in which language, into which; each thing read once."""

    def __init__(self, sources: Sequence[str], language: str, into: str, references: References) -> None:
        self.document = Document("\n".join(sources), language=language, names=references.names)
        self.into = into
        self.references = references

    @property
    def text(self) -> str:
        return self.document.text

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return find_places(self.document, self._blank)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        return find_names(self.document, replace(self._blank, places=self.places))

    @property
    def _blank(self) -> Reading:
        return Reading(version=READER_VERSION, language=self.document.language)


def suggestions(
    sources: Sequence[str], language: str, into: str, references: References
) -> tuple[tuple[Suggestion, ...], ...]:
    """For each of `sources`, in the order of its words; what a source above has said of words is not said again."""
    task = Task(sources, language, into, references)
    starts = [0, *accumulate(len(source) + 1 for source in sources)]
    kept: list[list[_Offer]] = [[] for _ in sources]
    for suggest in SUGGESTERS:
        found: list[list[_Offer]] = [[] for _ in sources]
        for one in suggest(task):
            at = bisect_right(starts, one.start) - 1
            if one.end < starts[at + 1]:
                found[at].append(one)
        for above, offers in zip(kept, found, strict=True):
            above += list(_new(offers, above, task.text))[: MOST - len(above)]
    return tuple(tuple(_told(one, task.text) for one in sorted(each, key=lambda one: one.start)) for each in kept)


def of_segments(
    segments: Segments, language: str, into: str, references: References
) -> dict[str, tuple[Suggestion, ...]]:
    """`suggestions` for the sources of segments, by their ids."""
    found = suggestions([one.source for one in segments], language, into, references)
    return {one.id: offers for one, offers in zip(segments, found, strict=True)}


def _new(offers: Iterable[_Offer], above: Sequence[_Offer], text: str) -> Iterator[_Offer]:
    """Those for words that none `above` stands for, each once."""
    said = {(fold(text[one.start : one.end]), one.text) for one in above}
    meanings: dict[tuple[int, int], int] = {}
    for one in offers:
        key, span = (fold(text[one.start : one.end]), one.text), (one.start, one.end)
        if key in said or any(each.start <= one.start and one.end <= each.end for each in above):
            continue
        said.add(key)
        meanings[span] = meanings.get(span, 0) + 1
        if meanings[span] <= _MOST_MEANINGS:
            yield one


def _told(one: _Offer, text: str) -> Suggestion:
    return Suggestion(source=text[one.start : one.end], text=one.text, by=one.by)


def by_names_file(task: Task) -> Iterator[_Offer]:
    """People and bodies of the names file, also declined, or short where the text has the full name."""
    file, document = task.references.names, task.document
    if not file.entries:
        return
    spans = {
        (document.starts[one.first], document.ends[one.last]): one.entry
        for one in declined(file, document.said, document.language)
    }
    for name in task.names:
        heard = (spans[one.start, one.end] for one in name.mentions if (one.start, one.end) in spans)
        if entry := file.get(name.known) or next(heard, None):
            spans |= {(one.start, one.end): entry for one in name.mentions}
    for (start, end), entry in spans.items():
        if text := entry.preferred(task.into):
            yield _Offer(start, end, text)


def by_own_terms(task: Task) -> Iterator[_Offer]:
    """Terms of the agency's own term base."""
    for one in task.references.terms.found(task.text, task.document.language, task.document.words):
        if text := usual(one.entry, task.into):
            yield _Offer(one.start, one.end, text, "terms")


def by_lexicon_names(task: Task) -> Iterator[_Offer]:
    """The lexicon's organisations and offices; its places where the text speaks of one: "American" is none, Georgia may be
    a state."""
    there = {one.start: one.end for place in task.places if called(place, _ours(task.into)) for one in place.mentions}
    for one in task.document.terms:
        kind = one.concept.kind
        if kind in _BODIES or (kind in _PLACES and there.get(one.start, 0) >= one.end):
            yield from _by_lexicon(task, one)


def by_lexicon_terms(task: Task) -> Iterator[_Offer]:
    """Everything else in it but the verbs of reporting, which have no subject. Only the usual term of one concept counts:
    what is offered for a synonym, or for one of two meanings, is right half as often (`quality.suggestions`)."""
    stems = forgetful_stems(task.document.language)
    meanings = Counter((one.start, one.end) for one in task.document.terms)
    for one in task.document.terms:
        concept, said = one.concept, task.text[one.start : one.end]
        if concept.kind in _BODIES | _PLACES or not concept.subjects or meanings[one.start, one.end] > 1:
            continue
        if stems(said) == stems(concept.lemma(task.document.language)):
            yield from _by_lexicon(task, one)


def _by_lexicon(task: Task, one: Found) -> Iterator[_Offer]:
    said = task.text[one.start : one.end]
    if (tongue := _ours(task.into)) and (text := _term(one.concept, said, tongue)) != said:
        yield _Offer(one.start, one.end, text, "lexicon")


def _term(concept: Concept, said: str, language: str) -> str:
    """What is usual for it in `language`; for an abbreviation an abbreviation, for a name in full the name in full."""
    terms = concept.terms_in(language)
    return next((one for one in terms if _is_short(one) == _is_short(said)), terms[0])


def _is_short(term: str) -> bool:
    return term.isupper() and len(term.replace(".", "")) <= _SHORT


def by_places(task: Task) -> Iterator[_Offer]:
    """Countries, regions and cities by their names in the language."""
    for place in task.places:
        text = called(place, _ours(task.into) or task.into)
        yield from (_Offer(one.start, one.end, text, "places") for one in place.mentions if text not in ("", one.text))


def _ours(language: str) -> str:
    """The language of the lexicon that `language` is; an empty string where it is none, or in another script."""
    tongue, *more = language.split("-")
    another = any((len(part) == 4 and part != "Hans") or part in ("TW", "HK", "MO") for part in more)
    return tongue if tongue in LANGUAGES and not another else ""


SUGGESTERS: tuple[Callable[[Task], Iterable[_Offer]], ...] = (
    by_names_file,
    by_own_terms,
    by_lexicon_names,
    by_places,
    by_lexicon_terms,
)
"""In their order: what stands above goes before."""
