"""What an answer means, what is in a parcel, and how a file gets into a folder whole."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from dragoman import formats
from dragoman.deliver import folder
from dragoman.deliver.outcomes import FIRST_REST, LONGEST_REST, LONGEST_WAIT, REFUSED, Answer, outcome
from dragoman.deliver.parcel import Parcel, pack
from dragoman.desk import pictures
from dragoman.model.errors import Refused
from dragoman.model.version import item_key
from dragoman.store import agreements
from dragoman.store.bytes import ByteStore
from dragoman.store.lanes import Attempt
from drawn import jpeg
from newsdesk import copy, tombstone

NOW = datetime(2026, 5, 2, 12, tzinfo=UTC)
ATTEMPT = Attempt(
    channel=1,
    token=1,
    sequence=7,
    at=NOW,
    epoch=1,
    item=3,
    act="publish",
    attempts=1,
    due_since=NOW,
    payload=b'{"uri":"adr:3"}',
    agreement="ADR-VAL",
    revision=1,
    advance=False,
    origin="ADR",
    partner="VAL",
    received=NOW,
)


def _outcome(status, *, age=timedelta(), act="publish", failures=0, chance=0.5, **more):
    attempt = msgspec.structs.replace(ATTEMPT, act=act, due_since=NOW - age)
    return outcome(attempt, Answer(status=status, **more), failures=failures, now=NOW, chance=chance)


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_handed_over(status):
    found = _outcome(status)
    assert (found.ending.state, found.failed, found.disable) == ("sent", False, "")


@pytest.mark.parametrize("status", sorted(REFUSED))
def test_what_they_refuse_is_parked_and_costs_the_lane_nothing(status):
    found = _outcome(status, detail="no")
    assert (found.ending.state, found.ending.reason, found.failed) == ("parked", f"{status} no", False)


@pytest.mark.parametrize("status", [0, 301, 401, 402, 405, 408, 418, 429, 500, 502, 503, 599])
def test_everything_else_is_tried_again_and_the_lane_rests(status):
    found = _outcome(status)
    assert (found.ending.state, found.failed) == ("retry", True)
    assert found.ending.due > NOW


def test_a_delivery_is_tried_again_after_half_its_age_within_bounds():
    waits = [
        (_outcome(500, age=age).ending.due - NOW).total_seconds()
        for age in (timedelta(), timedelta(minutes=2), timedelta(hours=6), timedelta(days=3))
    ]
    assert waits == [5, 60, 3 * 3600, LONGEST_WAIT.total_seconds()]


def test_the_spread_is_a_fifth_to_either_side():
    ends = [(_outcome(500, age=timedelta(minutes=2), chance=c).ending.due - NOW).total_seconds() for c in (0, 1)]
    assert ends == pytest.approx([48, 72])
    for _ in range(50):
        assert timedelta(seconds=48) <= _outcome(500, age=timedelta(minutes=2), chance=None).ending.due - NOW
        assert _outcome(500, age=timedelta(minutes=2), chance=None).ending.due - NOW <= timedelta(seconds=72)


def test_a_lane_rests_longer_each_time_up_to_a_quarter_of_an_hour():
    rests = [_outcome(500, failures=n).rest_until - NOW for n in range(14)]
    assert rests[0] == FIRST_REST
    assert rests[1] == 2 * FIRST_REST
    assert rests == sorted(rests)
    assert rests[-1] == LONGEST_REST
    assert _outcome(500, failures=10**6).rest_until - NOW == LONGEST_REST


def test_five_days_are_enough_but_for_a_kill_or_a_hold():
    late = timedelta(days=5, seconds=1)
    assert _outcome(500, age=late).ending.state == "expired"
    for act in ("kill", "hold"):
        found = _outcome(500, age=timedelta(days=400), act=act)
        assert (found.ending.state, found.ending.due) == ("retry", found.rest_until)


def test_what_retry_after_says_is_done():
    found = _outcome(503, retry_after=timedelta(minutes=7))
    assert found.ending.due == found.rest_until == NOW + timedelta(minutes=7)


def test_410_switches_the_channel_off():
    found = _outcome(410)
    assert (found.ending.state, bool(found.disable)) == ("parked", True)


# ---------------------------------------------------------------------------------------------- parcels


def _packed(room, format="ninjs", kind="webhook"):
    room.conn.execute("update channel set format = %s, kind = %s", (format, kind))
    (lane,) = room.lanes()
    (attempt,) = lane.attempts
    room.finish([lane])
    return pack(lane, attempt, agreements.book(room.conn), datetime.now(UTC))


@pytest.mark.parametrize("format", sorted(formats.WRITTEN))
def test_credit_and_restrictions_travel_with_every_copy_in_every_format(newsroom, format):
    newsroom.agree(credit={"*": "Adrian Press, by agreement"}, use="internal")
    newsroom.channel()
    newsroom.filed(copy())
    parcel = _packed(newsroom, format, "folder")
    said = parcel.body.decode().replace("\r\n ", "").replace("\\,", ",")  # as a calendar folds and escapes it
    assert "The old bridge reopens." in said
    assert "Adrian Press, by agreement" in said
    assert "For internal use only" in said
    assert parcel.suffix.startswith(".")


@pytest.mark.parametrize("format", sorted(formats.WRITTEN))
def test_a_kill_has_no_text_in_any_format_and_names_the_item(newsroom, format):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    newsroom.deliver()
    newsroom.filed(tombstone(copy(version="2")))
    said = _packed(newsroom, format, "folder").body.decode()
    assert "reopens" not in said
    assert "adr:bridge" in said


def test_without_an_agreement_in_force_there_is_no_credit_to_give_and_no_copy(newsroom):
    deal = newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    (lane,) = newsroom.lanes()
    newsroom.end(deal)
    with pytest.raises(Refused):
        pack(lane, lane.attempts[0], agreements.book(newsroom.conn), datetime.now(UTC))


def test_copy_sent_in_advance_is_marked(newsroom):
    newsroom.agree(embargo="advance")
    newsroom.channel()
    newsroom.filed(copy(embargoed_until=datetime.now(UTC) + timedelta(hours=1)))
    assert b'"advance":true' in _packed(newsroom).body


# ---------------------------------------------------------------------------------------------- folders


def _put(where: Path, sequence: int, body: bytes = b"copy", item: int = 3, suffix: str = ".json", **more):
    attempt = msgspec.structs.replace(ATTEMPT, sequence=sequence, payload=b'{"uri":"adr:%d"}' % item, **more)
    return folder.put(where, attempt, Parcel(body=body, media_type="text/plain", suffix=suffix))


def _name(sequence: int, item: int = 3, suffix: str = ".json", epoch: int = 1):
    return f"{item_key('ADR', f'adr:{item}').hex()}-{epoch:04d}-{sequence:010d}{suffix}"


def _names(where: Path):
    return sorted(path.name for path in where.iterdir())


def test_a_file_is_there_whole_under_its_items_name(tmp_path: Path):
    assert _put(tmp_path, 7).status == 200
    assert _names(tmp_path) == [_name(7)]
    assert (tmp_path / _name(7)).read_bytes() == b"copy"


def test_handing_over_twice_changes_nothing(tmp_path: Path):
    _put(tmp_path, 7)
    assert _put(tmp_path, 7).status == 200
    assert len(_names(tmp_path)) == 1


def test_a_newer_version_takes_the_older_ones_away_and_an_older_one_does_not_come_back(tmp_path: Path):
    _put(tmp_path, 7)
    _put(tmp_path, 12)
    assert _put(tmp_path, 7, b"late").status == 200
    assert _names(tmp_path) == [_name(12)]


def test_another_items_files_are_left_alone_whatever_their_format(tmp_path: Path):
    _put(tmp_path, 7, item=3)
    _put(tmp_path, 8, item=31)
    _put(tmp_path, 9, item=3, suffix=".txt")
    assert _names(tmp_path) == sorted([_name(9, suffix=".txt"), _name(8, item=31)])


def test_after_a_restore_numbers_come_again_and_no_file_of_another_item_is_taken_for_an_older_one(tmp_path: Path):
    _put(tmp_path, 12, item=3)
    _put(tmp_path, 30, item=4)
    _put(tmp_path, 9, b"written since", item=3, epoch=2)
    _put(tmp_path, 12, b"another item", item=5, epoch=2)
    assert _names(tmp_path) == sorted([_name(9, epoch=2), _name(30, item=4), _name(12, item=5, epoch=2)])


def test_a_folder_that_is_not_there_is_as_if_nobody_had_answered(tmp_path: Path):
    answer = _put(tmp_path / "missing", 7)
    assert (answer.status, "missing" in answer.detail) == (0, True)


def test_a_disk_that_refuses_leaves_no_half_file(tmp_path: Path):
    (tmp_path / _name(7)).mkdir()  # what it would be renamed to cannot be replaced
    assert _put(tmp_path, 7).status == 0
    assert _names(tmp_path) == [_name(7)]
    assert os.listdir(tmp_path / _name(7)) == []


# ---------------------------------------------------------------------------------------------- pictures beside their documents


def _picture_filed(room, tmp_path, body):
    """A picture of ours, with its file in the store."""
    store = ByteStore(tmp_path / "bytes")
    said = pictures.Wording(language="en", captions={"en": "Boats in the old harbour."}, credit="ADR/Quay")
    pictures.add(room.conn, store, body, by="eldar", now=datetime.now(UTC), said=said)
    return store


def _parcel(room, store, choice="captioned", kind="folder"):
    room.conn.execute("update channel set kind = %s, access = jsonb_build_object('pictures', %s::text)", (kind, choice))
    (lane,) = room.lanes()
    (attempt,) = lane.attempts
    room.finish([lane])
    return attempt, pack(lane, attempt, agreements.book(room.conn), datetime.now(UTC), files=store)


def test_a_picture_goes_beside_its_document_with_the_partners_credit_and_terms_in_it(newsroom, tmp_path):
    newsroom.agree(kinds=("picture",), credit={"*": "Adrian Press, by agreement"}, use="internal")
    newsroom.channel()
    body = jpeg(number=8)
    attempt, parcel = _parcel(newsroom, _picture_filed(newsroom, tmp_path, body))
    (one,) = parcel.enclosures
    assert (one.suffix, one.media_type, one.lost) == (".jpg", "image/jpeg", ())
    for words in (b"Adrian Press, by agreement", b"For internal use only", b"Boats in the old harbour."):
        assert words in one.body
    out = tmp_path / "out"
    out.mkdir()
    assert folder.put(out, attempt, parcel).status == 200
    document, picture = sorted(out.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert (document.stem, document.suffix, picture.suffix) == (picture.stem, ".json", ".jpg")
    assert picture.read_bytes() == one.body
    assert folder.put(out, attempt, parcel).status == 200
    newer = msgspec.structs.replace(attempt, sequence=attempt.sequence + 1)
    assert folder.put(out, newer, msgspec.structs.replace(parcel, enclosures=())).status == 200
    assert len(list(out.iterdir())) == 1  # the picture of the version before is gone with it
    assert folder.put(out, attempt, parcel).detail == "a newer version is there already"


@pytest.mark.parametrize(("choice", "count"), [("received", 1), ("none", 0)])
def test_the_channel_chooses_whether_a_picture_goes_as_it_came_or_not_at_all(newsroom, tmp_path, choice, count):
    newsroom.agree(kinds=("picture",))
    newsroom.channel()
    body = jpeg(number=9)
    _, parcel = _parcel(newsroom, _picture_filed(newsroom, tmp_path, body), choice)
    assert [one.body for one in parcel.enclosures] == [body] * count


def test_who_is_pushed_to_fetches_the_file_from_the_address_in_the_document(newsroom, tmp_path):
    newsroom.agree(kinds=("picture",))
    newsroom.channel()
    _, parcel = _parcel(newsroom, _picture_filed(newsroom, tmp_path, jpeg(number=10)), kind="webhook")
    assert parcel.enclosures == ()


def test_a_picture_that_is_taken_back_leaves_no_file_behind(newsroom, tmp_path):
    newsroom.agree(kinds=("picture",))
    newsroom.channel()
    store = _picture_filed(newsroom, tmp_path, jpeg(number=11))
    newsroom.deliver()
    uri = newsroom.one("select p.item from payload p")
    gone = msgspec.json.decode(bytes(uri))["uri"]
    newsroom.filed(tombstone(copy(gone, version="2", type="picture")))
    _, parcel = _parcel(newsroom, store)
    assert parcel.enclosures == ()
