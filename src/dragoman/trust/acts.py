"""Signed acts of a joint project. Pure."""

import base64
import binascii
import hashlib
from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from dragoman.model.errors import NotAccepted
from dragoman.model.project import Act
from dragoman.trust.canonical import canonical
from dragoman.trust.keys import Keyring, is_signed_by_any


def signed_bytes(act: Act) -> bytes:
    """What its author signs: everything but the signature."""
    return canonical(replace(act, signature=""))


def act_digest(act: Act) -> str:
    """SHA-256 (hex) of the signed bytes: the `previous` of the author's next act."""
    return hashlib.sha256(signed_bytes(act)).hexdigest()


def sign_act(keyring: Keyring, act: Act) -> Act:
    """The act with our signature, by the current key; its fields in canonical form."""
    act = replace(act, fields=msgspec.Raw(canonical(msgspec.Raw(act.fields))))
    return replace(act, signature=base64.b64encode(keyring.current.sign(signed_bytes(act))).decode())


def verify_act(act: Act, keys: Sequence[bytes]) -> None:
    """Nothing, where one of the author's public `keys` has signed.

    Raises: NotAccepted: a stranger has, or nobody.
    """
    try:
        signature = base64.b64decode(act.signature, validate=True)
    except (binascii.Error, ValueError):
        signature = b""
    if not is_signed_by_any(keys, signature, signed_bytes(act)):
        raise NotAccepted(
            "This act is not signed by who it says it is from",
            f"{act.agency}, act {act.log}.{act.number} of {act.project}",
            hint="Ask the member to send its acts again; its key may have changed.",
            kept="The act, aside.",
        )
