"""What was exchanged with a partner, counted: given, proved, received, parked; kills apart; each version once."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.model.errors import NotFound
from dragoman.model.item import Concept
from dragoman.store import deliveries, exchange_counts
from newsdesk import Newsroom, copy, tombstone


@pytest.fixture
def month() -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    return now - timedelta(days=2), now + timedelta(days=2)


def test_a_version_sent_by_two_channels_counts_once(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL")
    newsroom.channel("VAL")
    newsroom.channel("VAL")
    newsroom.file(copy("adr:1"), copy("adr:2"))
    newsroom.deliver()
    made = exchange_counts.balance(newsroom.conn, "VAL", *month)
    assert (made.sent, made.sent_items, made.delivered, made.receipted, made.waiting) == (2, 2, 2, 0, 0)


def test_a_correction_is_a_version_more_and_no_item_more(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL")
    newsroom.file(copy("adr:1"))
    newsroom.file(copy("adr:1", "2", "The old bridge reopens on Friday."))
    made = exchange_counts.balance(newsroom.conn, "VAL", *month)
    assert (made.sent, made.sent_items, made.delivered) == (2, 1, 0)


def test_a_kill_is_counted_apart_and_honoured_by_its_receipt(
    newsroom: Newsroom, month: tuple[datetime, datetime]
) -> None:
    newsroom.agree("VAL")
    channel = newsroom.channel("VAL")
    newsroom.file(copy("adr:1"))
    newsroom.deliver()
    newsroom.file(tombstone(copy("adr:1"), version="2"), act="kill")
    newsroom.deliver()
    before = exchange_counts.balance(newsroom.conn, "VAL", *month)
    assert (before.sent, before.notices_sent, before.notices_receipted) == (1, 1, 0)
    sequence = newsroom.one("select max(sequence) from version")
    name = deliveries.delivery_id("ADR", 1, channel, sequence)
    assert deliveries.receipted(
        newsroom.conn, name, "VAL", outcome="stored", act="kill", detail="", at=datetime.now(UTC)
    )
    assert exchange_counts.balance(newsroom.conn, "VAL", *month).notices_receipted == 1


def test_what_waits_for_its_embargo_has_not_been_sent(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL")
    newsroom.file(copy("adr:1", embargoed_until=datetime.now(UTC) + timedelta(hours=5)))
    assert exchange_counts.balance(newsroom.conn, "VAL", *month).sent == 0


def test_what_came_is_counted_by_who_handed_it_over(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.file(copy("mer:1", language="fr"), copy("mer:2"), origin="MER")
    newsroom.file(copy("ori:1"), origin="ORI", agency="MER")
    made = exchange_counts.balance(newsroom.conn, "MER", *month)
    assert (made.received, made.received_items, made.sent) == (3, 3, 0)
    assert exchange_counts.balance(newsroom.conn, "ORI", *month).received == 0


def test_a_correction_by_our_desk_did_not_come_from_the_partner(
    newsroom: Newsroom, month: tuple[datetime, datetime]
) -> None:
    newsroom.file(copy("adr:1"))
    assert exchange_counts.balance(newsroom.conn, "ADR", *month).received == 0


def test_nothing_of_another_month_is_counted(newsroom: Newsroom) -> None:
    newsroom.agree("VAL")
    newsroom.file(copy("adr:1"))
    now = datetime.now(UTC)
    made = exchange_counts.balance(newsroom.conn, "VAL", now - timedelta(days=60), now - timedelta(days=30))
    assert made.sent == made.received == 0


def test_every_partner_at_once_is_the_same_as_one_by_one(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL")
    newsroom.agree("MER")
    newsroom.channel("MER")
    newsroom.file(copy("adr:1"), copy("adr:2"))
    newsroom.file(copy("ori:1"), origin="ORI")
    newsroom.deliver()
    for agency, made in exchange_counts.by_partner(newsroom.conn, *month):
        assert made == exchange_counts.balance(newsroom.conn, agency.code, *month)


def test_a_quota_is_told_beside_what_was_used_of_it(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL", daily_quota=2)
    newsroom.agree("ADR", giver="MER")
    newsroom.file(copy("adr:1"), copy("adr:2"), copy("adr:3"))
    newsroom.file(copy("adr:1", "2", "A correction is free."))
    newsroom.file(copy("mer:1"), origin="MER")
    since, until = month
    ours = exchange_counts.quotas(newsroom.conn, "VAL", since, until, datetime.now(UTC))
    assert [(one.giver, one.daily, one.used, one.days, one.allowed) for one in ours] == [("ADR", 2, 2, 3, 6)]
    theirs = exchange_counts.quotas(newsroom.conn, "MER", since, until, datetime.now(UTC))
    assert [(one.giver, one.allowed, one.used) for one in theirs] == [("MER", None, 1)]


def test_subjects_are_counted_as_their_senders_named_them(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL")
    economy, uri = Concept(name="economy"), Concept(uri="medtop:04000000")
    newsroom.file(copy("adr:1", subjects=(economy,)), copy("adr:2", subjects=(economy, uri)), copy("adr:3"))
    newsroom.file(copy("adr:4", subjects=(economy,), title="nul \x00 in the title"))
    number = newsroom.one("select id from agency where code = 'VAL'")
    made = exchange_counts.subjects(newsroom.conn, number, *month)
    assert [(one.key, one.sent, one.received) for one in made] == [("economy", 2, 0), ("medtop:04000000", 1, 0)]
    assert exchange_counts.subjects(newsroom.conn, number, *month, limit=1) == made[:1]


def test_a_killed_items_subjects_are_not_told(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    newsroom.agree("VAL")
    one = copy("adr:1", subjects=(Concept(name="economy"),))
    newsroom.file(one)
    newsroom.file(tombstone(msgspec.structs.replace(one, version="2")), act="kill")
    number = newsroom.one("select id from agency where code = 'VAL'")
    assert exchange_counts.subjects(newsroom.conn, number, *month) == ()


def test_an_unknown_agency_has_no_balance(newsroom: Newsroom, month: tuple[datetime, datetime]) -> None:
    with pytest.raises(NotFound):
        exchange_counts.balance(newsroom.conn, "XXX", *month)
