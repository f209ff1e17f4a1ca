"""Feeds as other readers test theirs: no exception on any, and what their tests say of a field we map is right.

feedparser and W3C's feedvalidator write what they expect into a comment of each file, gofeed into a JSON file beside it; miniflux's
are feeds in wrong encodings. What is asked of an entry is asked of the item it becomes; what is asked of the feed, of the
channel its entries inherit from. A fixture's entry is often nothing but the element under test: it gets a stand-in title, since
an entry without title and text is no copy and is parked.

Out of scope, counted and named with ``--misses``: feedparser's sanitiser (ours keeps another list of elements), its detail dictionaries
(types, bases), sizes of enclosures, e-mail and home pages of people, contributors, the feed's subtitle, dates, generator, image,
cloud, text input, rating and the like (no field of an item), places by coordinates, podcast flags and chapters, dates of expiry,
HTTP's own headers, charset names; what says only that a key is there; and documents with a DTD of their own, which are refused.
"""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman import formats
from dragoman.model.errors import DragomanError
from quality.feed_fields import Said, became, hints_of, judged, readable, texts
from quality.html import outside
from quality.table import Row, share

GOAL = "≥ 99 %"
_EXPECT = re.compile(r"Expect:\s*(.*?)\s*(?:-->|\",\s*\n)", re.DOTALL)


def rows(data: Path) -> Iterator[Row]:
    """The rows of the table: exceptions, then each collection, then all of them together."""
    parser = [data / "hostile/feedparser", data / "standards/feeds/feedparser-tests/tests"]
    validator = data / "standards/feeds/w3c-feedvalidator/testcases"
    others = [data / "hostile/gofeed", data / "hostile/miniflux"]
    yield from _exceptions([*parser, validator, *others])
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    beyond: Counter[str] = Counter()
    misses: list[str] = []
    sources = {
        "feedparser": _feedparser(parser[:1], beyond),
        "gofeed": _gofeed(others[0], beyond),
        "feedvalidator": _feedvalidator(validator, beyond),
        "miniflux": _miniflux(others[1]),
    }
    for name, verdicts in sources.items():
        for verdict, told in verdicts:
            asked[name] += 1
            right[name] += verdict
            if not verdict:
                misses.append(f"{name} · {told}")
        yield Row(f"feeds: {name}", share(right[name], asked[name]), "", asked[name])
    total = sum(asked.values())
    yield Row("feeds: fields we map, as expected", share(sum(right.values()), total), GOAL, total, tuple(misses))
    told = tuple(f"{count} · {reason}" for reason, count in beyond.most_common())
    yield Row("feeds: expectations out of scope", "–", "", sum(beyond.values()), told)


def _exceptions(folders: list[Path]) -> Iterator[Row]:
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    wrong, bodies, active = [], 0, []
    for path in files:
        body = path.read_bytes()
        units = formats.decode(body, hints_of(path, body))
        for markup in (one.value for unit in units if unit.item for one in unit.item.bodies):
            bodies += 1
            active += [f"{path.name}: {what}"] if (what := outside(markup)) else []
        wrong += [
            f"{path.name}: {unit.problem.detail}"
            for unit in units
            if unit.problem and unit.problem.title == "The document cannot be read"
        ]
        try:
            formats.split(body, hints_of(path, body))
        except DragomanError as error:
            if error.title == "The document cannot be read":
                wrong.append(f"{path.name}: split: {error}")
    right = len(files) - len(wrong)
    yield Row("feeds: files without an exception", share(right, len(files)), "100 %", len(files), tuple(wrong))
    kept = share(bodies - len(active), bodies)
    yield Row("feeds: bodies an HTML5 parser finds inside the allow-list", kept, "100 %", bodies, tuple(active))


# feedparser: a Python expression in a comment.

