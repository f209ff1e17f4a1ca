"""Our own PostgreSQL starts from every state a node can be found in, and serves one supervisor."""

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import get_args

import psycopg
import pytest

from dragoman.model.errors import Conflict, DragomanError, Misconfigured
from dragoman.store.db.cluster import Cluster, serving
from dragoman.store.db.database import Role
from dragoman.store.db.place import socket_folder
from dragoman.store.db.remnants import processes_in


def one(conninfo: str, statement: str) -> object:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        row = connection.execute(statement.encode()).fetchone()
        return row[0] if row else None


def until(done: Callable[[], object], within_s: float = 10) -> None:
    deadline = time.monotonic() + within_s
    while not done():
        assert time.monotonic() < deadline, "it did not come about in time"
        time.sleep(0.01)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data_dir / "postgres" / "postmaster.pid").read_text().split("\n")[0])


def test_a_new_data_directory_becomes_a_database_that_keeps_copy_across_a_restart(folder: Path) -> None:
    node = Cluster(folder / "new" / "node")
    node.start()
    assert one(node.conninfo("owner"), "SHOW server_encoding") == "UTF8"
    assert one(node.conninfo("owner"), "SELECT upper('əlavə') || upper('ß' COLLATE pg_unicode_fast)") == "ƏLAVƏSS"
    with psycopg.connect(node.conninfo("owner")) as connection:
        connection.execute("CREATE TABLE copy AS SELECT 'Bakıya qar yağdı' AS text")
    node.stop()
    node.start()
    assert one(node.conninfo("owner"), "SELECT text FROM copy") == "Bakıya qar yağdı"
    assert node.poll().serving
    assert not node.intake_refused
    node.stop()
    assert not node.poll().serving


def test_the_database_is_never_served_as_root_nor_to_strangers(node: Cluster) -> None:
    node.start()
    assert Path(f"/proc/{postmaster(node)}").stat().st_uid != 0
    socket = Path(str(psycopg.conninfo.conninfo_to_dict(node.conninfo("owner"))["host"]))
    assert stat.S_IMODE(socket.lstat().st_mode) == 0o700
    assert stat.S_IMODE((node.data_dir / "database.json").stat().st_mode) == 0o600
    for role in ("dragoman_admin", "dragoman_owner", "dragoman_partner"):
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(host=str(socket), user=role, dbname="dragoman")


