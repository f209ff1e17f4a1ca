"""JSON as partners send it: strict, no duplicate keys, no NaN, no bottomless nesting. Pure."""

import json
import re

from dragoman.formats._charset import decode_text
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable

DEEPEST = 64
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def parse_json(data: bytes, hints: Hints) -> tuple[object, tuple[str, ...]]:
    """The value `data` holds, and notes on its encoding.

    Raises:
        Undecodable: it is not JSON (RFC 8259), a key stands twice in one object, or it nests deeper than `DEEPEST`.
    """
    decoded = decode_text(data, hint=hints.charset)
    return parse_text(decoded.text), decoded.notes


def parse_text(text: str) -> object:
    """As `parse_json`, for text. Raises: Undecodable."""
    if text.count("{") + text.count("[") > DEEPEST and _depth(text) > DEEPEST:
        raise Undecodable("The JSON nests too deep", f"more than {DEEPEST} levels")
    try:
        value: object = _decoder.decode(text)
    except json.JSONDecodeError as error:
        raise Undecodable("This is not JSON", f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise Undecodable("This is not JSON", str(error)[:200]) from error
    if _SURROGATE.search(text):
        _refuse_surrogates(text, value)
    return value


def _refuse_surrogates(text: str, value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Undecodable("This is not JSON", "half a character: a surrogate without its other half") from error


def _depth(text: str) -> int:
    deepest = depth = 0
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # None: go on
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


_decoder = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)