_FEEDPARSER: dict[str, str] = {
    "title": "title",
    "title_detail.value": "title",
    "description": "text",
    "summary": "text",
    "summary_detail.value": "text",
    "content.0.value": "text",
    "link": "link",
    "id": "id",
    "guid": "id",
    "published": "published",
    "published_parsed": "published",
    "created": "published",
    "created_parsed": "published",
    "updated": "dated",
    "updated_parsed": "dated",
    "author": "author",
    "author_detail.name": "author",
    "authors.0.name": "people",
    "authors.1.name": "people",
    "publisher": "source.title",
    "publisher_detail.name": "source.title",
    "rights": "rights",
    "copyright": "rights",
    "rights_detail.value": "rights",
    "copyright_detail.value": "rights",
    "license": "license",
    "language": "language",
    "content.0.language": "language",
    "category": "tags",
    **{f"tags.{n}.term": "tags" for n in range(4)},
    **{f"tags.{n}.label": "tags" for n in range(4)},
    **{f"tags.{n}.scheme": "schemes" for n in range(4)},
    **{f"enclosures.{n}.{key}": "media" for n in range(3) for key in ("href", "url")},
    **{f"media_content.{n}.url": "media" for n in range(9)},
    "media_thumbnail.0.url": "media",
    "image.href": "media",
    "content.0.src": "media",
    "media_credit.0.content": "credit",
    "source.title": "source.title",
    "source.title_detail.value": "source.title",
    "source.value": "source.title",
    "source.id": "source.id",
    "source.href": "source.id",
    "source.rights": "rights",
    "source.rights_detail.value": "rights",
    "source.author": "author",
    "source.author_detail.name": "author",
    "source.authors.0.name": "people",
    "source.authors.1.name": "people",
}
"""feedparser's key of an entry → our field. What is not here says nothing of a field we map."""
_OF_FEED = frozenset({"title", "title_detail.value", "link", "id", "guid", "language", "rights", "copyright", "author",
                      "author_detail.name", "authors.0.name", "authors.1.name", "rights_detail.value", "copyright_detail.value"})  # fmt: skip


def _feedparser(folders: list[Path], beyond: Counter[str]) -> Iterator[tuple[bool, str]]:
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in (".xml", ".json")):
        body = path.read_bytes()
        if path.parent.name == "sanitize":
            beyond["feedparser's own sanitiser"] += 1
            continue
        found = _EXPECT.search(readable(body))
        yield from judged(path, body, list(_of_expression(found[1] if found else "", beyond)), beyond)


def _of_expression(words: str, beyond: Counter[str]) -> Iterator[Said]:
    """What `words` (Python, never run) say of a field: comparisons with a value, joined by ``and``."""
    try:
        tree: ast.expr = ast.parse(" ".join(words.split()), mode="eval").body
    except SyntaxError:
        beyond["an expectation that is no expression"] += 1
        return
    for one in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if not isinstance(one, ast.Compare) or not isinstance(one.ops[0], ast.Eq) or len(one.comparators) != 1:
            beyond[f"says: {ast.unparse(one).partition('[')[0][:30]}"] += 1
            continue
        try:
            value = ast.literal_eval(one.comparators[0])
        except ValueError:
            beyond["an expectation of another kind"] += 1
            continue
        path = _path(one.left)
        top, _, rest = ".".join(path).partition(".")
        number = -1
        if top == "entries":
            first, _, rest = rest.partition(".")
            number = int(first) if first.isdigit() else -2
        field = _FEEDPARSER.get(rest)
        if not field or number == -2 or (number == -1 and (top != "feed" or rest not in _OF_FEED)):
            beyond[f"no field of ours: {re.sub(r'[.]?[0-9]+', '', '.'.join(path))[:40] or 'a call'}"] += 1
        elif value is not None:
            yield Said(number, field, value)


