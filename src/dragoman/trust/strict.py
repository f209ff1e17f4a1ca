"""JSON from outside, looked over before it is decoded: depth, doubled keys, NaN, encoding. Pure.

Decoders take the last of two equal keys, or the first: a signature over bytes that two programs read differently is
worth nothing. Depth is bounded first, because decoders recurse.
"""

import json
import re

from dragoman.model.errors import BadInput

DEEPEST = 64
# Possessive, and closed by the end of the text too: linear on any bytes, an unclosed string included.
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\Z|\\\Z)', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_STEPS = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}


def check_json(body: bytes, *, deepest: int = DEEPEST) -> None:
    """Nothing, where `body` is one JSON value in UTF-8 that every decoder reads alike.

    Raises: BadInput: too deep, not UTF-8, not JSON, a key twice in one object, NaN or Infinity.
    """
    check_depth(body, deepest=deepest)
    try:
        _DECODER.decode(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _bad("it is not JSON in UTF-8") from error


def check_depth(body: bytes, *, deepest: int = DEEPEST) -> None:
    """Nothing, where a decoder that recurses may safely be given `body`. Raises: BadInput: too deep."""
    if _depth_exceeds(body, deepest):
        raise _bad(f"it is nested more than {deepest} deep")


def _depth_exceeds(body: bytes, deepest: int) -> bool:
    brackets = _STRING.sub(b"", body).translate(None, _NOT_BRACKETS)
    if brackets.count(b"[") + brackets.count(b"{") <= deepest:
        return False
    depth = 0
    for bracket in brackets:
        depth += _STEPS[bracket]
        if depth > deepest:
            return True
    return False


def _without_doubles(pairs: list[tuple[str, object]]) -> None:
    if len({key for key, _ in pairs}) < len(pairs):
        raise _bad("a key stands twice in one object")


def _no_constant(name: str) -> None:
    raise _bad(f"{name} is not JSON")


def _any_number(_: str) -> int:
    return 0  # Its value is not our concern here, and thousands of digits would cost time.


_DECODER = json.JSONDecoder(
    object_pairs_hook=_without_doubles, parse_constant=_no_constant, parse_int=_any_number, parse_float=_any_number
)


def _bad(why: str) -> BadInput:
    return BadInput("This is not JSON we can take", why, kept="Nothing was kept.")
