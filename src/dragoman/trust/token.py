"""Short-lived tokens of pulls and receipts: a JWT signed by Ed25519 (RFC 9864), bound to one request. Pure.

The algorithm is pinned; the token names method, path and body, so that it opens nothing else.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey
from msgspec import Meta, Struct

from dragoman.model.errors import NotAccepted
from dragoman.trust.keys import PUBLIC_BYTES, Keyring

ALGORITHM = "Ed25519"
LIFE = timedelta(seconds=60)
SKEW = timedelta(seconds=60)
"""How far the clocks of two nodes may differ."""
LONGEST = 4096


Second = Annotated[int, Meta(ge=0, le=2**40)]


class _Header(Struct, frozen=True, forbid_unknown_fields=True):
    """The only header we take: no other algorithm, no key of its own, nothing critical."""

    alg: Literal["Ed25519"]
    typ: Literal["JWT"] = "JWT"


class Claims(Struct, frozen=True, kw_only=True):
    """What the token says. `path` includes the query; `body` is the SHA-256 (hex) of the request body; times in s."""

    iss: Annotated[str, Meta(pattern="^[A-Z][A-Z0-9-]{1,15}$")]
    aud: str
    iat: Second
    exp: Second
    method: str
    path: str
    body: str


def issue(keyring: Keyring, *, audience: str, method: str, path: str, body: bytes = b"", now: datetime) -> str:
    """A token for one request to the node of `audience`, good for 60 s."""
    issued = int(now.timestamp())
    claims = Claims(
        iss=keyring.agency,
        aud=audience,
        iat=issued,
        exp=issued + int(LIFE.total_seconds()),
        method=method.upper(),
        path=path,
        body=_hash(body),
    )
    key = OKPKey.import_key(keyring.current.private)
    return jwt.encode({"alg": ALGORITHM}, msgspec.to_builtins(claims), key, algorithms=[ALGORITHM])


def claimed_issuer(token: str) -> str:
    """Who the token says it is from, to find the keys. Not to be believed before `verify_token`.

    Raises: NotAccepted: it is not a token.
    """
    return _read_claims(token).iss


def verify_token(
    token: str,
    *,
    us: str,
    method: str,
    path: str,
    body: bytes = b"",
    now: datetime,
    keys: Mapping[str, Sequence[bytes]],
) -> str:
    """The code of the agency that issued `token` for exactly this request to `us`. `keys` are the trusted public keys.

    Raises: NotAccepted, and nothing else whatever the token is.
    """
    claims = _read_claims(token)
    if not any(_is_signed(token, public) for public in keys.get(claims.iss, ())):
        raise NotAccepted("The token is not signed by a key we trust", f"it says it is from {claims.iss[:40]!r}")
    if claims.aud != us:
        raise NotAccepted("The token is for another node", f"for {claims.aud[:40]!r}, this node is {us!r}")
    _check_time(claims, now)
    asked = (method.upper(), path, _hash(body))
    if not hmac.compare_digest("\n".join(asked).encode("utf-8", "surrogatepass"), _bound(claims)):
        raise NotAccepted("The token is for another request", "method, path or body differ from what was signed")
    return claims.iss


def _bound(claims: Claims) -> bytes:
    return f"{claims.method}\n{claims.path}\n{claims.body}".encode()


def _check_time(claims: Claims, now: datetime) -> None:
    at, skew = int(now.timestamp()), int(SKEW.total_seconds())
    if claims.iat > at + skew:
        raise NotAccepted("The token comes from the future", f"clock skew: their clock is {claims.iat - at} s ahead")
    if at > claims.exp + skew or claims.exp - claims.iat > LIFE.total_seconds():
        raise NotAccepted(
            "The token has expired", f"it was issued {at - claims.iat} s ago", hint="Issue one per request."
        )


def _read_claims(token: str) -> Claims:
    """The claims, unverified. Raises: NotAccepted."""
    parts = token.split(".") if len(token) <= LONGEST else []
    if len(parts) != 3:
        raise NotAccepted("This is not a token", "a signed JWT is expected")
    try:
        _HEADER.decode(_segment(parts[0]))
        return _CLAIMS.decode(_segment(parts[1]))
    except (ValueError, RecursionError, binascii.Error, msgspec.MsgspecError) as error:
        raise NotAccepted("This is not a token", "its claims cannot be read") from error


def _segment(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _is_signed(token: str, public: bytes) -> bool:
    if len(public) != PUBLIC_BYTES:
        return False
    try:
        jwt.decode(token, OKPKey.import_key(Ed25519PublicKey.from_public_bytes(public)), algorithms=[ALGORITHM])
    except (JoseError, ValueError, RecursionError):
        return False
    return True


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


_HEADER = msgspec.json.Decoder(_Header)
_CLAIMS = msgspec.json.Decoder(Claims)
