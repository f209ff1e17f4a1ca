"""Canonical JSON (RFC 8785): the same value gives the same bytes on every node, so that both can sign them. Pure."""

import hashlib

import msgspec
import rfc8785

from dragoman.model.errors import BadInput


def canonical(value: object) -> bytes:
    """The canonical bytes of a struct or JSON value.

    Raises: BadInput: it has no canonical form (an integer over 2^53, NaN, a lone surrogate, too deep, not JSON at all).
    """
    try:
        # Through JSON and back, so that structs, times and raw JSON inside become plain values.
        return rfc8785.dumps(msgspec.json.decode(msgspec.json.encode(value)))
    except (ValueError, TypeError, RecursionError, msgspec.MsgspecError) as error:
        raise BadInput("This cannot be signed", "it has no canonical JSON form (RFC 8785)") from error


def digest(value: object) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()
