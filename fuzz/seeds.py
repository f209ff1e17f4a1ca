"""What fuzzing begins with: our own items as each format writes them, and a few broken ones."""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from dragoman import formats
from dragoman.model.errors import BadInput
from dragoman.model.item import Body, Concept, Correction, Description, Headline, Item, Profile

_BROKEN = (
    b"",
    b"\x00",
    b"\xff\xfe<\x00",
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    b'{"uri": "urn:x:1", "headlines": [{"value": "\\ud800"}]}',
    b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nx\r\n--x--\r\n",
    b"\x01eca062 4 i 211 eex    dpa 061\r\n\r\n\x02Copy\r\n\x03",
)


def items() -> tuple[Item, ...]:
    """A whole item, one with little, one killed."""
    made = datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
    whole = Item(
        uri="urn:example:ferry",
        version="7",
        first_created=made,
        version_created=made,
        embargoed_until=made,
        urgency=3,
        language="en",
        headlines=(Headline(value="The ferry sails again"),),
        slugline="ferry-returns",
        by="Ada Placeholder",
        located="Salt Quay",
        descriptions=(Description(value="The first crossing in two years", role="summary"),),
        bodies=(Body(value="<p>SALT QUAY, May 13 (HA) — The ferry <b>sails</b>.</p><ul><li>It is red.</li></ul>"),),
        subjects=(Concept(name="transport", uri="http://cv.iptc.org/newscodes/mediatopic/20000337"),),
        places=(Concept(name="Salt Quay"),),
        usage_terms="Own services only.",
        ed_note="Check the captain's name.",
        dragoman=Profile(credit="Harbour Agency", correction=Correction(kind="update", reason="A second ferry.")),
    )
    small = Item(uri="urn:example:чай", headlines=(Headline(value="茶叶博物馆"),), bodies=(Body(value="<p>مرحبا</p>"),))
    killed = Item(uri="urn:example:ferry", version="8", pub_status="canceled")
    return whole, small, killed


def seeds_of(names: tuple[str, ...], more: Path | None, longest: int) -> Iterator[tuple[str, bytes]]:
    """(name, bytes): our items in every format that is written, the broken ones, and the files of the folder `more`."""
    wanted = [name for name in formats.WRITTEN if not any(names) or name in names] or list(formats.WRITTEN)
    for name in wanted:
        for chosen in (*([item] for item in items()), items()):
            with suppress(BadInput):  # some formats hold one item
                yield _named(formats.encode(name, chosen).body)
    yield from map(_named, _BROKEN)
    for path in sorted(more.rglob("*")) if more else ():
        if path.is_file() and path.stat().st_size <= longest:
            yield _named(path.read_bytes())


def _named(body: bytes) -> tuple[str, bytes]:
    return hashlib.sha256(body).hexdigest()[:16], body
