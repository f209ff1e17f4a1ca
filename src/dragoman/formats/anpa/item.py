"""A message of ANPA-1312 as an item: slug line, headline, notes, byline, text and tables. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats._notices import Notice, notice_of
from dragoman.formats._wire_copy import (
    BYLINE,
    Code,
    correction_of_notice,
    first_embargo,
    known,
    nothing_in_it,
    status_of_notice,
    with_copy,
    with_identity,
    with_version,
)
from dragoman.formats._wire_lines import table_block
from dragoman.formats._wire_times import sent_at_anpa
from dragoman.formats.anpa.message import Message, without_codes
from dragoman.model.arrival import Hints
from dragoman.model.item import Block, Concept, Description, Headline, Item, Profile, Removed
from dragoman.read.structure import blocks_of

URGENCIES: Mapping[str, int] = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5} | dict.fromkeys("aswhxyz", 6)
"""Priority → urgency: flash, bulletin, urgent, regular, deferred; then advances for a day of the week."""

CATEGORIES: Mapping[str, str] = {
    "a": "domestic news", "b": "special events", "c": "features", "d": "food", "e": "entertainment", "f": "finance", "g": "state news", "i": "international news",
    "j": "lottery", "k": "commentary", "l": "lifestyle", "m": "farming", "n": "regional news", "o": "weather", "p": "politics", "q": "sport results", "r": "racing",
    "s": "sport", "t": "travel", "v": "advisory", "w": "Washington news", "z": "sport tables",
}  # fmt: skip
"""Selector of the desk (ANPA category) → its name."""

WIRES: Mapping[str, str] = {
    "AP": "AP",
    "UP": "UPI",
    "REUT": "Reuters",
    "CP": "The Canadian Press",
    "AAP": "AAP",
    "KYODO": "Kyodo",
}
"""What the end line begins with → the agency; each of them writes English on this wire unless its text says otherwise."""

_SLUG = re.compile(
    r"(?P<slug>.*?)(?:,\s*(?P<take>[^,]*(?:Ld|Add|Sub|Write|Lead|Insert|Adv|Kill|Correct|Elim)[^,]*))?(?:,\s*(?P<words>\d{2,6}))?,?\Z",
    re.IGNORECASE,
)
_CYCLE = re.compile(r"(?:(?:BC|AM|PM|AP)-)+")
_NOTE = re.compile(
    r"\(?(?:eds|editors?|editor['’]s note|ed(?:itor)?s? note)\b\s*[:._—-]+\s*(?P<note>.*?)\)?\Z", re.IGNORECASE
)
_PICTURES = re.compile(
    r"(?:[A-Z]{2,8} )?(?:Photos?|PHOTOS?|Graphics?|GRAPHICS?|Videos?)\b[ A-Z0-9,&-]*\d[ A-Z0-9,&-]*\Z"
)
_AFFILIATION = re.compile(
    r"\b(?:Press|Writers?|Reporters?|Editors?|Correspondents?|Reuters|Staff|Columnist|Special to|News Service)\b"
)
_SIGNALS = frozenset({"urgent", "bulletin", "flash", "apnewsalert", "advance", "advisory"})
_ORDER = re.compile(r"\*?\d{3,5}<? ?\^?")
_RULE = re.compile(r"[_ ]{3,}\Z")
_JOINED = re.compile(r"(?<=\d(?:st|nd|rd|th))(?=[A-Za-z])", re.IGNORECASE)
_HALF = re.compile(r"(?<=[\d;])\{|\A\{")
_END = re.compile(r"\s*(?P<name>[A-Z]{2,6})\b")


_MOST_HEAD, _LONGEST_HEAD, _LONGEST_ROW = 60, 1_000, 4_000
"""Lines at the head that are looked at, and characters of one that may be more than text; characters of a row."""


class _Head(Struct, frozen=True):
    slug: str = ""
    take: str = ""
    headline: str = ""
    by: str = ""
    summary: str = ""
    note: str = ""
    lines: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    """Lines set from the edge that belong to the text."""


def item_of(message: Message, hints: Hints, notes: tuple[str, ...]) -> Item:
    """The item of `message`, read. Raises: Undecodable: there is no text, or its embargo cannot be read."""
    head_lines, body_lines = _parted(message.text.split("\n"))
    head = _head(head_lines)
    if body_lines:
        body_lines = [*head.rest, *body_lines]
    else:
        head, body_lines = _all_head(head, head_lines)
    zone = known(hints, "")
    sent, time_note = sent_at_anpa(message.end, zone)
    held = first_embargo([*head.lines, *map(without_codes, body_lines[:3])], sent, zone)
    take = message.version or head.take
    notice = _notice(take, message.keyword, head)
    blocks = tuple(_blocks(body_lines))
    if not blocks and not head.headline and notice is None:
        raise nothing_in_it(without_codes(message.text[:400]))
    found = _END.match(message.end)
    agency = WIRES.get(found["name"], "") if found else ""
    headline = head.headline or _CYCLE.sub("", head.slug)
    texts = [block.text for block in blocks]
    profile = Profile(
        notes=tuple(filter(None, (*notes, time_note, held[2] if held else ""))),
        removed=tuple(Removed(text=line, reason="picture numbers") for line in head.pictures),
        correction=correction_of_notice(notice, texts) if notice else None,
    )
    item = Item(
        uri="",
        first_created=None if notice and notice.kind in ("update", "correction") else sent,
        version_created=sent,
        embargoed_until=held[1] if held else None,
        pub_status=status_of_notice(notice),
        language="" if hints.language or not agency else "en",
        urgency=URGENCIES.get(message.priority.lower()),
        headlines=(
            *((Headline(value=headline),) if headline else ()),
            *((Headline(value=take, role="takeKey"),) if take and headline else ()),
        ),
        slugline=_CYCLE.sub("", message.keyword) or head.slug,
        by=head.by,
        descriptions=(Description(value=head.summary, role="summary"),) if head.summary else (),
        subjects=(Code(message.category, CATEGORIES.get(message.category.lower(), "")).concept,)
        if message.category
        else (),
        info_sources=(Concept(name=agency, role="source"),) if agency else (),
        ed_note=head.note,
        dragoman=profile,
    )
    item = with_identity(item, agency or hints.agency, _names(message, sent))
    return with_version(with_copy(item, texts, blocks))


def _names(message: Message, sent: datetime | None) -> tuple[str, ...]:
    # Numbers begin again each day: the day is part of the name.
    return (message.id, sent.date().isoformat()) if message.number and sent else ()


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines set from the edge at the head, and the rest."""
    at = 0
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip(" ").startswith("^")):
        at += 1
    return [line for line in lines[:at] if line.strip()], lines[at:] if any(map(str.strip, lines[at:])) else []


