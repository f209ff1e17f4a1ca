"""A feed as sent: a channel and its entries, before they become items. Pure."""

from msgspec import Struct

NS = "https://dragoman.example/ns/feed-1"
"""Our own elements in feeds: what the formats have no place for, and P10 says must travel."""
ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class Media(Struct, frozen=True, kw_only=True):
    """A picture or recording. Those of one `group` (a number, 0: none) are the same content in other sizes."""

    href: str
    content_type: str = ""
    title: str = ""
    width: int = 0
    height: int = 0
    group: int = 0
    thumbnail: bool = False


class Link(Struct, frozen=True, kw_only=True):
    """A related item: another language version (`language` says which), or anything the sender calls related."""

    href: str
    rel: str = ""
    title: str = ""
    language: str = ""


class FeedEntry(Struct, frozen=True, kw_only=True):
    """An entry as sent; `title`, `summary` and `content` are HTML or plain, times are words.

    `categories` are (name, scheme, term), the last where it is another word than the name. `own` are our own words (`_own_words`), with ``uri`` where we have written the entry.
    `base` is what relative links in it are relative to, empty where nothing absolute is known. `status` and `kind` are
    the sender's words (WordPress), `slug` the name of its page.
    """

    id: str = ""
    link: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    author: str = ""
    published: str = ""
    updated: str = ""
    language: str = ""
    rights: str = ""
    license: str = ""
    credit: str = ""
    source: str = ""
    source_uri: str = ""
    slug: str = ""
    status: str = ""
    kind: str = ""
    categories: tuple[tuple[str, str, str], ...] = ()
    media: tuple[Media, ...] = ()
    links: tuple[Link, ...] = ()
    own: tuple[tuple[str, str], ...] = ()
    deleted: bool = False
    base: str = ""
    lost: tuple[str, ...] = ()


class Channel(Struct, frozen=True, kw_only=True):
    """What the feed says for all its entries."""

    title: str = ""
    link: str = ""
    id: str = ""
    language: str = ""
    rights: str = ""
    author: str = ""


class Feed(Struct, frozen=True, kw_only=True):
    channel: Channel
    entries: tuple[FeedEntry, ...] = ()
    notes: tuple[str, ...] = ()
