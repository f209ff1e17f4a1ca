"""Does a version answer a query, and if not, which parts of the query failed?"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dragoman.model.version import Version
from dragoman.query.fields import FIELDS, holds
from dragoman.query.reading import Reading, exact, needle
from dragoman.query.tree import All, And, Field, Not, Or, Phrase, Term, Tree, canonical


def matches(tree: Tree, version: Version | Reading, *, now: datetime) -> bool:
    """Whether the version answers the query at `now`. Give a `Reading` where several queries are put to one version."""
    reading = version if isinstance(version, Reading) else Reading(version)
    return _TEST[type(tree)](tree, reading, now)


def explain(tree: Tree, version: Version | Reading, *, now: datetime) -> tuple[str, ...]:
    """The smallest parts of the query that failed, as printed, each with what the version has instead.

    Empty exactly when `matches` is true.
    """
    reading = version if isinstance(version, Reading) else Reading(version)
    return tuple(_failed(tree, reading, now))


def _failed(tree: Tree, reading: Reading, now: datetime) -> list[str]:
    if _TEST[type(tree)](tree, reading, now):
        return []
    if isinstance(tree, And):
        return [failure for part in tree.parts for failure in _failed(part, reading, now)]
    return [canonical(tree) + _instead(tree, reading)]


def _instead(tree: Tree, reading: Reading) -> str:
    found = FIELDS[tree.name].shown(reading) if isinstance(tree, Field) else ""
    return f" (it has {found})" if found else ""


def _and(tree: And, reading: Reading, now: datetime) -> bool:
    return all(_TEST[type(part)](part, reading, now) for part in tree.parts)


def _or(tree: Or, reading: Reading, now: datetime) -> bool:
    return any(_TEST[type(part)](part, reading, now) for part in tree.parts)


def _not(tree: Not, reading: Reading, now: datetime) -> bool:
    return not _TEST[type(tree.part)](tree.part, reading, now)


_TEST: dict[type, Callable[[Any, Reading, datetime], bool]] = {
    All: lambda tree, reading, now: True,
    Term: lambda tree, reading, now: needle(tree.text) in reading.text,
    Phrase: lambda tree, reading, now: exact(tree.text) in reading.text,
    Field: holds,
    Not: _not,
    And: _and,
    Or: _or,
}
