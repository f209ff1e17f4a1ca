"""The header of a message or of one of its parts, read leniently and within bounds (RFC 5322, RFC 2047, RFC 2231). Pure."""

import base64
import binascii
import re
from email.message import Message
from email.utils import parseaddr

from msgspec import Struct

from dragoman.formats._charset import decode_text
from dragoman.model.errors import Undecodable
from dragoman.text.cleaning import clean, squeeze

MOST_BYTES, MOST_HEADERS, LONGEST = 512_000, 2_000, 60_000
"""Of one header block: its bytes, its fields, the bytes of one field. What is beyond them is left out."""
_LONGEST_PARAMETERS = 4_000  # the standard library takes them apart in square time
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)", re.DOTALL)
_SURE = re.compile(
    rb"(?:from|to|subject|date|message-id|mime-version|content-type|content-transfer-encoding|received|reply-to|return-path|cc|x-mailer)[ \t]*:",
    re.IGNORECASE,
)
_AHEAD = 6  # lines
_WORD = re.compile(r"=\?([A-Za-z0-9_.:+*-]{1,60})\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_BETWEEN = re.compile(r"\s{1,200}")
_HEX = re.compile(r"=([0-9A-Fa-f]{2})")
_ADDRESS = re.compile(r"<?\s*([^\s<>@,;:\"]{1,100}@[^\s<>@,;:\"]{1,200})\s*>?")


class Sender(Struct, frozen=True):
    """Who a message says it is from; `name` is empty where it only repeats an address."""

    name: str = ""
    address: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()


class Headers(Struct, frozen=True):
    """The fields in order: the name in small letters, the value unfolded, still as bytes. `cut`: there was more."""

    fields: tuple[tuple[str, bytes], ...] = ()
    cut: bool = False

    def raw(self, name: str) -> bytes:
        """The first field of this name, or nothing."""
        return next((value for field, value in self.fields if field == name), b"")

    def text(self, name: str, charset: str = "") -> str:
        """The first field of this name as a reader sees it, on one line. `charset` is the body's, for raw 8-bit letters."""
        return decoded(self.raw(name), charset)

    def all(self, name: str) -> list[str]:
        """Every field of this name."""
        return [decoded(value) for field, value in self.fields if field == name]

    def has(self, name: str) -> bool:
        return any(field == name for field, _ in self.fields)


def read_headers(data: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The header block that begins at `start`, and where the body begins. A line that is no field ends the header."""
    at = start
    lines: list[bytes] = []
    limit = min(end, start + MOST_BYTES)
    cut = False
    while at < end:
        stop = data.find(b"\n", at, end)
        stop = end if stop < 0 else stop + 1
        line = data[at : min(stop, at + LONGEST)].rstrip(b"\r\n")
        if not line.strip():
            at = stop
            if lines or at - start <= 2:  # some programs leave a line of spaces in front
                break
            continue
        if line[:1] in b" \t" and lines:
            if len(lines[-1]) < LONGEST:
                lines[-1] += b" " + line.strip()
        elif b":" in line and _FIELD.match(line):
            lines.append(line)
        elif line.startswith((b"From ", b">From ")):
            pass  # mbox, or what its programs made of it
        elif lines and _goes_on(data, stop, end):
            lines[-1] += b" " + line.strip()  # folded without the space that says so
        elif lines:
            break
        at = stop
        if at >= limit or len(lines) >= MOST_HEADERS:
            cut = True
            at = _behind_blank(data, at, end)
            break
    found = [match for line in lines if (match := _FIELD.match(line[:LONGEST]))]
    return Headers(tuple((match[1].decode("ascii").lower(), match[2].strip()) for match in found), cut), at


def _goes_on(data: bytes, at: int, end: int) -> bool:
    """Does a field that mails have follow within a few lines?"""
    for line in data[at : min(end, at + 4_000)].split(b"\n")[:_AHEAD]:
        if not line.strip():
            return False
        if _SURE.match(line):
            return True
    return False


def _behind_blank(data: bytes, at: int, end: int) -> int:
    found = min((where for mark in (b"\n\n", b"\n\r\n") if (where := data.find(mark, at, end)) >= 0), default=-1)
    if found < 0:
        return end
    return found + (3 if data.startswith(b"\n\r\n", found) else 2)


def decoded(value: bytes, charset: str = "") -> str:
    """A field's value with its encoded words read (RFC 2047; neighbours in one charset are put together before they are
    read, since some programs part them within a letter), on one line and without control characters."""
    text = _raw_text(value[:LONGEST], charset)
    return squeeze(clean(_words(text))) if "=?" in text else squeeze(clean(text))


def _raw_text(value: bytes, charset: str) -> str:
    """The value as it stands: UTF-8 (RFC 6532), or what programs write that never heard of encoded words."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return decode_text(value, declared=charset, mark=False).text if value else ""
    except Undecodable:
        return value.decode("utf-8", "replace")


def _words(text: str) -> str:
    pieces: list[str] = []
    pending, charset = b"", ""
    at = 0
    for word in _WORD.finditer(text):
        between = text[at : word.start()]
        if between and not (pending and _BETWEEN.fullmatch(between)):
            pieces += [_read(pending, charset), between]
            pending = b""
        name = word[1].partition("*")[0].lower()  # RFC 2231 puts a language behind it
        if pending and name != charset:
            pieces.append(_read(pending, charset))
            pending = b""
        charset = name
        pending += _base64(word[3]) if word[2] in "bB" else _quoted(word[3], name)
        at = word.end()
    return "".join((*pieces, _read(pending, charset), text[at:]))


def _read(data: bytes, charset: str) -> str:
    if not data:
        return ""
    try:
        return decode_text(data, declared=charset, mark=False).text
    except Undecodable:
        return data.decode("utf-8", "replace")


def _base64(text: str) -> bytes:
    kept = "".join(sign for sign in text if sign.isascii() and (sign.isalnum() or sign in "+/"))
    try:
        return base64.b64decode(kept[: len(kept) - (len(kept) % 4 == 1)] + "=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return b""


def _quoted(text: str, charset: str) -> bytes:
    """Q-encoded bytes. A letter that should have been encoded and was not is taken into the word's charset."""
    spaced = text.replace("_", " ")
    if not spaced.isascii():
        try:
            raw = spaced.encode(charset)
        except (LookupError, UnicodeError):
            raw = spaced.encode("utf-8", "replace")
        spaced = raw.decode("latin-1")
    return _HEX.sub(lambda found: chr(int(found[1], 16)), spaced).encode("latin-1")


def sender(headers: Headers, charset: str = "") -> Sender:
    """From, or Sender where there is none; of several the first counts."""
    raw = headers.text("from", charset) or headers.text("sender", charset)
    # The standard library goes one call deeper with each bracket.
    name, address = parseaddr(raw[:1_000] if raw.count("(") <= 20 else raw[:1_000].replace("(", " "))
    if "@" not in address:
        found = _ADDRESS.search(raw[:1_000])
        address = found[1] if found else ""
    name = squeeze(name.strip("\"' "))
    return Sender("" if "@" in name or name == address else name[:200], address[:320])


class Kind(Struct, frozen=True):
    """What a part says it is: its type in small letters, its charset, its boundary, the name of its file."""

    type: str
    charset: str = ""
    boundary: str = ""
    filename: str = ""
    attached: bool = False
    inline: bool = False
    flowed: bool = False
    delsp: bool = False
    report: str = ""


def kind(headers: Headers, default: str = "text/plain") -> Kind:
    """What the part is by its Content-Type and Content-Disposition. One without type, or with none that could be, is `default`."""
    known = Message()
    for name in ("content-type", "content-disposition"):
        if value := headers.raw(name)[:_LONGEST_PARAMETERS]:
            known[name] = value.decode("utf-8", "replace")
    if not headers.raw("content-type"):
        known["content-type"] = default
    declared = known.get_content_type()
    disposition = (known.get_content_disposition() or "").strip()
    try:
        filename = known.get_filename() or ""
    except (LookupError, ValueError, TypeError, IndexError):  # a charset that is none, sections out of order
        filename = ""
    return Kind(
        type=declared,
        charset=_parameter(known, "charset")[:60],
        boundary=_parameter(known, "boundary", strip=False)[:300].rstrip(),
        filename=_filename(filename),
        attached=disposition == "attachment",
        inline=disposition == "inline",
        flowed=_parameter(known, "format").lower() == "flowed",
        delsp=_parameter(known, "delsp").lower() == "yes",
        report=_parameter(known, "report-type").lower(),
    )


def _parameter(known: Message, name: str, *, strip: bool = True) -> str:
    try:
        value = known.get_param(name, "")
    except (LookupError, ValueError, TypeError, IndexError):
        return ""
    text = str(value[2] if isinstance(value, tuple) else value or "")
    return text.strip("\"' \t") if strip else text


def _filename(name: str) -> str:
    """The name alone, to be shown and to tell its kind by: no folders, no control characters, never opened."""
    plain = decoded(name.encode("utf-8", "replace"))
    return plain.replace("\\", "/").rpartition("/")[2].replace("\x00", "")[:120]
