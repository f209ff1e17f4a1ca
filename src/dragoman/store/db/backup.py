"""The whole database in one file, and back: PostgreSQL's own dump, which is also the way to a newer release."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dragoman.crash import crash
from dragoman.model.errors import Conflict, Damaged, DragomanError, Misconfigured, NotFound, TryAgain
from dragoman.store.db.database import Database
from dragoman.store.db.external import no_tls
from dragoman.store.db.initdb import ENVIRONMENT
from dragoman.store.db.migrate import tables_in
from dragoman.store.db.roles import ROLE_NAMES
from dragoman.store.db.secrets import sync_folder

_SEAL = b"\n-- dragoman backup, sha256 %s\n"  # after the archive's end, where pg_restore does not look


def dump(source: Database, target: Path, database: str | None = None) -> int:
    """Write `source` to `target` (custom format, compressed, one snapshot), whole and durable, or not at all.

    The number of bytes written. Raises: Misconfigured when the tool cannot reach the server; TryAgain when the file
    cannot be written.
    """
    part = target.with_name(target.name + ".part")
    try:
        with open(part, "wb", opener=_private) as file:
            _stream(source, source.conninfo(source.maintainer, database), file)
            file.flush()
            crash("backup.written")
            os.fsync(file.fileno())
        crash("backup.synced")
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise TryAgain(
            "The backup could not be written",
            f"{error.filename or target}: {error.strerror or error}",
            kept="no backup file; an older one of this name is still there",
        ) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target.stat().st_size


def restore(target: Database, source: Path, database: str | None = None) -> None:
    """Fill `target`'s empty database from the file `source`, in one transaction.

    Raises: NotFound without the file; Damaged when it is not as `dump` left it; Conflict when the database is not
    empty; Misconfigured when the server will not take it.
    """
    address = target.conninfo(target.maintainer, database)
    name = str(conninfo_to_dict(address).get("dbname", ""))
    options = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={make_conninfo(dbname=name)}"]
    if target.maintainer == "admin":
        options.append(f"--role={ROLE_NAMES['owner']}")
    try:
        with source.open("rb") as file:
            _check_whole(file)
            _check_empty(address)
            with _tool(target, "pg_restore", address, options, stdin=file) as process:
                process.wait()
    except FileNotFoundError as error:
        raise NotFound("There is no such backup", str(source)) from error
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE")  # or the first queries are planned blindly


def _stream(source: Database, address: str, file: IO[bytes]) -> None:
    # Through a pipe: with a file as its standard output, pg_dump 18 appends its table of contents a second time.
    seen = hashlib.sha256()
    with _tool(source, "pg_dump", address, ["--format=custom", "--no-owner"], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while chunk := process.stdout.read(1 << 20):
            seen.update(chunk)
            file.write(chunk)
        process.wait()
    file.write(_SEAL % seen.hexdigest().encode())


def _check_whole(file: IO[bytes]) -> None:
    """Raises: Damaged when the last line of `file` is not the SHA-256 of all before it. Leaves it at its start.

    pg_restore does not check: a file cut short or altered can restore without an error.
    """
    length = os.fstat(file.fileno()).st_size - len(_SEAL % (b"0" * 64))
    seen = hashlib.sha256()
    left = max(length, 0)
    while left and (chunk := file.read(min(left, 1 << 20))):
        seen.update(chunk)
        left -= len(chunk)
    if file.read() != _SEAL % seen.hexdigest().encode():
        raise Damaged(
            "The backup is not whole",
            f"{file.name} does not end with the checksum of what is in it",
            hint="It was cut short or altered, or is no backup of Dragoman's: use another one.",
            kept="the database is as it was",
        )
    file.seek(0)


@contextmanager
def _tool(
    source: Database,
    name: str,
    address: str,
    options: list[str],
    *,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> Iterator[subprocess.Popen[bytes]]:
    """A PostgreSQL tool at work, as the unprivileged user; leaving the block without its success raises.

    The password goes by environment, never by argument.
    """
    account = source.account
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            [str(source.tool(name, address)), "--no-password", *options],
            stdin=stdin,
            stdout=stdout,
            stderr=said,
            cwd="/",
            env={**ENVIRONMENT, **_environment(address)},
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        ) as process,
    ):
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        if process.wait() != 0:
            said.seek(0)
            raise _failed(name, said.read(1 << 16).decode("utf-8", "replace"))


_ENVIRONMENT_OF = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
    "service": "PGSERVICE",
}


def _environment(address: str) -> dict[str, str]:
    parts = conninfo_to_dict(address)
    return {_ENVIRONMENT_OF[key]: str(value) for key, value in parts.items() if key in _ENVIRONMENT_OF}


def _failed(name: str, said: str) -> DragomanError:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    detail = "; ".join(lines[:3])
    if "SSL support is not compiled in" in said or "no encryption" in said:
        return no_tls(name)
    if "server version mismatch" in said:
        return Misconfigured(f"{name} is older than the server", detail, hint="Install the server's client programs.")
    if "No space left on device" in said:
        return TryAgain("The disk is full", detail, hint="Free some space, or back up to another volume.")
    kept = "the database is as it was" if name == "pg_restore" else "no backup file"
    return Misconfigured(f"{name} failed", detail or "it said nothing", kept=kept)


def _check_empty(address: str) -> None:
    with psycopg.connect(address) as connection:
        tables, name = tables_in(connection), connection.info.dbname
    if tables:
        raise Conflict(
            f"The database {name} is not empty",
            "A backup is restored into an empty database, never over another.",
            hint="Restore into a new data directory, or into a database made for it.",
        )


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
