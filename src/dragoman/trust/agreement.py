"""Signed agreements: both parties sign the same canonical bytes of one revision. Pure."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from dragoman.model.agreement import Agreement, Terms
from dragoman.model.errors import NotAccepted, Refused
from dragoman.trust.canonical import canonical
from dragoman.trust.keys import Keyring, is_signed_by_any


def signed_bytes(agreement: Agreement) -> bytes:
    """What both sign: id, revision, predecessor and terms, with their times in UTC.

    State and signatures are left out; an instant is signed, not the zone it was written in, which a store may lose.

    Limits: a term unknown to the other node's release changes the bytes; both must know every term they sign.
    """
    return canonical(
        {
            "id": agreement.id,
            "revision": agreement.revision,
            "predecessor": agreement.predecessor,
            "terms": _in_utc(agreement.terms),
        }
    )


def agreement_digest(agreement: Agreement) -> str:
    """SHA-256 (hex) of the signed bytes: the `predecessor` of the next revision."""
    return hashlib.sha256(signed_bytes(agreement)).hexdigest()


def sign_agreement(keyring: Keyring, agreement: Agreement) -> Agreement:
    """The agreement with our signature, by the current key.

    Raises: Refused: we are neither its giver nor its taker.
    """
    if keyring.agency not in parties(agreement):
        raise Refused("Only a party may sign an agreement", f"{keyring.agency} is none of {parties(agreement)}")
    signature = base64.b64encode(keyring.current.sign(signed_bytes(agreement))).decode()
    return replace(agreement, signatures={**agreement.signatures, keyring.agency: signature})


def verify_agreement(
    agreement: Agreement, keys: Mapping[str, Sequence[bytes]], *, by: Sequence[str] | None = None
) -> None:
    """Nothing, where every party in `by` (both, unless told) has signed. `keys` are the public keys of each party.

    A proposal has one signature: verify it with `by=[proposer]`.

    Raises: NotAccepted: who has not signed, or whose signature does not fit.
    """
    message = signed_bytes(agreement)
    for party in parties(agreement) if by is None else by:
        if party not in parties(agreement):
            raise NotAccepted("This agreement is between others", f"{party} is not a party to {agreement.id}")
        if party not in agreement.signatures:
            raise NotAccepted("This agreement is not signed", f"{agreement.id}: the signature of {party} is missing")
        if not is_signed_by_any(keys.get(party, ()), _decode(agreement.signatures[party]), message):
            raise NotAccepted("A signature does not fit this agreement", f"{agreement.id}: that of {party}")


def parties(agreement: Agreement) -> tuple[str, str]:
    return agreement.terms.giver, agreement.terms.taker


def _in_utc(terms: Terms) -> Terms:
    until = terms.valid_until
    return replace(terms, valid_from=_utc(terms.valid_from), valid_until=until and _utc(until))


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
