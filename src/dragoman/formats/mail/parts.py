"""A message taken apart into its parts, by its boundaries, without recursion a sender could drive. Pure.

At most `DEEPEST` levels and `MOST_PARTS` parts; what lies beyond is named and left alone.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from contextlib import suppress

from msgspec import Struct, field

from dragoman.formats._charset import decode_text
from dragoman.formats.mail.headers import Headers, Kind, kind, read_headers
from dragoman.model.errors import Undecodable

DEEPEST, MOST_PARTS = 10, 200
LONGEST_TEXT = 2_000_000
"""Bytes of a text part; a longer one is no copy."""
_GUESSED = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n")
_UU = re.compile(rb"^begin [0-7]{3} ", re.MULTILINE)
_ASCII = frozenset({"", "us-ascii", "ascii", "ansi_x3.4-1968", "7bit", "8bit", "unknown-8bit", "default"})
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


class Budget(Struct):
    """What is left of the bounds while a message is taken apart, and what was left alone because of them."""

    parts: int = MOST_PARTS
    beyond: list[str] = field(default_factory=list)


class Part(Struct, frozen=True):
    """A part: its header, what it is, the parts in it (of a multipart or a message), its body as it was sent."""

    headers: Headers
    kind: Kind
    body: bytes = b""
    parts: tuple["Part", ...] = ()

    @property
    def is_message(self) -> bool:
        return self.kind.type in ("message/rfc822", "message/global")

    def leaves(self) -> Iterator["Part"]:
        """The parts that hold no others, in order. A message inside is one of them."""
        for each in self.parts:
            if each.parts and not each.is_message:
                yield from each.leaves()
            else:
                yield each


def take_apart(data: bytes) -> tuple[Part, tuple[str, ...]]:
    """The message, and what was left alone."""
    budget = Budget()
    part = _part(data, 0, len(data), budget, 0, "text/plain")
    if part.headers.cut:
        budget.beyond.append("header fields beyond the limit")
    return part, tuple(dict.fromkeys(budget.beyond))


def _part(data: bytes, start: int, end: int, budget: Budget, depth: int, default: str) -> Part:
    headers, at = read_headers(data, start, end)
    known = kind(headers, default)
    if known.type == "message/rfc822" or known.type == "message/global":
        if depth >= DEEPEST:
            budget.beyond.append(f"messages nested deeper than {DEEPEST}")
            return Part(headers, known)
        encoded = _encoding(headers)
        if encoded in ("base64", "quoted-printable"):  # forbidden by RFC 2046 §5.2.1, and done
            inner, _ = content(Part(headers, known, data[at:end]))
            return Part(headers, known, b"", (_part(inner, 0, len(inner), budget, depth + 1, "text/plain"),))
        return Part(headers, known, b"", (_part(data, at, end, budget, depth + 1, "text/plain"),))
    if known.type.startswith("multipart/"):
        return _multipart(data, at, end, headers, known, budget, depth)
    return Part(headers, known, data[at:end])


def _multipart(data: bytes, at: int, end: int, headers: Headers, known: Kind, budget: Budget, depth: int) -> Part:
    spans = list(_spans(data, at, end, known.boundary, budget)) if known.boundary else []
    if not spans and (guessed := _GUESSED.search(data, max(at - 1, 0), min(end, at + 20_000))):
        name = guessed[1].decode("latin-1")
        spans = list(_spans(data, at, end, name, budget))
        budget.beyond.append("a boundary that was not declared" if spans else "parts without a boundary")
    if spans and depth >= DEEPEST:
        budget.beyond.append(f"parts nested deeper than {DEEPEST}")
        return Part(headers, known)
    if not spans:
        return Part(headers, kind(Headers()), data[at:end])
    default = "message/rfc822" if known.type == "multipart/digest" else "text/plain"
    return Part(headers, known, b"", tuple(_part(data, *span, budget, depth + 1, default) for span in spans))


def _spans(data: bytes, at: int, end: int, boundary: str, budget: Budget) -> Iterator[tuple[int, int]]:
    """Where each part lies, header included. The last one may lack its end."""
    mark = b"--" + boundary.encode("utf-8", "replace")
    begun = -1
    for where, behind, closing in _marks(data, at, end, mark):
        if begun >= 0:
            if budget.parts <= 0:
                budget.beyond.append(f"parts beyond the first {MOST_PARTS}")
                return
            budget.parts -= 1
            yield begun, max(begun, where)
        begun = -1 if closing else behind
        if closing:
            return
    if begun >= 0 and budget.parts > 0:
        budget.parts -= 1
        yield begun, end


def _marks(data: bytes, at: int, end: int, mark: bytes) -> Iterator[tuple[int, int, bool]]:
    """Each line that is the boundary: where the part before ends, where the next begins, whether it is the closing one."""
    found = data.find(mark, at, end)
    while found >= 0:
        after = found + len(mark)
        closing = data.startswith(b"--", after)
        stop = data.find(b"\n", after, end)
        stop = end if stop < 0 else stop + 1
        rest = data[after + 2 * closing : min(stop, after + 200)]
        if (found == at or data[found - 1 : found] == b"\n") and (not rest.strip() or closing):
            before = found - 1 if found > at else found
            before -= before > at and data[before - 1 : before] == b"\r"
            yield before, stop, closing
        found = data.find(mark, max(after, stop - 1), end)


def _encoding(headers: Headers) -> str:
    """The transfer encoding in one of the five ways; what is none of them is taken as it stands."""
    word = headers.text("content-transfer-encoding").lower().strip("\"' ;").split(";")[0].strip()
    squeezed = re.sub(r"[\s_-]", "", word)
    known = {"base64": "base64", "quotedprintable": "quoted-printable", "qp": "quoted-printable"}
    return known.get(squeezed, "uuencode" if "uu" in squeezed else "")


def content(part: Part) -> tuple[bytes, str]:
    """The part's bytes, its transfer encoding undone, and what was wrong with it, or nothing."""
    encoding = _encoding(part.headers)
    if encoding == "base64":
        return _base64(part.body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.body), ""
    if encoding == "uuencode" or (not encoding and part.body[:6] == b"begin " and _UU.match(part.body)):
        return _uuencoded(part.body)
    return part.body, ""


