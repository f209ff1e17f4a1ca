"""A newsroom with three partners, for every test of handing over."""

from collections.abc import Iterator

import pytest

from database import Addresses
from newsdesk import Newsroom


@pytest.fixture
def newsroom(database: Addresses) -> Iterator[Newsroom]:
    room = Newsroom(database)
    yield room
    room.close()
