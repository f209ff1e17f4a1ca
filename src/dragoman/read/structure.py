"""What the parts of a plain text are: headline, byline, summary, dateline, sub-headings, paragraphs, quotes, lists, tables. Pure.

Nothing marks them but their place, their length and their punctuation; the dateline is the fixed point. What stands
before it is headline and summary, what stands behind it is the body.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from dragoman.model.item import Block, Dateline, Removed
from dragoman.read.dateline import FoundDateline, find_dateline
from dragoman.text.fold import fold
from dragoman.text.paragraphs import ends_sentence

_LOOK_FOR_DATELINE = 7  # paragraphs
_HEADLINE = 220  # characters at most; a Chinese sign counts as three
_SUBHEADING = 110
_QUESTION = 70
_LONGEST_ROW = 4_000
_BULLET = re.compile(r"(?:[•●▪■◦○∙·‣►▶◆*✓➢]|[-–](?=\s))\s*(?=\S)")
_NUMBERED = re.compile(r"(\d{1,2})[.)、]\s*(?=\D)")
_TABLE_ROW = re.compile(r"[^\t|]+(?:\t+[^\t|]+)+|\|?[^|]+(?:\|[^|]*)+\|?")
_MARKED_HEADING = re.compile(
    r"(?:#{1,6}\s+(.{2,160})|\*\*([^*]{2,160})\*\*:?|__([^_]{2,160})__|={2,4}\s*([^=]{2,160}?)\s*={2,4})\Z"
)
_QUOTED = re.compile(
    r"(?:>\s*\S.*|“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"]*\"|「[^「」]*」|『[^『』]*』)[.。]?\Z", re.DOTALL
)
_BYLINE = re.compile(
    r"(?:by|von|par|por|автор(?:ы)?:?|текст:|müəllif:?|بقلم:?|كتب(?:ت)?:|(?:本报|文/|文：|作者：|记者[:： ]))\s*(?P<name>[^\d.!?。]{3,60})\Z",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LOUD_END = re.compile(r"[!?！？؟][\"'»”’)\]）」』]*$")
_SMALL_END = re.compile(r"[:：;；,，،—–-]$")


class Copy(Struct, frozen=True):
    """A text taken apart. `paragraphs` are the body as sent (dateline included), `blocks` the body as read."""

    headline: str = ""
    byline: str = ""
    dateline: Dateline | None = None
    summary: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    lead: str = ""
    """The printed paragraph the dateline stands in, dateline included; empty where there is none."""
    removed: tuple[Removed, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Summary and body, in reading order."""
        return (*(Block(kind="summary", text=text) for text in self.summary), *self.body)


def take_apart(paragraphs: list[str], headline: str = "") -> Copy:
    """`paragraphs` (plain, furniture gone) as a `Copy`; `headline` where a header already gave it."""
    at, found = _dateline(paragraphs)
    before, behind = (paragraphs[:at], paragraphs[at:]) if found else _without_dateline(paragraphs, headline)
    byline, before = _byline(before)
    title, summary, back = _head(before, headline, dated=found is not None)
    behind = back + behind
    lead = behind[0] if found else ""
    if found:
        if not title and found.start > 3:
            title, lead = behind[0][: found.start].strip(" -–—|:"), behind[0][found.start :]
        behind[0] = behind[0][found.body :]
        behind = behind if behind[0].strip() else behind[1:]
        if not byline:
            byline, behind = _byline(behind)
        if not title and len(behind) > 2 and is_heading(behind[0]) and not is_heading(behind[1]):
            title, behind = behind[0], behind[1:]
    repeated, behind = _repeated_headline(title or headline, behind)
    return Copy(
        headline=title,
        byline=byline,
        dateline=found.dateline if found else None,
        summary=tuple(summary),
        body=tuple(_not_a_heading(summary, block) for block in blocks_of(behind)),
        lead=lead,
        removed=repeated,
    )


def _not_a_heading(summary: Iterable[str], block: Block) -> Block:
    """The block; a summary that the text says again is no heading, however short it is."""
    said_again = block.kind == "subheading" and any(block.text.strip() == one.strip() for one in summary)
    return Block(kind="paragraph", text=block.text) if said_again else block


def blocks_of(paragraphs: list[str]) -> list[Block]:
    """Each of `paragraphs` as a block; runs of list lines and of table rows become one block each."""
    blocks: list[Block] = []
    at = 0
    while at < len(paragraphs):
        # What begins with a letter is no entry of a list, no marked heading and no quotation: most of any copy.
        worded = paragraphs[at][:1].isalpha()
        taken = (None if worded else _list_run(paragraphs, at)) or _table_run(paragraphs, at)
        if taken:
            kind, count = taken
            lines = [_item_text(line) if kind == "list" else _row_text(line) for line in paragraphs[at : at + count]]
            blocks.append(Block(kind="list" if kind == "list" else "table", text="\n".join(lines)))
            at += count
            continue
        blocks.append(_single(paragraphs, at))
        at += 1
    return blocks


def is_heading(text: str) -> bool:
    """Is `text` short, on one line and without the full stop a sentence ends with?"""
    if len(text) > _SUBHEADING:
        return False
    length = _length(text)
    if length > _SUBHEADING or "\n" in text or length < 2 or _SMALL_END.search(text) or _QUOTED.match(text):
        return False
    if _LOUD_END.search(text):
        return length <= _QUESTION
    return not ends_sentence(text) and any(map(str.isalpha, text))


