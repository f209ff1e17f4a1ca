"""A node's Ed25519 keys: the current one, the one before it while partners change over, and how a person compares them.

A new key is certified by the old: partners who trust the old one can follow without meeting again.
"""

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Struct

from dragoman.model.errors import NotAccepted
from dragoman.model.item import AwareTime
from dragoman.trust.canonical import canonical

SIGNATURE_BYTES, PUBLIC_BYTES = 64, 32
_GROUPS, _GROUP = 8, 4


class SigningKey(Struct, frozen=True):
    """A private key and since when it signs. The private half shows in no representation."""

    private: Ed25519PrivateKey
    since: datetime

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


class Succession(Struct, frozen=True, kw_only=True):
    """The old key says: the new one is mine too. `public` and `signature` are base64, `previous` a fingerprint."""

    type: Literal["key"] = "key"
    agency: str
    public: str
    previous: str
    at: AwareTime
    signature: str = ""


class Keyring(Struct, frozen=True, kw_only=True):
    """The keys of one agency's node. `succession` introduces `current` to those who know `previous`."""

    agency: str
    current: SigningKey
    previous: SigningKey | None = None
    succession: Succession | None = None

    @property
    def signing(self) -> tuple[SigningKey, ...]:
        """Those that sign a push: both during a rotation, so that no partner is cut off."""
        return (self.current, self.previous) if self.previous else (self.current,)


def new_keyring(agency: str, now: datetime) -> Keyring:
    return Keyring(agency=agency, current=SigningKey(Ed25519PrivateKey.generate(), now))


def rotate(keyring: Keyring, now: datetime) -> Keyring:
    """A keyring with a new current key, certified by the old one, which goes on signing beside it.

    A key before the old one is forgotten: partners who missed that rotation have to confirm a fingerprint again.
    """
    new = SigningKey(Ed25519PrivateKey.generate(), now)
    statement = Succession(
        agency=keyring.agency, public=_encode(new.public), previous=fingerprint(keyring.current.public), at=now
    )
    signature = keyring.current.sign(_stated(statement))
    signed = msgspec.structs.replace(statement, signature=_encode(signature))
    return Keyring(agency=keyring.agency, current=new, previous=keyring.current, succession=signed)


def retire_previous(keyring: Keyring) -> Keyring:
    """The keyring with its current key only: the rotation is over."""
    return Keyring(agency=keyring.agency, current=keyring.current, succession=keyring.succession)


def verify_succession(statement: Succession, old_public: bytes, *, agency: str) -> bytes:
    """The new public key of `agency`, vouched for by its old one.

    Raises: NotAccepted: another agency's statement, another predecessor, a malformed key or a wrong signature.
    """
    new = _decode(statement.public)
    names_us = statement.agency == agency and same_fingerprint(statement.previous, fingerprint(old_public))
    if not names_us or len(new) != PUBLIC_BYTES:
        raise NotAccepted("This new key does not follow the one we trust", f"from {agency}")
    if not is_signed(old_public, _decode(statement.signature), _stated(statement)):
        raise NotAccepted(
            "The new key is not signed by the old one",
            f"from {agency}",
            hint="Confirm the new fingerprint with them in person.",
        )
    return new


def is_signed(public: bytes, signature: bytes, message: bytes) -> bool:
    """Is it a good Ed25519 signature (RFC 8032) of `message`? False for anything malformed."""
    if len(signature) != SIGNATURE_BYTES or len(public) != PUBLIC_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by_any(publics: Sequence[bytes], signature: bytes, message: bytes) -> bool:
    return any(is_signed(public, signature, message) for public in publics)


def fingerprint(public: bytes) -> str:
    """What two people compare on the telephone: 160 bits of SHA-256 as eight groups of four letters and digits."""
    text = base64.b32encode(hashlib.sha256(public).digest()).decode()[: _GROUPS * _GROUP]
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def same_fingerprint(one: str, other: str) -> bool:
    """Are they the same, whatever the case, spaces and dashes, and with 0 and 8 read as O and B? Never when cut short."""
    one, other = _bare(one), _bare(other)
    return len(one) == _GROUPS * _GROUP and secrets.compare_digest(one.encode(), other.encode())


def _bare(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper()).translate({ord("0"): "O", ord("8"): "B"})


def _stated(statement: Succession) -> bytes:
    named = {name: getattr(statement, name) for name in ("type", "agency", "public", "previous")}
    return canonical({**named, "at": statement.at.astimezone(UTC)})


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    """The bytes of base64; empty where it is not base64, so that the length check refuses it."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
