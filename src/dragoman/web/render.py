"""Pages from templates that lie beside their routes: escaped by default, in the viewer's language and zone."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from litestar import MediaType, Response
from markupsafe import Markup

from dragoman.store.deliveries import DeliveryRow
from dragoman.text.script import direction
from dragoman.web import times
from dragoman.web.asking import Asking, Page
from dragoman.web.site import Site, site_of
from dragoman.web.words import LANGUAGES, Words, locale_of

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"
PLACES = {
    "wire": "/wire",
    "translate": "/translate",
    "diary": "/diary",
    "projects": "/projects",
    "pictures": "/pictures",
    "partners": "/partners",
    "relations": "/relations",
    "reports": "/reports",
    "operations": "/operations",
}
"""Where the navigation leads; a place's pages all begin with its singular."""


@lru_cache(maxsize=1)
def static_version() -> str:
    """A short digest of every static file: part of their address, so that they may be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.iterdir()):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:10]


def static(name: str) -> str:
    return f"/static/{static_version()}/{name}"


def of_language(language: str) -> Markup:
    """The attributes that every text from outside carries: what it is written in and which way it runs."""
    if not language or language == "und":
        return Markup('dir="auto"')
    return Markup('lang="{}" dir="{}"').format(language, direction(language))


def link(path: str, **fields: Any) -> str:
    """`path` with those fields that have a value, as a query."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(kept)}" if kept else path


def language_name(code: str, language: str) -> str:
    """What `language` calls the language `code`."""
    return str(locale_of(language).languages.get(code.split("-")[0], code))


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates: every package's own, under its name, as in ``wire/wire.html``."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(
        static=static,
        of_language=of_language,
        link=link,
        language_name=language_name,
        languages=LANGUAGES,
        places=PLACES,
        span=times.span,
        delivery_state=_delivery_state,
        universal=times.universal,
    )
    return made


@jinja2.pass_context
def _delivery_state(context: jinja2.runtime.Context, row: DeliveryRow) -> Markup:
    """How far a delivery has come: its word, coloured by what it means, and when."""
    words, clock = context["words"], context["clock"]
    at = row.receipted or row.sent if row.state in ("receipted", "sent") else row.due if row.state == "retry" else None
    said = Markup(" {}").format(clock.second(at)) if at else Markup("")
    return Markup('<span class="{}">{}{}</span>').format(
        _DELIVERY.get(row.state, "waits"), words(f"delivery.{row.state}"), said
    )


_DELIVERY = {
    "receipted": "ok",
    "sent": "ok",
    "parked": "no",
    "expired": "no",
    "cancelled": "soft",
    "superseded": "soft",
}


class Clock:
    """Times for one page: the home agency's zone, the viewer's words, one `now`."""

    def __init__(self, zone: str, words: Words, now: datetime) -> None:
        self.now = now
        self._zone = times.zone_of(zone)
        self._locale = words.locale

    @property
    def place(self) -> str:
        return times.place_of(self._zone, self._locale)

    def short(self, at: datetime | None) -> Markup:
        return self._element(at, lambda one: times.clock(one, self._zone, self._locale, self.now))

    def second(self, at: datetime | None) -> Markup:
        return self._element(at, lambda one: times.second(one, self._zone, self._locale, self.now))

    def full(self, at: datetime | None) -> Markup:
        return self._element(at, lambda one: times.moment(one, self._zone, self._locale))

    def day(self, at: datetime | None) -> Markup:
        return self._element(at, lambda one: times.day(one, self._zone, self._locale))

    def brief(self, at: datetime) -> Markup:
        """``16:00 Baku`` today, else the day as well: for what is counted down to."""
        return self._element(
            at,
            lambda one: (
                times.clock(one, self._zone, self._locale, self.now) + f" {times.place_of(self._zone, self._locale)}"
            ),
        )

    def ago(self, at: datetime | None) -> Markup:
        """How long ago, with the moment itself at hand."""
        return self._element(at, lambda one: times.span(self.now - one))

    def until(self, at: datetime) -> str:
        return times.span(max(at - self.now, timedelta()))

    def _element(self, at: datetime | None, say: Callable[[datetime], str]) -> Markup:
        if at is None:
            return Markup("–")
        # Left to right in itself: a time inside an Arabic line must not turn round.
        return Markup('<time datetime="{}" title="{}"><bdi>{}</bdi></time>').format(
            at.isoformat(timespec="milliseconds"), times.universal(at), say(at)
        )


def render(site: Site, words: Words, template: str, *, asking: Asking | None = None, **values: Any) -> str:
    """The HTML of one template."""
    clock = values.pop("clock", None) or Clock(site.home.zone, words, datetime.now(UTC))
    return (
        environment()
        .get_template(template)
        .render(t=words, words=words, home=site.home, asking=asking, clock=clock, now=clock.now, **values)
    )


def page(request: Page, template: str, *, status: int = 200, **values: Any) -> Response[str]:
    """An answer to a logged-in person. Never stored by anybody: it may show copy that is killed a minute later."""
    asking = request.user
    values.setdefault("path", request.url.path)
    html = render(site_of(request), asking.words, template, asking=asking, **values)
    return html_response(html, status)


def html_response(html: str, status: int = 200) -> Response[str]:
    return Response(
        html,
        status_code=status,
        media_type=MediaType.HTML,
        headers={"cache-control": "no-store", "vary": "cookie, accept-language"},
    )