def _head(lines: list[str]) -> _Head:
    slug = take = headline = by = ""
    notes: list[str] = []
    summary: list[str] = []
    pictures: list[str] = []
    rest: list[str] = []
    bare = [without_codes(_ended(line)) for line in lines]
    for at, line in enumerate(bare[:_MOST_HEAD]):
        if len(line) > _LONGEST_HEAD:
            summary.append(line)
            continue
        if at == 0:
            found = _SLUG.match(line)
            slug, take = (found["slug"], found["take"] or "") if found else (line, "")
        elif found := _NOTE.match(line):
            notes.append(found["note"].strip())
        elif _PICTURES.match(line):
            pictures.append(line)
        elif found := BYLINE.match(line):
            by = by or found["name"].strip()
        elif line.lower() in _SIGNALS:
            continue
        elif not headline and not by:
            headline = line
        elif not by:
            summary.append(line)
        elif rest or not _AFFILIATION.search(line):
            rest.append(lines[at])
    return _Head(
        slug, take.strip(), headline, by, " ".join(summary), " ".join(notes), tuple(bare), tuple(pictures), tuple(rest)
    )


def _all_head(head: _Head, lines: list[str]) -> tuple[_Head, list[str]]:
    """A message whose lines are all set from the edge: slug and headline, then the text."""
    at = head.lines.index(head.headline) + 1 if head.headline in head.lines else len(lines)
    return replace(head, summary=""), lines[at:]


def _ended(line: str) -> str:
    line = _ORDER.sub("", line.strip().lstrip("^"), count=1) if line.lstrip()[:2] == "^*" else line.strip().lstrip("^")
    return line.rstrip().rstrip("<=")


def _notice(take: str, keyword: str, head: _Head) -> Notice | None:
    lines = [_JOINED.sub(" ", take), *keyword.split("-")[-1:], head.slug.rsplit(",", 1)[-1], head.headline]
    found = [one for line in lines if line and (one := notice_of(line))]
    return next((one for one in found if one.takes_back), found[0] if found else None)


def _blocks(lines: list[str]) -> list[Block]:
    """Paragraphs as they stand, rows of ``;`` as tables, lines set from the edge as headings."""
    found: list[Block] = []
    texts: list[str] = []
    rows: list[list[str]] = []
    for line in lines:
        row = _row(line)
        if rows and row is None:
            found.append(table_block(rows))
            rows = []
        if row is not None:
            found += blocks_of(texts)
            texts = []
            rows.append(row)
            continue
        bare = without_codes(_ended(line))
        if not bare or _RULE.fullmatch(bare) or bare == "END":
            continue
        if line.startswith(("\t", " ")) or line.lstrip().startswith("^") or not texts:
            texts.append(bare)
        else:
            texts[-1] = f"{texts[-1]} {bare}"
    return found + (blocks_of(texts) if texts else []) + ([table_block(rows)] if rows else [])


def _row(line: str) -> list[str] | None:
    """The cells of a line of a table: ``;`` parts them, ``{`` is a half, ``_`` alone is none."""
    if len(line) > _LONGEST_ROW or line.count(";") < 2 or (not line.startswith("\x08") and "; " in line):
        return None
    cells = _HALF.sub("½", _ended(line).lstrip("\x08^ \t")).split(";")
    return [" ".join(without_codes(cell).split()) for cell in cells]