def test_the_roles_that_serve_stand_under_the_policies(node: Cluster) -> None:
    node.start()
    for role in get_args(Role):
        if role == "admin":
            continue
        found = one(
            node.conninfo(role),
            "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication"
            " FROM pg_roles WHERE rolname = session_user",
        )
        assert found is False
    serving_roles: tuple[Role, ...] = ("newsroom", "partner")
    for role in serving_roles:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(node.conninfo(role), "CREATE TABLE mine (x int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one(node.conninfo(role), "CREATE TEMPORARY TABLE mine (x int)")


def test_a_second_starter_is_told_who_runs(node: Cluster) -> None:
    node.start()
    second = Cluster(node.data_dir)
    with pytest.raises(Conflict, match=f"process {os.getpid()} "):
        second.start()
    second.stop()
    assert node.poll().serving


def test_a_command_beside_a_running_node_uses_its_database(node: Cluster) -> None:
    node.start()
    beside = Cluster(node.data_dir)
    with serving(beside):
        assert one(beside.conninfo("newsroom"), "SELECT 1") == 1
        assert not beside.intake_refused
    assert node.poll().serving


def test_a_command_without_a_running_node_serves_itself_and_leaves_nothing_running(node: Cluster) -> None:
    alone = Cluster(node.data_dir)
    with serving(alone):
        pid = postmaster(alone)
        assert one(alone.conninfo("newsroom"), "SELECT 1") == 1
    assert not Path(f"/proc/{pid}").exists()


def test_a_forked_role_neither_stops_the_database_nor_keeps_its_lock(node: Cluster) -> None:
    node.start()
    role = os.fork()
    if role == 0:
        node.stop()
        os.execv("/bin/sleep", ["sleep", "60"])
    try:
        assert node.poll().serving
        node.stop()
        node.start()  # while the role lives on
        assert node.poll().serving
    finally:
        os.kill(role, signal.SIGKILL)
        os.waitpid(role, 0)


@pytest.mark.parametrize("content", ["", "LIVE"])
def test_a_pid_file_that_lies_does_not_keep_a_node_down(node: Cluster, content: str) -> None:
    node.start()
    account = node.account
    node.stop()
    # The pid of another, living process of the same user: what a reboot makes of an old pid file.
    bystander = subprocess.Popen(
        ["/bin/sleep", "60"],
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    try:
        pid_file = node.data_dir / "postgres" / "postmaster.pid"
        rest = "\n/somewhere\n1700000000\n5432\n/tmp\n\n  1234  5678\nready\n"
        pid_file.write_text(f"{bystander.pid}{rest}" if content else "")
        if account:
            os.chown(pid_file, account.uid, account.gid)
        node.start()
        assert one(node.conninfo("owner"), "SELECT 1") == 1
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_a_killed_postmaster_with_a_busy_orphan_is_brought_back(node: Cluster) -> None:
    node.start()
    with psycopg.connect(node.conninfo("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        connection.execute(
            "CREATE PROCEDURE spin() LANGUAGE plpgsql AS $$ DECLARE i bigint := 0; BEGIN LOOP i := i + 1; END LOOP; END $$"
        )
    spinning = psycopg.connect(node.conninfo("owner"), autocommit=True)
    try:
        spinning.pgconn.send_query(b"CALL spin()")
        until(lambda: one(node.conninfo("admin"), "SELECT count(*) FROM pg_stat_activity WHERE query = 'CALL spin()'"))
        orphan = spinning.info.backend_pid
        os.kill(postmaster(node), signal.SIGKILL)
        until(lambda: not node.poll().serving)
        assert orphan in processes_in(node.data_dir / "postgres")
        health = node.restart_if_dead()
        assert (health.serving, health.restarts, health.intake_refused) == (True, 1, False)
        assert orphan not in processes_in(node.data_dir / "postgres")
        assert one(node.conninfo("owner"), "SELECT n FROM kept") == 7
    finally:
        spinning.close()


_SUPERVISOR = """
import sys, time
from pathlib import Path
from dragoman.store.db.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]))
cluster.start()
print("up", flush=True)
time.sleep(60)
"""


def test_a_killed_supervisor_takes_its_database_down_cleanly(node: Cluster) -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", _SUPERVISOR, str(node.data_dir)], stdout=subprocess.PIPE, text=True
    )
    with supervisor:
        assert supervisor.stdout is not None
        assert supervisor.stdout.readline() == "up\n"
        supervisor.kill()
    until(lambda: not processes_in(node.data_dir / "postgres"))
    assert (node.data_dir / "postgres.log").read_text().strip().endswith("database system is shut down")
    node.start()
    assert one(node.conninfo("owner"), "SELECT 1") == 1


def test_a_data_directory_with_a_very_long_path_is_served(node: Cluster, folder: Path) -> None:
    deep = folder / ("a" * 120) / ("b" * 120) / "node"
    deep.parent.mkdir(parents=True)
    node.data_dir.rename(deep)
    if os.geteuid() == 0:
        for path in (deep.parent, deep.parent.parent):
            path.chmod(0o711)
    cluster = Cluster(deep)
    cluster.start()
    try:
        assert one(cluster.conninfo("partner"), "SELECT 1") == 1
    finally:
        cluster.stop()


@pytest.mark.parametrize("trap", ["link", "open"])
def test_a_socket_folder_that_is_not_privately_ours_is_never_used(folder: Path, trap: str) -> None:
    known = folder / "socket"
    if trap == "link":
        (folder / "theirs").mkdir(mode=0o700)
        known.symlink_to(folder / "theirs")
    else:
        known.mkdir()
        known.chmod(0o777)
    chosen = socket_folder(str(known), None)
    try:
        assert chosen != known
        assert stat.S_IMODE(chosen.lstat().st_mode) == 0o700
    finally:
        chosen.rmdir()


def test_what_keeps_a_node_from_starting_is_said_in_one_message(node: Cluster) -> None:
    node.start()
    node.stop()
    (node.data_dir / "postgres" / "PG_VERSION").write_text("17\n")
    with pytest.raises(Misconfigured, match="PostgreSQL 17") as told:
        node.start()
    assert "backup" in told.value.hint
    (node.data_dir / "postgres" / "PG_VERSION").write_text("18\n")
    secrets = (node.data_dir / "database.json").read_bytes()
    (node.data_dir / "database.json").unlink()
    with pytest.raises(Misconfigured, match="passwords are missing"):
        node.start()
    (node.data_dir / "database.json").write_bytes(secrets)
    wrong = Cluster(node.data_dir, settings={"shared_buffers": "many"})
    with pytest.raises(DragomanError, match="shared_buffers"):
        wrong.start()
    node.start()  # each refusal let the lock go
    assert node.poll().serving


def test_no_copy_is_written_to_the_log(node: Cluster) -> None:
    node.start()
    with psycopg.connect(node.conninfo("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE copy (text text PRIMARY KEY)")
        for _ in range(2):
            with suppress(psycopg.errors.UniqueViolation):
                connection.execute("INSERT INTO copy VALUES (%s)", ["The minister resigns at noon"])
    node.stop()
    log = (node.data_dir / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "minister" not in log
