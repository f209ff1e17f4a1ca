"""The tests' own fence holds."""

import socket

import pytest


def test_a_test_that_reaches_for_another_machine_fails() -> None:
    with socket.socket() as reaching, pytest.raises(AssertionError, match="tried to connect"):
        reaching.connect(("192.0.2.1", 80))


def test_a_test_may_talk_to_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as talking:
        assert talking.getpeername() == server.getsockname()
