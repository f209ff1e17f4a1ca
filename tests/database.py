"""A real PostgreSQL for the tests: one cluster a session, one fresh migrated database a test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import psycopg
from psycopg import sql

from dragoman.store.db.cluster import Cluster
from dragoman.store.db.migrate import FOLDER, migrate
from dragoman.store.db.roles import provide_database

# Nothing here outlives the session, and no test but those of store_db cuts the power.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_TEMPLATE = "migrated"
_numbers = itertools.count(1)


class Addresses(msgspec.Struct, frozen=True):
    """A test's own database, as each role reaches it (psycopg conninfo)."""

    name: str
    owner: str
    newsroom: str
    partner: str
    admin: str


@contextmanager
def short_folder() -> Iterator[Path]:
    """An empty folder that the database's user can enter even when the tests run as root."""
    folder = Path(tempfile.mkdtemp(prefix="dragoman-test-"))
    folder.chmod(0o711 if os.geteuid() == 0 else 0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A cluster of its own in a temporary folder, stopped and removed afterwards."""
    with short_folder() as folder:
        cluster = Cluster(folder / "node", settings=FAST)
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop()


def fresh_database(cluster: Cluster, folder: Path = FOLDER) -> Addresses:
    """A new database, migrated by `folder`: a copy of a template made at the first call."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(cluster.conninfo("admin", "postgres"), autocommit=True) as connection:
        if folder == FOLDER:
            _provide_template(cluster, connection)
            provide_database(connection, name, template=_TEMPLATE)
        else:
            provide_database(connection, name)
            migrate(cluster.conninfo("owner", name), folder)
    return addresses(cluster, name)


def addresses(cluster: Cluster, name: str) -> Addresses:
    """How each role reaches the database `name`."""
    return Addresses(
        name,
        cluster.conninfo("owner", name),
        cluster.conninfo("newsroom", name),
        cluster.conninfo("partner", name),
        cluster.conninfo("admin", name),
    )


def drop_database(cluster: Cluster, name: str) -> None:
    """Remove the database `name`, whoever is still connected."""
    with psycopg.connect(cluster.conninfo("admin", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _provide_template(cluster: Cluster, connection: psycopg.Connection) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone()
    if found is None:
        provide_database(connection, _TEMPLATE)
        migrate(cluster.conninfo("owner", _TEMPLATE))
