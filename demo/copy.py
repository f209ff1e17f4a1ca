"""The demo's sample copy: three invented agencies' wires, read from `demo/copy/`, dated as if they were written today.

`load(folder)` gives the pieces (one a version of an item) in the order in which `script.toml` lets them appear;
`piece.render(now)` gives one piece's bytes as it arrives by push (ninjs 3.1) or in a watched folder (plain text);
`rss_document(...)` gives an agency's feed. The same moment always gives the same bytes.

Run the demo as `python -m demo...`: with `demo/` itself on the path this file would hide the standard library's `copy`.
"""

import hashlib
import html
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from lxml import etree
from msgspec import Struct

Way = Literal["push", "folder", "rss"]
Kind = Literal["publish", "update", "correction", "kill", "broken"]


class Feed(NamedTuple):
    """What an agency is called, where its clock stands, and the one feed it serves."""

    name: str
    zone: str
    title: str
    language: str


AGENCIES = {
    "LNA": Feed("Lazur News Agency", "Asia/Baku", "LNA | Gəncə bürosu", "az"),
    "VAL": Feed("Valmora Presse", "Europe/Paris", "Valmora Presse | bureau de Grenoble", "fr"),
    "QMR": Feed("Qamar Newswire", "Asia/Muscat", "قمر | مكتب صلالة", "ar"),
}

DATELINES = {
    ("LNA", "az"): "{city}, {date:az}, LNA. ",
    ("LNA", "en"): "{city}, {date:en}, LNA. ",
    ("LNA", "ru"): "{CITY}, {date:ru}. /ЛНА/. ",
    ("VAL", "fr"): "{city}, {short:fr} (VAL) - ",
    ("VAL", "de"): "{city}, {short:de} (VAL) - ",
    ("VAL", "es"): "{city}, {short:es} (VAL) - ",
    ("QMR", "ar"): "{city} في {date:ar} /قمر/ ",
    ("QMR", "en"): "{CITY}, {date:en} (QMR) -- ",
    ("QMR", "zh"): "月亮社{city}{date:zh}电（记者{byline}）",
}

DATES = {
    "az": "{d} {month}",
    "en": "{d} {month}",
    "ru": "{d} {month}",
    "fr": "{d} {month}",
    "de": "{d}. {month}",
    "es": "{d} de {month}",
    "ar": "{d} {month}",
    "zh": "{m}月{d}日",
}

MONTHS = {  # Russian in the genitive, as a date has it; Chinese writes the number
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "zh": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
}

SHORT_MONTHS = {
    "fr": "jan fév mars avr mai juin juil août sept oct nov déc",
    "de": "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
}

# A token is `{date}`, `{short:fr}`, `{year}`, `{date+7}`; a web page's left-over `{{...}}` is none of ours.
TOKEN = re.compile(r"(?<!\{)\{(date|short|month|year|day)(?::([a-z]{2}))?([+-]\d+)?\}(?!\})")
DUBLIN, CONTENT, ATOM = (
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/rss/1.0/modules/content/",
    "http://www.w3.org/2005/Atom",
)
PROFILE = "https://dragoman.example/schema/profile-1.json"


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A later version of an item, as its file gives it: what is empty stays as it was. `reason` says why it replaces."""

    kind: Kind
    reason: str = ""
    headline: str = ""
    summary: str = ""
    body: str = ""
    byline: str = ""
    urgency: int = 0
    ed_note: str = ""
    genre: str = ""


class Copy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item, as its file gives it. In `body` a blank line parts paragraphs, `## ` marks a sub-heading.

    For the folder: `header` says how exact its date is, `bare` leaves the headline out and starts with the dateline,
    `repeated` puts the summary into the body again, `leftover` is a template expression the page forgot to fill.
    """

    id: str
    way: Way
    headline: str
    city: str
    body: str
    byline: str
    slugline: str
    urgency: int
    event: str = ""
    summary: str = ""
    subjects: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    genre: str = ""
    credit: str = ""
    usage: str = ""
    ed_note: str = ""
    header: Literal["day", "month"] = "day"
    bare: bool = False
    repeated: bool = False
    leftover: str = ""
    version: tuple[Words, ...] = ()


