"""The copy in the body of a mail: which of its alternatives, what of it is copy, as text or as HTML. Pure."""

import re
from collections.abc import Iterable

from lxml import etree, html
from msgspec import Struct

from dragoman.formats.mail.cutting import Cut, cut
from dragoman.formats.mail.parts import Part, Text, text_of
from dragoman.model.errors import Undecodable
from dragoman.model.item import Removed
from dragoman.read.body import html_blocks, joined, without_long_tags
from dragoman.text.cleaning import clean, squeeze

MOST_HTML = 1_000_000
"""Bytes of an HTML body; a longer one is no copy."""
_MOST_LINES = 20_000
_SHOWN = 300
_HALF = 0.5
"""An HTML body that says less than this share of the plain one is a frame, not the copy."""
_QUOTES = (
    "gmail_quote", "gmail_signature", "gmail_extra", "moz-cite-prefix", "moz-signature", "yahoo_quoted", "protonmail_quote",
    "protonmail_signature_block", "zmail_extra", "mailcontainer_quote",
)  # fmt: skip
_BEHIND = ("divRplyFwdMsg", "appendonsend", "reply-intro")
_MAY_QUOTE = re.compile("|".join((*_QUOTES, *_BEHIND, r"type=[\"']?cite", "data-smartmail")), re.IGNORECASE)
_OURS = re.compile(r"<article id=\"copy\"[^>]*>(.*)</article>", re.DOTALL)


class Copy(Struct, frozen=True):
    """What of a body is copy: plain text, or HTML; what stands first in it; what was removed; what a forwarded mail said."""

    text: str = ""
    markup: str = ""
    lines: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()
    forwarded: dict[str, str] = {}
    notes: tuple[str, ...] = ()


class Chosen(Struct, frozen=True):
    """The parts a mail's body is in, plain and HTML, and the others: what is attached."""

    plain: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()
    attached: tuple[Part, ...] = ()


def choose(message: Part) -> Chosen:
    """Which parts are the body. Text that has a name or says that it is attached is not."""
    plain: list[Part] = []
    marked: list[Part] = []
    attached: list[Part] = []
    for part in _leaves(message):
        kind = part.kind
        is_body = not (kind.attached or kind.filename or part.is_message)
        if is_body and kind.type == "text/plain":
            plain.append(part)
        elif is_body and kind.type in ("text/html", "application/xhtml+xml"):
            marked.append(part)
        elif is_body and kind.type in ("text/enriched", "text/richtext", "text/x-amp-html", "text/watch-html"):
            continue  # the same once more, for programs that are no longer there
        else:
            attached.append(part)
    if not plain and not marked and not message.parts and _is_text(message):
        plain, attached = [message], [part for part in attached if part is not message]
    return Chosen(tuple(plain), tuple(marked), tuple(attached))


def _leaves(message: Part) -> Iterable[Part]:
    return message.leaves() if message.parts and not message.is_message else (message,)


def _is_text(part: Part) -> bool:
    return not part.kind.attached and part.kind.type.startswith("text/") and part.kind.type != "text/calendar"


def copy_of(chosen: Chosen, charset: str, *, forward: bool) -> Copy:
    """The copy of the body; empty where there is none.

    Raises:
        Undecodable: it is too long, or in no encoding.
    """
    plain = _joined([text_of(part, charset) for part in chosen.plain])
    if not chosen.html:
        return _of_text(plain, forward=forward)
    try:
        marked = _joined([text_of(part, charset) for part in chosen.html])
        found = _of_html(marked, forward=forward)
    except Undecodable:
        if not plain.text.strip():
            raise
        return _of_text(plain, forward=forward)
    said = _of_text(plain, forward=forward)
    return said if len(_letters(found.lines)) < _HALF * len(_letters(said.lines)) else found


def ours(chosen: Chosen) -> str:
    """The body of a mail that we wrote, as HTML; empty where it is not to be found."""
    for part in chosen.html:
        if found := _OURS.search(text_of(part).text):
            return found[1]
    return ""


def _joined(texts: list[Text]) -> Text:
    notes = dict.fromkeys(note for text in texts for note in text.notes)
    return Text("\n\n".join(text.text for text in texts), tuple(notes))


def _letters(lines: Iterable[str]) -> str:
    return "".join("".join(lines).split())


def _of_text(text: Text, *, forward: bool) -> Copy:
    lines = clean(text.text).split("\n")
    if len(lines) > _MOST_LINES:
        raise Undecodable("The text of the mail has too many lines", f"{len(lines):,}; the limit is {_MOST_LINES:,}")
    found = cut(lines, forward=forward)
    kept = [_unquote(lines[at]) for at in found.kept]
    return Copy(
        "\n".join(kept).strip(), "", _said(kept), found.removed, found.forwarded, text.notes
    )  # fmt: skip


def _unquote(line: str) -> str:
    """A line that was handed on as a quotation, without its marks."""
    return re.sub(r"^\s*(?:>\s?)+", "", line) if line.lstrip().startswith(">") else line.rstrip()


def _said(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.strip() for line in lines if line.strip())


def _of_html(text: Text, *, forward: bool) -> Copy:
    if len(text.text) > MOST_HTML:
        raise Undecodable(
            "The HTML of the mail is too long", f"{len(text.text):,} characters; the limit is {MOST_HTML:,}"
        )
    markup = without_long_tags(text.text)
    markup, removed = _without_quotes(markup) if _MAY_QUOTE.search(markup) else (markup, ())
    blocks, _ = html_blocks(markup)
    found: Cut = cut([block.text for block in blocks], forward=forward)
    kept = [blocks[at] for at in found.kept]
    lines = [line for block in kept for line in block.text.split("\n")]
    return Copy("", joined(kept), _said(lines), (*removed, *found.removed), found.forwarded, text.notes)


def _without_quotes(markup: str) -> tuple[str, tuple[Removed, ...]]:
    """Without what mail programs mark as quotation or signature; as it was where nothing else would be left."""
    try:
        root = html.document_fromstring(
            markup.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return markup, ()
    removed: list[Removed] = []
    for element in [each for each in root.iter() if isinstance(each.tag, str)]:
        if (reason := _quotes(element)) and element.getparent() is not None:
            _drop(element, removed, reason)
        elif element.get("id", "") in _BEHIND and (parent := element.getparent()) is not None:
            for each in [element, *element.itersiblings()]:
                _drop(each, removed, "the mail it answers")
            parent.text = parent.text or ""
    left = squeeze("".join(map(str, root.itertext())))
    if not any(map(str.isalpha, left)):
        return markup, ()
    return str(etree.tostring(root, encoding="unicode", method="html")), tuple(removed)


def _quotes(element: "html.HtmlElement | etree._Element") -> str:
    classes = f" {element.get('class', '')} ".lower()
    if element.tag == "blockquote" and element.get("type", "").lower() == "cite":
        return "the mail it answers"
    if element.get("data-smartmail", "") == "gmail_signature" or "signature" in classes:
        return "signature"
    return "the mail it answers" if any(f" {name} " in classes for name in _QUOTES) else ""


def _drop(element: "html.HtmlElement | etree._Element", removed: list[Removed], reason: str) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if words := squeeze("".join(map(str, element.itertext())))[:_SHOWN]:
        removed.append(Removed(text=words, reason=reason))
    tail = element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
