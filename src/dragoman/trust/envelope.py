"""The envelope: what one node pushes to another, naming sender, recipient and the agreement it goes under. Pure.

It is signed as a whole by the push that carries it (see `webhook`), so it holds no signature itself. Fields we do not
know are ignored: a newer node may say more.
"""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field

from dragoman.model.errors import BadInput, NotAccepted
from dragoman.model.item import AwareTime
from dragoman.model.version import VersionAct
from dragoman.trust.strict import check_depth, check_json

EnvelopeType = Literal["item", "receipt", "agreement", "key", "hold-request", "project"]
TOLERANCE = timedelta(minutes=5)


class Envelope(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`item` is ninjs with our profile, for the type ``item``; `letter` the content of every other type."""

    type: EnvelopeType
    sender: str = field(name="from")
    recipient: str = field(name="to")
    agreement: str = ""
    revision: int = 0
    action: VersionAct | Literal[""] = ""
    at: AwareTime
    item: Raw | UnsetType = UNSET
    letter: Raw | UnsetType = UNSET

    @property
    def content(self) -> bytes:
        """The JSON inside: the item or the letter."""
        held = self.item if self.type == "item" else self.letter
        return b"" if held is UNSET else bytes(held)


def seal(envelope: Envelope) -> bytes:
    """The envelope as the bytes to sign and send."""
    return msgspec.json.encode(envelope)


def claimed_sender(body: bytes) -> str:
    """Who the envelope says it is from, to find the keys to verify it with. Not to be believed before.

    Raises: BadInput: it is not an envelope.
    """
    check_depth(body)
    try:
        return _FROM.decode(body).sender
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _no_envelope(error) from error


def open_envelope(body: bytes, *, us: str, now: datetime) -> Envelope:
    """The envelope in `body`, which must be for `us`. Verify its signature first.

    Raises:
        NotAccepted: it is for someone else, from ourselves, or from the future.
        BadInput: it is not an envelope, or one without its content.
    """
    envelope = _decode(body)
    if envelope.recipient != us:
        raise NotAccepted(
            "This push is for another node",
            f"addressed to {envelope.recipient[:40]!r}, this node is {us!r}",
            hint="The sender has the wrong address for one of the two.",
            kept="Nothing was kept.",
        )
    if envelope.sender == us:
        raise NotAccepted("This push says it is from ourselves", us, kept="Nothing was kept.")
    if envelope.at - now > TOLERANCE:
        ahead = int((envelope.at - now).total_seconds())
        raise NotAccepted("This push comes from the future", f"clock skew: their clock is {ahead} s ahead")
    return envelope


def _decode(body: bytes) -> Envelope:
    check_json(body)
    try:
        envelope = _DECODER.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _no_envelope(error) from error
    if not envelope.content.lstrip().startswith(b"{"):
        missing = "item" if envelope.type == "item" else "letter"
        raise BadInput(
            "This envelope is empty", f"{envelope.type} needs an object {missing!r}", kept="Nothing was kept."
        )
    return envelope


def _no_envelope(error: Exception) -> BadInput:
    return BadInput("This is not an envelope", str(error)[:200], kept="Nothing was kept.")


class _From(Struct, frozen=True):
    """The sender, in the form every agency's code has: what no agency can be called is not looked for."""

    sender: Annotated[str, Meta(pattern="^[A-Z][A-Z0-9-]{1,15}$")] = field(name="from")


_FROM = msgspec.json.Decoder(_From)
_DECODER = msgspec.json.Decoder(Envelope)
