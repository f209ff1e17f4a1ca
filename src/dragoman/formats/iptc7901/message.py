"""An IPTC 7901 document as its messages: header, keywords, text, end line; with control bytes or without. Pure.

    SOH  source number  priority  category  words  optional information  CR LF      eca062 4 i 211 ccccb   dpa 061
         keywords, and whatever else the sender puts there               CR LF      Harbour/ferry/
    STX  the text, title first, often closed by "="
    ETX  day hour minute, zone, month, year                                         071341 GMT Okt 15
    EOT

(IPTC 7901, revision 5.) Files that passed through a mail program or a gateway have lost the control bytes; then the header
line is known by its shape and the end line by its date.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"
CONTROLS = b"\x01\x02\x03\x04"
HEAD = re.compile(
    r"(?P<source>[A-Za-z][A-Za-z.-]{0,7}?)[ -]?(?P<number>\d{2,7})[ \t]+(?P<priority>[0-9])[ \t]+(?P<category>[A-Za-z][A-Za-z/]{0,5})"
    r"(?:[ \t]+(?P<words>\d{1,6}))?(?:[ \t]+(?P<optional>\S[^\n]{0,200}))?[ \t]*(?:\n|\Z)"
)
BARE_HEAD = re.compile(
    rb"\s*(?:ZCZC[^\n]{0,40}\s+)?[A-Za-z]{2,6}\d{3,6}[ \t]+[0-9][ \t]+[A-Za-z]{1,4}[ \t]+\d{1,6}(?:[ \t]+\S[^\r\n]{0,100})?[ \t]*\r?\n"
)
_END = re.compile(
    r"\n[^\n]{0,24}?(?<!\d)(?P<line>\d{6}[ \t]*(?:[A-Z]{1,5})?[ \t]+[^\W\d_]{3,10}\.?[ \t]+(?:\d{4}|\d\d))[ \t]*\Z"
)
_KEYWORDS = re.compile(r"/?[^\s/][^/\n]{0,60}(?:/[^/\n]{0,60})+/?")
_SEPARATED = re.compile(r"\n(?:NNNN|nnnn)[ \t]*(?=\n|\Z)")
_OPENED = re.compile(r"\s*ZCZC[^\n]{0,40}\n")


class Message(Struct, frozen=True):
    """The fields of a message as sent; `header` are the lines between its first line and its text, blank ones left out."""

    source: str
    number: str
    priority: str
    category: str
    words: str
    optional: str
    header: tuple[str, ...]
    text: str
    end: str

    @property
    def id(self) -> str:
        return f"{self.source}{self.number}"


def messages_of(text: str) -> Iterator[Message]:
    """The messages of `text`, in order; what is between them is no part of any."""
    if SOH in text:
        parts = [part for part in text.split(SOH)[1:] if part.strip()]
    else:
        parts = [part for part in _SEPARATED.split(text) if part.strip()]
    return map(_message, parts)


def _message(part: str) -> Message:
    part, _, _ = part.partition(EOT)
    head, opened, rest = part.partition(STX)
    if opened:
        text, _, end = rest.partition(ETX)
    else:
        head, text, end = _without_marks(part)
    if not end.strip() and (found := _END.search(text.rstrip())):
        text, end = text[: found.start()], found["line"]
    found_head = HEAD.match(head.lstrip())
    if found_head is None:
        lines = _lines(head)
        return Message("", "", "", "", "", "", tuple(lines), text, end)
    fields = {name: said or "" for name, said in found_head.groupdict().items()}
    return Message(**fields, header=tuple(_lines(head.lstrip()[found_head.end() :])), text=text, end=end)


def _without_marks(part: str) -> tuple[str, str, str]:
    """Header, text and end of a message that has no STX: its first line, and a line of keywords, are the header."""
    opened = _OPENED.match(part)
    part = part[opened.end() if opened else 0 :].lstrip()
    text, _, end = part.partition(ETX)
    first, _, rest = text.partition("\n")
    if HEAD.match(first) is None:
        return "", text, end
    following = rest.lstrip().partition("\n")
    if len(following[0]) <= 80 and "://" not in following[0] and _KEYWORDS.fullmatch(following[0].strip()):
        return f"{first}\n{following[0]}", following[2], end
    return first, rest, end


def _lines(head: str) -> list[str]:
    return [line for each in head.split("\n") if (line := each.strip())]
