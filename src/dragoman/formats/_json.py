"""JSON as partners send it: strict, no duplicate keys, no NaN, no bottomless nesting. Pure."""

import json
import re

from dragoman.formats._charset import decode_text
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable

DEEPEST = 64
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_STRING = re.compile(rb'"[^"]*"')
_NO_SIGN = bytes(code for code in range(256) if chr(code) not in '"{}[]')
_BRACKETS = bytes.maketrans(b"[]", b"{}")
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
    if text.count("{") + text.count("[") > DEEPEST and _is_too_deep(text):
        raise Undecodable("The JSON nests too deep", f"more than {DEEPEST} levels")
    try:
        value: object = _decoder.decode(text)
    except json.JSONDecodeError as error:
        raise Undecodable("This is not JSON", f"line {error.lineno}, column {error.colno}: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise Undecodable("This is not JSON", str(error)[:200]) from error
    if "\\u" in text and _SURROGATE.search(text):
        _refuse_surrogates(text, value)
    return value


def _refuse_surrogates(text: str, value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Undecodable("This is not JSON", "half a character: a surrogate without its other half") from error


def _is_too_deep(text: str) -> bool:
    """Does `text` nest deeper than `DEEPEST`? Of what is no JSON anything may be said: the parser refuses it.

    Only brackets are left of it; then each pass takes the innermost pairs away, one level.
    """
    signs = _ESCAPED.sub("", text) if "\\" in text else text
    left = signs.encode("utf-8", "surrogatepass").translate(None, _NO_SIGN).replace(b'""', b"")
    left = (_STRING.sub(b"", left) if b'"' in left else left).translate(_BRACKETS)
    for _ in range(DEEPEST):
        if b"{" * (DEEPEST + 1) in left:
            return True
        before, left = len(left), left.replace(b"{}", b"")
        if len(left) == before:
            return False
    return b"{}" in left


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
