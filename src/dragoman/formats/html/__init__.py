"""An article's page (HTML), in and out. Pure: nothing is ever fetched.

page      the tree, within bounds; metas, title, address      linked   schema.org: JSON-LD, however broken, and microdata
body      the article's text: trafilatura, JSON-LD, markup    refusal  pages that are no article
reading   a page as an item                                   writing  items as a page

In, schema.org counts before the metas and those before what stands on the page. Lists, error pages and walls are refused, with
the reason. Out, a page stands on its own: readable, printable, without anything that runs.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from dragoman.formats._fields import lost
from dragoman.formats._own_words import CARRIED
from dragoman.formats._shape import EncodeContext, Encoded, Format, failed, suits, unforeseen, units
from dragoman.formats.html.page import read_page
from dragoman.formats.html.reading import item_of, own_items
from dragoman.formats.html.writing import page
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError
from dragoman.model.item import Item

__all__ = ["FORMAT", "MEDIA_TYPE", "decode", "detect", "encode"]

MEDIA_TYPE = "text/html"
_START = re.compile(
    rb"(?:\s|<\?xml[^>]{0,300}\?>|<!--(?:(?!-->).){0,2000}-->)*<(?:!doctype\s+html|html[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(rb"<(?:head|title|meta|body|link|script)\b", re.IGNORECASE)


def detect(data: bytes, hints: Hints) -> float:
    """A document of its own, with a doctype or an <html>: pieces of HTML are copy."""
    head = data[:20_000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00")
    if b"\x00" in head[:200]:
        head = head.replace(b"\x00", b"")
    if not _START.match(head):
        return 0.0
    sure = 0.8 if _HEAD.search(head) else 0.5
    return min(1.0, sure + suits(hints, FORMAT.media_types, FORMAT.suffixes) / 3)


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """One unit; as many as it holds of a page we wrote ourselves."""
    try:
        read = read_page(data, hints)
        ours = own_items(read, hints)
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        makers: Iterable[Callable[[], Item]] = [partial(_same, item) for item in ours] or [
            partial(item_of, read, hints)
        ]
        yield from units(makers)


def _same(item: Item) -> Item:
    return item


def encode(items: Iterable[Item], context: EncodeContext) -> Encoded:
    """The items as one page."""
    listed = list(items)
    missing = dict.fromkeys(word for item in listed for word in lost(item, FORMAT.places))
    return Encoded(
        body=page(listed, context).encode("utf-8", "replace"),
        media_type=f"{MEDIA_TYPE}; charset=utf-8",
        lost=tuple(missing),
    )


FORMAT = Format(
    name="html",
    title="an article's page: HTML with schema.org",
    media_types=(MEDIA_TYPE, "application/xhtml+xml"),
    suffixes=(".html", ".htm", ".xhtml"),
    detect=detect,
    opens=b"<",
    decode=decode,
    encode=encode,
    places={
        **{field: f"meta dragoman:{word}" for field, word in CARRIED.items()},
        "headline": "h1, headline",
        "body": "div, articleBody",
        "links and emphasis": "div",
        "language": "inLanguage, lang",
        "first_created": "datePublished",
        "version_created": "dateModified",
        "credit": "creditText",
        "usage_terms": "usageInfo",
        "by": "author",
        "subjects": "keywords",
    },
)