def _path(node: ast.expr) -> list[str]:
    """``entries[0]['title']`` and ``entries[0].title`` as their parts."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return [*_path(node.value), str(node.slice.value)]
    if isinstance(node, ast.Attribute):
        return [*_path(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


# gofeed: JSON beside each file.

_GOFEED: dict[str, str] = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "guid.value": "id",
    "id": "id",
    "description": "text",
    "summary": "text",
    "content": "text",
    "content.value": "text",
    "content_html": "text",
    "url": "link",
    "pubDate": "published",
    "published": "published",
    "date_published": "published",
    "publishedParsed": "published",
    "pubDateParsed": "published",
    "updated": "updated",
    "updatedParsed": "updated",
    "date_modified": "updated",
    "author": "author",
    "author.name": "author",
    "authors.0.name": "people",
    "rights": "rights",
    **{f"categories.{n}": "tags" for n in range(4)},
    **{f"tags.{n}": "tags" for n in range(4)},
    **{f"categories.{n}.value": "tags" for n in range(4)},
    **{f"categories.{n}.label": "tags" for n in range(4)},
    **{f"categories.{n}.domain": "schemes" for n in range(4)},
    **{f"categories.{n}.scheme": "schemes" for n in range(4)},
    **{f"enclosures.{n}.url": "media" for n in range(3)},
    **{f"attachments.{n}.url": "media" for n in range(3)},
    "image.url": "media",
    "image": "media",
    "source.title": "source.title",
    "source.rights": "rights",
    "source.id": "source.id",
    "source.url": "source.id",
    "source.authors.0.name": "people",
}
_GOFEED_FEED: dict[str, str] = {
    "title": "title", "link": "link", "language": "language", "copyright": "rights", "rights": "rights", "id": "id",
    "author.name": "author", "authors.0.name": "people", "home_page_url": "link",
}  # fmt: skip


def _gofeed(folder: Path, beyond: Counter[str]) -> Iterator[tuple[bool, str]]:
    for path in sorted(folder.rglob("*.xml")):
        beside = path.with_suffix(".json")
        if beside.exists():
            yield from judged(path, path.read_bytes(), list(_of_json(beside, beyond)), beyond)
    for path in sorted(folder.rglob("*_expected.json")):
        given = path.with_name(path.name.replace("_expected", ""))
        if given.exists():
            yield from judged(given, given.read_bytes(), list(_of_json(path, beyond)), beyond)


def _of_json(path: Path, beyond: Counter[str]) -> Iterator[Said]:
    try:
        said = json.loads(path.read_text("utf-8"))
    except ValueError:
        beyond["an expectation that is no JSON"] += 1
        return
    entries = said.pop("items", None) or said.pop("entries", None) or []
    for number, entry in [(-1, said), *enumerate(entries)]:
        fields = _GOFEED_FEED if number < 0 else _GOFEED
        for key, value in _leaves(entry, ""):
            if key in fields:
                yield Said(number, fields[key], value)
            else:
                beyond[f"no field of ours: {re.sub(r'[.]?[0-9]+', '', key).partition('xtensions')[0][:40]}"] += 1


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if not isinstance(value, dict | list):
        yield path, value
    for key, part in parts:
        yield from _leaves(part, f"{path}.{key}" if path else str(key))


# W3C's feedvalidator: which message a file must draw; those on dates say whether a date can be read.

_VALID_DATE = re.compile(
    r"Expect:\s*(?:Valid(?:RFC2822|W3CDTF|RFC3339|ISO8601)\w*Date\w*|!(?:Invalid|Implausible)\w*Date\w*)\s*\{([^}]*)\}"
)
_OF_ENTRY = re.compile(
    r"parent:(?:item|entry),\s*element:(?:pubDate|dc:date|dcterms:\w+|published|updated|issued|created|modified)(?![.\w])"
)


def _feedvalidator(folder: Path, beyond: Counter[str]) -> Iterator[tuple[bool, str]]:
    """A date it calls valid is read, one of an entry that is; a file it has no complaint of is read as it stands."""
    for path in sorted(folder.rglob("*.xml")):
        body = path.read_bytes()
        text = readable(body)
        expected = re.search(r"Expect:\s*(\S[^\n]*)", text)
        if not expected:
            continue
        if not (dated := _VALID_DATE.search(text)) and not re.match(r"!Error\b", expected[1]):
            beyond["a message of the validator"] += 1
            continue
        made = became(path, body)
        if isinstance(made, DragomanError):
            if "declares entities" in made.title:
                beyond["refused: a DTD of its own"] += 1
                continue
            if "This is not an" in made.title or "no format" in made.title:
                beyond["no feed: an OPML list, a service document"] += 1
                continue
            yield False, f"{path.parent.name}/{path.name}: {made.title} {made.detail}"
            continue
        notes = [note for item in made[1] for note in item.ours.notes]
        if dated and _OF_ENTRY.search(dated[1]):
            read = any(item.first_created or item.version_created for item in made[1])
            bad = [note for note in notes if "unreadable time" in note]
            yield read and not bad, f"{path.parent.name}/{path.name}: {bad}"
        else:
            bad = [note for note in notes if note.startswith(("recovered", "published: unread", "updated: unread"))]
            yield not bad, f"{path.parent.name}/{path.name}: {bad}"


# miniflux: feeds in other encodings, with no expectation but their words.

_MINIFLUX = {
    "parser/testdata/encoding_ISO-8859-1.xml": "ü",
    "parser/testdata/encoding_WINDOWS-1251.xml": "и",
    "parser/testdata/no_encoding_ISO-8859-1.xml": "é",
    "parser/testdata/rdf_UTF8.xml": "",
    "parser/testdata/urdu_UTF8.xml": "ا",
    "parser/testdata/large_atom.xml": "",
    "parser/testdata/large_rss.xml": "",
    "parser/testdata/small_atom.xml": "",
}
"""A letter of the language each feed is in: an encoding read wrongly has it in no headline."""


def _miniflux(folder: Path) -> Iterator[tuple[bool, str]]:
    for name, letter in _MINIFLUX.items():
        path = folder / "reader" / name
        if not path.exists():
            continue
        made = became(path, path.read_bytes())
        if isinstance(made, DragomanError):
            yield False, f"{path.name}: {made.title}"
            continue
        words = "".join(item.headline + "".join(texts(item)) for item in made[1])
        yield bool(made[1]) and letter in words and "\ufffd" not in words, f"{path.name}: {words[:80]}"
        for item in made[1]:
            yield (
                bool(item.headline and item.uri),
                f"{path.name}: {item.uri}",
            )
