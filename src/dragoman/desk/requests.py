"""Hold requests decided by a person: an item is to be held or killed, and whoever asks is not its origin."""

from dragoman.model.errors import NotFound
from dragoman.store import audit
from dragoman.store.connect import Connection


def dismiss(conn: Connection, number: int, *, by: str) -> None:
    """Close a request without following it; who did so stays written down.

    Raises:
        NotFound: it is not open.
    """
    with conn.transaction():
        row = conn.execute(
            "update hold_request set state = 'dismissed', decided_by = %s where id = %s and state = 'open' returning uri",
            (by, number),
        ).fetchone()
        if row is None:
            raise NotFound(f"There is no open hold request {number}")
        audit.record(conn, by, "hold request dismissed", row[0], request=number)


def follow(conn: Connection, number: int, *, by: str) -> tuple[int | None, str]:
    """Mark a request as followed; the item and the reason given, for the hold itself. Inside the caller's transaction.

    Raises:
        NotFound: it is not open.
    """
    row = conn.execute(
        "update hold_request set state = 'held', decided_by = %s where id = %s and state = 'open'"
        " returning item, reason",
        (by, number),
    ).fetchone()
    if row is None:
        raise NotFound(f"There is no open hold request {number}")
    return row[0], row[1]
