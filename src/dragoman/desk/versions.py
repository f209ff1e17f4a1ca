"""Two items of one agency that may be versions of one, under changing ids: a person says so, or that they are not."""

from typing import Literal

from dragoman.store import audit, copies
from dragoman.store.connect import Connection

Word = Literal["accepted", "rejected"]


def decide(conn: Connection, newer: int, older: int, word: Word, *, by: str) -> None:
    """Keep the word, which binds the machine; it may be changed later.

    What is accepted is shown as one: the older one names the newer, and what befalls the one is asked of the other.

    Raises:
        NotFound: nothing of the kind was proposed.
    """
    with conn.transaction():
        copies.decide(conn, newer, older, word, by)
        audit.record(conn, by, f"version {word}", str(newer), older=older)
