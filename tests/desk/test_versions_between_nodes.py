"""Two nodes with a database each: what one sends the other decodes and files, and a kill reaches every language version."""

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec
import pytest

from database import Addresses, drop_database, fresh_database
from dragoman import formats
from dragoman.deliver.parcel import pack
from dragoman.desk import copy as copy_desk
from dragoman.desk import translations as desk
from dragoman.model.arrival import Hints
from dragoman.model.item import Item
from dragoman.store import families, filing, lanes
from dragoman.store.agreements import book
from dragoman.store.db.cluster import Cluster
from dragoman.store.filing import Filed, Filing
from dragoman.text.segments import Written
from dragoman.trust.envelope import open_envelope
from newsdesk import Newsroom, copy, emptied


@pytest.fixture(scope="module")
def _both(cluster: Cluster) -> Iterator[tuple[Addresses, Addresses]]:
    made = fresh_database(cluster), fresh_database(cluster)
    yield made
    for one in made:
        drop_database(cluster, one.name)


@pytest.fixture
def rooms(_both: tuple[Addresses, Addresses]) -> Iterator[tuple[Newsroom, Newsroom]]:
    """ADR gives VAL everything and takes everything of VAL's; both have a channel to the other and one to MER."""
    adr, val = (Newsroom(emptied(address), home) for address, home in zip(_both, ("ADR", "VAL"), strict=True))
    for room, other in ((adr, "VAL"), (val, "ADR")):
        room.agree(other, onward=True)
        room.agree(room.home, giver=other, onward=True)
        room.agree("MER")
        room.channel(other, kind="node")
        room.channel("MER")
    yield adr, val
    adr.close()
    val.close()


def carry(sender: Newsroom, taker: Newsroom) -> list[tuple[str, str, str]]:
    """Everything that is due is packed as it would be sent; what is for the other node is opened and filed there. What went
    to whom: (partner, act, uri)."""
    went: list[tuple[str, str, str]] = []
    now = datetime.now(UTC)
    while leased := lanes.claim(sender.conn, 50, 10):
        agreements = book(sender.conn)
        for lane in leased:
            for attempt in lane.attempts:
                parcel = pack(lane, attempt, agreements, now)
                envelope = open_envelope(parcel.body, us=lane.partner, now=now)
                (unit,) = formats.decode(bytes(envelope.item), Hints(format="ninjs", agency=sender.home))
                assert unit.item is not None
                item = unit.item
                went.append((lane.partner, attempt.act, item.uri))
                if lane.partner == taker.home:
                    _take(taker, sender.home, item, attempt.act)
        sender.finish(leased)
    return went


def _take(room: Newsroom, sender: str, item: Item, act: str) -> Filed:
    made = Filing(item=item, origin=item.ours.origin, agency=sender, received=datetime.now(UTC), act=act, arrival=1)  # type: ignore[arg-type]
    with room.conn.transaction():
        return filing.file(room.conn, [made], datetime.now(UTC))[0]


def translated(room: Newsroom, uri: str, origin: str, language: str, headline: str, text: str) -> str:
    """Begun by Nino, published by Olga; the uri of the version."""
    now, number = datetime.now(UTC), room.item(uri, origin).item_id
    desk.start(room.conn, number, language, "nino", now)
    written = [Written(id="headline", target=headline), Written(id="p1", target=text)]
    desk.save(room.conn, number, language, written, by="nino", now=now)
    desk.ready(room.conn, number, language, "nino", now)
    done = desk.publish(room.conn, number, language, "olga", now)
    return str(
        room.one("select i.uri from version v join item i on i.id = v.item where v.sequence = %s", done.sequence)
    )


def kill(room: Newsroom, uri: str) -> None:
    for person in ("leyla", "rustam"):
        copy_desk.kill(room.conn, uri, "The bridge is a rumour.", by=person, now=datetime.now(UTC))


