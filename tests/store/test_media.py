"""Files of pictures: which versions use them, who may have them, and that nobody has what is held or killed."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from database import Addresses, drop_database, fresh_database
from dragoman.formats.picture.header import read_header
from dragoman.model.errors import Gone, NotFound
from dragoman.model.item import Description, Item, Profile
from dragoman.model.picture import original_of, with_addresses, without_addresses
from dragoman.model.taken import WhenTaken
from dragoman.store import agencies, arrivals, darkroom, feeds, media
from dragoman.store.bytes import ByteStore
from dragoman.store.db.cluster import Cluster
from dragoman.store.feeds import Feed
from dragoman.store.identity import content_digest
from dragoman.store.media import Rendition
from drawn import jpeg
from newsdesk import HOME, Newsroom, copy, emptied, tombstone

BODY = jpeg(number=1)
DIGEST = hashlib.sha256(BODY).hexdigest()
KINDS = ("text", "picture")


@pytest.fixture(scope="module")
def _kept(cluster: Cluster) -> Iterator[Addresses]:
    one = fresh_database(cluster)
    yield one
    drop_database(cluster, one.name)


@pytest.fixture
def newsroom(_kept: Addresses) -> Iterator[Newsroom]:
    room = Newsroom(emptied(_kept))
    yield room
    room.close()


@pytest.fixture
def store(tmp_path: Path) -> ByteStore:
    return ByteStore(tmp_path)


def boats(version: str = "1", digest: str = DIGEST, **more: Any) -> Item:
    usual: dict[str, Any] = {
        "type": "picture",
        "bodies": (),
        "descriptions": (Description(value="Boats.", role="caption"), Description(value="Лодки.", role="caption:ru")),
        "by": "Nora Quay",
        "renditions": (original_of(digest, "image/jpeg", 90, 60),),
        "dragoman": Profile(credit="ADR", taken=WhenTaken(words="undated")),
    }
    return copy("adr:boats", version, **(usual | more))


def kept(room: Newsroom, store: ByteStore, body: bytes = BODY, code: str = HOME) -> None:
    """The agency has given the file, and it has been developed."""
    digest = store.put(body)
    number = agencies.agency(room.conn, code).id
    made = [
        Rendition(name=name, digest=store.put(body), media_type="image/jpeg", size=len(body), width=90, height=60)
        for name in ("thumbnail", "preview")
    ]
    with room.conn.transaction():
        darkroom.add(room.conn, digest, number, "image/jpeg", len(body))
        darkroom.developed(room.conn, digest, made, width=90, height=60)


def agency(room: Newsroom, code: str) -> int:
    return agencies.agency(room.conn, code).id


def test_a_picture_is_listed_with_its_texts_its_file_and_its_date(newsroom: Newsroom, store: ByteStore) -> None:
    kept(newsroom, store)
    newsroom.filed(boats())
    newsroom.filed(copy())
    [row] = media.pictures(newsroom.conn)
    assert (row.captions, row.photographer, row.credit) == ({"en": "Boats.", "ru": "Лодки."}, "Nora Quay", "ADR")
    assert (row.digest, row.width, row.height, row.file) == (DIGEST, 90, 60, "ready")
    assert row.is_shown
    assert row.taken == WhenTaken(words="undated")
    assert media.named(newsroom.conn, [("ADR", "adr:boats"), ("ADR", "adr:bridge"), ("VAL", "adr:boats")]) == [row]
    with pytest.raises(NotFound):
        media.picture(newsroom.conn, newsroom.item("adr:bridge").item_id)


def test_a_rendition_is_sent_with_the_credit_and_caption_of_now(newsroom: Newsroom, store: ByteStore) -> None:
    kept(newsroom, store)
    newsroom.filed(boats())
    first = media.sent(newsroom.conn, store, DIGEST, "preview")
    assert "ADR" in read_header(first.body).said.credit
    newsroom.filed(boats("2", descriptions=(Description(value="Boats at dawn.", role="caption"),)), act="correct")
    second = media.sent(newsroom.conn, store, DIGEST, "preview")
    assert "Boats at dawn." in read_header(second.body).said.captions.values()
    assert first.tag != second.tag
    assert media.sent(newsroom.conn, store, DIGEST, "original").body == BODY
    with pytest.raises(NotFound):
        media.sent(newsroom.conn, store, DIGEST, "print")


def test_of_a_held_or_killed_picture_nothing_is_sent_and_of_a_released_one_again(
    newsroom: Newsroom, store: ByteStore
) -> None:
    kept(newsroom, store)
    newsroom.filed(boats())
    newsroom.filed(boats("2"), act="hold")
    for name in ("preview", "original"):
        with pytest.raises(Gone):
            media.sent(newsroom.conn, store, DIGEST, name)
    [held] = media.pictures(newsroom.conn)
    assert (held.is_usable, held.digest, held.captions, held.is_shown) == (False, "", {}, False)
    newsroom.filed(boats("3"), act="release")
    assert media.sent(newsroom.conn, store, DIGEST).body
    newsroom.filed(tombstone(boats("4")), act="kill")
    with pytest.raises(Gone):
        media.sent(newsroom.conn, store, DIGEST)


def test_only_whom_an_agreement_gives_the_picture_may_fetch_its_file(newsroom: Newsroom, store: ByteStore) -> None:
    newsroom.agree("VAL", kinds=KINDS)
    newsroom.agree("MER")
    kept(newsroom, store)
    newsroom.filed(boats())
    assert media.may_fetch(newsroom.conn, agency(newsroom, "VAL"), DIGEST)
    assert not media.may_fetch(newsroom.conn, agency(newsroom, "MER"), DIGEST)
    assert not media.may_fetch(newsroom.conn, agency(newsroom, "ORI"), DIGEST)
    assert not media.may_fetch(newsroom.conn, agency(newsroom, "VAL"), "ab" * 32)


def test_nobody_may_fetch_what_is_embargoed_held_killed_replaced_or_no_longer_agreed(
    newsroom: Newsroom, store: ByteStore
) -> None:
    deal = newsroom.agree("VAL", kinds=KINDS)
    kept(newsroom, store)
    val = agency(newsroom, "VAL")

    def may() -> bool:
        return media.may_fetch(newsroom.conn, val, DIGEST)

    hour = newsroom.now() + timedelta(hours=1)
    newsroom.filed(boats(embargoed_until=hour))
    assert not may()
    newsroom.filed(boats("2"))
    assert may()
    newsroom.filed(boats("3"), act="hold")
    assert not may()
    newsroom.filed(boats("4"), act="release")
    assert may()
    other = jpeg(number=2)
    kept(newsroom, store, other)
    newsroom.filed(boats("5", hashlib.sha256(other).hexdigest()))
    assert not may()  # the item has another file now
    newsroom.filed(boats("6"))
    assert may()
    newsroom.end(deal)
    assert not may()
    newsroom.agree("VAL", kinds=KINDS, revision=2)
    newsroom.filed(boats("7"), act="kill")
    assert not may()


def test_a_digest_alone_gives_nobody_a_file(newsroom: Newsroom, store: ByteStore) -> None:
    """MER names a file of ours that it was never given; its reader ORI must not get it through MER's item."""
    newsroom.agree(HOME, giver="MER", kinds=KINDS, onward=True)
    newsroom.agree("ORI", kinds=KINDS)
    kept(newsroom, store)
    newsroom.filed(boats(embargoed_until=newsroom.now() + timedelta(days=1)))
    newsroom.filed(copy("mer:boats", type="picture", renditions=boats().renditions), origin="MER")
    assert newsroom.one(
        "select count(*) from item_grant where agency = %s and withdrawn is null and position is not null",
        agency(newsroom, "ORI"),
    )
    assert not media.may_fetch(newsroom.conn, agency(newsroom, "ORI"), DIGEST)
    with newsroom.conn.transaction():  # once MER has shown that it has it, its own copy counts
        darkroom.arrived(newsroom.conn, DIGEST, agency(newsroom, "MER"), len(BODY))
    assert media.may_fetch(newsroom.conn, agency(newsroom, "ORI"), DIGEST)