class Step(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of the timetable: seconds after the start; `before_min` is how long before that it was written."""

    at: int
    item: str
    version: int = 1
    before_min: int = 0
    embargo_after_s: int | None = None


class Garbage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file no decoder can read: `size` bytes that are always the same."""

    at: int
    agency: str
    file_name: str
    size: int


class Script(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The timetable; `events` names what several agencies tell."""

    events: dict[str, str]
    steps: tuple[Step, ...]
    broken: tuple[Garbage, ...]


class Rendered(NamedTuple):
    file_name: str
    media_type: str
    body: bytes


class Piece(Struct, frozen=True, kw_only=True):
    """One version of one item, and when it appears. `first_s` and `written_s` count from the demo's start, too."""

    agency: str
    way: Way
    offset_s: int
    language: str
    copy: Copy
    kind: Kind = "publish"
    number: int = 1
    reason: str = ""
    first_s: int = 0
    written_s: int = 0
    embargo_after_s: int | None = None
    garbage: int = 0

    @property
    def uri(self) -> str:
        return f"https://{self.agency.lower()}.example/copy/{self.copy.id}"

    def due(self, start: datetime) -> datetime:
        """When it appears in a demo that began at `start`."""
        return start + timedelta(seconds=self.offset_s)

    def render(self, now: datetime) -> Rendered:
        """The bytes of this piece if it appears at `now` (aware); pass `due(start)` to get the same bytes twice."""
        return RENDERERS[self.way](self, now)

    def moment(self, now: datetime, offset_s: int) -> datetime:
        """`offset_s` after the start, on the agency's own clock."""
        at = now + timedelta(seconds=offset_s - self.offset_s)
        return at.astimezone(ZoneInfo(AGENCIES[self.agency].zone)).replace(microsecond=0)


def load(folder: Path | str) -> list[Piece]:
    """Every piece of the demo in order of appearance. `folder` is `demo/copy`; the timetable lies beside it.

    Raises: ValueError when the timetable names what no file holds, a file holds what it never shows, or an id is twice.
    """
    root = Path(folder)
    script = msgspec.convert(tomllib.loads((root.parent / "script.toml").read_text("utf-8")), Script)
    found = list(_copies(root))
    shelf = {copy.id: (agency, language, copy) for agency, language, copy in found}
    if len(shelf) < len(found):
        raise ValueError("two items of the demo's copy have the same id")
    _check(script, shelf)
    firsts = {step.item: step.at - 60 * step.before_min for step in script.steps if step.version == 1}
    pieces = [_piece(step, *shelf[step.item], firsts[step.item]) for step in script.steps]
    return sorted(pieces + [_noise(broken) for broken in script.broken], key=lambda piece: piece.offset_s)


def rss_document(pieces: Iterable[Piece], now: datetime, agency: str, *, start: datetime) -> bytes:
    """The agency's RSS 2.0 feed at `now` of a demo begun at `start`: newest first, of each item its latest version."""
    due = [p for p in pieces if p.agency == agency and p.way == "rss" and p.due(start) <= now]
    latest = {p.copy.id: p for p in sorted(due, key=lambda p: (p.offset_s, p.number))}
    newest_first = sorted(latest.values(), key=lambda p: (p.offset_s, p.written_s, p.copy.id), reverse=True)
    return _feed([(p, p.due(start)) for p in newest_first], agency)


def _copies(root: Path) -> Iterator[tuple[str, str, Copy]]:
    for path in sorted(root.glob("*/*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["item"]:
            yield path.parent.name, path.stem, msgspec.convert(entry, Copy)


def _check(script: Script, shelf: dict[str, tuple[str, str, Copy]]) -> None:
    shown = {(step.item, step.version) for step in script.steps}
    held = {(id, n) for id, (_, _, copy) in shelf.items() for n in range(1, len(copy.version) + 2)}
    events = {copy.event for _, _, copy in shelf.values() if copy.event}
    for what, odd in (("steps", shown ^ held), ("events", events ^ set(script.events))):
        if odd:
            raise ValueError(f"script.toml and the copy disagree on {what}: {sorted(odd)}")


def _piece(step: Step, agency: str, language: str, copy: Copy, first_s: int) -> Piece:
    words = Words(kind="publish")
    for words in copy.version[: step.version - 1]:
        changed = {name: getattr(words, name) for name in words.__struct_fields__ if name not in ("kind", "reason")}
        kept = {name: value for name, value in changed.items() if value or name == "genre"}  # a flash is one only once
        copy = msgspec.structs.replace(copy, **kept)
    return Piece(
        agency=agency,
        way=copy.way,
        offset_s=step.at,
        language=language,
        copy=copy,
        kind=words.kind,
        number=step.version,
        reason=words.reason,
        first_s=first_s,
        written_s=step.at - 60 * step.before_min,
        embargo_after_s=step.embargo_after_s,
    )


def _noise(broken: Garbage) -> Piece:
    nothing = Copy(id=broken.file_name, way="folder", headline="", city="", body="", byline="", slugline="", urgency=8)
    return Piece(
        agency=broken.agency,
        way="folder",
        offset_s=broken.at,
        language="",
        copy=nothing,
        kind="broken",
        garbage=broken.size,
        first_s=broken.at,
        written_s=broken.at,
    )


def _filled(text: str, at: datetime, language: str) -> str:
    """`text` with its date tokens written out in `language`."""

    def one(found: re.Match[str]) -> str:
        name, other, days = found.groups()
        return _dated(name, at + timedelta(days=int(days or 0)), other or language)

    return TOKEN.sub(one, text)


def _dated(name: str, at: datetime, language: str) -> str:
    if name in ("year", "day"):
        return str(getattr(at, name))
    months = SHORT_MONTHS if name == "short" else MONTHS
    month = months[language].split()[at.month - 1]
    if name == "month":
        return month
    day = "1er" if language == "fr" and at.day == 1 else str(at.day)
    shape = "{d} {month}" if (name, language) == ("short", "es") else DATES[language]
    return shape.format(d=day, m=at.month, month=month)


def _blocks(piece: Piece, now: datetime) -> list[tuple[str, str]]:
    """`(tag, text)` of the body in order, dates written out, the dateline leading the first paragraph."""
    at, copy = piece.moment(now, piece.first_s), piece.copy
    dateline = DATELINES[piece.agency, piece.language]
    for name, value in (("{city}", copy.city), ("{CITY}", copy.city.upper()), ("{byline}", copy.byline)):
        dateline = dateline.replace(name, value)
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", copy.body.strip())]
    if piece.language == "zh":
        parts = [part.replace(" ", "") if not part.startswith("## ") else part for part in parts]
    filled = [_filled(part, at, piece.language) for part in [dateline + parts[0], *parts[1:]]]
    return [("h2", part[3:]) if part.startswith("## ") else ("p", part) for part in filled]


def _line(piece: Piece, now: datetime, text: str) -> str:
    return _filled(text, piece.moment(now, piece.first_s), piece.language)


def _html(piece: Piece, now: datetime) -> str:
    return "\n".join(f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for tag, text in _blocks(piece, now))


def _ninjs(piece: Piece, now: datetime) -> Rendered:
    copy = piece.copy
    embargo = piece.embargo_after_s
    whole = {
        "uri": piece.uri,
        "standard": {"name": "ninjs", "version": "3.1"},
        "type": "text",
        "profile": "text",
        "version": str(piece.number),
        "firstCreated": piece.moment(now, piece.first_s).isoformat(),
        "versionCreated": piece.moment(now, piece.written_s).isoformat(),
        "embargoedUntil": "" if embargo is None else piece.moment(now, embargo).isoformat(),
        "pubStatus": "canceled" if piece.kind == "kill" else "usable",
        "urgency": copy.urgency,
        "language": piece.language,
        "headlines": [{"role": "main", "value": _line(piece, now, copy.headline)}],
        "slugline": copy.slugline,
        "by": copy.byline,
        "located": copy.city,
        "descriptions": [{"role": "summary", "value": _line(piece, now, copy.summary)}] if copy.summary else [],
        "bodies": [{"role": "main", "contentType": "text/html", "value": _html(piece, now)}],
        "subjects": _named(copy.subjects),
        "places": _named(copy.places),
        "people": _named(copy.people),
        "organisations": _named(copy.organisations),
        "genres": _named((copy.genre,) if copy.genre else ()),
        "infoSources": [{"name": copy.credit or AGENCIES[piece.agency].name, "role": "credit"}],
        "copyrightHolder": AGENCIES[piece.agency].name,
        "usageTerms": copy.usage,
        "edNote": _line(piece, now, copy.ed_note),
    }
    if piece.number > 1:  # what ninjs has no place for: why this version replaces the one before
        whole["standard"] = {"name": "ninjs", "version": "3.1", "schema": PROFILE}
        replaced = str(piece.number - 1)
        whole["dragoman"] = {"correction": {"kind": piece.kind, "reason": piece.reason, "replaces": replaced}}
    said = {key: value for key, value in whole.items() if value not in ("", [])}
    body = msgspec.json.format(msgspec.json.encode(said), indent=2)
    return Rendered(f"{copy.id}-v{piece.number}.json", "application/json", body)


def _named(names: Sequence[str]) -> list[dict[str, str]]:
    return [{"name": name} for name in names]


def _text(piece: Piece, now: datetime) -> Rendered:
    """Agency copy as it comes off the web: a header line with a date, title, summary, then the dateline and the text."""
    copy = piece.copy
    if piece.garbage:
        return Rendered(copy.id, "text/plain", _bytes_of_noise(copy.id, piece.garbage))
    blocks = [text for _, text in _blocks(piece, now)]
    if copy.repeated:
        blocks.insert(2, _line(piece, now, copy.summary) + ".")
    date = piece.moment(now, piece.first_s).strftime("%Y-%m-%d" if copy.header == "day" else "%Y-%m")
    header = f" date {date} {copy.leftover}"
    if copy.bare:
        dateline, first = re.split(r"(?<=LNA\.) ", blocks[0], maxsplit=1)
        whole = [f"{header}{dateline}", first, *blocks[1:]]
    else:
        whole = [f"{header}\n{_line(piece, now, copy.headline)}", _line(piece, now, copy.summary), *blocks]
    text = "\n\n".join(part for part in whole if part) + "\n"
    return Rendered(f"{copy.id}.txt", "text/plain; charset=utf-8", text.encode())


def _bytes_of_noise(seed: str, size: int) -> bytes:
    """`size` bytes that are no text in any encoding: NULs and lone continuation bytes among them."""
    blocks = (hashlib.sha256(f"{seed} {n}".encode()).digest() for n in range(size // 32 + 1))
    return (b"\x00\xff\xfe\x80" + b"".join(blocks))[:size]


def _rss(piece: Piece, now: datetime) -> Rendered:
    return Rendered(f"{piece.copy.id}-v{piece.number}.xml", "application/rss+xml", _feed([(piece, now)], piece.agency))


def _feed(entries: Sequence[tuple[Piece, datetime]], agency: str) -> bytes:
    about = AGENCIES[agency]
    root = etree.Element("rss", {"version": "2.0"}, nsmap={"dc": DUBLIN, "content": CONTENT, "atom": ATOM})
    channel = etree.SubElement(root, "channel")
    told = (("title", about.title), ("link", f"https://{agency.lower()}.example/"), ("description", about.name))
    for name, value in (*told, ("language", about.language)):
        etree.SubElement(channel, name).text = value
    for piece, appeared in entries:
        channel.append(_entry(piece, appeared))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entry(piece: Piece, appeared: datetime) -> etree._Element:
    copy, entry = piece.copy, etree.Element("item")
    summary = copy.summary or _blocks(piece, appeared)[0][1]
    etree.SubElement(entry, "guid", isPermaLink="false").text = piece.uri
    for name, value in (
        ("title", _line(piece, appeared, copy.headline)),
        ("link", piece.uri),
        ("description", _line(piece, appeared, summary)),
        ("pubDate", format_datetime(piece.moment(appeared, piece.first_s).astimezone(UTC), usegmt=True)),
        (f"{{{ATOM}}}updated", piece.moment(appeared, piece.written_s).isoformat()),
        (f"{{{DUBLIN}}}creator", copy.byline),
        (f"{{{DUBLIN}}}language", piece.language),
        (f"{{{DUBLIN}}}rights", copy.usage),
        *(("category", subject) for subject in copy.subjects),
    ):
        if value:
            etree.SubElement(entry, name).text = value
    etree.SubElement(entry, f"{{{CONTENT}}}encoded").text = etree.CDATA(_html(piece, appeared))
    return entry


RENDERERS = {"push": _ninjs, "folder": _text, "rss": _rss}
