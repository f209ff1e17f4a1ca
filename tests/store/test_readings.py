"""Every stored version is read once, the newest first; killed copy leaves no reading; older readings are renewed when asked."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from dragoman.config import Config
from dragoman.model.errors import Misconfigured
from dragoman.model.item import Block, Profile
from dragoman.model.reading import READER_VERSION, Reading
from dragoman.read.work import read_jobs
from dragoman.receive.box import Box, BoxLimits
from dragoman.roles.post import Beats, Post, Stop
from dragoman.roles.read import Readers, readers_of
from dragoman.store import readings
from dragoman.store.connect import elected
from newsdesk import Newsroom, copy

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def post(newsroom: Newsroom, tmp_path: Path) -> Post:
    database = newsroom.database
    return Post(role="read", config=Config(folder=tmp_path), newsroom=database.newsroom, partner=database.partner)


def with_text(uri: str, text: str, **more):
    blocks = (Block(kind="paragraph", text=text),)
    return copy(uri, text=text, dragoman=Profile(blocks=blocks), **more)


def read_all(newsroom: Newsroom, post: Post, work=None, workers: int = 1) -> int:
    """Everything there is to read; how many goes it took."""
    box = Box(workers, {"read": work or read_jobs()}, BoxLimits())
    with closing(Readers(post, box, Stop(), Beats(newsroom.conn, post))) as role:
        goes = 0
        while role.turn():
            goes += 1
    box.close()
    return goes


def stored(newsroom: Newsroom) -> dict[int, tuple[int, str]]:
    return {row[0]: (row[1], row[2]) for row in newsroom.rows("select sequence, reader, problem from reading")}


def test_every_version_is_read_whoever_filed_it(newsroom, post):
    own = newsroom.filed(with_text("adr:a", "The bridge reopened on Friday. Traffic was light."))
    theirs = newsroom.filed(with_text("val:b", "Le pont est ouvert depuis vendredi.", language="fr"), origin="VAL")
    read_all(newsroom, post)
    assert stored(newsroom) == {own: (READER_VERSION, ""), theirs: (READER_VERSION, "")}
    found = readings.of_version(newsroom.conn, own)
    assert found is not None
    assert (found.language, found.sentences, found.version) == ("en", 2, READER_VERSION)
    assert readings.read_to(newsroom.conn) == theirs


def test_a_second_round_reads_only_what_is_new(newsroom, post):
    newsroom.filed(with_text("adr:a", "One."))
    read_all(newsroom, post)
    assert read_all(newsroom, post) == 0
    new = newsroom.filed(with_text("adr:a", "Two.", version="2"))
    assert read_all(newsroom, post) == 1
    assert new in stored(newsroom)


def test_where_many_wait_two_processes_read_them_side_by_side(newsroom, post):
    filed = newsroom.file(*(with_text(f"adr:{n}", f"Ship {n} came." if n != 7 else "POISON") for n in range(21)))
    usual = read_jobs()

    def work(body: bytes) -> bytes:
        if b"POISON" in body:
            raise MemoryError
        return usual(body)

    assert read_all(newsroom, post, work, workers=2) == 1
    assert len(stored(newsroom)) == 21
    assert readings.progress(newsroom.conn, READER_VERSION).problems == 1
    one = readings.of_version(newsroom.conn, filed[3].sequence)
    assert one is not None
    assert one.words == 3


def test_the_newest_is_read_first(newsroom):
    first, second, third = (newsroom.filed(with_text(f"adr:{n}", "A line.")) for n in range(3))
    found = readings.unread(newsroom.conn, 0, third, 2)
    assert [one.sequence for one in found] == [third, second]
    assert [one.sequence for one in readings.unread(newsroom.conn, 0, second - 1, 2)] == [first]


def test_killed_copy_leaves_no_reading_and_gets_none(newsroom, post):
    old = newsroom.filed(with_text("adr:a", "Elvin Quay was named."))
    read_all(newsroom, post)
    found = readings.unread(newsroom.conn, 0, old, 5)
    newsroom.filed(copy("adr:a", "2"), act="kill")
    assert stored(newsroom) == {}
    # A reader that had fetched the text before the kill cannot bring it back.
    assert not found
    with newsroom.conn.transaction():
        readings.keep(newsroom.conn, [readings.Read(sequence=old, reading=Reading(version=READER_VERSION))])
    assert stored(newsroom) == {}
    read_all(newsroom, post)
    assert stored(newsroom) == {}


def test_of_held_copy_nothing_is_shown_until_it_is_released(newsroom, post):
    one = newsroom.filed(with_text("adr:a", "A line."))
    read_all(newsroom, post)
    newsroom.filed(copy("adr:a", "2"), act="hold")
    assert readings.of_version(newsroom.conn, one) is None
    assert one in stored(newsroom)


def test_a_text_that_ends_its_reader_is_kept_with_its_problem_and_stops_no_other(newsroom, post):
    bad = newsroom.filed(with_text("adr:bad", "POISON"))
    good = newsroom.filed(with_text("adr:good", "A line."))
    usual = read_jobs()

    def work(body: bytes) -> bytes:
        if b"POISON" in body:
            raise MemoryError
        return usual(body)

    read_all(newsroom, post, work)
    assert stored(newsroom) == {bad: (READER_VERSION, "the decoder ran out of memory"), good: (READER_VERSION, "")}
    assert readings.progress(newsroom.conn, READER_VERSION).problems == 1


def test_a_role_that_is_to_stop_leaves_the_rest_to_the_next(newsroom, post):
    numbers = [newsroom.filed(with_text(f"adr:{n}", "POISON")) for n in range(3)]
    stop = Stop()

    def work(body: bytes) -> bytes:
        raise MemoryError

    box = Box(1, {"read": work}, BoxLimits())
    with closing(Readers(post, box, stop, Beats(newsroom.conn, post))) as role:
        stop.asked = True
        role.turn()
    box.close()
    assert stored(newsroom) == {}
    read_all(newsroom, post)
    assert set(stored(newsroom)) == set(numbers)


@pytest.fixture
def outdated(newsroom: Newsroom, post: Post) -> list[int]:
    """Two versions, a day apart, read by a reader of long ago."""
    numbers = [newsroom.filed(with_text(f"adr:{n}", "A line."), now=NOW + timedelta(days=n)) for n in range(2)]
    read_all(newsroom, post)
    newsroom.conn.execute("update reading set reader = %s", (READER_VERSION - 1,))
    return numbers


def test_older_readings_stay_until_somebody_asks(newsroom, post, outdated):
    assert read_all(newsroom, post) == 0
    assert readings.progress(newsroom.conn, READER_VERSION).older == 2
    readings.ask_renewal(newsroom.conn, READER_VERSION, by="os:ada", now=NOW, since=None, whole=False)
    read_all(newsroom, post)
    assert stored(newsroom) == dict.fromkeys(outdated, (READER_VERSION, ""))
    told = readings.progress(newsroom.conn, READER_VERSION)
    assert (told.older, told.waiting, told.read, told.asked_by) == (0, 0, 2, "os:ada")


def test_what_could_not_be_read_is_tried_again_once_each_time_it_is_asked_for(newsroom, post):
    good = newsroom.filed(with_text("adr:good", "A line."))
    bad = newsroom.filed(with_text("adr:bad", "POISON"))
    usual, tries = read_jobs(), []

    def work(body: bytes) -> bytes:
        if b"POISON" in body:
            raise MemoryError
        return usual(body)

    read_all(newsroom, post, work)
    for _ in range(2):
        assert readings.older(newsroom.conn, 10) == []
        readings.ask_renewal(newsroom.conn, READER_VERSION, by="os:ada", now=NOW, since=None, whole=False)
        tries.append([one.sequence for one in readings.older(newsroom.conn, 10)])
        read_all(newsroom, post, work)
    assert tries == [[bad], [bad]]
    readings.ask_renewal(newsroom.conn, READER_VERSION, by="os:ada", now=NOW, since=None, whole=False)
    read_all(newsroom, post)
    assert stored(newsroom) == {good: (READER_VERSION, ""), bad: (READER_VERSION, "")}


def test_only_what_came_since_a_day_is_renewed(newsroom, post, outdated):
    newsroom.conn.execute("update reading set reader = %s", (READER_VERSION,))
    since = NOW + timedelta(hours=12)
    readings.ask_renewal(newsroom.conn, READER_VERSION, by="os:ada", now=NOW, since=since, whole=True)
    due = readings.older(newsroom.conn, 10)
    assert [one.sequence for one in due] == [outdated[1]]


def test_one_process_reads_and_another_takes_over(newsroom):
    with newsroom.beside() as other:
        with elected(newsroom.conn, readings.READER_LOCK) as first, elected(other.conn, readings.READER_LOCK) as second:
            assert (first, second) == (True, False)
        with elected(other.conn, readings.READER_LOCK) as second:
            assert second


def test_a_partners_role_sees_no_reading(newsroom, post):
    newsroom.agree()
    newsroom.filed(with_text("adr:a", "A line."))
    read_all(newsroom, post)
    with newsroom.as_partner("VAL") as conn, pytest.raises(Exception, match="permission denied"):
        conn.execute("select * from reading")


def test_a_reading_survives_the_store_whole(newsroom, post):
    newsroom.filed(with_text("adr:a", "Minister Elvin Quay said: “We open on 1 May 2026 with 12 ships.”"))
    read_all(newsroom, post)
    body = newsroom.one("select body from reading")
    found = msgspec.json.decode(body, type=Reading)
    assert msgspec.json.encode(found) == bytes(body)


def test_the_agencys_rules_stand_above_the_readers(newsroom, post, tmp_path):
    config = Config(folder=tmp_path)
    config.subject_rules.write_text("15000000: lighthouse\n", "utf-8")
    one = newsroom.filed(with_text("adr:a", "The lighthouse of the old harbour was repainted by its keepers."))
    read_all(newsroom, post, read_jobs(readers_of(config)))
    found = readings.of_version(newsroom.conn, one)
    assert found is not None
    assert (found.subjects[0].code, found.subjects[0].by) == ("15000000", "rule")


def test_rules_that_cannot_be_read_stop_the_role_with_a_reason(tmp_path):
    config = Config(folder=tmp_path)
    config.subject_rules.write_text("sport: lighthouse\n", "utf-8")
    with pytest.raises(Misconfigured, match=r"subjects\.rules"):
        readers_of(config)