def _base64(body: bytes) -> tuple[bytes, str]:
    """Whatever can be read of it: signs that do not belong go, a last group that is torn off is left out."""
    with suppress(binascii.Error):
        found = binascii.a2b_base64(body)
        signs = len(body) - sum(body.count(sign) for sign in (b"\n", b"\r", b" ", b"\t", b"="))
        if len(found) == signs * 3 // 4:
            return found, ""
    end = body.find(b"=")  # padding; what comes behind it is another text's, or a list's footer
    kept = _NOT_BASE64.sub(b"", body if end < 0 else body[:end])
    whole = len(kept) - (len(kept) % 4 == 1)
    return base64.b64decode(kept[:whole] + b"=" * (-whole % 4)), "base64 that was damaged"


def _uuencoded(body: bytes) -> tuple[bytes, str]:
    found: list[bytes] = []
    damaged = False
    begin = _UU.search(body)
    for line in body[begin.start() if begin else 0 :].splitlines()[1:]:
        if line.strip() == b"end":
            break
        says = (line[0] - 32) & 63 if line else 0
        if len(line) * 3 < says * 4:  # the decoder would fill the rest with zeros
            damaged = True
            continue
        try:
            found.append(binascii.a2b_uu(line))
        except binascii.Error:
            damaged = True
    return b"".join(found), "uuencoded lines that cannot be read" if damaged else ""


class Text(Struct, frozen=True):
    """A text part as text, and notes on its encoding."""

    text: str
    notes: tuple[str, ...] = ()


def text_of(part: Part, fallback: str = "") -> Text:
    """The text of a part; `fallback` is the feed's charset. Flowed lines are joined (RFC 3676).

    Raises:
        Undecodable: it is too long, or no encoding fits.
    """
    body, wrong = content(part)
    if len(body) > LONGEST_TEXT:
        raise Undecodable("The text of the mail is too long", f"{len(body):,} bytes; the limit is {LONGEST_TEXT:,}")
    # What is called ASCII and is not says nothing about what it is.
    declared = "" if part.kind.charset.lower() in _ASCII else part.kind.charset
    found = decode_text(body, declared=declared, hint=fallback)
    text = found.text.replace("\r\n", "\n").replace("\r", "\n")
    notes = found.notes + ((wrong,) if wrong else ())
    if declared and found.charset != "utf-8" and "declared" not in "".join(found.notes):
        notes += (f"the charset {part.kind.charset[:40]} is not known or does not fit",)
    return Text(_unflowed(text, delsp=part.kind.delsp) if part.kind.flowed else text, notes)


def _unflowed(text: str, *, delsp: bool) -> str:
    """Lines that end in a space go on in the next; a space in front of a line was stuffed there. "-- " ends nothing."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        plain = line[1:] if line.startswith(" ") else line
        if goes_on and not plain.startswith(">") and plain != "-- ":
            lines[-1] += plain
        else:
            lines.append(plain)
        goes_on = plain.endswith(" ") and plain != "-- " and not plain.startswith(">")
        if goes_on and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
