"""An ANPA-1312 document as its messages: two header lines, the text as typeset, the end line. Pure.

    SYN SYN SOH  service level and number  US  selector            V4644 asian
    priority category  format (DC1 … DC4)  keyword  version  month-day  words
    STX  ^slug line<  ^headline<  ^Eds: …<  ^By NAME=  paragraphs behind a tab
    ETX  AP-WF-02-10-16 0423GMT<
    EOT

(ANPA Bulletin 1312.) A line that begins with ``^`` is set from the edge; ``<`` ends it flush left, ``=`` centres it.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

CONTROLS = b"\x01\x02\x03\x04\x08\x10\x11\x12\x13\x14\x1f"
SOH, STX, ETX, EOT = "\x01", "\x02", "\x03", "\x04"
FIRST = re.compile(
    rb"[\x00\x16\s]*\x01?[\x00\x16]*[A-Za-z]\d{4}[ ]?(?:\x1f[^\s\x00-\x1f]{0,12}|[ ]+[a-z-]{1,8})[ \t]*\r*\n[a-z] [^\s][\x00-\x1f ]{0,6}\S"
)
_FIRST = re.compile(r"(?P<level>[A-Za-z])(?P<number>\d{4})[ ]?\x1f?[ ]*(?P<selector>[^\s\x00-\x1f]{0,12})[ \t]*\Z")
_SECOND = re.compile(
    r"(?P<priority>[A-Za-z])[ ]+(?P<category>[^\s\x00-\x1f])(?P<format>[\x00-\x1f]{0,6})[ ]*(?P<keyword>[^\s]{1,60})(?:[ ]+(?P<version>[^\n]{1,60}?))??"
    r"(?:[ ]+(?P<month>\d\d)-(?P<day>\d\d))?(?:[ ]+(?P<words>\d{1,6}))?[ \t]*\Z"
)
_TABULAR = ("\x12", "\x14")
_CODES = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f]")


class Message(Struct, frozen=True):
    """The fields as sent; `text` still with the signs of the typesetter, `end` behind the text."""

    text: str
    end: str
    level: str = ""
    number: str = ""
    selector: str = ""
    priority: str = ""
    category: str = ""
    keyword: str = ""
    version: str = ""
    month: str = ""
    day: str = ""
    words: str = ""
    is_tabular: bool = False

    @property
    def id(self) -> str:
        return f"{self.level}{self.number}"


def messages_of(text: str) -> Iterator[Message]:
    """The messages of `text`, in order."""
    return map(_message, (part for part in text.split(SOH) if part.strip()))


def _message(part: str) -> Message:
    head, opened, rest = part.partition(EOT)[0].partition(STX)
    if not opened:
        lines = part.split("\n", 2)
        head, rest = "\n".join(lines[:2]), lines[2] if len(lines) > 2 else ""
    text, _, end = rest.partition(ETX)
    lines = [line for line in head.split("\n") if line.strip()]
    first = _FIRST.match(lines[0].strip(" \t")) if lines else None
    second = _SECOND.match(lines[1].strip(" \t")) if len(lines) > 1 else None
    fields = {name: said or "" for found in (first, second) if found for name, said in found.groupdict().items()}
    codes = fields.pop("format", "")
    return Message(text=text, end=end, is_tabular=any(code in codes for code in _TABULAR), **fields)


def without_codes(line: str) -> str:
    """`line` as a reader sees it: quotes as quotes, the dash as a dash, no typesetter's codes."""
    line = _CODES.sub("", line).replace("``", '"').replace("''", '"').replace(" _ ", " — ")
    return " ".join(line.split())
