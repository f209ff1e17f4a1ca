"""Copy fetched by SFTP from a real server: finished files once, strange names never, and only from the server we know."""

import asyncio
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import asyncssh
import msgspec
import pytest
from ways_in import NOW, QUICK, due_again, feed_now, kept, new_feed, tools

from dragoman.model.access import Access
from dragoman.model.errors import BadInput, Untrusted
from dragoman.net.addresses import Allowed
from dragoman.net.connector import Connector
from dragoman.net.remote import opened
from dragoman.receive import preview as trial
from dragoman.receive import remote
from dragoman.receive.box import Box
from dragoman.receive.folder import Watch
from dragoman.receive.shelf import Lying, Stamp
from dragoman.store import feeds
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from servers import PASSWORD, USER, SftpServer, sftp_server

PATIENT = msgspec.structs.replace(QUICK, connect_s=5.0, first_byte_s=5.0)


class Desk:
    """An SFTP feed and a clock that the test moves; `poll` is what the role does when it is due."""

    def __init__(self, conn: Connection, box: Box, server: SftpServer, **more: object) -> None:
        self.conn, self.box, self.server, self.at = conn, box, server, 100.0
        self.watch, self.most = Watch(), QUICK.max_bytes
        access = Access(**({"login": USER, "host_keys": (server.pin,)} | more))  # type: ignore[arg-type]
        self.feed = new_feed(
            conn,
            Feed(
                name="tide",
                agency="TIDE",
                kind="sftp",
                address=server.address + "out",
                secret=server.client_key.export_private_key() if access.by_key else PASSWORD.encode(),
                access=access,
            ),
        )
        (server.root / "out").mkdir(exist_ok=True)

    @property
    def path(self) -> Path:
        return self.server.root / "out"

    def poll(self, seconds: float = 2.0, allow: str = "127.0.0.1/32") -> int:
        self.at += seconds

        async def poll() -> int:
            limits = msgspec.structs.replace(PATIENT, max_bytes=self.most)
            async with tools(self.conn, self.box, limits=limits, allow=allow) as intake:
                return await remote.poll(intake, feed_now(self.conn, self.feed), self.watch, self.at)

        return asyncio.run(poll())

    def names(self, sub: str = "") -> list[str]:
        folder = self.path / sub
        return sorted(p.name for p in folder.iterdir() if not p.is_dir()) if folder.is_dir() else []

    def sources(self) -> list[str]:
        return [one.source for one in kept(self.conn)]

    @property
    def now(self) -> Feed:
        return feed_now(self.conn, self.feed)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SftpServer]:
    (tmp_path / "root").mkdir()
    with sftp_server(tmp_path / "root") as running:
        yield running


@pytest.fixture
def desk(conn: Connection, box: Box, server: SftpServer) -> Desk:
    return Desk(conn, box, server)


def test_finished_files_are_taken_in_the_order_of_their_names_and_moved_to_done(desk: Desk) -> None:
    for name in ("b.txt", "a.txt", "c.xml"):
        (desk.path / name).write_text(f"Copy {name}")
    assert desk.poll() == 0
    assert due_again(desk.conn, desk.feed) == timedelta(seconds=2)
    assert desk.poll() == 3
    assert due_again(desk.conn, desk.feed) == desk.feed.every
    assert [one.body for one in kept(desk.conn)] == [b"Copy a.txt", b"Copy b.txt", b"Copy c.xml"]
    assert (desk.names(), desk.names("done")) == ([], ["a.txt", "b.txt", "c.xml"])
    assert (desk.poll(), desk.now.failures) == (0, 0)


def test_a_key_opens_the_server_as_a_password_does(conn: Connection, box: Box, server: SftpServer) -> None:
    desk = Desk(conn, box, server, by_key=True, host_keys=(server.public,))
    (desk.path / "a.txt").write_text("Copy")
    assert [desk.poll(), desk.poll()] == [0, 1]


def test_a_half_written_file_is_taken_when_it_is_whole(desk: Desk) -> None:
    path = desk.path / "long.txt"
    for piece in ("First line. ", "Second line. ", "Third line."):
        with path.open("a") as file:
            file.write(piece)
        assert desk.poll() == 0
    assert desk.poll() == 1
    assert kept(desk.conn)[0].body == b"First line. Second line. Third line."


