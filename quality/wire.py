"""Wire copy of real agencies: every file gives items or a reason, and says what a peer's own tests assert of it.

``expected.jsonl`` holds, by file, what those tests assert, in the peer's words (`guid`, `firstcreated`, `body_html` …). What is
the peer's own invention (its categories, its word counts, an id it made up) is no field of the sender's and is left out; where
the peer changed one of the sender's fields, `wire_peers` says how, and the value is counted apart.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import Item
from quality.table import Row, json_lines, share
from quality.wire_peers import PEERS_OWN

GOAL = "≥ 98 %"
_FIELD = re.compile(r"(?:items?\[(\d+)\]\.)?([a-z_]+)(?:\|(startswith|endswith|regex))?\Z")
_TAG = re.compile(r"<[^>]*>")
_NO_WORD = re.compile(r"[\s\u00a0\u200b]+")
_MADE_BY_PEER = ("tag:localhost",)


def expected(data: Path) -> Iterator[Row]:
    """How many of the asserted values are reproduced, by field; and whether every file gives items or a reason."""
    yield _everything(data / "wire")
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    misses: list[str] = []
    peers: list[str] = []
    for row in json_lines(data / "wire" / "expected.jsonl"):
        path = data / "wire" / row["path"]
        items = [unit.item for unit in formats.decode(path.read_bytes(), _hints(path)) if unit.item]
        for field, verdict, told in _best(items, row["expects"]):
            if not verdict and (reason := PEERS_OWN.get((path.name, field))):
                peers.append(f"{path.name} · {told} · {reason}")
                continue
            asked[field] += 1
            right[field] += verdict
            if not verdict:
                misses.append(f"{row['format']} · {path.name} · {told}")
    total = sum(asked.values())
    yield Row("wire: the sender's values reproduced", share(sum(right.values()), total), GOAL, total, tuple(misses))
    every = total + len(peers)
    yield Row("wire: all asserted values, the peer's own among them", share(sum(right.values()), every), "", every)
    yield Row("wire: values that are the peer's own, each with its reason", str(len(peers)), "", every, tuple(peers))
    for field in sorted(asked):
        yield Row(f"wire: {field}", share(right[field], asked[field]), "", asked[field])


def _everything(folder: Path) -> Row:
    """Every file there, of a format named here or not: an item, or a problem with a title and a hint."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in (".md", ".jsonl")]
    decoded, silent = 0, []
    for path in files:
        units = formats.decode(path.read_bytes(), _hints(path))
        decoded += any(unit.item for unit in units)
        if not units or any(unit.item is None and not (unit.problem and unit.problem.title) for unit in units):
            silent.append(path.name)
        for unit in units:
            if unit.problem and unit.problem.detail.startswith(
                ("KeyError", "TypeError", "AttributeError", "IndexError")
            ):
                silent.append(f"{path.name}: {unit.problem.detail}")
    return Row(
        f"wire: files that give items ({decoded}) or a reason",
        share(len(files) - len(silent), len(files)),
        "100 %",
        len(files),
        tuple(silent),
    )


def _hints(path: Path) -> Hints:
    return Hints(source=path.name, agency="partner", received=datetime(2026, 1, 1, tzinfo=UTC))


def _best(items: list[Item], expects: dict[str, Any]) -> list[tuple[str, bool, str]]:
    """The verdicts over the item of the document that fits best."""
    tried = [list(_verdicts(item, items, expects)) for item in items or [Item(uri="")]]
    return max(tried, key=lambda verdicts: sum(right for _, right, _ in verdicts))


def _verdicts(item: Item, items: list[Item], expects: dict[str, Any]) -> Iterator[tuple[str, bool, str]]:
    for key, want in expects.items():
        found = _FIELD.match(key)
        if not found or found[2] not in _SAID or _is_peers(found[2], want):
            continue
        index, field, how = found.groups()
        at = items[int(index)] if index and int(index) < len(items) else item
        right = _SAID[field](at, want, how or "")
        yield (
            field,
            right,
            f"{key}: wanted {json.dumps(want, ensure_ascii=False)[:110]} · has {_shown(at, field)[:110]}",
        )


def _is_peers(field: str, want: object) -> bool:
    return field == "guid" and isinstance(want, str) and want.startswith(_MADE_BY_PEER)


def _shown(item: Item, field: str) -> str:
    said = {
        "headline": item.headline,
        "byline": item.by,
        "language": item.language,
        "slugline": item.slugline,
        "urgency": str(item.urgency),
        "pubstatus": item.pub_status,
        "firstcreated": str(item.first_created),
        "versioncreated": str(item.version_created),
        "abstract": item.descriptions[0].value if item.descriptions else "",
        "body_html": _plain(item.bodies[0].value) if item.bodies else "",
    }
    return said.get(field) or f"{item.uri} {[one.value for one in item.alt_ids]}"


def _plain(markup: str) -> str:
    return _NO_WORD.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()


def _words(markup: str) -> str:
    """The text without tags and white space: how a peer breaks its lines is no part of the copy."""
    return _NO_WORD.sub("", html.unescape(_TAG.sub("", markup)))


def _holds(said: str, part: str) -> bool:
    """Is `part` in it: as words, or, where it is a piece of a tag, as it stands?"""
    return part in said if part.count("<") > part.count(">") else _words(part) in _words(said)


def _text(said: str, want: object, how: str) -> bool:
    if isinstance(want, dict):
        return all(_holds(said, part) for part in want.get("contains", ())) and not any(
            part in said for part in want.get("excludes", ())
        )
    if want in (None, ""):
        return not said.strip()
    wanted, ours = _words(str(want)), _words(said)
    if how == "startswith":
        return ours.startswith(wanted)
    if how == "endswith":
        return ours.endswith(wanted)
    if how == "regex":
        return wanted in ours
    return wanted == ours


def _id(item: Item, want: object, how: str) -> bool:
    known = {item.uri, *(one.value for one in item.alt_ids)}
    known |= {f"{one}:{item.version}" for one in known}
    return str(want) in known or str(want).strip("<>") in {one.strip("<>") for one in known}


def _moment(name: str) -> Callable[[Item, object, str], bool]:
    def same(item: Item, want: object, how: str) -> bool:
        said: datetime | None = getattr(item, name)
        if said is None or not isinstance(want, str):
            return said is None and want is None
        wanted = datetime.fromisoformat(want)
        if wanted.tzinfo is None:  # the peer has dropped the zone: the same wall time, here or in UTC
            return wanted in (said.replace(tzinfo=None), said.astimezone(UTC).replace(tzinfo=None))
        return abs((said - wanted).total_seconds()) < 1

    return same


_SAID: dict[str, Callable[[Item, Any, str], bool]] = {
    "headline": lambda item, want, how: _text(item.headline, want, how),
    "byline": lambda item, want, how: _text(item.by, want, how),
    "slugline": lambda item, want, how: _text(item.slugline, want, how),
    "abstract": lambda item, want, how: _text(item.descriptions[0].value if item.descriptions else "", want, how),
    "body_html": lambda item, want, how: _text(item.bodies[0].value if item.bodies else "", want, how),
    "guid": _id,
    "uri": _id,
    "language": lambda item, want, how: str(want).split("-")[0].lower() == item.language.split("-")[0].lower(),
    "urgency": lambda item, want, how: item.urgency == want,
    "pubstatus": lambda item, want, how: item.pub_status == ("canceled" if want == "cancelled" else want),
    "firstcreated": _moment("first_created"),
    "versioncreated": _moment("version_created"),
}
