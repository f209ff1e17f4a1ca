"""E-mail (RFC 5322, MIME), in and out. Pure.

headers  fields, encoded words, what a part is      parts    boundaries, transfer encodings, text, all within bounds
cutting  signature, the mail it answers, small print  body   which alternative is the copy, and what of it
form     copy sent in by a form, as JSON            letter   what the mail says of itself
proof    bounces, automatic answers, who may kill   attached  what is attached, what all units have in common
reading  a message as units                         writing  an item as a message

In, the copy in the body is one item, and everything attached is decoded by the format that knows it: copy, events, mails,
pictures. An attached picture is an item of its own whose unit carries its bytes (`Unit.body`); the first copy is told of it
by an association. Whoever fetches mail keeps the whole message first, as raw bytes, and lets it be decoded like any other
arrival: nothing is lost if it cannot be read, and the pipeline stores the pictures' bytes with the items.

Bounces, automatic answers and receipts are no copy. A mail that came by the post and takes copy back must be proved to be its
sender's by the receiving server (Authentication-Results), or a person is asked; so must one that asks for a kill in words.

Out, one item is one message of text and HTML, several are a digest. `addressed` puts sender and recipients in.
"""

import re
import string
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from dragoman.formats._fields import lost
from dragoman.formats._own_words import CARRIED
from dragoman.formats._shape import EncodeContext, Encoded, Format, Others, failed, suits
from dragoman.formats.mail.reading import units_of
from dragoman.formats.mail.writing import addressed, digested, message
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item

__all__ = ["FORMAT", "MEDIA_TYPE", "addressed", "decode", "detect", "encode"]

MEDIA_TYPE = "message/rfc822"
_FIELD = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):(?=[ \t\r\n])")
_ALL = frozenset(
    b"from to subject date message-id mime-version received return-path delivered-to content-type sender reply-to cc"
    b" in-reply-to references content-transfer-encoding authentication-results dkim-signature x-mailer x-received"
    b" received-spf user-agent list-id precedence x-originating-ip auto-submitted".split()
)
_TELLING = frozenset(
    b"from message-id mime-version received return-path delivered-to dkim-signature x-received received-spf".split()
)
_LINES, _HEAD = 80, 32_000


def detect(data: bytes, hints: Hints) -> float:
    """By the fields it begins with: two that mails have, one of them hardly found elsewhere."""
    found = _fields(data[:_HEAD])
    if len(found) < 2 or not found & _TELLING:
        named = suits(hints, FORMAT.media_types, FORMAT.suffixes)
        return named + 0.1 if named and found else 0.0
    return min(1.0, 0.55 + 0.1 * len(found) + suits(hints, FORMAT.media_types, FORMAT.suffixes))


def _fields(head: bytes) -> frozenset[bytes]:
    names: set[bytes] = set()
    lines = head.lstrip(b" \t\r\n\xef\xbb\xbf").split(b"\n")
    for number, line in enumerate(lines[:_LINES]):
        if not line.strip():
            break
        if match := _FIELD.match(line):
            names.add(match[1].lower())
        elif not line[:1].isspace() and not (number == 0 and line.startswith((b"From ", b">From "))):
            break
    return frozenset(names & _ALL)


def holds(data: bytes, hints: Hints, others: Others) -> Iterator[Unit]:
    """The units of the mail: its copy, and what `others` make of what is attached."""
    yield from units_of(data, hints, others)


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """As `holds`, with nobody to read what is attached: each is a problem."""
    yield from units_of(data, hints, _NOBODY)


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """One message, or a digest of several."""
    listed = list(items)
    messages = [message(item, context) for item in listed]
    moments = (one.version_created or one.first_created or datetime.min.replace(tzinfo=UTC) for one in listed)
    body = messages[0] if len(messages) == 1 else digested(messages, context, moments)
    missing = dict.fromkeys(word for item in listed for word in lost(item, FORMAT.places))
    return Encoded(body=body, media_type=MEDIA_TYPE, lost=tuple(missing))


_NOBODY = Others(
    surest=lambda data, hints: "",
    decode=lambda data, hints: [failed(0, Undecodable("Nobody here reads what a mail holds", hints.source[-80:]))],
)

FORMAT = Format(
    name="mail",
    title="e-mail (RFC 5322, MIME)",
    media_types=(MEDIA_TYPE, "message/global", "application/mbox"),
    suffixes=(".eml", ".msg", ".mail", ".mbox"),
    detect=detect,
    opens=string.ascii_letters.encode() + b">-",
    decode=decode,
    encode=encode,
    holds=holds,
    places={
        **{field: f"X-Dragoman-{word[:1].upper()}{word[1:]}" for field, word in CARRIED.items()},
        "headline": "Subject",
        "language": "Content-Language",
        "subjects": "Keywords",
        "body": "text/html and text/plain",
        "links and emphasis": "text/html",
    },
)
