"""Started by root, the database still runs as an ordinary user, wherever root put the program and the data."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from dragoman.model.errors import Misconfigured
from dragoman.store.db import binaries
from dragoman.store.db.account import holds_for, service_account
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.place import make_place

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a folder to the database's user")


def test_data_under_a_folder_only_root_can_enter_is_served_from_elsewhere(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    cluster = Cluster(private / "node", elsewhere=folder / "lib")
    cluster.start()
    try:
        with psycopg.connect(cluster.conninfo("owner")) as connection:
            connection.execute("CREATE TABLE copy AS SELECT 1 AS n")
    finally:
        cluster.stop()
    note = (private / "node" / "postgres-is-elsewhere.txt").read_text()
    home = Path(note.splitlines()[0])
    assert home.parent == folder / "lib"
    assert (home / "postgres" / "PG_VERSION").exists()
    assert (home / "reserve").exists()
    again = Cluster(private / "node", elsewhere=folder / "other")
    again.start()
    try:
        with psycopg.connect(again.conninfo("owner")) as connection:
            assert connection.execute("SELECT n FROM copy").fetchone() == (1,)
        assert not again.intake_refused
    finally:
        again.stop()


def test_a_node_forgotten_and_made_anew_does_not_fall_over_its_old_database(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    first, second = [make_anew(private / "node", folder / "lib") for _ in range(2)]
    assert first != second
    assert first.parent == second.parent == folder / "lib"


def make_anew(data_dir: Path, elsewhere: Path) -> Path:
    """Where the database of a data directory that has just been emptied goes."""
    shutil.rmtree(data_dir, ignore_errors=True)
    data_dir.mkdir()
    return make_place(data_dir, service_account(), elsewhere).home


def test_a_database_closed_to_its_user_afterwards_is_not_started_empty_elsewhere(node: Cluster, folder: Path) -> None:
    node.data_dir.chmod(0o700)
    with pytest.raises(Misconfigured, match="cannot enter"):
        Cluster(node.data_dir, elsewhere=folder / "lib").start()
    assert not (folder / "lib").exists()


def test_programs_under_a_folder_only_root_can_enter_are_copied_once_to_where_they_run(
    node: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = folder / "closed"
    wheel = Path(binaries.programs(None)).parents[1]
    (closed / wheel.name).mkdir(parents=True)
    (closed / wheel.name / "__init__.py").touch()
    for name in (f"{wheel.name}/pginstall18", f"{wheel.name}.libs"):
        if (wheel.parent / name).is_dir():
            shutil.copytree(wheel.parent / name, closed / name, symlinks=True)
    closed.chmod(0o700)
    monkeypatch.syspath_prepend(str(closed))
    account = service_account()
    assert not holds_for(account, lambda: os.access(closed / wheel.name, os.X_OK))

    cluster = Cluster(node.data_dir, cache=folder / "cache")
    cluster.start()
    try:
        with psycopg.connect(cluster.conninfo("owner")) as connection:
            assert connection.info.server_version >= 180000
            program = os.readlink(f"/proc/{connection.info.backend_pid}/exe")
            assert program.startswith(str(folder / "cache"))
    finally:
        cluster.stop()
    found = binaries.programs(account, folder / "cache")
    assert found.is_relative_to(folder / "cache")
    assert not (found.parent / "include").exists()
    assert found.parent.stat().st_uid == 0
    made = found.stat().st_mtime_ns, found.stat().st_ino
    assert binaries.programs(account, folder / "cache") == found
    assert (found.stat().st_mtime_ns, found.stat().st_ino) == made


def test_a_group_of_root_is_given_up_too() -> None:
    assert holds_for(service_account(), lambda: os.getgroups() in ([], [os.getgid()]) and os.getuid() != 0)
    assert not holds_for(service_account(), lambda: os.access("/root/.", os.W_OK))
