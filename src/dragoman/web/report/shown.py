"""A report as a page in the language asked for, or as a file with a name of its own."""

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Response

from dragoman.model.errors import BadInput, NotFound
from dragoman.reports.coverage import is_counted
from dragoman.web.asking import Page
from dragoman.web.render import html_response, render
from dragoman.web.report import drawn, told
from dragoman.web.site import site_of
from dragoman.web.times import zone_of
from dragoman.web.words import LANGUAGES, words

SAID: dict[str, Any] = {
    "number": told.number,
    "percent": told.percent,
    "day": told.day,
    "period": told.period,
    "month_of": told.month,
    "country": told.country,
    "language": told.language,
    "how": told.how,
    "column": drawn.label,
    "counted": is_counted,
}
"""What the templates say numbers, days and names with."""
_PARTS = re.compile(r"(?P<name>[A-Za-z0-9-]{1,20})(?:\.(?P<suffix>csv|json|svg))?")
_TYPES = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml", "json": "application/json"}


def parts(address: str) -> tuple[str, str]:
    """The last part of an address, ``17.csv``, as name and suffix; the suffix is empty for a page.

    Raises:
        NotFound: there is no such file.
    """
    found = _PARTS.fullmatch(address)
    if found is None:
        raise NotFound("There is no such report", address[:60], hint="Files end in .csv, .json or .svg.")
    return found["name"], found["suffix"] or ""


def number_of(name: str) -> int:
    """Raises: NotFound, where it is no number."""
    if not name.isdecimal() or len(name) > 9:
        raise NotFound("There is no such report", name[:60])
    return int(name)


def shown(request: Page, template: str, *, language: str = "", **values: Any) -> Response[str]:
    """The page in `language`, or in the viewer's own: a report is printed for somebody else."""
    site, asking = site_of(request), request.user
    if language:
        asking = msgspec.structs.replace(asking, words=words(_ours(language)))
    values.setdefault("path", request.url.path)
    html = render(
        site, asking.words, template, asking=asking, zone=zone_of(site.home.zone), standalone=False, **SAID, **values
    )
    return html_response(html)


def _ours(language: str) -> str:
    if language not in LANGUAGES:
        raise BadInput("Reports are not printed in this language", language[:20], hint=", ".join(LANGUAGES))
    return language


def words_for(request: Page, language: str) -> Any:
    return words(_ours(language)) if language else request.user.words


def file(body: str | bytes, suffix: str, name: str) -> Response[bytes]:
    """A file to be kept, under its own name. A drawing is shown, everything else is saved."""
    way = "inline" if suffix in ("svg", "json") else "attachment"
    return Response(
        body.encode() if isinstance(body, str) else body,
        media_type=_TYPES[suffix],
        headers={"cache-control": "no-store", "content-disposition": f'{way}; filename="{name}.{suffix}"'},
    )


def now() -> datetime:
    return datetime.now(UTC)
