"""One shape and one reading for every format. Pure.

shaped     by the format: the body as canonical HTML with its blocks, counted
read_item  afterwards: the language declared or found, the dateline parsed and dated, a missing headline derived from the
           first sentence, every assumption noted
"""

import html
from datetime import datetime
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from dragoman.model.arrival import Hints
from dragoman.model.item import Block, Body, Dateline, Headline, Item, Profile, Removed
from dragoman.read.body import HtmlBlock, html_blocks, joined, plain
from dragoman.read.calendar import PartialDate
from dragoman.read.dateline import complete_dateline, find_dateline, find_sign_off
from dragoman.read.furniture import furniture
from dragoman.read.leftovers import remove_leftovers
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.counting import count_characters, count_words
from dragoman.text.language import UNKNOWN, identify, known_tag
from dragoman.text.sentences import first_sentence

_HEADLINE = 120  # characters of a derived headline
_LOOK_FOR_DATELINE = 3  # blocks
_T = TypeVar("_T")
_SAMPLE = 1200  # characters, for the language


class Taken(NamedTuple):
    """What a plain text was taken apart into before: blocks as read, markup as sent, dateline as printed."""

    blocks: tuple[Block, ...]
    markup: str
    dateline: Dateline | None


class _Text(NamedTuple):
    blocks: tuple[Block, ...]
    markup: str
    dateline: Dateline | None
    removed: tuple[Removed, ...] = ()
    lost: tuple[str, ...] = ()


def shaped(
    item: Item,
    *,
    header: PartialDate | None = None,
    taken: Taken | None = None,
    from_page: bool = False,
) -> Item:
    """`item` as a format makes it, in canonical shape: its body restricted HTML, counted, with its blocks.

    `header` is a date that stood before the copy, `taken` a text already taken apart, `from_page` says that page
    furniture may stand between the paragraphs. What the text says of itself is read later, by `read_item`.
    """
    profile = item.ours
    if item.pub_status == "canceled" and not item.bodies:
        return replace(item, dragoman=profile)
    text = _Text(*taken) if taken else _text(item, profile, from_page=from_page)
    dateline = text.dateline
    if dateline and header and dateline.date is None:
        dateline = complete_dateline(dateline, header=header, item_time=_item_time(item), received=None)
    return replace(
        item,
        headlines=_headlines(item),
        bodies=_bodies(item, text),
        dragoman=replace(
            profile,
            dateline=dateline,
            blocks=text.blocks,
            removed=_once(profile.removed, text.removed),
            lost=_once(profile.lost, text.lost),
        ),
    )


def read_item(item: Item, hints: Hints) -> Item:
    """`item`, shaped, with its language, its dateline and, where it has none, a headline from the first sentence; reading
    it again changes nothing."""
    profile = item.ours
    if item.pub_status == "canceled" and not item.bodies:
        return item
    blocks, dateline = _without_dateline(profile.blocks, profile.dateline)
    words = "\n".join(block.text for block in blocks)
    language, notes = _language(item, hints, words)
    headlines, derived = (item.headlines, False) if item.headlines else _derived(blocks)
    return replace(
        item,
        language=language,
        headlines=headlines,
        dragoman=replace(
            profile,
            dateline=_dateline(dateline, item, hints, words),
            headline_derived=derived or (profile.headline_derived and bool(headlines)),
            blocks=blocks,
            notes=_once(profile.notes, notes),
        ),
    )


def plain_text(item: Item) -> str:
    """The text of `item` in plain, one line a block."""
    return "\n".join(block.text for block in item.ours.blocks)


def _text(item: Item, profile: Profile, *, from_page: bool) -> _Text:
    body = _main_body(item)
    if body is None:
        return _Text(_summaries(item), "", profile.dateline)
    value, removed = remove_leftovers(body.value)
    if "html" not in body.content_type:
        value = _as_html(value)
    blocks, lost = html_blocks(value)
    if from_page:
        blocks, furniture_removed = _without_furniture(blocks)
        removed += furniture_removed
    read = (*_summaries(item), *(block.block for block in blocks))
    return _Text(read, joined(blocks), profile.dateline, removed, tuple(f"html {name}" for name in lost))


def _main_body(item: Item) -> Body | None:
    """The body to read: HTML before plain text, the longest of a kind."""
    usable = [body for body in item.bodies if body.value.strip() and body.content_type in _READABLE]
    return max(usable, key=lambda body: (_READABLE[body.content_type], len(body.value)), default=None)


_READABLE = {"text/html": 2, "application/xhtml+xml": 2, "text/plain": 1, "": 2}


def _as_html(text: str) -> str:
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    chunks = escaped.split("\n\n") if "\n\n" in escaped else escaped.split("\n")
    return "".join(f"<p>{chunk}</p>" for chunk in chunks if chunk.strip())


def _summaries(item: Item) -> tuple[Block, ...]:
    texts = (plain(each.value) for each in item.descriptions if each.role in _SUMMARY_ROLES)
    return tuple(Block(kind="summary", text=squeeze(text)) for text in texts if text.strip())


