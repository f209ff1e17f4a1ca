"""A watched folder: a finished file is taken once, an unfinished one never, and nothing is lost or overwritten."""

import asyncio
import os
from pathlib import Path

import msgspec
import pytest
from ways_in import QUICK, feed_now, kept, new_feed, tools

from dragoman.receive import folder
from dragoman.receive.box import Box
from dragoman.receive.folder import Sighting, Watch, finished, sight
from dragoman.receive.shelf import Lying, Shelf, Stamp
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed


class Desk:
    """A folder feed and a clock that the test moves; `scan` is what the role does each second."""

    def __init__(self, conn: Connection, box: Box, path: Path) -> None:
        self.conn, self.box, self.path, self.at = conn, box, path, 100.0
        self.watch = Watch()
        self.most = QUICK.max_bytes
        self.feed = new_feed(conn, Feed(name="desk", agency="DSK", kind="folder", address=str(path)))

    def scan(self, seconds: float = 1.0) -> int:
        self.at += seconds

        async def scan() -> int:
            async with tools(self.conn, self.box, limits=msgspec.structs.replace(QUICK, max_bytes=self.most)) as intake:
                return await folder.poll(intake, feed_now(self.conn, self.feed), self.watch, self.at)

        return asyncio.run(scan())

    def names(self, sub: str = "") -> list[str]:
        return sorted(p.name for p in (self.path / sub).iterdir() if not p.is_dir())

    def sources(self) -> list[str]:
        return [k.source for k in kept(self.conn)]


@pytest.fixture
def desk(conn: Connection, box: Box, tmp_path: Path) -> Desk:
    (tmp_path / "in").mkdir()
    return Desk(conn, box, tmp_path / "in")


def test_a_file_is_finished_when_it_has_not_changed_for_a_second() -> None:
    first, grown = Lying("a.txt", Stamp(3, 10, 1)), Lying("a.txt", Stamp(6, 20, 1))
    seen = sight({}, [first], 100.0)
    assert finished(seen, 100.9) == []
    assert finished(sight(seen, [first], 101.0), 101.0) == [first]
    assert finished(sight(seen, [grown], 101.0), 101.0) == []
    assert sight(seen, [], 101.0) == {}
    empty = Lying("b.txt", Stamp(0, 10, 2))
    assert finished({"b.txt": Sighting(empty, 100.0)}, 130.0) == []


def test_files_are_taken_in_the_order_of_their_names_and_put_into_done(desk: Desk) -> None:
    for name in ("b.txt", "a.txt", "c.xml"):
        (desk.path / name).write_text(f"Copy {name}")
    assert desk.scan() == 0
    assert desk.scan() == 3
    assert desk.sources() == ["a.txt", "b.txt", "c.xml"]
    assert (desk.names(), desk.names("done")) == ([], ["a.txt", "b.txt", "c.xml"])
    assert desk.scan() == 0


def test_a_file_that_grows_is_taken_when_it_is_whole(desk: Desk) -> None:
    path = desk.path / "long.txt"
    for piece in ("First line. ", "Second line. ", "Third line."):
        with path.open("a") as file:
            file.write(piece)
        assert desk.scan() == 0
    assert desk.scan() == 1
    assert kept(desk.conn)[0].body == b"First line. Second line. Third line."


def test_a_file_under_a_working_name_is_taken_only_after_the_sender_has_renamed_it(desk: Desk) -> None:
    names = ("a.txt.part", "b.FILEPART", "c.tmp", "d.crdownload", ".e.txt")
    for name in names:
        (desk.path / name).write_text("Half a story")
    assert [desk.scan() for _ in range(3)] == [0, 0, 0]
    assert desk.names() == sorted(names)
    (desk.path / "a.txt.part").rename(desk.path / "a.txt")
    desk.scan()
    assert desk.scan() == 1


