"""What a fixture's feed becomes, and whether a value its test expects is in it."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dragoman import formats
from dragoman.formats import atom, jsonfeed, rss
from dragoman.formats._feed.dates import read_feed_time
from dragoman.formats._feed.entry import Channel, Feed
from dragoman.formats._feed.item import item_of, person
from dragoman.formats._feed.markup import resolved
from dragoman.model.arrival import Hints
from dragoman.model.errors import DragomanError
from dragoman.model.item import Item
from dragoman.read.body import plain
from dragoman.text.cleaning import squeeze

SERVER = "http://127.0.0.1:8097/"
"""Where feedparser's tests are served from; nothing is asked of it."""
STAND_IN = "Nothing but one element"
_READERS: dict[str, Callable[[bytes, Hints], Feed]] = {"rss": rss.read, "atom": atom.read, "jsonfeed": jsonfeed.read}
_HEADER = re.compile(r"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
_RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)


class Said(Struct, frozen=True):
    """One expectation: of the entry with that number (-1: of the feed), of that field of ours, with that value."""

    entry: int
    field: str
    value: Any


def hints_of(path: Path, body: bytes) -> Hints:
    """With the HTTP headers the fixture names: its media type, and the address it says it came from."""
    said = {name.lower(): value for name, value in _HEADER.findall(readable(body)[:4000])}
    came_from = said.get("content-location", "")
    return Hints(
        source=(resolved(came_from, SERVER) if came_from.startswith(("http", "/")) else "")
        or f"{SERVER}{'/'.join(path.parts[-3:])}",
        media_type=said.get("content-type", ""),
        agency="partner",
        received=_RECEIVED,
    )


def readable(body: bytes) -> str:
    for charset, mark in (
        ("utf-32", b"\xff\xfe\x00\x00"),
        ("utf-32", b"\x00\x00\xfe\xff"),
        ("utf-16", b"\xff\xfe"),
        ("utf-16", b"\xfe\xff"),
    ):
        if body.startswith(mark):
            return body.decode(charset, "replace")
    return body.replace(b"\x00", b"").decode("utf-8", "replace")


def became(path: Path, body: bytes) -> tuple[Channel, list[Item]] | DragomanError:
    hints = hints_of(path, body)
    try:
        reader = _READERS.get(formats.detect(body, hints).name) or rss.read
        feed = reader(body, hints)
        entries = [
            one if one.title or one.summary or one.content or one.deleted else replace(one, title=STAND_IN)
            for one in feed.entries
        ]
        return feed.channel, [item_of(entry, feed.channel, hints, feed.notes) for entry in entries]
    except DragomanError as error:
        return error


def judged(path: Path, body: bytes, said: list[Said], beyond: Counter[str]) -> Iterator[tuple[bool, str]]:
    if not said:
        return
    made = became(path, body)
    if isinstance(made, DragomanError):
        if "declares entities" in made.title:
            beyond["refused: a DTD of its own"] += len(said)
            return
        if "well-formed" in made.title and all(one.entry < 0 for one in said):
            beyond["refused: not well-formed, and without an entry"] += len(said)
            return
        yield from ((False, f"{path.name}: {made.title}") for _ in said)
        return
    channel, items = made
    for one in said:
        if reason := _beyond(one, body):
            beyond[reason] += 1
            continue
        if one.entry >= len(items):
            yield False, f"{path.name}: no entry {one.entry}"
            continue
        has = _CHANNEL[one.field](channel) if one.entry < 0 else _ENTRY[one.field](items[one.entry])
        kind = one.field.rpartition(".")[2]
        right = _SAME.get(kind, _same_text)(one.value, has)
        yield right, f"{path.parent.name}/{path.name} {one.field}: wanted {one.value!r:.110} · has {has!r:.110}"


def _beyond(one: Said, body: bytes) -> str:
    """Why an expectation asks for what we have decided otherwise; empty where it does not."""
    words, body = str(one.value), re.sub(rb"<!--.*?-->", b"", body, flags=re.DOTALL)
    if one.field == "text" and re.search(r"<(?:svg|math)\b", words):
        return "drawings and formulas: in no body of ours"
    if one.field in ("author", "people") and re.search(rb"<webMaster>[^<]*" + re.escape(person(words).encode()), body):
        return "a webmaster is no author"
    if one.field == "id" and re.search(r"relative", words) and words.encode() not in body:
        return "an id is compared letter by letter, never resolved (RFC 4287 §4.2.6.1)"
    if one.field == "link" and re.search(rb"<link>[^<]*</link>\s*<link>", body):
        return "several links where one may stand"
    return ""


