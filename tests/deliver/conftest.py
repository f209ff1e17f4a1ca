"""A newsroom with three partners, for every test of handing over."""

from collections.abc import Iterator

import pytest

from database import Addresses, drop_database, fresh_database
from dragoman.store.db.cluster import Cluster
from newsdesk import Newsroom, emptied


@pytest.fixture(scope="module")
def _kept(cluster: Cluster) -> Iterator[Addresses]:
    fresh = fresh_database(cluster)
    yield fresh
    drop_database(cluster, fresh.name)


@pytest.fixture
def newsroom(_kept: Addresses) -> Iterator[Newsroom]:
    room = Newsroom(emptied(_kept))
    yield room
    room.close()
