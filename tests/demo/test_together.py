"""What the three desks do together: made in three databases at once, the same on every node, whole in every language."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from database import drop_database, fresh_database
from dragoman.desk import agreements
from dragoman.model.agency import Agency, NodeKey
from dragoman.model.agreement import Terms
from dragoman.store import agencies, people
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import connect
from dragoman.store.db.cluster import Cluster
from dragoman.trust.keys import fingerprint, new_keyring

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
copy, desks, exhibiting, known, together = (
    importlib.import_module(f"demo.{name}") for name in ("copy", "desks", "exhibiting", "known", "together")
)


@pytest.fixture(scope="module")
def made(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    now = datetime.now(UTC).replace(microsecond=0)
    databases = {code: fresh_database(cluster) for code in copy.AGENCIES}
    with ExitStack() as opened:
        for database in databases.values():
            opened.callback(drop_database, cluster, database.name)
        seats = {code: seat(code, databases[code].newsroom, tmp_path_factory.mktemp(code)) for code in databases}
        for one in seats.values():
            opened.callback(one.conn.close)
        introduce(seats, now)
        pictures = exhibiting.draw_all(now)
        project = together.make(seats, now, exhibiting.deeds(pictures, now))
        known.write_down(seats, project, now)
        yield seats


def seat(code: str, address: str, folder: Path) -> Any:
    conn = connect(address)
    for other, about in sorted(copy.AGENCIES.items(), key=lambda one: one[0] != code):
        node = f"https://{other.lower()}.example"
        agencies.add_agency(conn, Agency(code=other, name=about.name, zone=about.zone, home=other == code, node=node))
    people.add_person(conn, "partners", "seven-lanterns-on-the-quay", "partner manager")
    keyring = new_keyring(code, datetime.now(UTC) - timedelta(days=40))
    return desks.Desk(code=code, conn=conn, keyring=keyring, files=ByteStore(folder / "bytes"), photos=folder)


def introduce(seats: dict[str, Any], now: datetime) -> None:
    for ours in seats.values():
        for theirs in seats.values():
            if ours is not theirs:
                public = theirs.keyring.current.public
                known_key = NodeKey(
                    agency=theirs.code, public=public, fingerprint=fingerprint(public), state="trusted", since=now
                )
                agencies.add_key(ours.conn, known_key)
    for giver, taker in (("LNA", "VAL"), ("VAL", "LNA"), ("LNA", "QMR")):
        one, other = seats[giver], seats[taker]
        terms = Terms(giver=giver, taker=taker, valid_from=now)
        sent = agreements.propose(one.conn, one.keyring, terms, by="partners", now=now)
        agreements.received(other.conn, giver, agreements.Message(agreement=sent, by="partners"), now)
        signed = agreements.accept(other.conn, other.keyring, sent.id, by="partners", now=now)
        agreements.received(one.conn, taker, agreements.Message(agreement=signed, by="partners"), now)


def test_made(made):
    assert made
