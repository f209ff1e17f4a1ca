"""A newsroom with three partners; and two nodes, each with its own database, that write to each other."""

from collections.abc import Iterator

import pytest

from database import Addresses, drop_database, fresh_database
from dragoman.store.db.cluster import Cluster
from letter_node import Node
from newsdesk import Newsroom, emptied


@pytest.fixture(scope="module")
def _kept(cluster: Cluster) -> Iterator[tuple[Addresses, Addresses]]:
    both = fresh_database(cluster), fresh_database(cluster)
    yield both
    for one in both:
        drop_database(cluster, one.name)


@pytest.fixture
def newsroom(_kept: tuple[Addresses, Addresses]) -> Iterator[Newsroom]:
    room = Newsroom(emptied(_kept[0]))
    yield room
    room.close()


@pytest.fixture
def nodes(_kept: tuple[Addresses, Addresses]) -> Iterator[tuple[Node, Node]]:
    """ADR and VAL, who trust each other's keys."""
    adr, val = (Node(emptied(database), home) for database, home in zip(_kept, ("ADR", "VAL"), strict=True))
    for one, other in ((adr, val), (val, adr)):
        one.trust(other.home, other.keyring.current.public)
        one.trust(one.home, one.keyring.current.public)
    yield adr, val
    adr.close()
    val.close()
