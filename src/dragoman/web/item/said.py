"""What the readers understood of an item, shown in its text: who, where, when, how much, who is quoted. Pure."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from dragoman.model.reading import Mention, Reading


class Piece(Struct, frozen=True):
    """A run of the text. `kind` is ``person``, ``organisation``, ``place``, ``date``, ``figure`` or empty; `title` what is
    understood by it; `quoted`: it stands inside what somebody is quoted with."""

    text: str
    kind: str = ""
    title: str = ""
    quoted: bool = False


class _Span(Struct, frozen=True):
    start: int
    end: int
    kind: str
    title: str


def marked(text: str, reading: Reading) -> list[list[Piece]]:
    """`text` by lines, each in pieces; where two things overlap, the first to begin is marked, of two the longer."""
    spans = _apart(sorted(_spans(reading), key=lambda one: (one.start, -one.end)))
    quotes = sorted((one.start, one.end) for one in reading.quotes)
    edges = sorted({0, len(text), *_edges(spans), *(edge for quote in quotes for edge in quote if edge <= len(text))})
    lines: list[list[Piece]] = [[]]
    span_at = quote_at = 0
    for start, end in pairwise(edges):
        while span_at < len(spans) and spans[span_at].end <= start:
            span_at += 1
        while quote_at < len(quotes) and quotes[quote_at][1] <= start:
            quote_at += 1
        inside = quote_at < len(quotes) and quotes[quote_at][0] <= start
        span = spans[span_at] if span_at < len(spans) and spans[span_at].start <= start else None
        for number, run in enumerate(text[start:end].split("\n")):
            if number:
                lines.append([])
            if run:
                lines[-1].append(Piece(run, span.kind, span.title, inside) if span else Piece(run, quoted=inside))
    return [line for line in lines if line]


def _spans(reading: Reading) -> Iterator[_Span]:
    for name in reading.names:
        title = ", ".join(filter(None, (name.text, name.role)))
        yield from _of(name.mentions, name.kind, title)
    for place in reading.places:
        title = ", ".join(filter(None, (place.name or place.text, place.country)))
        yield from _of(place.mentions, "place", title)
    for date in reading.dates:
        yield _Span(date.start, date.end, "date", date.value)
    for figure in reading.figures:
        yield _Span(figure.start, figure.end, "figure", f"{figure.value:,.10g} {figure.unit}".strip())


def _of(mentions: Sequence[Mention], kind: str, title: str) -> Iterator[_Span]:
    return (_Span(one.start, one.end, kind, title) for one in mentions)


def _apart(spans: list[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for span in spans:
        if span.start < span.end and (not kept or span.start >= kept[-1].end):
            kept.append(span)
    return kept


def _edges(spans: list[_Span]) -> Iterator[int]:
    return (edge for span in spans for edge in (span.start, span.end))
