"""The tree of a query, and the query printed back from it."""

import re
from collections.abc import Callable
from typing import Any, Literal

from msgspec import Struct

Operator = Literal["=", "<", "<=", ">", ">="]


class All(Struct, frozen=True):
    """Everything matches."""


class Term(Struct, frozen=True):
    """A word; with a `*` at its end, the beginning of one."""

    text: str


class Phrase(Struct, frozen=True):
    """Words side by side, in this order."""

    text: str


class Field(Struct, frozen=True):
    """`name` (one of `FIELDS`) compared with any of `values`."""

    name: str
    op: Operator
    values: tuple[str, ...]


class Not(Struct, frozen=True):
    part: "Tree"


class And(Struct, frozen=True):
    """All of two or more `parts`; none of them is an And."""

    parts: tuple["Tree", ...]


class Or(Struct, frozen=True):
    """Any of two or more `parts`; none of them is an Or."""

    parts: tuple["Tree", ...]


Tree = All | Term | Phrase | Field | Not | And | Or


def both(parts: list[Tree]) -> Tree:
    """All of `parts`, flat: an And inside an And says nothing more."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def either(parts: list[Tree]) -> Tree:
    """Any of `parts`, flat."""
    flat = tuple(inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def canonical(tree: Tree) -> str:
    """The query in its one printed form: reading it again gives the same tree."""
    return _PRINT[type(tree)](tree)


_BARE_VALUE = re.compile(r'[^\s(),"“”„«»<>=]+')


def _value(text: str) -> str:
    return text if _BARE_VALUE.fullmatch(text) else f'"{text}"'


def _field(tree: Field) -> str:
    op = "" if tree.op == "=" else tree.op
    return f"{tree.name}:{op}{','.join(map(_value, tree.values))}"


def _not(tree: Not) -> str:
    inner = canonical(tree.part)
    return f"-({inner})" if isinstance(tree.part, And | Or) else f"-{inner}"


def _and(tree: And) -> str:
    return " ".join(f"({canonical(part)})" if isinstance(part, Or) else canonical(part) for part in tree.parts)


_PRINT: dict[type, Callable[[Any], str]] = {
    All: lambda tree: "*",
    Term: lambda tree: tree.text,
    Phrase: lambda tree: f'"{tree.text}"',
    Field: _field,
    Not: _not,
    And: _and,
    Or: lambda tree: " OR ".join(map(canonical, tree.parts)),
}
