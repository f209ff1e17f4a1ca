"""A server's SSH host keys, as people compare them: pinned when a feed or channel is added, never learned by themselves. Pure."""

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence

from dragoman.model.errors import BadInput

_FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
_KEY = re.compile(
    r"(?:^|\s)((?:ssh-(?:ed25519|ed448|rsa)|ecdsa-sha2-nistp(?:256|384|521)))\s+([A-Za-z0-9+/]+={0,2})(?:\s|$)"
)


def fingerprint(blob: bytes) -> str:
    """As `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def checked_host_key(text: str) -> str:
    """A fingerprint, or a public key as in ``known_hosts`` or a ``.pub`` file without its name and comment.

    Raises:
        BadInput: it is neither.
    """
    text = text.strip()
    if _FINGERPRINT.fullmatch(text.rstrip("=")):
        return text.rstrip("=")
    match = None if text.startswith("@") else _KEY.search(text)
    if match and _names_its_type(match[1], match[2]):
        return f"{match[1]} {match[2]}"
    raise BadInput(
        "This is not a host key",
        repr(text[:100]),
        hint="Give the fingerprint, SHA256:…, or the line of `ssh-keyscan`: ssh-ed25519 AAAA….",
    )


def is_pinned(blob: bytes, pins: Sequence[str]) -> bool:
    """Is the key a server shows one of those a person has compared?"""
    return any(pin == fingerprint(blob) if pin.startswith("SHA256:") else blob_of(pin) == blob for pin in pins)


def shown(pin: str) -> str:
    """The fingerprint of a pinned key."""
    return pin if pin.startswith("SHA256:") else fingerprint(blob_of(pin))


def kinds(pins: Sequence[str]) -> list[str]:
    """The types of the pinned keys, to be asked for before others."""
    return [pin.partition(" ")[0] for pin in pins if not pin.startswith("SHA256:")]


def blob_of(pin: str) -> bytes:
    """The key itself, of ``ssh-ed25519 AAAA…``."""
    return base64.b64decode(pin.partition(" ")[2])


def _names_its_type(kind: str, encoded: str) -> bool:
    """A key begins with the length and the name of its type (RFC 4253 §6.6)."""
    try:
        blob = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return False
    return blob.startswith(len(kind).to_bytes(4, "big") + kind.encode()) and len(blob) > len(kind) + 4
