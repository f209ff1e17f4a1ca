"""The whole database in one file, and back: PostgreSQL's own dump, which is also the way to a newer release."""

import os
import subprocess
from pathlib import Path
from typing import IO

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dragoman.model.errors import Conflict, Misconfigured, NotFound, TryAgain
from dragoman.store.db.database import Database
from dragoman.store.db.external import no_tls
from dragoman.store.db.initdb import ENVIRONMENT
from dragoman.store.db.migrate import tables_in
from dragoman.store.db.roles import ROLE_NAMES
from dragoman.store.db.secrets import sync_folder


def dump(source: Database, target: Path, database: str | None = None) -> int:
    """Write `source` to `target` (custom format, compressed, one snapshot), whole and durable, or not at all.

    The number of bytes written. Raises: Misconfigured when the tool cannot reach the server; TryAgain.
    """
    part = target.with_name(target.name + ".part")
    try:
        with open(part, "wb", opener=_private) as file:
            address = source.conninfo(source.maintainer, database)
            _run(source, "pg_dump", address, ["--format=custom", "--no-owner"], stdout=file)
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise TryAgain(
            "The backup could not be written",
            f"{error.filename or target}: {error.strerror or error}",
            kept="no backup file; an older one of this name is still there",
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def restore(target: Database, source: Path, database: str | None = None) -> None:
    """Fill `target`'s empty database from the file `source`, in one transaction.

    Raises: NotFound without the file; Conflict when the database is not empty; Misconfigured when the file is no
    backup or needs something the server has not.
    """
    address = target.conninfo(target.maintainer, database)
    _check_empty(address)
    options = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={_visible(address)}"]
    if target.maintainer == "admin":
        options.append(f"--role={ROLE_NAMES['owner']}")
    try:
        with source.open("rb") as file:
            _run(target, "pg_restore", address, options, stdin=file)
    except FileNotFoundError as error:
        raise NotFound("There is no such backup", str(source)) from error
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("ANALYZE")  # a dump carries no statistics; the first queries would be planned blindly


def _run(
    source: Database,
    name: str,
    address: str,
    options: list[str],
    *,
    stdin: IO[bytes] | int = subprocess.DEVNULL,
    stdout: IO[bytes] | int = subprocess.DEVNULL,
) -> None:
    """Run a PostgreSQL tool as the unprivileged user; the password goes by environment, never by argument."""
    account = source.account
    done = subprocess.run(
        [str(source.tool(name, address)), "--no-password", *options],
        check=False,
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd="/",
        env={**ENVIRONMENT, **_environment(address)},
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode != 0:
        raise _failed(name, done.stderr.decode("utf-8", "replace"))


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


def _visible(address: str) -> str:
    """What pg_restore must be told by argument to connect at all: the database's name and nothing secret."""
    return make_conninfo(dbname=conninfo_to_dict(address).get("dbname"))


def _failed(name: str, said: str) -> Exception:
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
