"""The one order of everything: a sequence that grows in commit order, epochs, and opaque cursors."""

import base64
import binascii

from msgspec import Struct

from dragoman.model.errors import BadInput, Gone
from dragoman.store.connect import Connection

SEQUENCE_LOCK = 1


def allocate(conn: Connection, count: int) -> list[int]:
    """`count` sequence numbers, ascending. Inside the caller's transaction, as late as possible: the lock is held to
    its commit, so that numbers become visible in the order they were given and no follower skips one."""
    conn.execute("select pg_advisory_xact_lock(%s)", (SEQUENCE_LOCK,))
    rows = conn.execute("select nextval('log_sequence') from generate_series(1, %s)", (count,)).fetchall()
    return [row[0] for row in rows]


def epoch(conn: Connection) -> int:
    row = conn.execute("select max(number) from epoch").fetchone()
    return int(row[0]) if row else 0


def start_epoch(conn: Connection, reason: str) -> int:
    """A new epoch: every cursor given out before is answered with 410 and a full catch-up."""
    row = conn.execute(
        "insert into epoch (number, reason) select max(number) + 1, %s from epoch returning number", (reason,)
    ).fetchone()
    assert row is not None
    return int(row[0])


class Cursor(Struct, frozen=True):
    """How far a follower has read: an epoch and a position, bound to who reads."""

    epoch: int
    position: int
    reader: str

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(f"{self.epoch}.{self.position}.{self.reader}".encode()).decode().rstrip("=")


def read_cursor(text: str, *, reader: str, epoch: int) -> Cursor:
    """The cursor `text`, or the beginning for an empty one.

    Raises:
        BadInput: not a cursor of ours, or another reader's.
        Gone: of an older epoch; start again without a cursor.
    """
    if not text:
        return Cursor(epoch, 0, reader)
    try:
        words = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split(".", 2)
        cursor = Cursor(int(words[0]), int(words[1]), words[2])
    except (binascii.Error, ValueError, IndexError) as error:
        raise BadInput("This is not a cursor", text[:80], hint="Use the cursor of the last answer, or none.") from error
    if cursor.reader != reader:
        raise BadInput("This cursor belongs to another reader", hint="Use the cursor of your own last answer.")
    if cursor.epoch != epoch:
        raise Gone(
            "This cursor is from before a restore",
            f"epoch {cursor.epoch}, now {epoch}",
            hint="Start again without a cursor: what you already have is recognised.",
        )
    return cursor
