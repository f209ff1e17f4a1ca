"""A node made by `dragoman init`, once a session, its database kept up so that a command costs no start."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_run import PASSWORD, Desk, dragoman

from database import FAST, short_folder
from dragoman.store.db.cluster import Cluster


@pytest.fixture(scope="session")
def desk() -> Iterator[Desk]:
    """The node of the Lakeland News Agency, with a desk head and an editor beside its administrator."""
    with short_folder() as folder:
        secret = folder / "password"
        secret.write_text(f"{PASSWORD}\n")
        node = folder / "node"
        made = dragoman(
            *("--data", node, "init", "--code", "LNA", "--name", "Lakeland News Agency", "--languages", "en,ru"),
            *("--admin", "ayten", "--password-file", secret, "--allow", "127.0.0.1/32", "--zone", "Asia/Baku"),
        )
        assert made.code == 0, made.err
        cluster = Cluster(node, settings=FAST)
        cluster.start()
        try:
            found = Desk(node, secret)
            found.ok("user", "add", "oskar", "--role", "desk head", "--password-file", secret)
            found.ok("user", "add", "leyla", "--role", "editor", "--password-file", secret)
            yield found
        finally:
            cluster.stop()


@pytest.fixture(scope="session")
def _made_node() -> Iterator[Desk]:
    """A node as `dragoman init` leaves it, never used itself."""
    with short_folder() as folder:
        secret = folder / "password"
        secret.write_text(PASSWORD)
        made = Desk(folder / "node", secret)
        made.ok("init", "--code", "QMR", "--name", "Quarry Moor Radio", "--password-file", secret)
        yield made


@pytest.fixture
def quiet_node(_made_node: Desk) -> Iterator[Desk]:
    """A node of this test's own that nobody serves: a copy, owners and all, which costs a tenth of an `init`."""
    with short_folder() as folder:
        subprocess.run(["cp", "-a", str(_made_node.folder), str(_made_node.secret), str(folder)], check=True)
        yield Desk(folder / "node", folder / "password")


@pytest.fixture
def folder() -> Iterator[Path]:
    with short_folder() as made:
        yield made