def test_what_is_no_file_is_left_alone_and_does_not_hold_up_what_is(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Not copy")
    (desk.path / "link.txt").symlink_to(tmp_path / "secret.txt")
    (desk.path / "nowhere.txt").symlink_to(tmp_path / "missing")
    os.mkfifo(desk.path / "pipe.txt")
    (desk.path / "sub.txt").mkdir()
    (desk.path / "real.txt").write_text("Copy")
    desk.scan()
    assert desk.scan() == 1
    assert desk.sources() == ["real.txt"]
    assert desk.names() == ["link.txt", "nowhere.txt", "pipe.txt"]


def test_a_file_that_becomes_a_link_after_it_was_seen_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Not copy")
    (desk.path / "copy.txt").write_text("Copy")
    with Shelf(str(desk.path)) as shelf:
        [lying] = shelf.contents().files
        (desk.path / "copy.txt").unlink()
        (desk.path / "copy.txt").symlink_to(tmp_path / "secret.txt")
        assert shelf.read(lying, 1000) is None
        (desk.path / "copy.txt").unlink()
        os.mkfifo(desk.path / "copy.txt")
        assert shelf.read(lying, 1000) is None


def test_a_name_that_is_no_text_is_kept_as_text_and_moved_as_it_is(desk: Desk) -> None:
    name = os.fsencode(desk.path) + b"/caf\xe9\n\xd8\xa3.txt"
    with open(name, "wb") as file:
        file.write(b"Copy")
    desk.scan()
    assert desk.scan() == 1
    assert desk.sources() == ["caf\\xe9\\n\u0623.txt"]
    assert os.listdir(os.fsencode(desk.path / "done")) == [b"caf\xe9\n\xd8\xa3.txt"]


def test_the_same_name_with_new_copy_is_taken_again_and_overwrites_nothing(desk: Desk) -> None:
    for text in ("Morning bulletin", "Noon bulletin", "Evening bulletin"):
        (desk.path / "bulletin.txt").write_text(text)
        desk.scan()
        assert desk.scan() == 1
    assert len(desk.names("done")) == 3
    texts = {p.read_text() for p in (desk.path / "done").iterdir()}
    assert texts == {"Morning bulletin", "Noon bulletin", "Evening bulletin"}


def test_a_file_kept_just_before_a_crash_is_only_moved_at_the_next_start(desk: Desk) -> None:
    (desk.path / "copy.txt").write_text("Copy")

    async def until_the_crash() -> None:
        async with tools(desk.conn, desk.box) as intake:
            assert folder.scan(desk.feed, desk.watch, 50.0) == []
            ready = folder.scan(desk.feed, desk.watch, 60.0)
            assert folder.keep(intake, desk.feed, folder.read_all(str(desk.path), ready, 1000)) == 1

    asyncio.run(until_the_crash())
    assert desk.names() == ["copy.txt"]
    desk.watch = Watch()
    desk.scan()
    assert desk.scan() == 0
    assert (desk.names(), desk.names("done")) == ([], ["copy.txt"])
    assert len(kept(desk.conn)) == 1


def test_a_file_that_cannot_be_moved_is_taken_once_and_stays(desk: Desk) -> None:
    (desk.path / "done").symlink_to(desk.path)
    (desk.path / "copy.txt").write_text("Copy")
    desk.scan()
    assert [desk.scan() for _ in range(3)] == [1, 0, 0]
    assert "copy.txt" in desk.names()
    desk.watch = Watch()
    assert [desk.scan() for _ in range(3)] == [0, 0, 0]


def test_a_file_written_to_while_it_is_put_away_is_new_copy(desk: Desk) -> None:
    path = desk.path / "copy.txt"
    path.write_text("Copy")
    with Shelf(str(desk.path)) as shelf:
        [lying] = shelf.contents().files
        path.write_text("Copy, corrected")
        assert shelf.read(lying, 1000) is None
        assert shelf.put_away(lying)
    assert desk.names() == ["copy.txt"]


def test_a_file_that_is_too_large_is_refused_with_the_reason_beside_it(desk: Desk) -> None:
    desk.most = 1000
    (desk.path / "huge.txt").write_bytes(b"x" * 1001)
    (desk.path / "small.txt").write_bytes(b"x" * 1000)
    desk.scan()
    assert desk.scan() == 1
    assert desk.names("refused") == ["huge.txt", "huge.txt.why.txt"]
    assert "1,001 bytes" in (desk.path / "refused/huge.txt.why.txt").read_text()
    assert (desk.path / "refused/huge.txt").stat().st_size == 1001


def test_an_empty_file_is_waited_for_a_minute_and_then_refused(desk: Desk) -> None:
    (desk.path / "empty.txt").touch()
    desk.scan()
    desk.scan(30)
    assert desk.names() == ["empty.txt"]
    assert desk.scan(31) == 0
    assert "empty" in (desk.path / "refused/empty.txt.why.txt").read_text()


def test_a_folder_that_is_missing_says_so_and_is_taken_up_when_it_is_there(desk: Desk) -> None:
    desk.path.rmdir()
    assert desk.scan() == 0
    after = feed_now(desk.conn, desk.feed)
    assert after.failures == 1
    assert str(desk.path) in after.last_error
    assert "No such file or directory" in after.last_error
    desk.path.mkdir()
    desk.scan()
    assert feed_now(desk.conn, desk.feed).failures == 0


def test_a_folder_whose_address_is_not_absolute_is_named(desk: Desk) -> None:
    desk.conn.execute("update feed set address = 'copy/in'")
    desk.scan()
    assert "absolute" in feed_now(desk.conn, desk.feed).last_error


def test_a_kill_in_a_folder_is_decoded_first(desk: Desk) -> None:
    (desk.path / "kill.json").write_text('{"uri": "urn:x:1", "pubStatus": "canceled"}')
    (desk.path / "a.json").write_text('{"uri": "urn:x:2"}')
    desk.scan()
    desk.scan()
    assert [k.priority for k in kept(desk.conn)] == [5, 0]
