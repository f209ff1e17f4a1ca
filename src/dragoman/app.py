"""A node put together: its settings, keys and database; and a connection for whoever wants to work on it."""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from msgspec import Struct

from dragoman.config import Config, load
from dragoman.model.errors import Conflict, Misconfigured, TryAgain
from dragoman.store import beats
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection, connect, translated
from dragoman.store.db.account import Account
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.database import Database, Role
from dragoman.store.db.external import External
from dragoman.store.db.migrate import migrate, pending
from dragoman.text.language import think_of
from dragoman.trust.keyfile import load_keyring
from dragoman.trust.keys import Keyring

COMMAND_VARIABLES = frozenset({"DRAGOMAN_USER", "DRAGOMAN_PASSWORD_FILE"})
"""Meant for the command, not settings of the node."""
ALIVE_FOR = timedelta(seconds=30)
_ANSWER_S = 15.0
_GUESTS_S = 10.0


class Node(Struct, frozen=True, kw_only=True):
    """One node. Opening it touches nothing but its two files; the database is there, not yet started."""

    config: Config
    keyring: Keyring
    database: Database

    @property
    def files(self) -> ByteStore:
        """Where bytes too large for a row lie."""
        return ByteStore(self.config.folder / "bytes")


def open_node(folder: Path, environment: Mapping[str, str] | None = None) -> Node:
    """The node in `folder`.

    Raises:
        Misconfigured: there is none, its settings are wrong, or its keys cannot be read.
    """
    config = settings(folder, environment)
    _think_of(config.readers.languages)
    return Node(config=config, keyring=load_keyring(config.keys), database=database_of(config))


def _think_of(languages: tuple[str, ...]) -> None:
    try:
        think_of(languages)
    except ValueError as error:
        raise Misconfigured(
            "A setting names a language that nobody here can tell",
            f"readers.languages: {error}",
            hint='Primary tags (BCP 47), as in ["az", "en", "ru"]; empty for any.',
        ) from error


def settings(folder: Path, environment: Mapping[str, str] | None = None) -> Config:
    """The settings of the node in `folder`, the environment's over the file's."""
    given = os.environ if environment is None else environment
    return load(folder, {name: value for name, value in given.items() if name not in COMMAND_VARIABLES})


def database_of(config: Config) -> Database:
    """Our own PostgreSQL in the data directory, or the one the settings name."""
    return External(config.database.url) if config.database.url else Cluster(config.folder)


@contextmanager
def connected(node: Node, role: Role = "newsroom") -> Iterator[Connection]:
    """A connection to the node's database, migrated; whoever serves it.

    When a `dragoman serve` runs on this data directory its database is used; else it is started for the length of the
    block and stopped afterwards.

    Raises:
        Misconfigured: migrations are pending, or the database is not ours.
        TryAgain: it does not answer.
    """
    with reachable(node.database), translated():
        conn = connect(node.database.conninfo(role), name="dragoman command")
        try:
            check_migrated(conn)
            yield conn
        finally:
            conn.close()


@contextmanager
def reachable(database: Database) -> Iterator[bool]:
    """`database` answers inside the block; True where it was started for it."""
    ours = _start_or_find(database)
    try:
        yield ours
    finally:
        if ours:
            _see_guests_off(database)
        database.stop()


def _start_or_find(database: Database) -> bool:
    deadline = time.monotonic() + _ANSWER_S
    while True:
        try:
            database.start()
            return True
        except Conflict as taken:
            if _answers(database):
                return False
            # Whoever holds it is just starting, or just stopping: then it will be ours.
            if time.monotonic() > deadline:
                raise TryAgain(
                    "The database of this node does not answer",
                    taken.detail,
                    hint="Another Dragoman holds it; look at `dragoman doctor`, or stop it.",
                ) from taken
            time.sleep(0.1)


def _answers(database: Database) -> bool:
    try:
        with psycopg.connect(database.conninfo("newsroom"), connect_timeout=2):
            return True
    except (psycopg.OperationalError, Misconfigured):
        return False


def _see_guests_off(database: Database) -> None:
    """Another command may have found the database we started: let it finish, within reason."""
    if isinstance(database, External):
        return
    deadline = time.monotonic() + _GUESTS_S
    with suppress(psycopg.Error), psycopg.connect(database.conninfo("newsroom"), autocommit=True) as conn:
        while time.monotonic() < deadline:
            row = conn.execute(
                "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user"
            ).fetchone()
            if not row or not row[0]:
                return
            time.sleep(0.1)


def check_migrated(conn: Connection) -> None:
    """
    Raises:
        Misconfigured: the database is not at the schema this program needs.
    """
    if waiting := pending(conn):
        raise Misconfigured(
            "The database has to be brought up to date first",
            f"{len(waiting)} to come: {', '.join(each.file for each in waiting[:3])}",
            hint="Make a backup with the version of Dragoman that ran before, then start `dragoman serve`: it does it.",
            kept="Everything.",
        )


def bring_up_to_date(node: Node) -> list[str]:
    """Apply the migrations that are pending; their names. The database serves."""
    return migrate(node.database.conninfo("owner"))


def alive(conn: Connection, role: str, now: datetime | None = None) -> bool:
    """Does a process of this role run, as far as it has said so lately?"""
    moment = now or datetime.now(UTC)
    return any(b.role.split("-")[0] == role and moment - b.beat < ALIVE_FOR for b in beats.beats(conn))


@contextmanager
def acting_as(account: Account | None) -> Iterator[None]:
    """Make files as the user the roles run as: what root writes they could not read. None: as we are."""
    if account is None:
        yield
        return
    uid, gid = os.geteuid(), os.getegid()
    os.setegid(account.gid)
    os.seteuid(account.uid)
    try:
        yield
    finally:
        os.seteuid(uid)
        os.setegid(gid)
