"""A full disk stops intake, loses nothing acknowledged, and passes by itself."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from database import short_folder
from dragoman.store.db.cluster import Cluster
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
    try:
        with psycopg.connect(cluster.conninfo("owner"), autocommit=True) as connection:
            connection.execute("CREATE TABLE copy (n int PRIMARY KEY)")
            connection.execute("CREATE TABLE body (text text)")
            connection.execute("INSERT INTO body VALUES ('')")
            for n in range(1, 2000):
                with connection.transaction():
                    connection.execute("INSERT INTO copy VALUES (%s)", [n])
                    # One row again and again, emptied by vacuum: it is the log that grows.
                    connection.execute("UPDATE body SET text = %s", [text])
                acknowledged = n
                connection.execute("VACUUM body")
    except psycopg.OperationalError:
        return acknowledged
    raise AssertionError("the volume did not fill up")


def test_a_full_disk_stops_intake_keeps_what_was_acknowledged_and_passes(small_volume: Path) -> None:
    ballast = small_volume / "ballast"
    cluster = Cluster(small_volume / "node", settings={"max_wal_size": "4GB"})
    cluster.start()
    try:
        assert not cluster.poll().intake_refused
        ballast.write_bytes(b"\0" * (40 << 20))
        acknowledged = fill_until_it_stops(cluster)
        assert acknowledged > 0
        health = cluster.restart_if_dead()
        assert health.serving, health.reason
        assert health.intake_refused
        assert "disk is full" in health.reason
        assert cluster.intake_refused
        assert Cluster(cluster.data_dir).intake_refused  # seen by every process, and after a restart
        with psycopg.connect(cluster.conninfo("owner"), autocommit=True) as connection:
            assert connection.execute("SELECT count(*), max(n) FROM copy").fetchone() == (acknowledged, acknowledged)
        assert cluster.poll().intake_refused

        cluster.stop()
        cluster.start()  # full as it is
        assert cluster.poll().intake_refused

        with psycopg.connect(cluster.conninfo("owner"), autocommit=True) as connection:
            connection.execute("TRUNCATE body")
        with psycopg.connect(cluster.conninfo("admin"), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET min_wal_size = '32MB'")
        ballast.unlink()
        cluster.stop()
        smaller = Cluster(cluster.data_dir, settings={"max_wal_size": "32MB", "min_wal_size": "32MB"})
        smaller.start()
        try:
            with psycopg.connect(smaller.conninfo("admin"), autocommit=True) as connection:
                connection.execute("CHECKPOINT")
            assert not smaller.poll().intake_refused
            assert not smaller.intake_refused
        finally:
            smaller.stop()
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
