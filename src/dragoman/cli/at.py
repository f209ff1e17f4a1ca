"""The node a command works on: opened, connected, and told to wake its followers."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from dragoman.app import Node, connected, open_node
from dragoman.cli.output import Out
from dragoman.store.connect import Connection


@contextmanager
def newsroom(out: Out) -> Iterator[tuple[Node, Connection]]:
    """The node of ``--data`` and a connection of its newsroom."""
    node = open_node(out.folder)
    with connected(node) as conn:
        yield node, conn


def now() -> datetime:
    return datetime.now(UTC)
