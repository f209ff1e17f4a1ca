"""The gallery as HTML: the same pages live, in the workshop's preview and in an exported folder; only their links differ."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from babel.dates import format_date
from msgspec import Struct

from dragoman.model.exhibition import Exhibition
from dragoman.model.picture import EDGES, fitted
from dragoman.planning.exhibition import Whole, opening_day
from dragoman.planning.gallery import Gallery, Plate
from dragoman.store.media import rendition_path
from dragoman.text.script import direction
from dragoman.web.render import Clock, environment, static
from dragoman.web.words import LANGUAGES, Words, words

ASSETS = ("tokens.css", "gallery.css", "gallery.js", "icon.svg")
PUBLIC = ("thumbnail", "preview")
"""The renditions that leave the house."""


class Links(Protocol):
    """Where the pages of one gallery lie, seen from one of them."""

    def front(self, language: str) -> str: ...

    def plate(self, plate: Plate, language: str) -> str: ...

    def image(self, plate: Plate, name: str) -> str: ...

    def asset(self, name: str) -> str: ...

    @property
    def is_draft(self) -> bool:
        """Is this for those alone who make it?"""
        ...

    @property
    def public(self) -> str:
        """The address of our node in front of the others, for those who link to them from elsewhere; empty: nobody does."""
        ...


class LiveLinks(Struct, frozen=True, kw_only=True):
    """In the public gallery, or (`preview`) in the workshop, where the pictures come as the newsroom sees them."""

    project: str
    id: str
    url: str = ""
    preview: bool = False

    @property
    def is_draft(self) -> bool:
        return self.preview

    @property
    def public(self) -> str:
        return "" if self.preview else self.url

    @property
    def _base(self) -> str:
        inside = f"{self.project}/{self.id}"
        return f"/exhibition/{inside}/preview" if self.preview else f"/gallery/{inside}"

    def front(self, language: str) -> str:
        return f"{self._base}?language={language}"

    def plate(self, plate: Plate, language: str) -> str:
        return f"{self._base}/{plate.id}?language={language}"

    def image(self, plate: Plate, name: str) -> str:
        return rendition_path(plate.digest, name) if self.preview else f"{self._base}/{plate.id}/{name}.jpg"

    def asset(self, name: str) -> str:
        return static(name)


class FolderLinks(Struct, frozen=True, kw_only=True):
    """In an exported folder: every link is relative. `up` leads from the page to the folder's root."""

    up: str = "../"

    @property
    def is_draft(self) -> bool:
        return False

    @property
    def public(self) -> str:
        return ""

    def front(self, language: str) -> str:
        return f"{self.up}{language}/index.html"

    def plate(self, plate: Plate, language: str) -> str:
        return f"{self.up}{language}/{plate_name(plate.number)}.html"

    def image(self, plate: Plate, name: str) -> str:
        return f"{self.up}{image_path(plate.number, name)}"

    def asset(self, name: str) -> str:
        return f"{self.up}{name}"


def plate_name(number: int) -> str:
    """How a picture's files are called: its number on the wall."""
    return f"{number:03}"


def image_path(number: int, name: str) -> str:
    """Where a rendition lies in an exported folder."""
    return f"pictures/{plate_name(number)}-{name}.jpg"


def front_page(whole: Whole, gallery: Gallery, links: Links, home: str, now: datetime) -> str:
    """The gallery's first page: its title, its rooms, every picture small."""
    return _page("exhibition/gallery.html", whole, gallery, links, home, now)


def plate_page(whole: Whole, gallery: Gallery, plate: Plate, links: Links, home: str, now: datetime) -> str:
    """One picture, large, and the way to its neighbours."""
    before, after = gallery.beside(plate.id)
    hall = next(hall for hall in gallery.halls if hall.id == plate.room)
    at = [one.id for one in gallery.plates].index(plate.id) + 1
    more = {"plate": plate, "before": before, "after": after, "hall": hall, "at": at}
    return _page("exhibition/gallery_plate.html", whole, gallery, links, home, now, **more)


def notice_page(language: str, home: str, template: str, **values: Any) -> str:
    """A page of the gallery without a gallery: not open yet, over."""
    said = words(language)
    values = {"asset": static, "language": said.language, "direction": said.direction, **values}
    return environment().get_template(template).render(t=said, words=said, home_name=home, **values)


def _page(template: str, whole: Whole, gallery: Gallery, links: Links, home: str, now: datetime, **more: Any) -> str:
    said = words(gallery.language)
    venue = whole.record.venue
    return (
        environment()
        .get_template(template)
        .render(
            g=gallery,
            exhibition=whole.record,
            links=links,
            asset=links.asset,
            t=said,
            words=said,
            language=gallery.language,
            direction=direction(gallery.language),
            chrome=chrome(gallery.language),
            home_name=home,
            clock=Clock(venue.zone or "UTC", said, now),
            dates=dates(whole.record, said),
            country=said.locale.territories.get(venue.country, venue.country),
            widths=widths,
            direction_of=direction,
            locale_name=str(said.locale),
            **more,
        )
    )


def chrome(language: str) -> Mapping[str, str]:
    """Which language the gallery's own words are in, where we do not have them in its own."""
    return {} if language.split("-")[0] in LANGUAGES else {"lang": "en", "dir": "ltr"}


def widths(plate: Plate) -> tuple[tuple[str, int], ...]:
    """The renditions with their widths in pixels, for a browser to choose from."""
    return tuple((name, fitted(plate.width, plate.height, EDGES[name])[0]) for name in PUBLIC)


def dates(exhibition: Exhibition, said: Words) -> str:
    """``20 May 2026 – 1 September 2026``, as the language writes it; what is not known is left out."""
    first = opening_day(exhibition)
    if first is None and exhibition.until is None:
        return ""
    days = [format_date(day, "long", locale=said.locale) for day in (first, exhibition.until) if day]
    if len(days) == 2:
        return " – ".join(days)
    return f"{days[0]} –" if first else f"– {days[0]}"
