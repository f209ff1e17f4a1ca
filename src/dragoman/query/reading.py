"""A version as queries look at it: what they ask for, folded, each part once and only when somebody asks.

One version is put to many agreements: they share one `Reading`.
"""

import html
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property, lru_cache

from dragoman.model.item import Concept
from dragoman.model.version import Version
from dragoman.text.fold import fold

_SCRIPTS_WITHOUT_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
_WORDS = re.compile(rf"[{_SCRIPTS_WITHOUT_SPACES}]|[^\W_{_SCRIPTS_WITHOUT_SPACES}]+")
_BLOCK_TAG = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|dl|dt|dd|tr|td|th|table|div|section|blockquote|pre|br|hr)\b[^>]*>", re.I
)
_TAG = re.compile(r"<[^>]*>")


def spaced(text: str) -> str:
    """The folded words of `text` with one space before, between and after: `" w1 w2 "`, or `" "` where there is none.

    Whole words side by side are then a plain substring. Characters of scripts that put no space between words stand
    each as a word of its own, which makes the same test find them anywhere.
    """
    words = _WORDS.findall(fold(text))
    return f" {' '.join(words)} " if words else " "


@lru_cache(maxsize=4096)
def needle(text: str) -> str:
    """What to look for in `spaced` text: whole words, or with a `*` at the end the beginning of the last one."""
    found = spaced(text)
    return found[:-1] if text.endswith("*") else found


@lru_cache(maxsize=4096)
def exact(text: str) -> str:
    """What to look for when a `*` is a sign like any other (a phrase in quotes)."""
    return spaced(text)


@lru_cache(maxsize=4096)
def _spaced_name(text: str) -> str:
    return spaced(text)  # names of places and subjects come again and again


def plain(markup: str) -> str:
    """Block HTML as plain text; words on either side of a block stay apart, those around `<b>` stay together."""
    return html.unescape(_TAG.sub("", _BLOCK_TAG.sub(" ", markup)))


class Named:
    """Concepts as queries compare them: names as spaced words, uris and literals as they are but for case."""

    __slots__ = ("codes", "names", "shown")

    def __init__(self, concepts: Iterable[Concept], more: Iterable[str] = ()) -> None:
        concepts = tuple(concepts)
        self.shown = tuple(dict.fromkeys(name for name in (*(c.name for c in concepts), *more) if name))
        self.names = "|".join(map(_spaced_name, self.shown))
        self.codes = frozenset(code.casefold() for c in concepts for code in (c.uri, c.literal) if code)

    def has(self, value: str) -> bool:
        wanted = needle(value)
        return (wanted != " " and wanted in self.names) or value.casefold() in self.codes


class Reading:
    """`version`, ready to be asked. Not thread-safe, not kept: it lives as long as one version is looked at."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.item = version.item
        self.ours = version.item.ours

    @cached_property
    def text(self) -> str:
        """Headlines, text, slugline and byline, as spaced words; a phrase does not run from one into the next."""
        return "|".join((self.headline, spaced(self._body()), self.slugline, self.byline))

    @cached_property
    def headline(self) -> str:
        item = self.item
        return "|".join(map(spaced, (item.title, *(headline.value for headline in item.headlines))))

    @cached_property
    def slugline(self) -> str:
        return spaced(self.item.slugline)

    @cached_property
    def byline(self) -> str:
        return spaced(self.item.by)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The item's language and each of its wider forms: `zh-hant-hk`, `zh-hant`, `zh`."""
        parts = self.item.language.casefold().replace("_", "-").split("-")
        return frozenset("-".join(parts[:length]) for length in range(1, len(parts) + 1) if parts[0])

    @cached_property
    def places(self) -> Named:
        dateline = self.ours.dateline
        return Named(self.item.places, (self.item.located, dateline.place if dateline else ""))

    @cached_property
    def subjects(self) -> Named:
        return Named(self.item.subjects)

    @cached_property
    def countries(self) -> frozenset[str]:
        """ISO 3166 codes as given by the dateline and by places; names of places that are marked as a country."""
        dateline = self.ours.dateline
        said = [dateline.country if dateline else ""]
        for place in self.item.places:
            said.append(place.literal)
            if "country" in (place.rel, place.role):
                said.append(place.name)
        return frozenset(country.casefold() for country in said if country)

    @cached_property
    def moment(self) -> datetime:
        """When the version was made, or else when we received it."""
        return self.item.version_created or self.version.received

    def _body(self) -> str:
        if self.ours.blocks:
            return "\n".join(block.text for block in self.ours.blocks)
        texts = (plain(body.value) if "html" in body.content_type else body.value for body in self.item.bodies)
        return "\n".join(texts)
