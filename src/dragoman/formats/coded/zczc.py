"""Texts between ``ZCZC`` and ``NNNN`` whose header lines begin with a sign each: broadcast copy, releases, sport, racing. Pure.

    ZCZC AAP            the agency
    %A                  category            #Ferry_BC1      slug           $Ferry sails        headline
    :(QUAY)             take key            *07000000       subject        @QLD                place
    ~AM Service         genre               &DESK\\somebody  sender         ^Title              headline (sport)

The same sign means another thing on another service: each service is a row, known by the signs it uses.
"""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from dragoman.formats._wire_copy import known
from dragoman.formats.coded.said import Said
from dragoman.model.arrival import Hints
from dragoman.model.item import Concept
from dragoman.text.cleaning import squeeze

OPENED = re.compile(r"\s*ZCZC(?P<service>[^\n]{0,40})\n")
ENDED = re.compile(r"\n[ \t]*NNNN[ \t]*(?=\n|\Z)")
_SIGN = re.compile(r"(?P<sign>[%#$:&*@~^=+])(?P<said>[^\n]*)\Z")
_ROUTING = re.compile(r"YY(?:\s+\S+)+\s*\Z")
_SIGNED = re.compile(r"\n[ \t]*(?P<line>AAP(?: [A-Z]{2,12})?)\s*\Z")
_SUBJECT = re.compile(r"\d{8}\Z")
_LABEL = re.compile(r":?(?P<label>[A-Z][A-Z ]{2,20}?) ?[:-](?P<title>\s*\S.*)\Z")
_SET = re.compile(r"(?:[<.=]{1,2}!)\s*\Z")
_MOST_SIGNS = 24
ZONE = "Australia/Sydney"
RELEASES: Mapping[str, str] = {"J": "Media Release", "K": "IRW News Release"}
"""Service letter of releases → what they are called."""

Signs = tuple[tuple[str, str], ...]


class Service(Struct, frozen=True):
    """A service: how its header is known, and how it is read."""

    name: str
    knows: Callable[[str, Signs, str], bool]
    read: Callable[[Signs, str], Said]


def read(text: str, hints: Hints) -> Said:
    """What one message (newlines as ``\\n``) says."""
    opened = OPENED.match(text)
    service, rest = (opened["service"].strip(), text[opened.end() :]) if opened else ("", text)
    rest = ENDED.split(rest, maxsplit=1)[0].rstrip()
    signs, body = _signs(rest)
    signed = _SIGNED.search(f"\n{body}")
    line = ""
    if signed and body.strip() != signed["line"]:
        line, body = signed["line"], body[: max(0, signed.start() - 1)]
    reader = next((each for each in SERVICES if each.knows(service, signs, body)), _PLAIN)
    said = reader.read(signs, body)
    agency = (
        service.split()[0]
        if service[:1].isalpha() and " " not in service and not any(map(str.isdigit, service))
        else ""
    )
    return replace(
        said,
        source=said.source or agency or ("AAP" if line else ""),
        signs_off=line,
        zone=known(hints, ZONE),
        language="" if reader is _PLAIN else "en",
    )


def _signs(text: str) -> tuple[Signs, str]:
    """The lines of the header, each its sign and what follows, and the text behind them."""
    found: list[tuple[str, str]] = []
    lines = text.split("\n")
    at = 0
    while at < min(len(lines), _MOST_SIGNS):
        line = lines[at]
        match = _SIGN.match(line)
        if _ROUTING.match(line):
            found.append(("YY", line))
        elif match and not (match["sign"] == "*" and match["said"][:1] == " "):
            found.append((match["sign"], match["said"]))
        elif line.strip() or not found:
            break
        at += 1
    return tuple(found), "\n".join(lines[at:])


def _of(signs: Signs, sign: str) -> str:
    return next((said for name, said in signs if name == sign), "")


def _subjects(*codes: str) -> tuple[Concept, ...]:
    return tuple(
        Concept(uri=f"http://cv.iptc.org/newscodes/subjectcode/{code}", literal=code)
        for code in codes
        if _SUBJECT.match(code)
    )


