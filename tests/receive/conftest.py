"""A connection to a test's own database and a box, made before anything else runs."""

from collections.abc import Iterator

import pytest
from ways_in import new_box

from database import Addresses
from dragoman.receive.box import Box
from dragoman.store.connect import Connection, connect


@pytest.fixture
def conn(database: Addresses) -> Iterator[Connection]:
    with connect(database.newsroom) as opened:
        yield opened


@pytest.fixture
def box() -> Iterator[Box]:
    made = new_box()
    yield made
    made.close()
