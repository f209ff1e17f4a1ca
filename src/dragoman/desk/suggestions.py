"""What a translator is offered for words of the source: the names in it as we write them, its terms as they are usual.

Each source of suggestions is a plain function in the table, from what is being translated to words and what may stand for
them; those above bind those below. All paragraphs are read at once, so that a short name is known by the full one.

Limits: a person whom the names file does not have is not spelt in other letters: of our tables' spellings one in three is
right (Cyrillic), or fewer. The lexicon is in simplified Chinese: into traditional, names and own terms alone are offered.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk.references import References
from dragoman.lexicon import LANGUAGES, Concept
from dragoman.lexicon.own import usual
from dragoman.model.reading import READER_VERSION, Name, Place, Reading
from dragoman.names.declined import declined
from dragoman.read.dateline.local_names import called
from dragoman.read.document import Document
from dragoman.read.names import find_names
from dragoman.read.places import find_places
from dragoman.text.fold import fold
from dragoman.text.segments import Segments

Origin = Literal["names", "terms", "lexicon", "places"]
MOST = 12
"""Of one paragraph; what is lower in the table is left out."""
_MOST_MEANINGS = 2
"""Of the same words, from one source."""
_BODIES = frozenset({"agency", "city", "country", "office", "organisation", "region"})


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
    """The lexicon's organisations, offices and places."""
    return _by_lexicon(task, lambda one: one.kind in _BODIES)


def by_lexicon_terms(task: Task) -> Iterator[_Offer]:
    """Everything else in it but the verbs of reporting, which have no subject: any good translation has its own."""
    return _by_lexicon(task, lambda one: one.kind not in _BODIES and bool(one.subjects))


def _by_lexicon(task: Task, wanted: Callable[[Concept], bool]) -> Iterator[_Offer]:
    tongue = _ours(task.into)
    for one in task.document.terms if tongue else ():
        if wanted(one.concept) and (text := one.concept.lemma(tongue)) != task.text[one.start : one.end]:
            yield _Offer(one.start, one.end, text, "lexicon")


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
