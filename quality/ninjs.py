"""ninjs: IPTC's own suites judged exactly, what we write judged by IPTC's schemas, and JSON read to the letter."""

import json
from collections.abc import Iterator
from pathlib import Path

from dragoman import formats
from dragoman.formats._json import parse_json
from dragoman.formats.ninjs.validity import VERSIONS, problems
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import Item
from quality.table import Row, share

_WRITTEN = {"ninjs": "3.1", "ninjs-2.2": "2.2", "ninjs-1.6": "1.6"}


def suites(data: Path) -> Iterator[Row]:
    """IPTC's should-pass and should-fail of every version; the two folders of drafts have no schema and are left out."""
    wrong: list[str] = []
    judged = 0
    for version in VERSIONS:
        for folder, is_good in (("should_pass", True), ("should_fail", False)):
            for path in sorted((data / "standards/ninjs/validation/test_suite" / version / folder).glob("*.json")):
                judged += 1
                if _is_valid(path, version) != is_good:
                    wrong.append(f"{version}/{folder}/{path.name}")
    yield Row("ninjs: IPTC's suites, should pass and should fail", share(judged - len(wrong), judged), "100 %", judged, tuple(wrong))  # fmt: skip
    yield from _written(data)
    yield _json(data / "hostile" / "jsontestsuite" / "test_parsing")


def _is_valid(path: Path, version: str) -> bool:
    try:
        return not problems(json.loads(path.read_bytes()), version)
    except ValueError:
        return False


def _written(data: Path) -> Iterator[Row]:
    """Whatever copy we can read, written in each version, is valid against the schema of that version."""
    items = [item for path in sorted((data / "wire").rglob("*")) if path.is_file() for item in _items(path)]
    for name, version in _WRITTEN.items():
        wrong: list[str] = []
        for item in items:
            found = problems(json.loads(formats.encode(name, [item]).body), version)
            wrong += [f"{item.uri}: {found[0]}"] if found else []
        yield Row(f"ninjs {version} as written: valid", share(len(items) - len(wrong), len(items)), "100 %", len(items), tuple(wrong))  # fmt: skip


def _items(path: Path) -> list[Item]:
    return [unit.item for unit in formats.decode(path.read_bytes(), Hints(source=path.name)) if unit.item]


def _json(folder: Path) -> Row:
    """JSONTestSuite: ``y_`` are JSON, ``n_`` are not; of ``i_`` only that an answer comes. A key that stands twice is JSON by
    RFC 8259 and has no one meaning: we refuse it knowingly."""
    wrong: list[str] = []
    files = sorted(folder.glob("*.json"))
    for path in files:
        try:
            parse_json(path.read_bytes(), Hints())
            is_json = True
        except Undecodable:
            is_json = False
        if path.name[0] == ("n" if is_json else "y") and not path.name.startswith("y_object_duplicated_key"):
            wrong.append(path.name)
    return Row("JSON: JSONTestSuite", share(len(files) - len(wrong), len(files)), "100 %", len(files), tuple(wrong))
