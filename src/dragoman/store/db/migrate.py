"""Numbered SQL files, each applied once, in order, whole or not at all."""

import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from psycopg.rows import class_row

from dragoman.crash import crash
from dragoman.model.errors import DragomanError, Misconfigured, TryAgain

FOLDER = Path(__file__).parent / "migrations"
_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_LOCK = 0x64726167  # "drag": one migrator a database; the second waits, then finds nothing to do
_TABLE = """
CREATE TABLE IF NOT EXISTS migration (
    number     integer PRIMARY KEY,
    name       text NOT NULL,
    checksum   text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""
# PostgreSQL lets everyone run a new function; here a migration says who may, as it does for tables.
_CLOSE = "REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA public FROM PUBLIC"


class Migration(msgspec.Struct, frozen=True):
    """A file `NNNN_name.sql`; `checksum` is the SHA-256 of its text, whatever its line ends."""

    number: int
    name: str
    checksum: str
    sql: str

    @property
    def file(self) -> str:
        return f"{self.number:04}_{self.name}.sql"


class Applied(msgspec.Struct, frozen=True):
    """A migration this database has been through."""

    number: int
    name: str
    checksum: str
    applied_at: datetime


def migrations(folder: Path = FOLDER) -> list[Migration]:
    """The files of `folder` in the order of their numbers. Raises: Misconfigured for a number or name out of line."""
    found = [_read(path) for path in sorted(folder.glob("*.sql"))]
    if [each.number for each in found] != list(range(1, len(found) + 1)):
        raise Misconfigured(
            "The migrations are not numbered one after another from 0001",
            ", ".join(each.file for each in found),
            hint="Reinstall Dragoman; in a checkout, renumber the newer file.",
        )
    return found


def applied(connection: psycopg.Connection[Any]) -> list[Applied]:
    """What `connection`'s database has been through, oldest first; empty for a new one."""
    if connection.execute("SELECT to_regclass('public.migration')").fetchone() == (None,):
        return []
    with connection.cursor(row_factory=class_row(Applied)) as cursor:
        cursor.execute("SELECT number, name, checksum, applied_at FROM public.migration ORDER BY number")
        return cursor.fetchall()


def pending(connection: psycopg.Connection[Any], folder: Path = FOLDER) -> list[Migration]:
    """What `connection`'s database has still to go through.

    Raises: Misconfigured when it is newer than this program, another program's, or its past differs from `folder`.
    """
    known, past = migrations(folder), _past(connection)
    for old in past:
        _check(old, known)
    return known[len(past) :]


def migrate(conninfo: str, folder: Path = FOLDER) -> list[str]:
    """Bring the database at `conninfo` (the owner's) up to `folder`; the names of the files applied just now.

    Several at once do the work once. A file that fails leaves the database as the file before it left it.
    Raises: Misconfigured; TryAgain when the database is away.
    """
    try:
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            return [_apply(connection, each) for each in pending(connection, folder)]
    except psycopg.OperationalError as error:
        raise TryAgain("The database went away during its migration", str(error).strip()) from error


def tables_in(connection: psycopg.Connection[Any]) -> list[str]:
    """The tables and views of the schema `public`, ours or not, leaving out what extensions put there."""
    found = connection.execute(
        "SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
        " AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')"
        " ORDER BY relname"
    )
    return [name for (name,) in found]


def _apply(connection: psycopg.Connection[Any], migration: Migration) -> str:
    try:
        with connection.transaction():
            connection.execute(_TABLE)
            connection.execute(migration.sql.encode())
            if connection.info.transaction_status != psycopg.pq.TransactionStatus.INTRANS:
                raise Misconfigured(f"The migration {migration.file} ends its own transaction")
            connection.execute(_CLOSE)
            crash("migrate.applied")
            connection.execute(
                "INSERT INTO migration (number, name, checksum) VALUES (%s, %s, %s)",
                [migration.number, migration.name, migration.checksum],
            )
            crash("migrate.before-commit")
    except psycopg.OperationalError:
        raise
    except (psycopg.Error, DragomanError) as error:
        raise Misconfigured(
            f"The migration {migration.file} failed",
            str(error).strip(),
            hint="Nothing is half done: the version of Dragoman that ran before still fits this database.",
            kept=f"the database is as it was before {migration.file}",
        ) from error
    crash("migrate.committed")
    return migration.file


def _past(connection: psycopg.Connection[Any]) -> list[Applied]:
    try:
        past = applied(connection)
    except psycopg.errors.UndefinedColumn as error:
        raise _foreign(connection, "its table migration is not ours") from error
    if not past and (tables := tables_in(connection)):
        raise _foreign(connection, f"it holds {', '.join(tables[:5])}")
    return past


def _foreign(connection: psycopg.Connection[Any], why: str) -> Misconfigured:
    return Misconfigured(
        f"The database {connection.info.dbname} is not Dragoman's",
        why,
        hint="Point DATABASE_URL at an empty database of its own.",
        kept="nothing in it was touched",
    )


def _check(old: Applied, known: list[Migration]) -> None:
    if old.number > len(known):
        raise Misconfigured(
            "The database is newer than this Dragoman",
            f"it has been through {old.number:04}_{old.name}.sql, we know {len(known)} migrations",
            hint="Run the newer Dragoman, or restore the backup made before the upgrade.",
        )
    now = known[old.number - 1]
    if (now.name, now.checksum) != (old.name, old.checksum):
        raise Misconfigured(
            f"The migration {now.file} has changed since it was applied",
            f"as {old.number:04}_{old.name}.sql, on {old.applied_at:%Y-%m-%d %H:%M} UTC",
            hint="An applied migration is never edited: put the file back and write a new one.",
        )


def _read(path: Path) -> Migration:
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise Misconfigured("A migration has no number", str(path), hint="Name it like 0007_add_bureaus.sql.")
    text = path.read_text("utf-8")  # line ends become \n: a checkout on Windows is no change
    return Migration(int(match[1]), match[2], hashlib.sha256(text.encode()).hexdigest(), text)
