"""What every test may ask for: a database of its own; and what none may do: leave this machine."""

import ipaddress
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from database import Addresses, drop_database, fresh_database, running_cluster
from dragoman.store.db.cluster import Cluster


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for the whole session."""
    with running_cluster() as running:
        yield running


@pytest.fixture
def database(cluster: Cluster) -> Iterator[Addresses]:
    """A migrated database of this test's own: `.owner`, `.newsroom`, `.partner` are its addresses."""
    fresh = fresh_database(cluster)
    yield fresh
    drop_database(cluster, fresh.name)


class OffMachine(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Connections go to this machine or fail the test."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(str(address[0])):
            raise OffMachine(f"a test tried to connect to {address}")
        return connect(self, address)

    return guarded


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return host in ("localhost", "")


@pytest.fixture(scope="session", autouse=True)
def _databases_elsewhere_are_removed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Made by root under a folder only root may enter, a node has its database elsewhere: it goes when the tests do."""
    yield
    for note in tmp_path_factory.getbasetemp().rglob("postgres-is-elsewhere.txt"):
        shutil.rmtree(note.read_text("utf-8").splitlines()[0], ignore_errors=True)
