"""Nodes to start, kill and break: copies of one that was born once, for initdb is the slow part."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from database import short_folder
from dragoman.store.db.cluster import Cluster


@pytest.fixture(scope="session")
def _born() -> Iterator[Path]:
    with short_folder() as folder:
        cluster = Cluster(folder / "node")
        cluster.start()
        cluster.stop()
        yield folder / "node"


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder the database's user can enter."""
    with short_folder() as path:
        yield path


@pytest.fixture
def node(folder: Path, _born: Path) -> Iterator[Cluster]:
    """A node that ran once and stopped; real settings, nothing switched off."""
    subprocess.run(["cp", "-a", str(_born), str(folder / "node")], check=True)
    cluster = Cluster(folder / "node")
    yield cluster
    cluster.stop()
