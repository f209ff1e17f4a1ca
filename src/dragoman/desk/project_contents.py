"""What members put into a project: copy and pictures by reference, files with their bytes."""

from datetime import datetime

from msgspec.structs import replace

from dragoman.desk.projects import new_id, put
from dragoman.model.errors import BadInput, NotFound, TooLarge
from dragoman.model.project import Document, ProjectItem
from dragoman.planning.fold import Held
from dragoman.store import audit
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.items import Filed
from dragoman.store.projects import files as project_files
from dragoman.store.projects import record, records
from dragoman.trust.keys import Keyring

MAX_FILE = 15_000_000
"""Bytes of one file: what one fetch between nodes may bring."""


def add_item(
    conn: Connection, keyring: Keyring, project: str, filed: Filed, *, note: str = "", by: str, now: datetime
) -> Held[ProjectItem]:
    """Put an item into the project: its members are given it, and all that follows it, under the project's terms.

    An item that we have put there already stays where it is; one that another member has named is put in once more, by us
    too: each member gives what it has put in itself. Copy of another origin goes on only as far as the agreement it came
    under allows.
    """
    for held in records(conn, ProjectItem, project=project):
        same = (held.record.origin, held.record.uri) == (filed.version.origin, filed.item.uri)
        if same and held.made.agency == keyring.agency:
            return held
    item = ProjectItem(
        origin=filed.version.origin,
        uri=filed.item.uri,
        headline=filed.item.headline[:500],
        language=filed.item.language,
        type=filed.item.type,
        note=note,
    )
    return put(conn, keyring, project, new_id(), item, by=by, now=now)


def add_file(
    conn: Connection,
    keyring: Keyring,
    files: ByteStore,
    project: str,
    body: bytes,
    document: Document,
    *,
    by: str,
    now: datetime,
) -> Held[Document]:
    """Put a file into the project: its bytes are on the disk here before the act is signed; members' nodes fetch them.

    Raises:
        TooLarge: more than `MAX_FILE`.
        BadInput: it is empty.
    """
    if not body:
        raise BadInput("The file is empty", document.title, kept="Nothing.")
    if len(body) > MAX_FILE:
        raise TooLarge("The file is too large", f"{len(body):,} bytes", hint=f"At most {MAX_FILE:,}.", kept="Nothing.")
    whole = replace(document, digest=files.put(body), size=len(body))
    with conn.transaction():
        held = put(conn, keyring, project, new_id(), whole, by=by, now=now)
        project_files.keep(conn, project, whole.digest)
    return held


def read_file(conn: Connection, files: ByteStore, project: str, id: str, *, by: str) -> bytes:
    """The bytes of a file of the project; that somebody read them is written to the audit.

    Raises:
        NotFound: there is no such file, or its bytes have not come yet.
    """
    held = record(conn, Document, project, id)
    if not project_files.is_here(conn, project, held.record.digest):
        raise NotFound(
            "The file is not here yet",
            held.record.title,
            hint=f"{held.made.agency} has it; it is fetched as soon as its node, or another member's, answers.",
        )
    audit.record(conn, by, "project file read", project, file=id, title=held.record.title)
    return files.get(held.record.digest)