def _broadcast(signs: Signs, body: str) -> Said:
    headline, place, genre = squeeze(_of(signs, "$")), _of(signs, "@").strip(), _of(signs, "~").strip()
    return Said(
        text=body,
        headline=f"{place}: {headline}" if place and headline and not genre else headline,
        slugline=_of(signs, "#").strip(),
        take_key=_of(signs, ":").strip(),
        category=_of(signs, "%").strip(),
        subjects=_subjects(_of(signs, "*").strip()),
        places=(Concept(name=place),) if place else (),
        genre=genre or "Broadcast Script",
        summary=headline if genre else "",
        header=_lines(signs, "&"),
    )


def _release(signs: Signs, body: str) -> Said:
    kind = RELEASES.get(_of(signs, "$").strip(), "Release")
    sender = next((said.strip() for name, said in signs if name == ":" and said.strip()), "")
    return Said(
        text=body,
        headline=f"{kind}: {sender}" if sender else "",
        slugline=sender,
        genre=kind,
        category=_of(signs, "$").strip(),
        as_set=_of(signs, "*").strip() == "T",
        header=_lines(signs, "%"),
    )


def _sport(signs: Signs, body: str) -> Said:
    return Said(
        text=body.replace("\n\t", "\n"),
        headline=_of(signs, "^").strip(),
        slugline=_of(signs, ":").strip(),
        take_key=_of(signs, "=").strip(),
        category=_of(signs, "$").strip(),
        subjects=_subjects(_of(signs, "+").strip()),
        genre="Results (sport)",
        as_set=True,
        header=_lines(signs, "*", "&"),
    )


def _slugged(signs: Signs, body: str) -> Said:
    slug, take = _of(signs, "#").strip(), _of(signs, ":").strip()
    headline = _of(signs, "$").strip()
    return Said(
        text=body,
        headline=headline or f"{slug} {take}".strip(),
        slugline=slug,
        take_key=take,
        category=_of(signs, "%").strip(),
        as_set=not headline,
    )


def _racing(signs: Signs, body: str) -> Said:
    """Fields, form and weights: the title stands behind a label, or is the last of the lines set by themselves."""
    titles = [said for name, said in signs if name == ":" and said.strip()]
    keys = tuple(Concept(name=word) for word in _of(signs, "YY").split()[1:])
    if not titles:
        lines = body.split("\n")
        count = next((at for at, line in enumerate(lines[:8]) if not _SET.search(line)), 0)
        titles, body = ([lines[max(count, 1) - 1]], "\n".join(lines[max(count, 1) :])) if lines else ([], body)
    found = _LABEL.match(titles[-1]) if titles else None
    title = found["title"] if found else titles[-1] if titles else ""
    return Said(
        text=body,
        headline=title.strip(),
        slugline=title.strip(),
        subjects=keys,
        as_set=True,
        header=_lines(signs, "YY"),
    )


def _plain(signs: Signs, body: str) -> Said:
    lines = body.lstrip().split("\n", 1)
    return Said(text=lines[1] if len(lines) > 1 else body, headline=squeeze(lines[0])[:200] if len(lines) > 1 else "")


def _lines(signs: Signs, *which: str) -> tuple[str, ...]:
    return tuple(said if name == "YY" else f"{name}{said}" for name, said in signs if name in which)


def _has(*wanted: str) -> Callable[[str, Signs, str], bool]:
    return lambda service, signs, body: set(wanted) <= {name for name, _ in signs}


SERVICES: tuple[Service, ...] = (
    Service("racing", _has("YY"), _racing),
    Service(
        "release", lambda service, signs, body: len(_of(signs, "$").strip()) == 1 and not _of(signs, "^"), _release
    ),
    Service("sport", _has("^", "$"), _sport),
    Service("broadcast", _has("%", "#", "$"), _broadcast),
    Service("slugged", _has("#"), _slugged),
)
_PLAIN = Service("plain", lambda service, signs, body: True, _plain)
