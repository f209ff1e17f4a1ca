"""Lines of wire text as paragraphs: a break the column forced is mended, a break somebody meant stays. Pure.

Wires set text in columns (IPTC 7901 recommends 69 signs) and part paragraphs by a blank line or by an indent. A break was
forced where the first word of the next line would not have fitted behind the last one; that needs no guess about sentences.
"""

import re

from dragoman.model.item import Block

WIDTH = 69  # signs a line (IPTC 7901, "recommended")
_WIDEST, _USUAL, _NARROWEST = 100, 75, 50
_NEAR, _ENOUGH = 12, 3
"""A column wider than usual is one only where several lines reach to its edge."""
_SLACK = 0.85
"""Of the column: who breaks by hand breaks early."""
_BLANK = re.compile(r"\n(?:[ \t\u00a0]*\n)+")
_OWN_LINE = re.compile(r"(?:[-*•–—>]|#{1,6}|\d{1,3}[.)])(?:\s|$)|[^\t]*\t")
_INDENT, _MARKS = " \t\u00a0\u3000", "-*•–—>#0123456789"
_APART = re.compile(rf"\n[{re.escape(_MARKS)}{_INDENT}]")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)|\t")


def wire_paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`, newlines as ``\\n``; lines that stand for themselves are paragraphs of their own."""
    text = text.strip("\n")
    if "\n" not in text:
        return [line] if (line := text.strip()) else []
    found: list[str] = []
    width = _column(text)
    full = width * _SLACK - 2
    # The usual paragraph, quickly: every line is full, and none begins as an entry or with an indent.
    quickly = width > 0 and "\t" not in text and "  " not in text and " \n" not in text and text.isascii()
    for chunk in _BLANK.split(text):
        lines = chunk.split("\n")
        if len(lines) == 1:
            found += [line] if (line := chunk.strip()) else []
        elif quickly and min(map(len, lines[:-1])) >= full and not _APART.search(chunk):
            found.append(chunk.replace("\n", " ").strip())
        else:
            found += _mended(lines, width)
    return found


def _column(text: str) -> int:
    """How wide the text is set; 0 where its lines are of no one width, and no break was forced."""
    lines = text.split("\n")
    lengths = list(map(len, lines))
    width = max(lengths)
    if width > _WIDEST:
        if any(len(line) > _WIDEST and _could_break(line) for line in lines):
            return 0
        lengths = [length for length in lengths if length <= _WIDEST]
        width = max(lengths, default=0)
    if width > _USUAL and sum(length > width - _NEAR for length in lengths) < _ENOUGH:
        return 0
    return max(width, _NARROWEST)


def _could_break(line: str) -> bool:
    """Could this long line have been broken? An address could not."""
    return not line.isascii() or line.strip().find(" ", 0, _WIDEST) > 0


def _mended(lines: list[str], width: int) -> list[str]:
    found: list[str] = []
    parts: list[str] = []
    room = 0  # signs that the column had left behind the line before
    for line in lines:
        words = line.strip()
        if not words:
            continue
        if parts and _first(words) >= room and line[0] not in _INDENT and not _stands_alone(words):
            parts.append(words)
        else:
            if parts:
                found.append(_joined(parts))
            parts = [words]
        room = int(width * _SLACK) - len(line.rstrip()) - 1 if width else _WIDEST
    if parts:
        found.append(_joined(parts))
    return found


def _first(words: str) -> int:
    """The length of the first word."""
    at = words.find(" ")
    return at if at > 0 else len(words)


def _stands_alone(words: str) -> bool:
    """Is this an entry of a list, a row of a table, a heading?"""
    return (words[0] in _MARKS or "\t" in words) and bool(_OWN_LINE.match(words))


def _joined(parts: list[str]) -> str:
    """The lines as one; Chinese and Japanese are broken without a space, and joined without one."""
    text = parts[0]
    if len(parts) == 1 or all(map(str.isascii, parts)):
        return " ".join(parts)
    for part in parts[1:]:
        text += part if _is_wide(text[-1]) and _is_wide(part[0]) else f" {part}"
    return text


def _is_wide(sign: str) -> bool:
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"


def table_block(rows: list[list[str]]) -> Block:
    """A table of `rows`; short rows end early."""
    return Block(kind="table", text="\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows))


def wrapped(paragraph: str, width: int = WIDTH) -> str:
    """`paragraph` (single spaces) in lines of at most `width` signs where a space allows it, as `wire_paragraphs` mends."""
    lines: list[str] = []
    line = ""
    for word in paragraph.split(" "):
        fits = len(line) + 1 + len(word) <= width
        if line and not fits and not _OWN_LINE.match(word) and not (word and _is_wide(line[-1]) and _is_wide(word[0])):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def kept_blocks(text: str) -> list[Block]:
    """`text` as it is set: lines stay lines, and those with columns, two or more together, become a table."""
    found: list[Block] = []
    for chunk in _BLANK.split(text):
        lines: list[str] = []
        rows: list[list[str]] = []
        for line in chunk.split("\n"):
            cells = _GAP.split(line.strip(" "))
            if len(cells) > 1:
                rows.append(cells)
                continue
            _set_down(rows, lines, found)
            lines += [" ".join(line.split())] if line.strip() else []
        _set_down(rows, lines, found)
        if lines:
            found.append(Block(kind="paragraph", text="\n".join(lines)))
    return found


def _set_down(rows: list[list[str]], lines: list[str], found: list[Block]) -> None:
    """The rows that have come together as a table, behind the lines before them; one row alone is a line."""
    if len(rows) > 1:
        if lines:
            found.append(Block(kind="paragraph", text="\n".join(lines)))
            lines.clear()
        found.append(table_block(rows))
    else:
        lines += [" ".join(" ".join(row).split()) for row in rows]
    rows.clear()