def test_working_names_links_and_what_is_no_file_are_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("Not copy")
    for name in ("a.txt.part", "b.FILEPART", "c.tmp", ".d.txt"):
        (desk.path / name).write_text("Half a story")
    (desk.path / "link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(desk.path / "pipe.txt")
    (desk.path / "sub").mkdir()
    (desk.path / "sub/deep.txt").write_text("Deep copy")
    (desk.path / "real.txt").write_text("Copy")
    desk.poll()
    assert desk.poll() == 1
    assert desk.sources() == ["real.txt"]
    assert desk.watch.odd == {"link.txt", "pipe.txt"}


def test_a_name_can_be_no_attack_and_a_bad_one_stops_nothing(desk: Desk) -> None:
    bad = [b"a\nb.txt", b"tab\t.txt", b"back\\slash.txt", b"\x7f.txt"]
    good = [b"caf\xe9.txt", b"x" * 255, "وكالة.txt".encode(), b" blank .txt", b"-rf.txt", b"a;rm *.txt"]
    for name in bad + good:
        with open(os.path.join(os.fsencode(desk.path), name), "wb") as file:
            file.write(b"Copy " + name[:20])
    desk.poll()
    assert desk.poll() == len(good)
    assert sorted(os.listdir(os.fsencode(desk.path))) == sorted([*bad, b"done"])
    assert len(desk.watch.odd) == len(bad)
    assert "caf\\xe9.txt" in desk.sources()


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "/etc/passwd", "..", ".", "", "a/b", "a\0b", "a\nb", "x" * 256, "\ud800"]
)
def test_a_listing_cannot_lead_out_of_its_folder(name: str) -> None:
    class Hostile:
        alive = True

        async def names(self, folder: str, most: int) -> list[remote.Listed]:
            return [
                remote.Listed(name, "file", 4, 1),
                remote.Listed(name, "folder"),
                remote.Listed("good.txt", "file", 4, 1),
            ]

    found = asyncio.run(remote.look(Hostile(), "/out", 3))  # type: ignore[arg-type]
    assert [one.name for one in found.files] == ["good.txt"]


def test_folders_within_folders_are_looked_into_as_far_as_was_said(
    conn: Connection, box: Box, server: SftpServer
) -> None:
    desk = Desk(conn, box, server, depth=1)
    for way in ("one/two", "done/old"):
        (desk.path / way).mkdir(parents=True)
    for name in ("top.txt", "one/first.txt", "one/two/second.txt", "done/old/gone.txt"):
        (desk.path / name).write_text(name)
    desk.poll()
    assert desk.poll() == 2
    assert desk.sources() == ["top.txt", "one/first.txt"]
    assert desk.names("one/done") == ["first.txt"]


def test_the_same_name_with_new_copy_is_taken_again_and_overwrites_nothing(desk: Desk) -> None:
    for text in ("Morning bulletin", "Noon bulletin!", "Evening bulletin"):
        (desk.path / "bulletin.txt").write_text(text)
        desk.poll()
        assert desk.poll() == 1
    assert len(desk.names("done")) == 3


def test_what_is_too_large_is_refused_with_the_reason_beside_it(desk: Desk) -> None:
    desk.most = 1000
    (desk.path / "huge.txt").write_bytes(b"x" * 1001)
    (desk.path / "small.txt").write_bytes(b"x" * 1000)
    desk.poll()
    assert desk.poll() == 1
    assert desk.names("refused") == ["huge.txt", "huge.txt.why.txt"]
    assert "1,001 bytes" in (desk.path / "refused/huge.txt.why.txt").read_text()


def test_deleted_when_taken_if_that_was_said(conn: Connection, box: Box, server: SftpServer) -> None:
    desk = Desk(conn, box, server, after="delete")
    (desk.path / "a.txt").write_text("Copy")
    desk.poll()
    assert (desk.poll(), desk.names(), desk.names("done")) == (1, [], [])


