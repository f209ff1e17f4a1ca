"""Signed pushes: Standard Webhooks 1.0.0, Ed25519 (`v1a`) between nodes and HMAC-SHA256 (`v1`) for other partners. Pure.

What is signed is ``id.timestamp.body``. The id stays over retries (a repeat is known by it), the time is the attempt's.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from dragoman.model.errors import BadInput, NotAccepted
from dragoman.trust.keys import SIGNATURE_BYTES, SigningKey, is_signed_by_any

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
TOLERANCE = timedelta(minutes=5)
MOST_SIGNATURES = 10
SECRET_BYTES = range(24, 65)
_MAC_BYTES = 32
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
# No full stop: `a.1` at time 2 and `a` at time 1 would sign the same bytes.
_ID = re.compile(r"[!-\-/-~]{1,256}")


class Stamp(Struct, frozen=True, kw_only=True):
    """The three headers of a signed push."""

    id: str
    timestamp: str
    signature: str

    def headers(self) -> dict[str, str]:
        return {ID: self.id, TIMESTAMP: self.timestamp, SIGNATURE: self.signature}


def sign(
    id: str, body: bytes, *, at: datetime, keys: Sequence[SigningKey] = (), secrets: Sequence[bytes] = ()
) -> Stamp:
    """The stamp of one attempt at `at`, with a signature by each key and each secret (several during a rotation).

    Raises: BadInput: an id with a full stop or control characters, or nothing to sign with.
    """
    if not _ID.fullmatch(id):
        raise BadInput("This id cannot be signed", f"{id[:80]!r}: printable ASCII without a full stop, up to 256")
    if not keys and not secrets:
        raise BadInput("There is nothing to sign with", hint="Give the channel a secret, or the node a key.")
    timestamp = str(int(at.timestamp()))
    signed = _signed(id, timestamp, body)
    signatures = [f"v1a,{_encode(key.sign(signed))}" for key in keys]
    signatures += [f"v1,{_encode(_mac(secret, signed))}" for secret in secrets]
    return Stamp(id=id, timestamp=timestamp, signature=" ".join(signatures))


def verify(
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: datetime,
    keys: Sequence[bytes] = (),
    secrets: Sequence[bytes] = (),
    tolerance: timedelta = TOLERANCE,
) -> str:
    """The id of a push that one of `keys` (32 public bytes) or `secrets` has signed. Remember it ≥ 2 × `tolerance`.

    Raises: NotAccepted, and nothing else whatever comes in: a header is missing or malformed, the time is outside the
    tolerance, or no signature fits.
    """
    stamp = _read_stamp(headers)
    _check_time(int(stamp.timestamp), now, tolerance)
    signed = _signed(stamp.id, stamp.timestamp, body)
    for version, signature in _candidates(stamp.signature):
        if _fits(version, signature, signed, keys, secrets):
            return stamp.id
    raise NotAccepted(
        "The signature is not known here",
        "no signature fits the keys we trust for the sender",
        hint="Check that both sides have confirmed each other's current key.",
    )


def page_id(token: str) -> str:
    """The id under which the answer to a request with this token is signed: an answer to another one does not fit."""
    return "page-" + hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()[:40]


def parse_secret(text: str) -> bytes:
    """The bytes of a shared secret written ``whsec_`` + base64.

    Raises: BadInput: not of that form, or not 24 to 64 bytes long. The message does not quote it.
    """
    secret = _decode(text.removeprefix("whsec_"))
    if not text.startswith("whsec_") or len(secret) not in SECRET_BYTES:
        raise BadInput("This is not a webhook secret", hint="whsec_ followed by 24 to 64 bytes in base64.")
    return secret


def format_secret(secret: bytes) -> str:
    return f"whsec_{_encode(secret)}"


def _read_stamp(headers: Mapping[str, str]) -> Stamp:
    found = {name.lower(): value for name, value in headers.items() if name.lower() in (ID, TIMESTAMP, SIGNATURE)}
    for name in (ID, TIMESTAMP, SIGNATURE):
        if not found.get(name):
            raise NotAccepted("The push is not signed", f"the header {name} is missing")
    if not _ID.fullmatch(found[ID]):
        raise NotAccepted("The push has a malformed id", "printable ASCII without a full stop, up to 256 characters")
    if not _TIMESTAMP.fullmatch(found[TIMESTAMP]):
        raise NotAccepted("The push has a malformed time", f"{TIMESTAMP} must be whole seconds since 1970")
    return Stamp(id=found[ID], timestamp=found[TIMESTAMP], signature=found[SIGNATURE])


def _check_time(timestamp: int, now: datetime, tolerance: timedelta) -> None:
    ahead = timestamp - int(now.timestamp())
    if abs(ahead) <= tolerance.total_seconds():
        return
    limit = int(tolerance.total_seconds())
    if ahead > 0:
        raise NotAccepted(
            "The push comes from the future",
            f"clock skew: their clock is {ahead} s ahead, {limit} s are tolerated",
            hint="Set both clocks by NTP.",
        )
    raise NotAccepted(
        "The push is too old",
        f"it was signed {-ahead} s ago, {limit} s are tolerated",
        hint="Sign each attempt anew; if it was just sent, their clock is behind: set both clocks by NTP.",
    )


def _candidates(header: str) -> list[tuple[str, bytes]]:
    # The length is looked at first: ten thousand candidates cost one split of a bounded text.
    texts = header[: MOST_SIGNATURES * 128].split()[:MOST_SIGNATURES]
    return [(version, _decode(text)) for version, _, text in (text.partition(",") for text in texts)]


def _fits(version: str, signature: bytes, signed: bytes, keys: Sequence[bytes], secrets: Sequence[bytes]) -> bool:
    if version == "v1a" and len(signature) == SIGNATURE_BYTES:
        return is_signed_by_any(keys, signature, signed)
    if version == "v1" and len(signature) == _MAC_BYTES:
        return any(hmac.compare_digest(_mac(secret, signed), signature) for secret in secrets)
    return False


def _signed(id: str, timestamp: str, body: bytes) -> bytes:
    return b"%s.%s.%s" % (id.encode(), timestamp.encode(), body)


def _mac(secret: bytes, signed: bytes) -> bytes:
    return hmac.digest(secret, signed, "sha256")


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
