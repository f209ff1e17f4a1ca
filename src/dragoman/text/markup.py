"""Between plain text, blocks and the restricted HTML of a body. Pure."""

import html
from collections.abc import Iterable

from dragoman.model.item import Block, BlockKind
from dragoman.text.paragraphs import paragraphs

_TAGS: dict[BlockKind, str] = {"subheading": "h2", "quote": "blockquote"}


def blocks_of_text(text: str) -> list[Block]:
    """Each paragraph of plain text as a block."""
    return [Block(kind="paragraph", text=paragraph) for paragraph in paragraphs(text)]


def html_of_blocks(blocks: Iterable[Block]) -> str:
    """The blocks as body HTML, their text escaped; a list has one line an entry."""
    return "".join(_element(block) for block in blocks)


def _element(block: Block) -> str:
    if block.kind == "list":
        return (
            "<ul>" + "".join(f"<li>{html.escape(line, quote=False)}</li>" for line in block.text.splitlines()) + "</ul>"
        )
    tag = _TAGS.get(block.kind, "p")
    return f"<{tag}>{html.escape(block.text, quote=False)}</{tag}>"
