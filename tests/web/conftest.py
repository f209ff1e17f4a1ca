"""A served node for every test of the web side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served, serving

from database import Addresses


@pytest.fixture
def node(database: Addresses, tmp_path: Path) -> Iterator[Served]:
    """A node's web side on a loopback port."""
    with serving(database, tmp_path) as served:
        yield served