def _length(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + 2 * len(_HAN.findall(text))


def _dateline(paragraphs: list[str]) -> tuple[int, FoundDateline | None]:
    for at, paragraph in enumerate(paragraphs[:_LOOK_FOR_DATELINE]):
        if found := find_dateline(paragraph):
            return at, found
    return 0, None


def _without_dateline(paragraphs: list[str], headline: str) -> tuple[list[str], list[str]]:
    """Where the head of a text without dateline ends: behind the headline, and a summary that the body says again."""
    if len(paragraphs) < 2 or headline:
        return [], paragraphs  # who gives the headline in a header gives the summary there, too
    at = 1 if _is_headline(paragraphs[0]) else 0
    if at < len(paragraphs) - 1 and _BYLINE.match(paragraphs[at]):
        at += 1
    if 0 < at < len(paragraphs) - 1 and (
        _is_said_again(paragraphs[at], paragraphs[at + 1 :]) or (at == 1 and _is_stand_first(paragraphs))
    ):
        at += 1
    return paragraphs[:at], paragraphs[at:]


def _is_stand_first(paragraphs: list[str]) -> bool:
    return len(paragraphs) > 3 and 60 < _length(paragraphs[1]) < 400 and not ends_sentence(paragraphs[1])


def _head(before: list[str], headline: str, *, dated: bool) -> tuple[str, list[str], list[str]]:
    """Headline, summary, and what of `before` turned out to be body."""
    if not before:
        return "", [], []
    if headline:
        return "", before if _length(" ".join(before)) < 1200 else [], []
    first, *rest = before
    if _is_headline(first) or (dated and _length(first) <= 160 and len(before) > 1):
        return first, rest, []
    if dated and _length(first) <= _HEADLINE and not rest and not ends_sentence(first):
        return first, [], []
    return "", before, []


def _is_headline(text: str) -> bool:
    if "\n" in text or _length(text) > _HEADLINE or _SMALL_END.search(text) or _length(text) < 4:
        return False
    return not ends_sentence(text) or bool(_LOUD_END.search(text)) or text.endswith(("…", '"', "»", "”", "」"))


def _is_said_again(text: str, paragraphs: list[str]) -> bool:
    said = _bare(text)
    return len(said) > 25 and any(said in _bare(other) for other in paragraphs)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(text)).strip()


def _byline(paragraphs: list[str]) -> tuple[str, list[str]]:
    for at, paragraph in enumerate(paragraphs[:3]):
        match = _BYLINE.match(paragraph) if len(paragraph) < 80 else None
        name = match["name"].strip() if match else ""
        if name and len(name.split()) <= 6 and name[0].isalpha() and not name[0].islower():
            return name, paragraphs[:at] + paragraphs[at + 1 :]
    return "", paragraphs


def _repeated_headline(headline: str, paragraphs: list[str]) -> tuple[tuple[Removed, ...], list[str]]:
    if headline and len(paragraphs) > 1 and _bare(paragraphs[0]) == _bare(headline):
        return (Removed(text=paragraphs[0], reason="repeated headline"),), paragraphs[1:]
    return (), paragraphs


def _single(paragraphs: list[str], at: int) -> Block:
    text = paragraphs[at]
    if len(text) > _SUBHEADING and text[0].isalpha():
        return Block(kind="paragraph", text=text)
    if marked := _MARKED_HEADING.match(text):
        return Block(kind="subheading", text=next(filter(None, marked.groups())).strip())
    if _QUOTED.match(text) and _length(text) > 20:
        return Block(kind="quote", text=text.removeprefix(">").strip())
    following = paragraphs[at + 1] if at + 1 < len(paragraphs) else ""
    if following and is_heading(text) and not _BULLET.match(text):
        return Block(
            kind="subheading" if _length(following) > _length(text) or is_heading(following) else "paragraph", text=text
        )
    return Block(kind="paragraph", text=text)


def _list_run(paragraphs: list[str], at: int) -> tuple[str, int] | None:
    count = 0
    while at + count < len(paragraphs) and _BULLET.match(paragraphs[at + count]) and len(paragraphs[at + count]) < 600:
        count += 1
    if count >= 2:
        return "list", count
    count = 0
    while at + count < len(paragraphs):
        numbered = _NUMBERED.match(paragraphs[at + count])
        if not numbered or int(numbered[1]) != count + 1 or len(paragraphs[at + count]) > 600:
            break
        count += 1
    return ("list", count) if count >= 2 else None


def _table_run(paragraphs: list[str], at: int) -> tuple[str, int] | None:
    count = 0
    columns = 0
    while at + count < len(paragraphs) and _is_row(paragraphs[at + count]):
        cells = _row_text(paragraphs[at + count]).count("\t") + 1
        if columns and cells != columns:
            break
        columns = cells
        count += 1
    return ("table", count) if count >= 2 and columns >= 2 else None


def _is_row(line: str) -> bool:
    return ("\t" in line or "|" in line) and len(line) <= _LONGEST_ROW and bool(_TABLE_ROW.fullmatch(line))


def _item_text(line: str) -> str:
    return _NUMBERED.sub("", _BULLET.sub("", line, count=1), count=1).strip()


def _row_text(line: str) -> str:
    cells = re.split(r"\t+|\s*\|\s*", line.strip().strip("|").strip())
    return "\t".join(cell.strip() for cell in cells)
