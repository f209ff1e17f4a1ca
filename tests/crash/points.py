"""The crash points there are, read from the source: every ``crash("…")`` of the package, with its module and line."""

import ast
from pathlib import Path

from msgspec import Struct

import dragoman

SOURCE = Path(dragoman.__file__).parent


class Point(Struct, frozen=True, order=True):
    """One call. `name` is empty where it is not written as a plain string; `module` as in ``store.filing``."""

    module: str
    line: int
    name: str


def points(source: Path = SOURCE) -> list[Point]:
    """Every call, by module and line."""
    found = [point for path in source.rglob("*.py") for point in _in(path, source)]
    return sorted(found)


def _in(path: Path, source: Path) -> list[Point]:
    module = ".".join(path.relative_to(source).with_suffix("").parts)
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    return [Point(module, call.lineno, _name(call)) for call in calls if _is_point(call)]


def _is_point(call: ast.Call) -> bool:
    named = call.func.id if isinstance(call.func, ast.Name) else ""
    return named == "crash"


def _name(call: ast.Call) -> str:
    plain = len(call.args) == 1 and not call.keywords and isinstance(call.args[0], ast.Constant)
    value = call.args[0].value if plain else ""  # type: ignore[attr-defined]
    return value if isinstance(value, str) else ""


def names() -> list[str]:
    """The points' names, in the order of `points`."""
    return [point.name for point in points()]