def test_a_family_crosses_with_its_links_and_stands_on_the_other_side_as_one(rooms: tuple[Newsroom, Newsroom]) -> None:
    adr, val = rooms
    adr.filed(copy())
    carry(adr, val)
    french = translated(adr, "adr:bridge", "ADR", "fr", "Le pont", "Le vieux pont rouvre.")
    carry(adr, val)
    found = val.item(french, "ADR").item
    assert [(one.rel, one.uri, one.language, one.version) for one in found.associations] == [
        ("translationOf", "adr:bridge", "en", "1")
    ]
    assert [one.uri for one in families.family(val.conn, val.item("adr:bridge", "ADR").item_id)] == [
        "adr:bridge",
        french,
    ]
    copy_desk.correct(
        adr.conn,
        "adr:bridge",
        copy_desk.Changes(headline="Bridge again"),
        "The name.",
        by="leyla",
        now=datetime.now(UTC),
    )
    carry(adr, val)
    links = val.item("adr:bridge", "ADR").item.associations
    assert [(one.rel, one.uri, one.language) for one in links] == [("translation", french, "fr")]


def test_our_kill_reaches_the_partners_translation_of_our_item_and_those_who_had_it_from_the_partner(
    rooms: tuple[Newsroom, Newsroom],
) -> None:
    adr, val = rooms
    adr.filed(copy())
    carry(adr, val)
    french = translated(val, "adr:bridge", "ADR", "fr", "Le pont", "Le vieux pont rouvre.")
    # It has passed through us: under the usual no-return rule it does not come back; MER gets it.
    assert carry(val, adr) == [("MER", "publish", "adr:bridge"), ("MER", "publish", french)]
    assert val.item(french, "VAL").item.ours.credit == "Adrian Press"
    kill(adr, "adr:bridge")
    carry(adr, val)
    assert (val.item("adr:bridge", "ADR").state, val.item(french, "VAL").state) == ("killed", "killed")
    went = carry(val, adr)
    assert sorted(went[-2:]) == [("MER", "kill", "adr:bridge"), ("MER", "kill", french)]


def test_our_hold_and_release_do_the_same_on_the_partners_side(rooms: tuple[Newsroom, Newsroom]) -> None:
    adr, val = rooms
    adr.filed(copy())
    carry(adr, val)
    french = translated(val, "adr:bridge", "ADR", "fr", "Le pont", "Le vieux pont rouvre.")
    carry(val, adr)
    copy_desk.hold(adr.conn, "adr:bridge", "Being checked.", by="leyla", now=datetime.now(UTC))
    carry(adr, val)
    assert val.item(french, "VAL").state == "held"
    assert ("MER", "hold", french) in carry(val, adr)
    copy_desk.release(adr.conn, "adr:bridge", "Confirmed.", by="leyla", now=datetime.now(UTC))
    carry(adr, val)
    assert val.item(french, "VAL").state == "usable"
    assert ("MER", "release", french) in carry(val, adr)


def test_what_the_partner_may_not_see_is_not_named_in_what_it_gets(rooms: tuple[Newsroom, Newsroom]) -> None:
    adr, val = rooms
    adr.agree("VAL", revision=2, languages=("fr",), onward=True)
    adr.filed(copy())
    french = translated(adr, "adr:bridge", "ADR", "fr", "Le pont", "Le vieux pont rouvre.")
    arabic = translated(adr, "adr:bridge", "ADR", "ar", "الجسر", "يفتتح الجسر القديم.")
    carry(adr, val)
    found = val.item(french, "ADR").item
    assert found.associations == ()
    assert found.ours.translation_of is None
    told = msgspec.json.encode(found)
    assert b"adr:bridge" not in told
    assert arabic.encode() not in told
    kill(adr, "adr:bridge")
    carry(adr, val)
    assert val.item(french, "ADR").state == "killed"
    assert b"adr:bridge" not in msgspec.json.encode(val.item(french, "ADR").item)