def test_left_where_it_lies_it_is_taken_once_also_after_a_restart(
    conn: Connection, box: Box, server: SftpServer
) -> None:
    desk = Desk(conn, box, server, after="leave")
    (desk.path / "a.txt").write_text("Copy")
    assert [desk.poll() for _ in range(3)] == [0, 1, 0]
    desk.watch = Watch()
    assert [desk.poll() for _ in range(3)] == [0, 0, 0]
    (desk.path / "a.txt").write_text("Copy, corrected")
    assert [desk.poll() for _ in range(3)] == [0, 1, 0]
    assert desk.names() == ["a.txt"]


def test_kept_just_before_a_crash_it_is_only_moved_at_the_next_start(desk: Desk) -> None:
    (desk.path / "copy.txt").write_text("Copy")

    async def until_the_crash() -> None:
        async with (
            tools(desk.conn, desk.box, limits=PATIENT) as intake,
            opened(intake.connector, desk.feed.address, desk.feed.access, desk.feed.secret or b"", PATIENT) as (
                one,
                folder,
            ),
        ):
            found = await remote.look(one, folder, 0)
            read, _ = await remote.read_all(one, folder, found.files, 1000)
            assert remote.keep(intake, desk.feed, read) == 1

    asyncio.run(until_the_crash())
    assert desk.names() == ["copy.txt"]
    assert [desk.poll(), desk.poll()] == [0, 0]
    assert (desk.names(), desk.names("done")) == ([], ["copy.txt"])
    assert len(kept(desk.conn)) == 1


def test_a_server_that_drops_in_the_middle_costs_no_copy(desk: Desk) -> None:
    (desk.path / "a.txt").write_text("Short copy")
    (desk.path / "b.bin").write_bytes(b"x" * 1_500_000)
    broken = []

    def drop(path: str) -> None:
        if path.endswith("b.bin") and not broken:
            broken.append(path)
            desk.server.drop()

    desk.server.before_read = drop
    desk.poll()
    assert desk.poll() == 1
    assert (desk.now.failures, desk.names()) == (1, ["a.txt", "b.bin"])
    assert "lost" in desk.now.last_error
    assert (desk.poll(), desk.names()) == (1, [])
    assert [len(one.body) for one in kept(desk.conn)] == [10, 1_500_000]
    assert desk.now.failures == 0


def test_a_file_that_breaks_the_connection_each_time_does_not_keep_the_others_waiting(desk: Desk) -> None:
    for name in ("a.bin", "b.txt", "c.txt"):
        (desk.path / name).write_text(f"Copy {name}")
    desk.server.before_read = lambda path: desk.server.drop() if path.endswith("a.bin") else None
    assert [desk.poll(), desk.poll(), desk.poll(), desk.poll()] == [0, 0, 2, 0]
    assert (desk.sources(), desk.names()) == (["b.txt", "c.txt"], ["a.bin"])
    desk.server.before_read = lambda path: None
    assert (desk.poll(), desk.names()) == (1, [])


def test_one_bad_file_does_not_stop_the_others(desk: Desk) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (desk.path / name).write_text(f"Copy {name}")

    def refuse(path: str) -> None:
        if path.endswith("b.txt"):
            raise asyncssh.SFTPPermissionDenied("not for you")

    desk.server.before_read = refuse
    desk.poll()
    assert desk.poll() == 2
    assert desk.sources() == ["a.txt", "c.txt"]
    assert desk.names("refused") == ["b.txt", "b.txt.why.txt"]


def test_a_file_written_to_while_it_is_read_is_taken_at_the_next_look(desk: Desk) -> None:
    (desk.path / "a.txt").write_text("Half")
    changed = []

    def grow(path: str) -> None:
        if not changed:
            changed.append(path)
            (desk.path / "a.txt").write_text("Half and whole")

    desk.server.before_read = grow
    desk.poll()
    assert [desk.poll() for _ in range(3)] == [0, 0, 1]
    assert kept(desk.conn)[0].body == b"Half and whole"


def test_ten_thousand_files_are_listed_and_taken_in_portions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10_000):
        (desk.path / f"{number:05}.txt").touch()
    for number in (3, 7777):
        (desk.path / f"{number:05}.txt").write_text("Copy")
    desk.poll()
    assert desk.poll() == 2
    assert len(desk.watch.seen) == 10_000
    assert len(desk.names()) == 9_998