_SUMMARY_ROLES = frozenset({"", "summary", "abstract", "drol:summary", "lead", "description", "main", "caption"})


def _without_furniture(blocks: list[HtmlBlock]) -> tuple[list[HtmlBlock], tuple[Removed, ...]]:
    kept: list[HtmlBlock] = []
    removed: list[Removed] = []
    for block in blocks:
        if reason := furniture(block.text):
            removed.append(Removed(text=block.text, reason=reason))
        else:
            kept.append(block)
    return (kept, tuple(removed)) if kept else (blocks, ())


def _without_dateline(blocks: tuple[Block, ...], known: Dateline | None) -> tuple[tuple[Block, ...], Dateline | None]:
    """The blocks as read: without the dateline, which is told apart."""
    first = next((at for at, block in enumerate(blocks) if block.kind != "summary"), len(blocks))
    for at, block in enumerate(blocks[first : first + _LOOK_FOR_DATELINE], first):
        if block.kind in _NO_DATELINE or (known and not block.text.startswith(known.text)):
            continue
        if found := find_dateline(block.text):
            rest = block.text[found.body :].strip()
            read = (Block(kind="paragraph", text=rest),) if rest else ()
            return (*blocks[:at], *read, *blocks[at + 1 :]), known or found.dateline
    return blocks, known


_NO_DATELINE = frozenset({"table", "list"})


def _language(item: Item, hints: Hints, words: str) -> tuple[str, tuple[str, ...]]:
    sample = f"{item.headline}\n{words[:_SAMPLE]}"
    declared = known_tag(item.language) or known_tag(hints.language)
    found = identify(sample, declared)
    if declared and found.tag != declared:
        return found.tag, (f"language declared {declared}, read as {found.tag}",)
    if not declared and found.tag != UNKNOWN:
        return found.tag, (f"language identified, confidence {found.confidence:.2f}",)
    return (found.tag if found.tag != UNKNOWN else item.language or UNKNOWN), ()


def _dateline(printed: Dateline | None, item: Item, hints: Hints, words: str) -> Dateline | None:
    dateline = printed or find_sign_off(words)
    if dateline is None or dateline.date is not None:
        return dateline
    return complete_dateline(dateline, header=None, item_time=_item_time(item), received=hints.received)


def _item_time(item: Item) -> datetime | None:
    return item.content_created or item.first_created or item.version_created


def _headlines(item: Item) -> tuple[Headline, ...]:
    if any(headline.value.strip() for headline in item.headlines):
        if all(headline.value == squeeze(headline.value) for headline in item.headlines):
            return item.headlines
        return tuple(replace(headline, value=squeeze(headline.value)) for headline in item.headlines)
    return (Headline(value=squeeze(item.title)),) if item.title.strip() else ()


def _derived(blocks: tuple[Block, ...]) -> tuple[tuple[Headline, ...], bool]:
    text = next((block.text for block in blocks if block.kind in ("paragraph", "summary", "quote")), "")
    derived = shortened(first_sentence(squeeze(text[:1500])))
    return ((Headline(value=derived),), True) if derived else ((), False)


def shortened(sentence: str, longest: int = _HEADLINE) -> str:
    """`sentence` without its full stop, cut at a word where it is longer than `longest`."""
    sentence = sentence.strip()
    if len(sentence) <= longest:
        return sentence[:-1] if sentence.endswith((".", "。", "۔")) and not sentence.endswith("..") else sentence
    cut = sentence[:longest].rsplit(" ", 1)[0] if " " in sentence[longest // 2 : longest] else sentence[: longest - 1]
    return cut.rstrip(" ,;:،，；–—-") + "…"


def _bodies(item: Item, text: _Text) -> tuple[Body, ...]:
    """The one canonical body, counted as printed: with its dateline, without the summary that stands elsewhere."""
    if not text.markup:
        return ()
    told = [block.text for block in text.blocks if block.kind != "summary"]
    if text.dateline and not (told and told[0].startswith(text.dateline.text)):  # taken out of the blocks already
        lead = _lead(text.dateline.text, text.markup)
        told = [lead, *(told[1:] if told and lead.endswith(told[0]) else told)]
    words = "\n".join(told)
    role = next((body.role for body in item.bodies if body.role), "")
    return (Body(value=text.markup, role=role, char_count=count_characters(words), word_count=count_words(words)),)


def _lead(dateline: str, markup: str) -> str:
    """The paragraph that is printed with the dateline, in plain."""
    at = markup.find(html.escape(dateline, quote=False))
    if at < 0:
        return dateline
    return plain(markup[markup.rfind("<p", 0, at) : markup.find("</p>", at) + 4])


def _once(first: tuple[_T, ...], more: tuple[_T, ...]) -> tuple[_T, ...]:
    return (*first, *(each for each in more if each not in first)) if more else first