def test_a_rendition_tells_a_partner_of_the_item_it_was_given_alone(newsroom: Newsroom, store: ByteStore) -> None:
    """The same file hangs on another item of ours, which VAL is not given: nothing of that one is written into it."""
    newsroom.agree("VAL", kinds=KINDS, languages=("en",))
    kept(newsroom, store)
    newsroom.filed(boats())
    given = newsroom.item("adr:boats").item_id
    secret = msgspec.structs.replace(
        boats(), uri="adr:secret", language="ru", descriptions=_said("Not yet to be told.")
    )
    newsroom.filed(secret)
    val = agency(newsroom, "VAL")
    assert media.granted(newsroom.conn, val, DIGEST) == given
    found = media.sent(newsroom.conn, store, DIGEST, "preview", number=given)
    assert set(read_header(found.body).said.captions.values()) == {"Boats.", "Лодки."}
    newsroom.filed(boats("2"), act="hold")
    assert media.granted(newsroom.conn, val, DIGEST) is None
    with pytest.raises(Gone):
        media.sent(newsroom.conn, store, DIGEST, "preview", number=given)


def _said(text: str) -> tuple[Description, ...]:
    return (Description(value=text, role="caption"),)


def test_a_killed_picture_does_not_come_back_because_a_partner_names_its_file(
    newsroom: Newsroom, store: ByteStore
) -> None:
    kept(newsroom, store)
    newsroom.filed(boats())
    newsroom.filed(tombstone(boats("2")), act="kill")
    newsroom.filed(copy("mer:boats", type="picture", renditions=boats().renditions), origin="MER")
    for name in ("preview", "original"):
        with pytest.raises(Gone):
            media.sent(newsroom.conn, store, DIGEST, name)
    row = media.pictures(newsroom.conn)[0]
    assert (row.uri, row.file, row.is_shown) == ("mer:boats", "wanted", False)
    with newsroom.conn.transaction():  # MER has taken the same picture, and gives it
        darkroom.arrived(newsroom.conn, DIGEST, agency(newsroom, "MER"), len(BODY))
    assert media.sent(newsroom.conn, store, DIGEST, "preview").body
    assert media.pictures(newsroom.conn)[0].is_shown


