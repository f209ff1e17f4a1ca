"""A newsroom with keys, which writes letters to other nodes and opens what they write: no network between them."""

from datetime import UTC, datetime

import msgspec

from database import Addresses
from dragoman.desk.letters import open_letter
from dragoman.model.agency import NodeKey
from dragoman.store import agencies, letters
from dragoman.trust.envelope import Envelope
from dragoman.trust.keys import fingerprint, new_keyring
from newsdesk import Newsroom


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
