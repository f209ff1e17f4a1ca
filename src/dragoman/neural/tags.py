"""Names and places by a model that labels tokens (BIO and its kin: B-PER, I-ORG, U-LOC, PERSON).

The model says where a name stands and of what kind; the built-in readers are asked for what it does not say: the role beside
a name, the id it is known by, a place's country and coordinates.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.errors import Misconfigured
from dragoman.model.reading import Mention, Name, Place, Reading
from dragoman.neural.folder import ModelFolder
from dragoman.neural.model import Model, Window
from dragoman.read.document import Document
from dragoman.read.names import find_names, joined
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.joining import parts_of
from dragoman.read.places import city_country, find_places
from dragoman.read.reader import Reader

Kind = Literal["person", "organisation", "place"]

KINDS: dict[str, Kind] = {
    "PER": "person", "PERS": "person", "PERSON": "person",
    "ORG": "organisation", "ORGANIZATION": "organisation", "ORGANISATION": "organisation",
    "LOC": "place", "LOCATION": "place", "GPE": "place", "PLACE": "place",
}  # fmt: skip
"""What the labels of the usual corpora mean; other labels are of no use here."""
_LABEL = re.compile(r"(?:([BIELSU])[-_])?(\w+)\Z", re.IGNORECASE)
_BEGINS = frozenset("BSU")


class Tag(Struct, frozen=True):
    """What a label says: a name of this kind begins here, or goes on."""

    kind: Kind
    begins: bool


class Span(Struct, frozen=True):
    """A name in the text, from `start` to `end` in code points."""

    start: int
    end: int
    kind: Kind


def kinds_of(folder: ModelFolder, *needed: Kind) -> tuple[Tag | None, ...]:
    """The meaning of each label of a model; None for those that mean no name.

    Raises:
        Misconfigured: no label means one of the kinds `needed`.
    """
    tags = tuple(map(_tag, folder.labels))
    if not any(tag and tag.kind in needed for tag in tags):
        raise Misconfigured(
            f"The model has no label for a {' or '.join(needed)}",
            f"{folder.path}: {', '.join(folder.labels[:12])}",
            hint=f"Its id2label must have labels such as B-{next(word for word, kind in KINDS.items() if kind in needed)}.",
        )
    return tags


def _tag(label: str) -> Tag | None:
    found = _LABEL.match(label)
    kind = KINDS.get(found[2].upper()) if found else None
    return Tag(kind, (found[1] or "").upper() in _BEGINS) if found and kind else None


class Tagger:
    """Names of every kind that the model finds. The last text's are kept: several readers ask for the same one."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._tags = kinds_of(model.folder, "person", "organisation", "place")
        self._last: tuple[str, list[Span]] = ("", [])

    def spans(self, text: str) -> list[Span]:
        """The names in `text`, from left to right; none reaches over the end of a line."""
        if self._last[0] is not text:
            self._last = (text, list(_spans(text, _labelled(text, self.model.windows(text), self._tags))))
        return self._last[1]


_Labelled = tuple[int, int, Tag | None]
"""Start, end and label of a token."""


def _labelled(text: str, windows: Iterable[Window], tags: Sequence[Tag | None]) -> list[_Labelled]:
    """The label of every token, in order. Of one that stands in two windows the label counts that was given farther from a
    window's edge, where more was seen around it."""
    best: dict[int, tuple[int, _Labelled]] = {}
    for window in windows:
        labels = window.scores.argmax(axis=1)
        count = len(window.offsets)
        for at, (start, end) in enumerate(window.offsets):
            while start < end and text[start].isspace():  # a sentence-piece begins with the space before it
                start += 1
            margin = min(at, count - at)
            if start < end and (start not in best or margin > best[start][0]):
                best[start] = (margin, (start, end, tags[labels[at]]))
    return [best[start][1] for start in sorted(best)]


def _spans(text: str, tokens: Iterable[_Labelled]) -> Iterator[Span]:
    """Words with labels that go on from each other, as one name. A word has the label of its first piece: that is the one
    that models are trained to give."""
    open_: Span | None = None
    for start, end, tag in _words(text, tokens):
        if open_ and (tag is None or tag.begins or tag.kind != open_.kind or "\n" in text[open_.end : start]):
            yield open_
            open_ = None
        if tag:
            open_ = Span(open_.start if open_ else start, end, tag.kind)
    if open_:
        yield open_


def _words(text: str, tokens: Iterable[_Labelled]) -> Iterator[_Labelled]:
    """Pieces of one word put together. A sign of Chinese is a word of its own: where its words end, the model says."""
    word: _Labelled | None = None
    for token in tokens:
        if word and token[0] <= word[1] and _goes_on(text[word[1] - 1], text[token[0]]):
            word = (word[0], max(word[1], token[1]), word[2])
        else:
            if word:
                yield word
            word = token
    if word:
        yield word


def _goes_on(left: str, right: str) -> bool:
    return left.isalnum() and right.isalnum() and right < "\u2e80"


def names_reader(tagger: Tagger) -> Reader:
    """The reader of names that asks `tagger`."""

    def neural_names(document: Document, so_far: Reading) -> tuple[Name, ...]:
        """The names in the order of their first mention, short mentions joined to the full one."""
        told = _Mentioned(find_names(document, so_far))
        first: dict[str, int] = {}
        candidates = []
        for span in tagger.spans(document.text):
            if span.kind == "place":
                continue
            same = told.at(span)
            start = first.setdefault(same.text, span.start) if same else span.start
            candidates.append(
                Candidate(
                    span.start,
                    span.end,
                    span.kind,
                    role=same.role if same else "",
                    known=same.known if same else "",
                    alias=start if start != span.start else -1,
                )
            )
        return joined(document, candidates)

    return neural_names


def places_reader(tagger: Tagger) -> Reader:
    """The reader of places that asks `tagger`."""

    def neural_places(document: Document, so_far: Reading) -> tuple[Place, ...]:
        """The places in the order of their first mention. One that no table knows has no coordinates."""
        told = _Mentioned(find_places(document, so_far))
        found: dict[tuple[str, ...], tuple[Place, list[Mention]]] = {}
        for span in tagger.spans(document.text):
            if span.kind == "place":
                said = document.text[span.start : span.end]
                same = told.at(span) or Place(text=said, kind="place", country=city_country(said))
                key = (same.id,) if same.id else parts_of(said, document.language)
                mention = Mention(text=said, start=span.start, end=span.end)
                found.setdefault(key, (same, []))[1].append(mention)
        return tuple(_place(place, mentions) for place, mentions in found.values())

    return neural_places


def _place(place: Place, mentions: list[Mention]) -> Place:
    return replace(place, text=mentions[0].text, mentions=tuple(mentions))


Said = TypeVar("Said", Name, Place)


class _Mentioned(Generic[Said]):
    """What the built-in readers found, by where it is mentioned."""

    def __init__(self, found: tuple[Said, ...]) -> None:
        self._mentions = sorted(((m.start, m.end, number) for number, one in enumerate(found) for m in one.mentions))
        self._starts = [start for start, _, _ in self._mentions]
        self._found: tuple[Said, ...] = found

    def at(self, span: Span) -> Said | None:
        """Whatever has a mention that `span` overlaps; of two the one that begins later."""
        before = bisect_right(self._starts, span.end - 1)
        if before and self._mentions[before - 1][1] > span.start:
            return self._found[self._mentions[before - 1][2]]
        return None