def test_a_partners_picture_that_our_desk_has_described_is_still_there(newsroom: Newsroom, store: ByteStore) -> None:
    newsroom.agree(HOME, giver="MER", kinds=KINDS, onward=True)
    newsroom.agree("VAL", kinds=KINDS)
    newsroom.filed(copy("mer:boats", type="picture", renditions=boats().renditions), origin="MER")
    kept(newsroom, store, code="MER")
    ours = copy("mer:boats", "2", type="picture", renditions=boats().renditions)
    newsroom.filed(ours, origin="MER", agency=HOME, act="correct")
    assert media.pictures(newsroom.conn)[0].is_shown
    assert media.sent(newsroom.conn, store, DIGEST, "preview").body
    assert media.may_fetch(newsroom.conn, agency(newsroom, "VAL"), DIGEST)


def test_a_file_that_was_first_named_as_a_document_is_developed_when_a_picture_names_it(
    newsroom: Newsroom, store: ByteStore
) -> None:
    newsroom.filed(
        copy("val:boats", type="picture", renditions=(original_of(DIGEST, "application/pdf", 0, 0),)), origin="VAL"
    )
    with newsroom.conn.transaction():
        darkroom.arrived(newsroom.conn, store.put(BODY), agency(newsroom, "VAL"), len(BODY))
    assert media.file(newsroom.conn, DIGEST).state == "ready"
    newsroom.filed(boats())
    [one] = darkroom.claim_undeveloped(newsroom.conn, 1)
    assert (one.digest, one.media_type, one.for_print) == (DIGEST, "image/jpeg", False)


def test_a_strange_type_and_an_impossible_size_are_not_taken_over(newsroom: Newsroom, store: ByteStore) -> None:
    for number, (media_type, width) in enumerate(
        [("image/jpeg\r\nx-evil: 1", 2**40), ("image/\0", -(2**40)), ("x" * 999, 0)]
    ):
        digest = f"{number:064x}"
        strange = original_of(DIGEST, media_type, 10, 10)
        strange = msgspec.structs.replace(strange, href=f"/exchange/media/{digest}", width=width, height=width)
        newsroom.filed(copy(f"val:{number}", type="picture", renditions=(strange,)), origin="VAL")
        kept_as = media.file(newsroom.conn, digest)
        assert (kept_as.media_type, kept_as.width) == ("application/octet-stream", 0)


