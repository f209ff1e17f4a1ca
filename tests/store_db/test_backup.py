"""A backup restores to the same rows, rights and policies, and never over another database."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from database import Addresses, drop_database, fresh_database
from dragoman.model.errors import Conflict, Damaged, Misconfigured, NotFound, TryAgain
from dragoman.store.db.backup import dump, restore
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.migrate import migrate

_SCHEMA = """
CREATE TABLE item (n bigint GENERATED ALWAYS AS IDENTITY, headline text NOT NULL, body bytea);
ALTER TABLE item ENABLE ROW LEVEL SECURITY;
ALTER TABLE item FORCE ROW LEVEL SECURITY;
CREATE POLICY even ON item FOR SELECT TO dragoman_partner USING (n % 2 = 0);
GRANT SELECT ON item TO dragoman_partner;
GRANT SELECT, INSERT ON item TO dragoman_newsroom;
CREATE POLICY everything ON item TO dragoman_newsroom USING (true) WITH CHECK (true);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001_items.sql").write_text(_SCHEMA)
    return made


@pytest.fixture
def filled(cluster: Cluster, folder: Path) -> Iterator[Addresses]:
    fresh = fresh_database(cluster, folder)
    with psycopg.connect(fresh.newsroom) as connection:
        for headline in ("Qar yağdı", "雪が降る", "تساقط الثلج", "Снег", 'quoted \\ "and" \x7f'):
            connection.execute("INSERT INTO item (headline, body) VALUES (%s, %s)", [headline, os.urandom(3000)])
    yield fresh
    drop_database(cluster, fresh.name)


@pytest.fixture
def empty(cluster: Cluster, tmp_path: Path) -> Iterator[Addresses]:
    (tmp_path / "none").mkdir()
    fresh = fresh_database(cluster, tmp_path / "none")
    yield fresh
    drop_database(cluster, fresh.name)


def rows(address: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT n, headline, body FROM item ORDER BY n").fetchall()


def test_a_restored_backup_is_equal_in_rows_and_in_who_sees_them(
    cluster: Cluster, filled: Addresses, empty: Addresses, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "night.dump"
    assert dump(cluster, target, filled.name) == target.stat().st_size > 1000
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert list(tmp_path.glob("*.part")) == []
    restore(cluster, target, empty.name)
    assert rows(empty.newsroom) == rows(filled.newsroom)
    assert [row[0] for row in rows(empty.partner)] == [2, 4]
    assert migrate(empty.owner, folder) == []  # and its past came along
    with psycopg.connect(empty.owner, autocommit=True) as connection:
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'").fetchall()
        assert owners == [("dragoman_owner",)]
    with psycopg.connect(empty.newsroom) as connection:
        assert connection.execute("INSERT INTO item (headline) VALUES ('next') RETURNING n").fetchone() == (6,)


def test_a_backup_is_never_restored_over_another_database(cluster: Cluster, filled: Addresses, tmp_path: Path) -> None:
    dump(cluster, tmp_path / "night.dump", filled.name)
    before = rows(filled.newsroom)
    with pytest.raises(Conflict, match="not empty"):
        restore(cluster, tmp_path / "night.dump", filled.name)
    assert rows(filled.newsroom) == before


@pytest.mark.parametrize("at", [0, 0.5, 0.99, 1])
def test_a_backup_cut_short_or_altered_is_refused_and_leaves_the_database_empty(
    cluster: Cluster, filled: Addresses, empty: Addresses, tmp_path: Path, at: float
) -> None:
    whole = tmp_path / "night.dump"
    dump(cluster, whole, filled.name)
    content = whole.read_bytes()
    where = min(int(len(content) * at), len(content) - 1)
    altered = bytearray(content)
    altered[where] ^= 1
    for bad in (content[:where], bytes(altered), content + b"\n"):
        whole.write_bytes(bad)
        with pytest.raises(Damaged, match="not whole"):
            restore(cluster, whole, empty.name)
    with psycopg.connect(empty.owner) as connection:
        assert connection.execute("SELECT to_regclass('item')").fetchone() == (None,)


def test_a_file_that_is_no_archive_is_refused(cluster: Cluster, empty: Addresses, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        restore(cluster, tmp_path / "never.dump", empty.name)
    text = b"SELECT 1;"
    sealed = tmp_path / "text.dump"
    sealed.write_bytes(text + b"\n-- dragoman backup, sha256 %s\n" % hashlib.sha256(text).hexdigest().encode())
    with pytest.raises(Misconfigured, match="pg_restore failed"):
        restore(cluster, sealed, empty.name)


def test_a_backup_that_cannot_be_written_keeps_the_older_one(
    cluster: Cluster, filled: Addresses, tmp_path: Path
) -> None:
    older = tmp_path / "night.dump"
    older.write_bytes(b"older")
    with pytest.raises(Misconfigured, match="pg_dump failed"):
        dump(cluster, older, "no_such_database")
    assert older.read_bytes() == b"older"
    with pytest.raises(TryAgain, match="could not be written"):
        dump(cluster, tmp_path / "missing" / "night.dump", filled.name)
