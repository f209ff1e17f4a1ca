"""The text of a message of ours: what must be printed with every copy stands above and below it (P10). Pure.

A header line ``dragoman.lines: 2 1 1 3`` says how many lines stand above the title, are the title, the byline, and stand below
the text, so that a node reads back just the copy; where a gateway has broken the lines anew, it is read as anybody's.
"""

from collections.abc import Sequence

from msgspec import Struct

from dragoman.formats._carried import credit, ed_note, is_gone
from dragoman.formats._carried import mark as mark_of
from dragoman.formats._plain import as_line
from dragoman.formats._times import rfc3339
from dragoman.formats._wire_lines import wrapped
from dragoman.model.item import Item
from dragoman.read.body import html_blocks
from dragoman.text.cleaning import clean, squeeze

OWN = "dragoman."
"""How a header line of our own begins."""
LINES = "lines"


class Laid(Struct, frozen=True):
    """The lines of a message's text, and how many of them are what: above the title, title, byline, below the text."""

    lines: tuple[str, ...]
    counts: tuple[int, int, int, int]


def laid(item: Item) -> Laid:
    """The text of `item` as lines."""
    above = _lines(
        [
            mark_of(item),
            f"EMBARGO: {rfc3339(item.embargoed_until)}" if item.embargoed_until else "",
            _labelled("NOTE", ed_note(item)),
        ]
    )
    gone = is_gone(item)
    headline = "" if gone else squeeze(clean(item.headline))
    title = _title(headline)
    byline = [] if gone or not item.by else _title(f"By {squeeze(clean(item.by))}")
    closed = [*title, *byline]
    if closed:
        closed[-1] = f"{closed[-1]} ="
    body = _gone(item) if gone else _body(item)
    below = _lines(
        [
            _labelled("CREDIT", credit(item)),
            _labelled("COPYRIGHT", item.copyright_notice if item.copyright_notice != credit(item) else ""),
            _labelled("USAGE", item.usage_terms),
        ]
    )
    text = (*above, *closed, "", *body, "", *below)
    return Laid(text, (len(above), len(title), len(byline), len(below)))


def taken_apart(text: str, counts: str) -> tuple[str, str] | None:
    """The headline and the text of a message that says how its lines are laid; None where they lie otherwise."""
    numbers = [int(word) for word in counts.split() if word.isdecimal() and len(word) < 5]
    lines = text.strip("\n").split("\n")
    if len(numbers) != 4 or sum(numbers) > len(lines):
        return None
    above, title, byline, below = numbers
    last = above + title + byline
    head = lines[above : above + title]
    if title + byline and not lines[last - 1].rstrip().endswith("="):
        return None
    if title and not byline:
        head[-1] = head[-1].rstrip()[:-1]
    return squeeze(" ".join(head)), "\n".join(lines[last : len(lines) - below])


def _title(words: str) -> list[str]:
    return wrapped(words).split("\n") if words else []


def _gone(item: Item) -> list[str]:
    if item.pub_status == "canceled":
        return ["This copy is withdrawn: do not publish it, and remove it where it", "was published."]
    return ["This copy is on hold: do not publish it."]


def _body(item: Item) -> list[str]:
    blocks, _ = html_blocks(item.bodies[0].value) if item.bodies else ([], ())
    return _lines([clean(as_line(block)) for block in blocks])[:-1]


def _lines(paragraphs: Sequence[str]) -> list[str]:
    """Each of `paragraphs` in lines, a blank one behind it."""
    found: list[str] = []
    for paragraph in filter(None, paragraphs):
        for line in paragraph.split("\n"):
            found += wrapped(line).split("\n") if "\t" not in line else [line]
        found.append("")
    return found


def _labelled(label: str, words: str) -> str:
    words = squeeze(clean(words))
    return f"{label}: {words}" if words else ""