def test_a_partners_file_is_wanted_from_its_node_until_it_is_here(newsroom: Newsroom, store: ByteStore) -> None:
    newsroom.filed(copy("val:boats", type="picture", renditions=boats().renditions), origin="VAL")
    [wanted] = darkroom.claim_wanted(newsroom.conn, 5)
    assert (wanted.digest, wanted.agency, wanted.node, wanted.tries) == (DIGEST, "VAL", "https://VAL.example", 1)
    assert darkroom.claim_wanted(newsroom.conn, 5) == []  # leased
    darkroom.not_fetched(newsroom.conn, wanted, "its node answers 503", timedelta(hours=1))
    assert darkroom.claim_wanted(newsroom.conn, 5) == []  # not yet again
    assert darkroom.why_not_here(newsroom.conn, DIGEST) == [("VAL", "its node answers 503")]
    with pytest.raises(NotFound, match="not here yet"):
        media.sent(newsroom.conn, store, DIGEST)
    kept(newsroom, store, code="VAL")
    assert media.sent(newsroom.conn, store, DIGEST).body
    assert darkroom.why_not_here(newsroom.conn, DIGEST) == []


def test_a_picture_that_came_by_itself_is_taken_from_its_arrival(newsroom: Newsroom, store: ByteStore) -> None:
    feed = feeds.add_feed(newsroom.conn, Feed(name="drop", agency="MER", kind="folder", address="/tmp/x"))
    mer = agency(newsroom, "MER")
    other = arrivals.Kept(body=b"{}")
    with newsroom.conn.transaction():
        [number, json] = arrivals.keep(newsroom.conn, feed.id, mer, [arrivals.Kept(body=BODY), other], store)
        one = darkroom.Named(sequence=1, item=boats(), agency=mer, arrival=json)
        darkroom.record(newsroom.conn, [one])
        assert newsroom.one("select arrival from media_holder") is None  # that arrival is another document
        darkroom.record(newsroom.conn, [darkroom.Named(sequence=1, item=boats(), agency=mer, arrival=number)])
    [wanted] = darkroom.claim_wanted(newsroom.conn, 5)
    assert wanted.arrival == number
    assert darkroom.kept_already(newsroom.conn, wanted, store) == BODY


def test_what_ends_its_developer_is_given_up_and_stays_as_it_came(newsroom: Newsroom, store: ByteStore) -> None:
    digest = store.put(BODY)
    with newsroom.conn.transaction():
        darkroom.add(newsroom.conn, digest, agency(newsroom, HOME), "image/jpeg", len(BODY))
    newsroom.filed(boats())
    [one] = darkroom.claim_undeveloped(newsroom.conn, 1)
    assert (one.tries, one.for_print) == (1, False)
    darkroom.not_developed(newsroom.conn, one, "The picture is damaged")
    assert darkroom.claim_undeveloped(newsroom.conn, 1) == []
    [row] = media.pictures(newsroom.conn)
    assert (row.file, row.reason, row.is_shown) == ("unfit", "The picture is damaged", False)
    assert media.sent(newsroom.conn, store, DIGEST, "original").body == BODY


def test_a_picture_is_shown_before_its_print_is_made_and_keeps_the_rest_without_it(
    newsroom: Newsroom, store: ByteStore
) -> None:
    kept(newsroom, store)
    [one] = darkroom.claim_undeveloped(newsroom.conn, 1)
    assert one.for_print
    darkroom.not_developed(newsroom.conn, one, "it needs too much memory")
    assert media.file(newsroom.conn, DIGEST).state == "ready"
    assert [made.name for made in media.renditions(newsroom.conn, DIGEST)] == ["thumbnail", "preview"]
    assert darkroom.claim_undeveloped(newsroom.conn, 1) == []


def test_an_address_is_ours_when_it_leaves_and_nobodys_when_it_comes() -> None:
    item = boats()
    out = with_addresses(item, "https://lantern.example/")
    assert [(one.name, one.href) for one in out.renditions] == [
        ("original", f"https://lantern.example/exchange/media/{DIGEST}"),
        ("preview", f"https://lantern.example/exchange/media/{DIGEST}/preview"),
        ("thumbnail", f"https://lantern.example/exchange/media/{DIGEST}/thumbnail"),
    ]
    assert without_addresses(out) == item
    onward = with_addresses(without_addresses(out), "https://other.example")
    assert content_digest(without_addresses(onward)) == content_digest(item)
    assert with_addresses(copy(), "https://lantern.example") == copy()


def test_a_partners_program_sees_no_tables_of_files(newsroom: Newsroom) -> None:
    import psycopg

    for table in ("media_file", "media_rendition", "media_use", "media_holder"):
        with newsroom.as_partner("VAL") as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
            conn.execute(f"select * from {table}".encode())