# What we have of it.


def _names(item: Item) -> list[str]:
    return [word for one in item.subjects for word in (one.name, one.uri, one.literal)]


def _addresses(item: Item) -> list[str]:
    return [one.href for each in item.associations for one in each.renditions]


def texts(item: Item) -> list[str]:
    return [*(one.value for one in item.bodies), *(one.value for one in item.descriptions)]


def _source(item: Item, field: str) -> str:
    return getattr(item.info_sources[0], field) if item.info_sources else ""


_ENTRY: dict[str, Callable[[Item], Any]] = {
    "title": lambda item: "" if item.headline == STAND_IN else item.headline,
    "text": texts,
    "link": lambda item: [one.value for one in item.alt_ids if one.role == "link"] + [item.uri],
    "id": lambda item: [item.uri, *(one.value for one in item.alt_ids if one.role == "guid")],
    "published": lambda item: [item.first_created],
    "updated": lambda item: [item.version_created],
    "dated": lambda item: [item.first_created, item.version_created],
    "author": lambda item: item.by,
    "people": lambda item: item.by.split(", "),
    "rights": lambda item: item.copyright_notice,
    "license": lambda item: item.usage_terms,
    "credit": lambda item: item.ours.credit,
    "language": lambda item: item.language,
    "source.title": lambda item: _source(item, "name"),
    "source.id": lambda item: _source(item, "uri"),
    "media": _addresses,
    "tags": _names,
    "schemes": lambda item: [one.role for one in item.subjects],
    "types": lambda item: [one.content_type for each in item.associations for one in each.renditions],
}
_CHANNEL: dict[str, Callable[[Channel], Any]] = {
    "title": lambda channel: channel.title,
    "link": lambda channel: [channel.link],
    "id": lambda channel: [channel.id],
    "language": lambda channel: channel.language,
    "rights": lambda channel: channel.rights,
    "author": lambda channel: person(channel.author),
    "people": lambda channel: channel.author.split(", "),
}


def _plain(text: Any) -> str:
    return squeeze(plain(str(text)))


_LINK = re.compile(r"<a\s[^>]*?href=\"(https?://[^\"]+)\"")


def _same_text(want: Any, has: Any) -> bool:
    """The same words and links: what is markup in one and text in the other is compared as text, without white space."""
    if isinstance(has, list) and (links := _LINK.findall(str(want))):
        ours_too = [link for value in has for link in _LINK.findall(value)]
        if not all(html.unescape(link) in map(html.unescape, ours_too) for link in links):
            return False
    values = [str(value) for value in (has if isinstance(has, list) else [has])]
    wanted = {_squashed(str(want)), _squashed(_plain(want))}
    ours = {_squashed(text) for value in values for text in (value, _plain(value))}
    return not wanted.isdisjoint(ours) or not (_plain(want) or any(map(_plain, values)))


def _squashed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _same_moment(want: Any, has: Any) -> bool:
    if isinstance(want, tuple | list):
        wanted: datetime | None = datetime(*want[:6], tzinfo=UTC)
    else:
        wanted, _ = read_feed_time(str(want), "UTC")
    return any(one is not None and wanted is not None and abs((one - wanted).total_seconds()) < 1 for one in has) or (
        wanted is None and not any(has)
    )


def _same_person(want: Any, has: Any) -> bool:
    people = [person(one) for one in (has if isinstance(has, list) else str(has).split(", "))]
    return person(str(want)) in (*people, person(str(has)), has)


def _same_language(want: Any, has: Any) -> bool:
    return str(want or "").lower() == str(has).replace("_", "-").lower().replace("und", "")


def _same_link(want: Any, has: Any) -> bool:
    return str(want) in has or str(want).rstrip("/") in [str(one).rstrip("/") for one in has]


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "published": _same_moment,
    "updated": _same_moment,
    "dated": _same_moment,
    "author": _same_person,
    "people": _same_person,
    "language": _same_language,
    "link": _same_link,
    "id": lambda want, has: str(want).strip() in ([one.strip() for one in has] if isinstance(has, list) else [has]),
    "media": lambda want, has: str(want) in has,
    "tags": lambda want, has: squeeze(str(want)) in has or _plain(want) in has,
    "schemes": lambda want, has: str(want) in has,
    "types": lambda want, has: str(want) in has,
}
