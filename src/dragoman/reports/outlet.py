"""An outlet as declared in the register: who it is, what of its declaration cannot stand, what looks like another. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Literal, get_args
from urllib.parse import urlsplit

from msgspec import Struct

from dragoman.model.errors import BadInput
from dragoman.text.fold import fold
from dragoman.text.language import known_tag

OutletKind = Literal["agency", "newspaper", "magazine", "broadcaster", "radio", "television", "site", "social"]
KINDS: tuple[str, ...] = get_args(OutletKind)
ALIKE = 0.82
"""Names that share more than this of their pairs of letters are worth a second look."""
_LONGEST = {"name": 200, "home_page": 500, "audience_source": 300, "note": 2000}
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
_HOST = re.compile(r"[^\s/:@]+\.[^\s/:@]+\Z")


class Outlet(Struct, frozen=True, kw_only=True):
    """`agency` is the code of the partner it is, if it is one; `audience` stands only with its source and its day."""

    name: str
    country: str = ""
    """ISO 3166, two letters; empty where it has none (an international channel)."""
    languages: tuple[str, ...] = ()
    kind: OutletKind = "site"
    home_page: str = ""
    audience: int | None = None
    audience_source: str = ""
    audience_on: date | None = None
    agency: str = ""
    note: str = ""
    registered: datetime | None = None
    retired: datetime | None = None
    id: int = 0

    @property
    def host(self) -> str:
        return host_of(self.home_page)

    @property
    def key(self) -> str:
        return name_key(self.name)


def checked(outlet: Outlet) -> Outlet:
    """The outlet with its words trimmed and its tags in their usual form.

    Raises:
        BadInput: a field that cannot stand, by its name.
    """
    country = outlet.country.strip().upper()
    languages = tuple(dict.fromkeys(_tag(tag) for tag in outlet.languages if tag.strip()))
    page = outlet.home_page.strip()
    tried = Outlet(
        name=" ".join(outlet.name.split()),
        country=country,
        languages=languages,
        kind=outlet.kind,
        home_page=page,
        audience=outlet.audience,
        audience_source=" ".join(outlet.audience_source.split()),
        audience_on=outlet.audience_on,
        agency=outlet.agency.strip(),
        note=outlet.note.strip(),
        registered=outlet.registered,
        retired=outlet.retired,
        id=outlet.id,
    )
    for wrong, field, hint in _WRONG:
        if wrong(tried):
            raise BadInput("This outlet cannot be registered so", f"{field}: {hint}", kept="The register as it was.")
    return tried


def _tag(tag: str) -> str:
    found = known_tag(tag)
    if not found:
        raise BadInput("This is not a language", tag[:40], hint="Write it as en, ru or zh-Hant.")
    return found


def _has_figure_without_source(one: Outlet) -> bool:
    return one.audience is not None and not (one.audience_source and one.audience_on)


_WRONG = (
    (lambda one: not one.key, "name", "an outlet has a name, with letters in it"),
    (lambda one: one.kind not in KINDS, "kind", "one of " + ", ".join(KINDS)),
    (lambda one: bool(one.country) and not _COUNTRY.match(one.country), "country", "two letters, as in AZ"),
    (lambda one: bool(one.home_page) and not one.host, "home page", "an address that begins with http:// or https://"),
    (lambda one: one.audience is not None and not 0 <= one.audience < 10**12, "audience", "a number of people"),
    (_has_figure_without_source, "audience", "a figure stands only with its source and its day"),
    (
        lambda one: any(len(getattr(one, field)) > most for field, most in _LONGEST.items()),
        "length",
        ", ".join(f"{field.replace('_', ' ')} at most {most} characters" for field, most in _LONGEST.items()),
    ),
)


def host_of(address: str) -> str:
    """The host of a web address in lower case, without ``www.``; empty where it is no web address."""
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.match(host):
        return ""
    return host.removeprefix("www.")


def name_key(name: str) -> str:
    """What two spellings of one name have in common: folded letters and digits, one space between words."""
    return " ".join(re.findall(r"\w+", fold(name)))


def look_alikes(name: str, others: Mapping[int, str]) -> list[int]:
    """The numbers of those in `others` (number → name) whose name looks like `name`, the likest first."""
    pairs = _pairs(name)
    found = [
        (likeness, number) for number, other in others.items() if (likeness := _dice(pairs, _pairs(other))) > ALIKE
    ]
    return [number for _, number in sorted(found, key=lambda one: (-one[0], one[1]))]


def _pairs(name: str) -> frozenset[str]:
    key = name_key(name).replace(" ", "")
    return frozenset(key[at : at + 2] for at in range(len(key) - 1)) or frozenset((key,))


def _dice(one: Iterable[str], other: Iterable[str]) -> float:
    a, b = frozenset(one), frozenset(other)
    return 2 * len(a & b) / (len(a) + len(b))
