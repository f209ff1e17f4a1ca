"""A full disk stops intake, loses nothing acknowledged, and passes by itself."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from database import short_folder
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.remnants import processes_in
from dragoman.store.db.reserve import LEAST, Reserve


@pytest.fixture
def small_volume() -> Iterator[Path]:
    """A volume of 240 MB of its own."""
    with short_folder() as folder:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=240m,mode=0711", "dragoman-test", str(folder)], capture_output=True
        )
        if mounted.returncode != 0:
            pytest.skip(f"mounting a small volume is not permitted here: {mounted.stderr.decode().strip()}")
        try:
            yield folder
        finally:
            subprocess.run(["umount", str(folder)], check=True)


def fill_until_it_stops(cluster: Cluster) -> int:
    """Take in copy, one commit each, until the server is gone; the number of commits acknowledged."""
    acknowledged = 0
    text = os.urandom(500_000).hex()
    with psycopg.connect(cluster.conninfo("owner"), autocommit=True) as connection:
        connection.execute("CREATE TABLE copy (n int PRIMARY KEY)")
        connection.execute("CREATE TABLE body (text text)")
        connection.execute("INSERT INTO body VALUES ('')")
        for _ in range(2000):
            try:
                with connection.transaction():
                    connection.execute("INSERT INTO copy VALUES (%s)", [acknowledged + 1])
                    # One row again and again, cleared away by vacuum: it is the log that grows.
                    connection.execute("UPDATE body SET text = %s", [text])
                acknowledged += 1
                connection.execute("VACUUM body")
            except psycopg.errors.DiskFull:
                continue  # the table could not grow: refused, not acknowledged, and the server lives
            except psycopg.OperationalError:
                return acknowledged
    raise AssertionError("the volume did not fill up")


def until_gone(cluster: Cluster) -> None:
    deadline = time.monotonic() + 30
    while processes_in(cluster.data_dir / "postgres"):
        assert time.monotonic() < deadline, "the server outlived its full disk"
        time.sleep(0.01)


def test_a_full_disk_stops_intake_keeps_what_was_acknowledged_and_passes(small_volume: Path) -> None:
    ballast = small_volume / "ballast"
    cluster = Cluster(small_volume / "node", settings={"max_wal_size": "4GB"})
    cluster.start()
    try:
        assert not cluster.poll().intake_refused
        ballast.write_bytes(b"\0" * (80 << 20))
        acknowledged = fill_until_it_stops(cluster)
        assert acknowledged > 0
        until_gone(cluster)  # its own attempt to recover fails for want of room
        health = cluster.restart_if_dead()
        assert (health.serving, health.restarts, health.intake_refused) == (True, 1, True)
        assert "disk is full" in health.reason
        assert cluster.intake_refused
        assert Cluster(cluster.data_dir).intake_refused  # seen by every process
        with psycopg.connect(cluster.conninfo("owner"), autocommit=True) as connection:
            assert connection.execute("SELECT count(*), max(n) FROM copy").fetchone() == (acknowledged, acknowledged)
        cluster.stop()
        cluster.start()  # full as it is
        assert cluster.poll().intake_refused
        ballast.unlink()
        assert not cluster.poll().intake_refused
        assert not cluster.intake_refused
    finally:
        cluster.stop()


def test_a_disk_that_fills_slowly_stops_intake_before_it_stops_the_database(small_volume: Path) -> None:
    cluster = Cluster(small_volume / "node")
    cluster.start()
    try:
        ballast = small_volume / "ballast"
        ballast.write_bytes(b"\0" * (cluster.poll().free_bytes or 0))
        health = cluster.poll()
        assert health.serving
        assert health.intake_refused or cluster.poll().intake_refused
        with psycopg.connect(cluster.conninfo("owner"), autocommit=True) as connection:
            connection.execute("CREATE TABLE delivery AS SELECT generate_series(1, 1000) AS n")  # deliveries go on
        ballast.unlink()
        assert not cluster.poll().intake_refused
    finally:
        cluster.stop()


def test_the_reserve_is_taken_only_when_twice_its_size_is_free(tmp_path: Path) -> None:
    kept = Reserve(tmp_path / "reserve", LEAST)
    assert kept.take()
    assert (tmp_path / "reserve").stat().st_blocks * 512 >= LEAST
    assert kept.release()
    assert not kept.release()
    greedy = Reserve(tmp_path / "reserve", kept.volume()[0])
    assert not greedy.take()
    assert not greedy.is_kept
