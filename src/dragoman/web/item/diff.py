"""What changed between two versions, word by word. Pure."""

import re
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

from dragoman.model.item import Item

Change = Literal["same", "gone", "new"]
MOST = 6_000
"""Words compared on each side; beyond it whole paragraphs are."""

# A number whole, a word, a space, or one sign: Chinese and Japanese by the character, since nothing parts their words.
_PIECES = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\d+(?:[.,:\u00a0\u202f]\d+)+|\w+(?:[’'\-]\w+)*|\s+|[^\w\s]"
)


class Piece(Struct, frozen=True):
    """A stretch of text that stayed, went or came."""

    change: Change
    text: str


def plain_text(item: Item) -> str:
    """The text as plain paragraphs, a blank line between them."""
    return "\n\n".join(block.text for block in item.ours.blocks)


def text_of(item: Item) -> str:
    """Headline and text."""
    return "\n\n".join(part for part in (item.headline, plain_text(item)) if part)


def changes(before: str, after: str) -> list[Piece]:
    """The stretches of both texts in reading order; leaving out the new ones gives `before`, the gone ones `after`."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) > MOST or len(new) > MOST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            found.append(Piece("gone", "".join(old[i:j])))
        if k < m:
            found.append(Piece("new", "".join(new[k:m])))
    return found
