"""What a wire format is: how it is recognised, decoded into units, encoded again. Pure; no format imports another."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Item


class EncodeContext(Struct, frozen=True, kw_only=True):
    """What a document of several items says about itself; one item needs none of it. Times are the items' own."""

    title: str = "Dragoman"
    href: str = ""
    """The address the document is served at, if any."""
    site: str = "https://dragoman.example/"
    language: str = ""
    updated: datetime | None = None
    native: bool = False
    """ninjs only: keep our profile, for a node that knows it."""


class Encoded(Struct, frozen=True, kw_only=True):
    """A document. `lost` names what the format had no place for, once each."""

    body: bytes
    media_type: str
    lost: tuple[str, ...] = ()


class Entry(Struct, frozen=True):
    """One entry of a feed as a document of its own. `key` is the sender's id of it, or one made from its content; `link`
    its page, where it names one."""

    key: str
    body: bytes
    link: str = ""


class Others(Struct, frozen=True):
    """The table of formats, as a document that holds others is given it (a mail and what is attached to it): which format
    some bytes are in, empty where none knows them, and their units. Nesting is bounded there, and nothing raises."""

    surest: Callable[[bytes, Hints], str]
    decode: Callable[[bytes, Hints], list[Unit]]


class Format(Struct, frozen=True, kw_only=True):
    """A wire format, both directions. `detect` says how sure it is, 0 to 1; the surest format decodes.

    `places` says where each field of an item stands in the format, by the names of `_fields.FIELDS`: what is in it goes out
    and comes in again unchanged, what is not is lost, and named so (the tests of the table hold every format to it).
    `read_only` are fields of it that are read, but not written. Without `encode` the format is only read. `holds` decodes a
    document that holds others, which formats do not know of each other, in the place of `decode`.
    """

    name: str
    title: str
    """The standard as people call it, with its versions."""
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    detect: Callable[[bytes, Hints], float]
    decode: Callable[[bytes, Hints], Iterable[Unit]]
    encode: Callable[[Iterable[Item], EncodeContext], Encoded] | None = None
    split: Callable[[bytes, Hints], list[Entry]] | None = None
    holds: Callable[[bytes, Hints, Others], Iterable[Unit]] | None = None
    opens: bytes = b""
    """The first signs its documents may have, behind marks and white space; none: any. Where `detect` need not be asked."""
    places: Mapping[str, str] = {}
    read_only: frozenset[str] = frozenset()


def units(makers: Iterable[Callable[[], Item]]) -> Iterator[Unit]:
    """One unit a maker, in order: an entry that fails is a problem of its own and stops no other."""
    for index, make in enumerate(makers):
        yield unit(index, make)


def units_of_document(makers: Callable[[], Iterable[Callable[[], Item]]]) -> Iterator[Unit]:
    """One unit for each maker that `makers` finds in a document; one failed unit where it cannot be taken apart."""
    try:
        found = list(makers())
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        yield from units(found)


def unit(index: int, make: Callable[[], Item]) -> Unit:
    """The unit of what `make` returns, or of what went wrong; never raises."""
    try:
        item = make()
        msgspec.json.encode(item)  # what cannot be written down (a lone surrogate) must not reach the store
        return Unit(index=index, item=item)
    except DragomanError as error:
        return failed(index, error)
    except Exception as error:  # the border: whatever a foreign document does to a parser, it is one parked unit
        return failed(index, unforeseen(error))


def failed(index: int, error: DragomanError) -> Unit:
    """The unit of an entry, or of a document, that could not be decoded."""
    error.kept = error.kept or "The bytes as received."
    error.hint = error.hint or "Look at the bytes; ask the sender, or name another format, and decode again."
    return Unit(index=index, problem=error.problem())


def unforeseen(error: Exception) -> Undecodable:
    """A parser's own error as one of ours."""
    told = str(error).splitlines()[0][:300] if str(error) else ""
    return Undecodable(
        "The document cannot be read", f"{type(error).__name__}: {told}" if told else type(error).__name__
    )


def suits(hints: Hints, media_types: tuple[str, ...], suffixes: tuple[str, ...]) -> float:
    """How much the hints alone speak for a format: its media type or its suffix."""
    media_type = hints.media_type.split(";")[0].strip().lower()
    by_type = 0.3 if media_type and media_type in media_types else 0.0
    return by_type + (0.2 if hints.source.lower().endswith(suffixes) else 0.0)
