"""Copy as it comes off a page: what is not copy is taken out, line by line, and told. Pure."""

import html
import re

from msgspec import Struct

from dragoman.model.item import Removed
from dragoman.read.agencies import agency_name
from dragoman.read.body import HtmlBlock, html_blocks
from dragoman.read.calendar import PartialDate
from dragoman.read.furniture import furniture
from dragoman.read.header import stamp
from dragoman.read.structure import is_heading
from dragoman.text.paragraphs import paragraphs

OTHER_COPY = "link to other copy"
_BLOCK_TAGS = re.compile(r"</?(?:p|div|br|h[1-6]|li|ul|ol|table|td|article|section|blockquote)\b[^>]*>", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|lt|gt|laquo|raquo|[mn]dash|[lr][sd]quo|bdquo|hellip|apos|#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{1,8}(?:acute|grave|uml|circ|cedil|tilde|lig));"
)
_SOURCE = re.compile(
    r"(?:source|источник|quelle|fuente|mənbə|المصدر|消息来源|来源|稿件来源)\s*[:：]\s*(\S[^\n]{1,80})\Z", re.IGNORECASE
)
_NAMES_ITS_LINK = re.compile(r"[:：]\s*\w")
_STAMPS_AMONG = 8  # paragraphs from either end


class Page(Struct, frozen=True):
    """The paragraphs that are copy; what was removed; a date that stood on the page; the source it named."""

    paragraphs: tuple[str, ...]
    removed: tuple[Removed, ...] = ()
    date: PartialDate | None = None
    source: str = ""
    notes: tuple[str, ...] = ()


def read_page(text: str) -> Page:
    """`text` (header and template expressions gone) as paragraphs of copy."""
    notes: tuple[str, ...] = ()
    if len(_BLOCK_TAGS.findall(text[:20_000])) > 1:
        lines = [line for block in html_blocks(text)[0] for line in _marked(block)]
        notes = ("markup in the text was read as HTML",)
    else:
        if _ENTITY.search(text):
            text, notes = html.unescape(text), ("HTML entities in the text were resolved",)
        lines = paragraphs(text)
    kept: list[str] = []
    removed: list[Removed] = []
    date: PartialDate | None = None
    source = ""
    in_links = False
    for at, line in enumerate(lines):
        near_edge = at < _STAMPS_AMONG or at >= len(lines) - _STAMPS_AMONG
        if reason := furniture(line):
            removed.append(Removed(text=line, reason=reason))
            in_links = reason == OTHER_COPY and not _NAMES_ITS_LINK.search(line)
            continue
        if near_edge and (found := stamp(line)):
            date = date or found
            removed.append(Removed(text=line, reason="time stamp"))
            continue
        if near_edge and agency_name(line.strip(" :.|")):
            removed.append(Removed(text=line, reason="agency name"))
            continue
        if near_edge and not source and (match := _SOURCE.match(line)):
            source = match[1].strip()
            removed.append(Removed(text=line, reason="source line"))
            continue
        if in_links and is_heading(line) and _is_link(lines, at):
            removed.append(Removed(text=line, reason=OTHER_COPY))
            continue
        in_links = False
        kept.append(line)
    return Page(tuple(kept), tuple(removed), date, source, notes)


def _is_link(lines: list[str], at: int) -> bool:
    """Is this short line, behind "read also", the title of other copy? Not if it heads the paragraph that follows."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return not following or is_heading(following) or bool(furniture(following)) or bool(furniture(lines[at - 1]))


def _marked(block: HtmlBlock) -> list[str]:
    kind = block.block.kind
    if kind == "subheading":
        return [f"## {' '.join(block.text.split())}"]
    if kind == "list":
        return [f"• {line}" for line in block.text.split("\n")]
    if kind == "quote":
        return [f"> {' '.join(block.text.split())}"]
    return block.text.split("\n")
