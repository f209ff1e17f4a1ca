"""Documents, notes and gifts kept for the record: put in, shown to those who may, saved; each download is audited."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.desk.relation_rules import agencies_of, check, clean
from dragoman.desk.relations import lock
from dragoman.model.errors import BadInput, NotFound, Refused, TooLarge
from dragoman.model.relation import Document
from dragoman.store import audit, people, relations
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection

MAX_BYTES = 20_000_000


class Reader(Struct, frozen=True, kw_only=True):
    """Who asks: a user of the node and their role. Whoever works at the machine itself has no role."""

    name: str
    role: str = ""


class Shown(Struct, frozen=True, kw_only=True):
    """A document as one reader sees it: whole, or only its kind, its date and who may read it."""

    document: Document
    readable: bool


def put(conn: Connection, files: ByteStore, one: Document, body: bytes = b"", *, now: datetime) -> Document:
    """Keep a new document with its bytes, if it has any; `by`, `at`, `size` and `digest` are set here or by the caller.

    Raises:
        BadInput: it has neither text nor bytes; a reader named is no role and no user.
        TooLarge: more bytes than are kept.
        NotFound: there is no such agency or meeting.
    """
    if len(body) > MAX_BYTES:
        raise TooLarge("The file is too large", f"{len(body)} bytes", hint=f"Keep it under {MAX_BYTES} bytes.")
    if not body and not one.text.strip():
        raise BadInput("There is nothing to keep", "no text and no file", hint="Write a text or choose a file.")
    one = clean(msgspec.structs.replace(one, at=now, size=len(body), digest=""))
    _known_readers(conn, one.roles, one.names)
    # On the disk before the row that names them is committed.
    digest = files.put(body) if body else ""
    with conn.transaction():
        lock(conn, agencies_of(one))
        check(conn, one, now)
        kept = relations.add(conn, msgspec.structs.replace(one, digest=digest))
        audit.record(conn, one.by, f"{one.kind} kept", one.agency, id=kept.id, readers=[*one.roles, *one.names])
    return kept


def documents(conn: Connection, agency: str, reader: Reader) -> list[Shown]:
    """What is kept with `agency`, as `reader` may see it, newest first."""
    return _seen(relations.records(conn, Document, agency=agency), reader)


def of_meeting(conn: Connection, meeting: int, reader: Reader) -> list[Shown]:
    """What is kept of a meeting, as `reader` may see it."""
    return _seen(relations.of_meeting(conn, Document, meeting), reader)


def document(conn: Connection, number: int, reader: Reader) -> Document:
    """
    Raises:
        NotFound: there is none, or it is not disclosed to `reader`: the same answer.
        Refused: only its readers may read it; they are named.
    """
    one = _visible(conn, number, reader)
    if not one.readable_by(reader.name, reader.role):
        raise Refused(
            "You are not among its readers",
            f"{one.kind} {number}",
            hint=f"It is read by: {', '.join([*one.roles, *one.names, one.by])}.",
        )
    return one


def saved(conn: Connection, files: ByteStore, number: int, reader: Reader) -> tuple[Document, bytes]:
    """A document's bytes, to be saved and never shown; written to the audit.

    Raises:
        NotFound: there is none, it has no bytes, or it is not disclosed to `reader`.
        Refused: only its readers may read it.
    """
    one = document(conn, number, reader)
    if not one.digest:
        raise NotFound(f"The {one.kind} {number} has no file", hint="Its text is all there is.")
    body = files.get(one.digest)
    audit.record(conn, reader.name, "document saved", one.agency, id=number, digest=one.digest)
    return one, body


def name_readers(
    conn: Connection,
    number: int,
    reader: Reader,
    *,
    roles: Sequence[str],
    names: Sequence[str],
    disclosed: bool,
) -> Document:
    """Say anew who reads it: one of its readers does, or an administrator, whose word stands in the audit.

    Raises:
        NotFound: there is none, or it is not disclosed to `reader`.
        Refused: `reader` may not read it and is no administrator.
        BadInput: a reader named is no role and no user.
    """
    with conn.transaction():
        one = _visible(conn, number, reader)
        if reader.role != "administrator":
            document(conn, number, reader)
        _known_readers(conn, roles, names)
        kept = relations.change(
            conn, msgspec.structs.replace(one, roles=tuple(roles), names=tuple(names), disclosed=disclosed)
        )
        audit.record(
            conn, reader.name, "readers named", one.agency, id=number, readers=[*roles, *names], disclosed=disclosed
        )
    return kept


def remove(conn: Connection, number: int, reader: Reader) -> None:
    """Take out a document that one may read; its bytes and the audit's line stay.

    Raises:
        NotFound: there is none, or it is not disclosed to `reader`.
        Refused: only its readers may.
    """
    with conn.transaction():
        one = document(conn, number, reader)
        relations.remove(conn, Document, number)
        audit.record(conn, reader.name, f"{one.kind} removed", one.agency, id=number, digest=one.digest)


def _visible(conn: Connection, number: int, reader: Reader) -> Document:
    one = relations.record(conn, Document, number)
    if not one.visible_to(reader.name, reader.role):
        raise NotFound(f"There is no document {number}", hint="`dragoman relation show` prints their numbers.")
    return one


def _seen(found: Sequence[Document], reader: Reader) -> list[Shown]:
    return [
        Shown(document=one, readable=True) if one.readable_by(reader.name, reader.role) else _closed(one)
        for one in found
        if one.visible_to(reader.name, reader.role)
    ]


def _closed(one: Document) -> Shown:
    """Nothing of what it says: a title may say it all."""
    return Shown(
        document=msgspec.structs.replace(
            one, title="–", language="", text="", file="", media_type="", size=0, digest="", meeting=0
        ),
        readable=False,
    )


def _known_readers(conn: Connection, roles: Sequence[str], names: Sequence[str]) -> None:
    if strange := [role for role in roles if role not in people.ROLES]:
        raise BadInput(f"There is no role {strange[0]!r}", hint=f"One of: {', '.join(people.ROLES)}.")
    users = {person.name for person in people.people(conn)}
    if strange := [name for name in names if name not in users]:
        raise BadInput(f"There is no user {strange[0]!r}", hint="`dragoman user list` shows them.")
