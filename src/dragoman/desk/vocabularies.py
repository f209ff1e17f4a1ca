"""Vocabularies taken in by a person: read, stored, written down."""

from datetime import datetime

from dragoman.read.vocabulary import read_vocabulary
from dragoman.store import audit, vocabularies
from dragoman.store.connect import Connection
from dragoman.store.vocabularies import Imported


def take_in(conn: Connection, body: bytes, *, source: str, by: str, now: datetime) -> Imported:
    """The vocabulary in the file, as it is from now on. Taking in the same file again changes nothing.

    Raises:
        Undecodable: it is none.
    """
    found = read_vocabulary(body)
    with conn.transaction():
        done = vocabularies.save(conn, found, body, source=source[-200:], by=by, now=now)
        if done.is_new or done.changed or done.gone:
            audit.record(conn, by, "vocabulary imported", found.uri, concepts=done.concepts, changed=done.changed)
    return done
