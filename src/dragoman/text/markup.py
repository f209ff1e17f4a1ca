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
    """The blocks as body HTML, one a line, their text escaped; a list has one line an entry, a table tabs between cells."""
    return "\n".join(_element(block) for block in blocks)


def _element(block: Block) -> str:
    if block.kind == "paragraph" and _is_plain(block.text):
        return f"<p>{block.text}</p>"
    if block.kind == "list":
        return "<ul>" + "".join(f"<li>{_escaped(line)}</li>" for line in block.text.splitlines()) + "</ul>"
    if block.kind == "table":
        return f"<table><tbody>{''.join(map(_row, block.text.splitlines()))}</tbody></table>"
    tag = _TAGS.get(block.kind, "p")
    return f"<{tag}>{'<br>'.join(_escaped(line) for line in block.text.splitlines())}</{tag}>"


def _row(line: str) -> str:
    return "<tr>" + "".join(f"<td>{_escaped(cell)}</td>" for cell in line.split("\t")) + "</tr>"


def _is_plain(text: str) -> bool:
    """Is there nothing to escape and nothing to squeeze? The usual case, and four times as fast."""
    return (
        text.isascii()
        and text.isprintable()
        and not ("&" in text or "<" in text or ">" in text or "  " in text)
        and text[:1] != " " != text[-1:]
    )


def _escaped(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False)
