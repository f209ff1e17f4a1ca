"""The three desks of the demo at work on their own databases, before the nodes run: what they write reaches the others at once."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from dragoman.desk import project_terms
from dragoman.desk.letters import open_letter
from dragoman.store import letters
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection
from dragoman.store.projects.acts import since, vector
from dragoman.store.projects.letters import ActsLetter, received
from dragoman.trust.envelope import Envelope
from dragoman.trust.keys import Keyring

CREDIT = {
    "LNA": {"*": "Lazur News Agency", "az": "Lazur Xəbər Agentliyi", "ru": "Агентство «Лазур»"},
    "VAL": {"*": "Valmora Presse"},
    "QMR": {"*": "Qamar Newswire", "ar": "وكالة قمر", "zh": "月亮社"},
}
"""How each is credited, by language."""
_ALL = 100_000


class Desk(Struct, frozen=True, kw_only=True):
    """One agency's: its database, keys, kept bytes, and the folder in which its photographers leave their pictures."""

    code: str
    conn: Connection
    keyring: Keyring
    files: ByteStore
    photos: Path


Desks = Mapping[str, Desk]


def meet(desks: Desks, code: str, project: str, now: datetime) -> None:
    """The node of `code` learns of the project what the others have: as when two nodes compare what each has."""
    here = desks[code]
    for other in desks.values():
        if other.code == code:
            continue
        acts = since(other.conn, project, vector(here.conn, project))
        if acts:
            with here.conn.transaction():
                received(here.conn, other.code, ActsLetter(project=project, acts=acts), now)


def settle(desks: Desks, now: datetime) -> None:
    """The agreements that follow from the project's terms, proposed and accepted: nothing has to wait for them later."""
    for _ in range(2):
        for desk in desks.values():
            project_terms.settle(desk.conn, desk.keyring, now)
        carry(desks, now)


def carry(desks: Desks, now: datetime) -> None:
    """Every letter that was written is opened by whom it is for. Acts have come already, by `meet`."""
    while written := [(desk, one) for desk in desks.values() for one in letters.claim(desk.conn, _ALL)]:
        for desk, letter in written:
            if letter.type != "project":
                _open(desks[letter.partner], desk.code, letter, now)
        for desk in desks.values():
            letters.sent(desk.conn, [one.id for sender, one in written if sender is desk])


def _open(reader: Desk, sender: str, letter: letters.Letter, now: datetime) -> None:
    envelope = Envelope(type=letter.type, sender=sender, recipient=reader.code, at=now, letter=msgspec.Raw(letter.body))
    with reader.conn.transaction():
        open_letter(reader.conn, envelope, now)