def test_a_login_that_is_refused_is_said_and_tried_again(desk: Desk) -> None:
    feeds.set_access(desk.conn, desk.feed.name, desk.feed.access, b"wrong")
    assert desk.poll() == 0
    assert "refuses our login" in desk.now.last_error
    assert (desk.now.failures, desk.now.state) == (1, "active")


def test_another_host_key_pauses_the_feed_loudly_and_nothing_is_read(desk: Desk) -> None:
    (desk.path / "a.txt").write_text("Copy")
    desk.poll()
    old = desk.server.pin
    desk.server.new_host_key()
    assert desk.poll() == 0
    assert desk.now.state == "paused"
    assert all(part in desk.now.last_error for part in ("ANOTHER HOST KEY", old, desk.server.pin))
    assert [one.act for one in _audit(desk.conn)] == ["feed paused"]
    assert desk.names() == ["a.txt"]
    # A person has asked the partner and pins the new key: the feed goes on.
    access = msgspec.structs.replace(desk.feed.access, host_keys=(desk.server.pin,))
    feeds.set_access(desk.conn, desk.feed.name, access, None)
    feeds.set_state(desk.conn, desk.feed.name, "active")
    assert [desk.poll(), desk.poll()] == [1, 0]


class _Act(msgspec.Struct):
    act: str


def _audit(conn: Connection) -> list[_Act]:
    return [_Act(row[0]) for row in conn.execute("select act from audit order by id").fetchall()]


def test_without_a_pinned_host_key_nobody_is_trusted(desk: Desk) -> None:
    access = msgspec.structs.replace(desk.feed.access, host_keys=())
    feeds.set_access(desk.conn, desk.feed.name, access, None)
    assert desk.poll() == 0
    assert desk.now.state == "paused"


def test_a_private_address_needs_the_operators_word(desk: Desk) -> None:
    assert desk.poll(allow="10.0.0.0/8") == 0
    assert "not allowed" in desk.now.last_error
    assert desk.server.logins == 0


def test_a_missing_folder_says_so_and_is_taken_up_when_it_is_there(desk: Desk) -> None:
    desk.path.rmdir()
    desk.poll()
    assert "cannot be read" in desk.now.last_error
    desk.path.mkdir()
    desk.poll()
    assert desk.now.failures == 0


def test_a_server_that_is_away_is_tried_again_later(desk: Desk) -> None:
    feeds_address = "sftp://127.0.0.1:9/"
    desk.conn.execute("update feed set address = %s", (feeds_address,))
    desk.poll(allow="127.0.0.1/32")
    assert "could not be reached" in desk.now.last_error
    assert due_again(desk.conn, desk.feed) == 2 * desk.feed.every


def test_a_trial_shows_the_newest_and_moves_nothing(desk: Desk) -> None:
    (desk.path / "a.txt").write_text("Harbour reopens\n\nThe harbour reopened on Monday, the port authority said.\n")

    async def look() -> list[trial.Unit]:
        async with Connector(Allowed()) as nowhere:
            with pytest.raises(BadInput, match="not allowed"):
                await trial.preview(desk.feed, nowhere, desk.box, limits=PATIENT)
        async with tools(desk.conn, desk.box) as intake:
            return await trial.preview(desk.feed, intake.connector, desk.box, limits=PATIENT)

    [unit] = asyncio.run(look())
    assert unit.item is not None
    assert (desk.names(), kept(desk.conn)) == (["a.txt"], [])


def test_the_key_a_server_shows_can_be_asked_for_without_trusting_it(server: SftpServer) -> None:
    from dragoman.net.servers import checked_server
    from dragoman.net.sftp import open_sftp, shown_key

    async def ask() -> str:
        from dragoman.net.addresses import parse_allowed

        at = checked_server(server.address, "sftp")
        async with Connector(parse_allowed(["127.0.0.1/32"])) as connector:
            with pytest.raises(Untrusted):
                await open_sftp(connector, at, Access(login=USER), PASSWORD.encode(), PATIENT)
            return await shown_key(connector, at, PATIENT)

    assert asyncio.run(ask()) == server.public


def test_names_for_a_put_away_file_stand_in_its_folder() -> None:
    assert remote.names_for(Lying("sub/a.txt", Stamp(1, 2, 3)))[0] == "a.txt"
    assert NOW.tzinfo is not None
