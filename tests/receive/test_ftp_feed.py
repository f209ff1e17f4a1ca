"""Copy fetched by FTP from a real server, encrypted and plain, with and without the newer commands."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from ways_in import QUICK, feed_now, kept, new_feed, tools

from dragoman.model.access import Access
from dragoman.model.arrival import Unit
from dragoman.net.remote import Listed
from dragoman.receive import preview as trial
from dragoman.receive import remote
from dragoman.receive.box import Box
from dragoman.receive.folder import Watch
from dragoman.store import feeds
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from servers import PASSWORD, USER, Certificate, FtpServer, ftp_server

PATIENT = msgspec.structs.replace(QUICK, connect_s=5.0, first_byte_s=3.0)


class Desk:
    """An FTP feed and a clock that the test moves."""

    def __init__(self, conn: Connection, box: Box, server: FtpServer, access: Access) -> None:
        self.conn, self.box, self.server, self.at, self.watch = conn, box, server, 100.0, Watch()
        self.path = server.root / "out"
        self.path.mkdir()
        address = server.address + "out"
        wanted = Feed(name="tide", agency="TIDE", kind="ftp", address=address, secret=PASSWORD.encode(), access=access)
        self.feed = new_feed(conn, wanted)

    def poll(self, seconds: float = 2.0, allow: str = "127.0.0.1/32") -> int:
        self.at += seconds

        async def poll() -> int:
            async with tools(self.conn, self.box, limits=PATIENT, allow=allow) as intake:
                return await remote.poll(intake, feed_now(self.conn, self.feed), self.watch, self.at)

        return asyncio.run(poll())

    def names(self, sub: str = "") -> list[str]:
        return sorted(p.name for p in (self.path / sub).iterdir() if not p.is_dir())

    @property
    def now(self) -> Feed:
        return feed_now(self.conn, self.feed)


Opener = Callable[..., Desk]


@pytest.fixture
def ftp(conn: Connection, box: Box, tmp_path: Path) -> Iterator[Opener]:
    """Opens a server and a feed from it."""
    with ExitStack() as stack:

        def opened(*, tls: str = "plain", old: bool = False, **access: object) -> Desk:
            certificate = None if tls == "plain" else Certificate(tmp_path)
            (tmp_path / "root").mkdir()
            served = ftp_server(tmp_path / "root", certificate, old=old, implicit=tls == "tls")
            server = stack.enter_context(served)
            usual = {"login": USER, "security": tls, "certificates": certificate.pem if certificate else ""}
            return Desk(conn, box, server, Access(**(usual | access)))  # type: ignore[arg-type]

        yield opened


@pytest.mark.parametrize(
    ("tls", "old"), [("plain", False), ("plain", True), ("tls", False), ("starttls", False), ("starttls", True)]
)
def test_finished_files_are_taken_and_moved_to_done(ftp: Opener, tls: str, old: bool) -> None:
    desk = ftp(tls=tls, old=old)
    for name in ("b c.txt", "a.txt", "وكالة.txt"):
        (desk.path / name).write_text(f"Copy {name}")
    (desk.path / "half.txt.part").write_text("Half")
    assert ([desk.poll(), desk.poll(), desk.poll()], desk.now.last_error) == ([0, 3, 0], "")
    assert [one.body.decode() for one in kept(desk.conn)] == ["Copy a.txt", "Copy b c.txt", "Copy وكالة.txt"]
    assert (desk.names(), len(desk.names("done"))) == (["half.txt.part"], 3)
    assert desk.now.failures == 0


def test_a_server_without_encryption_gets_no_password_where_it_was_promised(ftp: Opener) -> None:
    desk = ftp(security="starttls")
    desk.poll()
    assert "does not do what we ask for" in desk.now.last_error
    feeds.set_access(desk.conn, "tide", msgspec.structs.replace(desk.feed.access, security="tls"), None)
    desk.poll()
    assert desk.now.failures == 2


def test_a_certificate_nobody_vouches_for_is_refused(ftp: Opener) -> None:
    desk = ftp(tls="starttls", certificates="")
    desk.poll()
    assert "certificate is not valid" in desk.now.last_error


def test_what_is_said_before_the_encryption_is_nobodys_word(ftp: Opener, tmp_path: Path) -> None:
    desk = ftp(security="starttls")
    certificate = Certificate(tmp_path)
    asked: list[bytes] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        await reader.readline()
        writer.write(b"234 go on\r\n331 and who are you?\r\n230 come in\r\n")
        await writer.start_tls(certificate.context())
        asked.append(await reader.readline())
        writer.close()

    async def poll() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        access = msgspec.structs.replace(desk.feed.access, certificates=certificate.pem)
        address = f"ftp://127.0.0.1:{server.sockets[0].getsockname()[1]}/out"
        async with server, tools(desk.conn, desk.box, limits=PATIENT) as intake:
            feed = msgspec.structs.replace(desk.feed, address=address, access=access)
            await remote.poll(intake, feed, desk.watch, 100.0)

    asyncio.run(poll())
    assert "before the encryption began" in desk.now.last_error
    assert asked in ([], [b""])


def test_folders_without_end_are_not_all_looked_into() -> None:
    class Maze:
        """A server whose every folder holds many more."""

        asked = 0

        async def names(self, folder: str, most: int) -> list[Listed]:
            self.asked += 1
            return [Listed(f"{number}", "folder") for number in range(500)] + [Listed("a\nb", "file")]

    maze = Maze()
    found = asyncio.run(remote.look(maze, "/out", 8))  # type: ignore[arg-type]
    assert (maze.asked, found.files, len(found.odd)) == (remote.MOST_FOLDERS, [], remote.MOST_ODD)
    assert found.odd["…"] == "there are more than 2,000 folders"


def test_a_login_that_is_refused_is_said(ftp: Opener) -> None:
    desk = ftp()
    feeds.set_access(desk.conn, "tide", desk.feed.access, b"wrong")
    desk.poll()
    assert "refuses our login" in desk.now.last_error


def test_a_transfer_that_breaks_off_is_no_file(ftp: Opener) -> None:
    desk = ftp()
    (desk.path / "a.bin").write_bytes(b"x" * 300_000)
    desk.poll()
    desk.server.break_off_after(3)
    assert desk.poll() == 0
    assert desk.names() == ["a.bin"]
    desk.server.break_off_after(None)
    assert [desk.poll(), desk.poll()].count(1) == 1
    assert len(kept(desk.conn)[0].body) == 300_000


def test_deleted_or_left_if_that_was_said(ftp: Opener) -> None:
    desk = ftp(after="leave")
    (desk.path / "a.txt").write_text("Copy")
    assert [desk.poll() for _ in range(3)] == [0, 1, 0]
    desk.watch = Watch()
    assert [desk.poll() for _ in range(3)] == [0, 0, 0]
    feeds.set_access(desk.conn, "tide", msgspec.structs.replace(desk.feed.access, after="delete"), None)
    desk.watch = Watch()
    desk.poll()
    desk.poll()
    assert desk.names() == []


def test_the_same_name_is_taken_again_and_overwrites_nothing_in_done(ftp: Opener) -> None:
    desk = ftp()
    for text in ("Morning bulletin", "Noon bulletin!"):
        (desk.path / "bulletin.txt").write_text(text)
        assert [desk.poll(), desk.poll()] == [0, 1]
    assert len(desk.names("done")) == 2


def test_a_name_with_a_line_end_never_becomes_a_command(ftp: Opener) -> None:
    desk = ftp()
    (desk.path / "a\r\nDELE b.txt").write_text("Not copy")
    (desk.path / "b.txt").write_text("Copy")
    desk.poll()
    assert desk.poll() == 1
    assert desk.names("done") == ["b.txt"]


def test_a_private_address_needs_the_operators_word(ftp: Opener) -> None:
    desk = ftp()
    desk.poll(allow="10.0.0.0/8")
    assert "not allowed" in desk.now.last_error
    assert desk.server.heard == []


def test_the_data_connection_may_go_nowhere_the_operator_has_not_opened(ftp: Opener) -> None:
    desk = ftp()
    desk.poll(allow=f"127.0.0.1/32:{desk.server.port}")
    assert "not allowed" in desk.now.last_error
    assert len(desk.server.heard) == 1


def test_a_trial_shows_the_newest_and_moves_nothing(ftp: Opener) -> None:
    desk = ftp()
    (desk.path / "a.txt").write_text("Harbour reopens\n\nThe harbour reopened on Monday, the port authority said.\n")

    async def look() -> list[Unit]:
        async with tools(desk.conn, desk.box) as intake:
            return await trial.preview(desk.feed, intake.connector, desk.box, limits=PATIENT)

    assert len(asyncio.run(look())) == 1
    assert (desk.names(), kept(desk.conn)) == (["a.txt"], [])
