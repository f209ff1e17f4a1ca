"""A newsroom with three partners; and two nodes, each with its own database, that write to each other."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest

from database import Addresses, drop_database, fresh_database
from dragoman.desk.letters import open_letter
from dragoman.model.agency import NodeKey
from dragoman.store import agencies, letters
from dragoman.store.db.cluster import Cluster
from dragoman.trust.envelope import Envelope
from dragoman.trust.keys import fingerprint, new_keyring
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


class Node(Newsroom):
    """A newsroom with keys, which writes to other nodes and opens what they write."""

    def __init__(self, database: Addresses, home: str) -> None:
        super().__init__(database, home)
        self.keyring = new_keyring(home, datetime.now(UTC))

    def trust(self, code: str, public: bytes) -> None:
        agencies.add_key(
            self.conn,
            NodeKey(
                agency=code, public=public, fingerprint=fingerprint(public), state="trusted", since=datetime.now(UTC)
            ),
        )

    def written(self) -> list[letters.Letter]:
        """The letters that have been written since the last time, as sent."""
        found = letters.claim(self.conn, 100)
        letters.sent(self.conn, [letter.id for letter in found])
        return found

    def open(self, letter: letters.Letter, sender: str) -> None:
        now = datetime.now(UTC)
        envelope = Envelope(
            type=letter.type, sender=sender, recipient=self.home, at=now, letter=msgspec.Raw(letter.body)
        )
        with self.conn.transaction():
            open_letter(self.conn, envelope, now)

    def write_to(self, other: "Node") -> int:
        """Everything written to `other` is delivered, each letter twice; how many letters."""
        found = [letter for letter in self.written() if letter.partner == other.home]
        for letter in found:
            other.open(letter, self.home)
            other.open(letter, self.home)
        return len(found)


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
