"""Is a body canonical already? Then no HTML parser has to look at it. Pure.

Accepted is only what an HTML parser gives back letter by letter: blocks without attributes one after the other, in them text
whose special signs are escaped, simple elements properly nested, and plain absolute links. Everything else is None, and goes
the long way. What is accepted is a subset of the sanitiser's own output; a test holds the two ways equal.

Cost: linear; a sign is looked at once or twice (possessive patterns, which never go back).
"""

import re
from typing import NamedTuple

_INLINE = "b|i|em|strong|span|sub|sup|u"
# The host has no port, no number for a name and no punycode: what a parser of addresses might refuse goes the long way.
_HREF = r"https?://(?:[a-z0-9]++(?:-[a-z0-9]++)*+\.)++[a-z]{2,24}+(?:/[A-Za-z0-9._~/=?%+,:#-]*+)?+"
_TEXT = rf"(?:[^<>&\xa0]++|&(?:amp|lt|gt|nbsp);|</?(?:{_INLINE})>|<br>|<a href=\"{_HREF}\">|</a>)*+"
_BLOCK = re.compile(rf"<(p|h[234]|blockquote)>({_TEXT})</\1>[ \n]*+")
_LIST = re.compile(rf"<([uo]l)>((?:[ \n]*+<li>{_TEXT}</li>)++[ \n]*+)</\1>[ \n]*+")
_TAG = re.compile(r"<(/?)([a-z0-9]++)")


_PARAGRAPHS = re.compile(r"[ \n]*+(?:<p>[^<>&\xa0]*+</p>[ \n]*+)++")


class Piece(NamedTuple):
    """A block's name, what stands in it, and whether that is only text."""

    tag: str
    inner: str
    is_text: bool


def plain_paragraphs(markup: str) -> list[str] | None:
    """The texts of `markup` where it is paragraphs of text and nothing else (most copy is), squeezed; else None."""
    if (texts := _tidy_paragraphs(markup)) is not None:
        return texts
    if not _PARAGRAPHS.fullmatch(markup):
        return None
    pieces = (" ".join(piece.partition("<p>")[2].split()) for piece in markup.split("</p>"))
    return [text for text in pieces if text]


def _tidy_paragraphs(markup: str) -> list[str] | None:
    """The same of what we wrote ourselves: nothing to squeeze, a line a paragraph. Told by counting, without a pattern."""
    markup = markup.strip(" \n")
    if not (markup.startswith("<p>") and markup.endswith("</p>")):
        return None
    texts = markup[3:-4].split("</p>\n<p>")
    tags = 2 * len(texts)
    is_tidy = (
        markup.count("<") == tags == markup.count(">")
        and markup.count("\n") == len(texts) - 1
        and not any(map(markup.__contains__, _UNTIDY))
        and markup.replace("\n", " ").isprintable()  # of white space only the space is
    )
    return texts if is_tidy else None


_UNTIDY = ("&", "  ", "<p> ", " </p>", "<p></p>")


def canonical_pieces(markup: str) -> list[Piece] | None:
    """The blocks of `markup`, or None where a parser has to look at it. `markup` has been cleaned (`clean`)."""
    pieces: list[Piece] = []
    at = len(markup) - len(markup.lstrip(" \n"))
    while at < len(markup):
        found = _BLOCK.match(markup, at) or _LIST.match(markup, at)
        if found is None:
            return None
        tag, inner = found[1], found[2]
        is_text = "<" not in inner
        if not is_text and not _is_nested(inner):
            return None
        pieces.append(Piece(tag, inner, is_text and "&" not in inner))
        at = found.end()
    return pieces


def _is_nested(inner: str) -> bool:
    """Is every element closed by its own end tag, in order, and none inside its like?"""
    still_open: list[str] = []
    for tag in _TAG.finditer(inner):
        closing, name = tag.groups()
        if name == "br":
            continue
        if closing:
            if not still_open or still_open.pop() != name:
                return False
        elif name in still_open:
            return False
        else:
            still_open.append(name)
    return not still_open
