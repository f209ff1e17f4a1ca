"""A node dies at its most delicate steps, comes back, and everybody has what they should have. `make crash` dies at all."""

import os
import signal
from collections.abc import Iterator

import pytest

from dragoman.store.bytes import EXIT_DISK

from .morning import Morning
from .node import Made, once_file, start, stop
from .run import a_node, runner
from .scenario import failing_run, run

POINTS = (
    "receive.folder-kept",
    "inbox.before-commit",
    "push.committed",
    "pipeline.before-commit",
    "filing.deliveries-written",
    "deliver.sent",
    "deliver.folder-written",
    "release.before-commit",
)
"""One of each kind of step: `deliver.sent` is the only one that may send a thing twice."""


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    with a_node() as node:
        yield node


@pytest.mark.parametrize("point", POINTS)
def test_every_promise_holds_when_a_role_dies(made: Made, point: str) -> None:
    ran = runner(point)(made, point, 1)
    assert ran.broken == []
    assert ran.hit


def test_a_disk_that_does_not_keep_bytes_ends_the_process_and_acknowledges_nothing(made: Made) -> None:
    ran = failing_run(made, "bytes.before-sync", "EIO")
    assert ran.broken == []
    assert ran.hit
    assert f"exit {EXIT_DISK}" in (made.folder.parent / "log").read_text()


def test_nothing_acknowledged_is_lost_when_everything_is_killed_at_once(made: Made) -> None:
    """The supervisor dies by SIGKILL in the middle: its roles and PostgreSQL go down with it and come back."""
    once = once_file(made)

    def killed_in_the_middle(morning: Morning) -> None:
        assert morning.watch.served is not None
        morning.push_all()
        before = morning.watch.server_started()
        morning.watch.served.process.kill()
        morning.watch.served.process.wait()
        morning.watch.serve_again(start(made, {}), died=True)
        assert morning.watch.server_started() != before
        morning.act()
        morning.rest()

    ran = run(made, "", 1, once, {}, by_command=False, live=killed_in_the_middle)
    assert ran.broken == []


def test_nothing_acknowledged_is_lost_when_its_database_is_killed(made: Made) -> None:
    def killed_in_the_middle(morning: Morning) -> None:
        morning.push_all()
        before = morning.watch.server_started()
        os.kill(morning.watch.server(), signal.SIGKILL)
        morning.watch.wait(lambda: morning.watch.server_started() != before, "PostgreSQL to be back")
        morning.watch.has_died("database")
        morning.act()
        morning.rest()

    ran = run(made, "", 1, once_file(made), {}, by_command=False, live=killed_in_the_middle)
    assert ran.broken == []


def test_a_node_told_to_stop_while_it_sends_is_gone_within_ten_seconds(made: Made) -> None:
    script = made.partners.scripts["ALF"]
    usual, script.answers = script.answers, lambda call: -1

    def stopped_while_sending(morning: Morning) -> None:
        assert morning.watch.served is not None
        morning.push_all()
        morning.watch.wait(lambda: made.partners.sending > 0, "a partner to be in the middle of a call")
        assert stop(morning.watch.served) < 10.0
        morning.watch.serve_again(start(made, {}), died=False)
        morning.act()
        morning.rest()

    try:
        ran = run(made, "", 1, once_file(made), {}, by_command=False, live=stopped_while_sending)
    finally:
        script.answers = usual
    # What was sent is recorded before the end: nobody gets anything twice, though no one died.
    assert ran.broken == []
