"""Hostile mail: every file gives items or a reason, in time; and no value of an item brings a header field of its own."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.model.arrival import Hints
from dragoman.model.item import Body, Concept, Headline, Item, Profile
from quality.table import Row, share

_LONGEST_S = 2.0
_NO_ITEM = ("auto-reply.eml", "bounce.eml", "kill-by-mail-unauthenticated.eml")


def bounded(data: Path) -> Iterator[Row]:
    """Every file of the collections; then what goes out."""
    formats.prepare()
    folder = data / "hostile"
    files = [*sorted((folder / "made-mail").glob("*.eml")), *sorted((folder / "mail-eml").rglob("*.eml"))]
    misses, slowest, took, items = [], "", 0.0, 0
    for path in files:
        began = time.perf_counter()
        units = formats.decode(
            path.read_bytes(), Hints(format="mail", agency="partner", received=datetime(2026, 1, 1, tzinfo=UTC))
        )
        spent = time.perf_counter() - began
        slowest, took = (path.name, spent) if spent > took else (slowest, took)
        items += any(unit.item for unit in units)
        told = [unit.problem for unit in units if unit.item is None]
        if not units or any(
            problem is None or not problem.title or problem.title == "The document cannot be read" for problem in told
        ):
            misses.append(f"{path.name}: no reason")
        if spent > _LONGEST_S:
            misses.append(f"{path.name}: {spent:.2f} s")
        if path.name in _NO_ITEM and any(unit.item for unit in units):
            misses.append(f"{path.name}: it became an item")
    yield Row(
        f"hostile mail that gives items ({items}) or a reason",
        share(len(files) - len(misses), len(files)),
        "100 %",
        len(files),
        tuple(misses),
    )
    yield Row(f"slowest mail ({slowest})", f"{took * 1000:.0f} ms", f"≤ {_LONGEST_S:.0f} s", len(files))
    yield _out(folder / "made-mail" / "header-injection.json")


def _out(path: Path) -> Row:
    cases = json.loads(path.read_text("utf-8"))
    misses = []
    for case in cases:
        value = str(case["value"])
        item = Item(
            uri="urn:example:1", version=value, headlines=(Headline(value=value),), bodies=(Body(value=f"<p>{value}</p>"),), language=value, slugline=value, by=value,
            usage_terms=value, subjects=(Concept(name=value),), dragoman=Profile(credit=value),
        )  # fmt: skip
        body = formats.encode("mail", [item], EncodeContext(title=value, site=f"https://{value}/")).body
        for message in (message_from_bytes(body), message_from_bytes(body, policy=policy.default)):
            names = [name.lower() for name in message]
            if len(names) != len(set(names)) or {"bcc", "to", "cc"} & set(names) or len(message.get_payload()) != 2:
                misses.append(f"{case['field']}: {value[:100]!r}")
                break
    return Row(
        "values that would bring a header field",
        share(len(cases) - len(misses), len(cases)),
        "100 % kept out",
        len(cases),
        tuple(misses),
    )
