"""Migrations are applied once, in order, whole or not at all, and only to a database that is ours."""

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from database import Addresses, drop_database, fresh_database
from dragoman.model.errors import Misconfigured, TryAgain
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.migrate import applied, migrate, pending


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001_items.sql").write_text(
        "CREATE TABLE item (n int);\n"
        "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT 2 * n';\n"
        "CREATE FUNCTION thrice(n int) RETURNS int LANGUAGE sql AS 'SELECT 3 * n';\n"
        "GRANT EXECUTE ON FUNCTION twice TO dragoman_partner;\n"
    )
    (made / "0002_more.sql").write_text("INSERT INTO item VALUES (1), (2);\n")
    return made


@pytest.fixture
def empty(cluster: Cluster, tmp_path: Path) -> Iterator[Addresses]:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    fresh = fresh_database(cluster, nothing)
    yield fresh
    drop_database(cluster, fresh.name)


def names(address: str) -> list[str]:
    with psycopg.connect(address) as connection:
        return [each.name for each in applied(connection)]


def test_each_migration_is_applied_once(empty: Addresses, folder: Path) -> None:
    assert names(empty.owner) == []
    assert migrate(empty.owner, folder) == ["0001_items.sql", "0002_more.sql"]
    assert migrate(empty.owner, folder) == []
    (folder / "0003_third.sql").write_text("INSERT INTO item VALUES (3);")
    with psycopg.connect(empty.owner) as connection:
        assert [each.file for each in pending(connection, folder)] == ["0003_third.sql"]
    assert migrate(empty.owner, folder) == ["0003_third.sql"]
    assert names(empty.owner) == ["items", "more", "third"]


def test_a_migration_edited_after_it_was_applied_is_named(empty: Addresses, folder: Path) -> None:
    migrate(empty.owner, folder)
    first = folder / "0001_items.sql"
    first.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
    assert migrate(empty.owner, folder) == []  # other line ends are no edit
    first.write_text(first.read_text() + "-- improved")
    with pytest.raises(Misconfigured, match=r"0001_items\.sql has changed"):
        migrate(empty.owner, folder)


def test_a_database_newer_than_the_program_is_left_alone(empty: Addresses, folder: Path) -> None:
    migrate(empty.owner, folder)
    (folder / "0002_more.sql").unlink()
    with pytest.raises(Misconfigured, match="newer than this Dragoman"):
        migrate(empty.owner, folder)


def test_another_programs_database_is_left_alone(empty: Addresses, folder: Path) -> None:
    with psycopg.connect(empty.owner) as connection:
        connection.execute("CREATE TABLE invoice (n int)")
    with pytest.raises(Misconfigured, match="not Dragoman's: it holds invoice"):
        migrate(empty.owner, folder)
    with psycopg.connect(empty.owner) as connection:
        connection.execute("ALTER TABLE invoice RENAME TO migration")
    with pytest.raises(Misconfigured, match="not Dragoman's"):
        migrate(empty.owner, folder)


def test_a_failing_migration_leaves_the_database_as_the_one_before_it(empty: Addresses, folder: Path) -> None:
    broken = folder / "0003_broken.sql"
    broken.write_text("DELETE FROM item; SELECT 1 / 0;")
    with pytest.raises(Misconfigured, match=r"0003_broken\.sql failed: division by zero"):
        migrate(empty.owner, folder)
    assert names(empty.owner) == ["items", "more"]
    with psycopg.connect(empty.owner) as connection:
        assert connection.execute("SELECT count(*) FROM item").fetchone() == (2,)
    broken.write_text("INSERT INTO item VALUES (3);")
    assert migrate(empty.owner, folder) == ["0003_broken.sql"]


def test_a_migration_that_ends_its_own_transaction_is_refused(empty: Addresses, folder: Path) -> None:
    (folder / "0003_commits.sql").write_text("INSERT INTO item VALUES (3); COMMIT;")
    with pytest.raises(Misconfigured, match=r"0003_commits\.sql"):
        migrate(empty.owner, folder)
    assert names(empty.owner) == ["items", "more"]


def test_numbers_out_of_line_are_refused(empty: Addresses, folder: Path) -> None:
    (folder / "0004_gap.sql").write_text("SELECT 1")
    with pytest.raises(Misconfigured, match="one after another"):
        migrate(empty.owner, folder)
    (folder / "0004_gap.sql").rename(folder / "4_gap.sql")
    with pytest.raises(Misconfigured, match="no number"):
        migrate(empty.owner, folder)


def test_two_migrators_at_once_do_the_work_once(empty: Addresses, folder: Path) -> None:
    done: list[list[str]] = []
    racers = [threading.Thread(target=lambda: done.append(migrate(empty.owner, folder))) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(done) == [[], [], [], ["0001_items.sql", "0002_more.sql"]]


def test_a_new_function_is_nobodys_until_a_migration_says_whose(empty: Addresses, folder: Path) -> None:
    migrate(empty.owner, folder)
    with psycopg.connect(empty.partner, autocommit=True) as connection:
        assert connection.execute("SELECT twice(4)").fetchone() == (8,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT thrice(4)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM item")


def test_a_database_that_is_away_is_a_reason_to_try_again(folder: Path) -> None:
    with pytest.raises(TryAgain):
        migrate("host=/nowhere dbname=dragoman", folder)


def test_the_programs_own_migrations_apply_to_an_empty_database(database: Addresses) -> None:
    with psycopg.connect(database.owner) as connection:
        assert pending(connection) == []
