"""What a partner's letter brings about here: a table, by the type of its envelope."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec

from dragoman.desk import agreements, partners
from dragoman.model.errors import BadInput
from dragoman.store import audit, deliveries
from dragoman.store.connect import Connection
from dragoman.store.letters import Receipts
from dragoman.store.projects import letters as acts
from dragoman.trust.envelope import Envelope, EnvelopeType
from dragoman.trust.keys import Succession

T = TypeVar("T")


def open_letter(conn: Connection, envelope: Envelope, now: datetime) -> None:
    """Do what the letter asks. Inside the caller's transaction; a letter that comes twice changes nothing more.

    Raises:
        BadInput: it cannot be read.
        NotAccepted, Conflict: as its kind says.
    """
    read = _READERS.get(envelope.type)
    if read is None:
        raise BadInput(f"This node does not take letters of type {envelope.type}", kept="Nothing.")
    read(conn, envelope.sender, envelope.content, now)


def _receipts(conn: Connection, sender: str, content: bytes, now: datetime) -> None:
    letter = _decode(content, Receipts)
    # In one order for all, so that two letters and the recorder of deliveries never wait for each other in a ring.
    for one in sorted(letter.receipts, key=lambda receipt: deliveries.place(receipt.delivery)):
        said = "".join(c if c.isprintable() else " " for c in one.detail[:500])
        deliveries.receipted(conn, one.delivery, sender, outcome=one.outcome, act=one.act, detail=said, at=one.at)
    audit.record(conn, sender, "receipts", sender, count=len(letter.receipts), head=letter.head)


def _agreement(conn: Connection, sender: str, content: bytes, now: datetime) -> None:
    agreements.received(conn, sender, _decode(content, agreements.Message), now)


def _key(conn: Connection, sender: str, content: bytes, now: datetime) -> None:
    partners.key_received(conn, sender, _decode(content, Succession), now)


def _project(conn: Connection, sender: str, content: bytes, now: datetime) -> None:
    acts.received(conn, sender, _decode(content, acts.ActsLetter), now)


_READERS: dict[EnvelopeType, Callable[[Connection, str, bytes, datetime], None]] = {
    "receipt": _receipts,
    "agreement": _agreement,
    "key": _key,
    "project": _project,
}


def _decode(content: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise BadInput("This letter cannot be read", str(error)[:200], kept="Nothing.") from error
