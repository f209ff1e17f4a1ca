"""Copy fetched from a real mailbox: each message once, whole, and put away only when it is kept."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from ways_in import QUICK, feed_now, kept, new_feed, tools

from dragoman.model.access import Access
from dragoman.model.arrival import Unit
from dragoman.model.errors import TryAgain
from dragoman.pipeline import job_of
from dragoman.receive import mailbox
from dragoman.receive import preview as trial
from dragoman.receive.box import Box
from dragoman.receive.mailbox import Cursor, read_cursor
from dragoman.store import arrivals, feeds
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed
from servers import PASSWORD, USER, Certificate, ImapServer, imap_server

PATIENT = msgspec.structs.replace(QUICK, connect_s=5.0, first_byte_s=5.0)


def letter(number: int, text: str = "The harbour reopened on Monday, the port authority said.") -> bytes:
    lines = [
        "From: Tidewater desk <desk@tidewater.example>",
        "To: wire@lna.example",
        f"Message-ID: <{number}@tidewater.example>",
        "Date: Mon, 04 May 2026 09:00:00 +0000",
        f"Subject: Harbour reopens, part {number}",
        "",
        text,
        "",
    ]
    return "\r\n".join(lines).encode()


class Desk:
    """A feed from the mailbox."""

    def __init__(self, conn: Connection, box: Box, server: ImapServer, **more: object) -> None:
        self.conn, self.box, self.server, self.most = conn, box, server, QUICK.max_bytes
        access = Access(**({"login": USER, "security": "plain"} | more))  # type: ignore[arg-type]
        address, secret = server.address, PASSWORD.encode()
        self.feed = new_feed(
            conn, Feed(name="post", agency="TIDE", kind="imap", address=address, secret=secret, access=access)
        )

    def poll(self, allow: str = "127.0.0.1/32") -> int:
        async def poll() -> int:
            limits = msgspec.structs.replace(PATIENT, max_bytes=self.most)
            async with tools(self.conn, self.box, limits=limits, allow=allow) as intake:
                return await mailbox.poll(intake, feed_now(self.conn, self.feed))

        return asyncio.run(poll())

    @property
    def now(self) -> Feed:
        return feed_now(self.conn, self.feed)


@pytest.fixture
def server() -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


@pytest.fixture
def desk(conn: Connection, box: Box, server: ImapServer) -> Desk:
    return Desk(conn, box, server)


def test_messages_are_kept_whole_once_and_moved_to_done(desk: Desk) -> None:
    desk.server.deliver(letter(1), letter(2))
    assert [desk.poll(), desk.poll()] == [2, 0]
    assert [one.body for one in kept(desk.conn)] == [letter(1), letter(2)]
    assert {one.media_type for one in kept(desk.conn)} == {"message/rfc822"}
    assert (desk.server.lying(), desk.server.lying("done")) == ([], [letter(1), letter(2)])
    validity, uid = desk.now.cursor.split(":")
    assert (int(validity) > 0, int(uid) > 0, desk.now.failures) == (True, True, 0)
    desk.server.deliver(letter(3))
    assert desk.poll() == 1


def test_encrypted_from_the_start_of_the_conversation_or_not_at_all(conn: Connection, box: Box, tmp_path: Path) -> None:
    certificate = Certificate(tmp_path)
    with imap_server(certificate) as server:
        server.deliver(letter(1))
        desk = Desk(conn, box, server, security="starttls", certificates=certificate.pem)
        assert desk.poll() == 1
        feeds.set_access(conn, "post", msgspec.structs.replace(desk.feed.access, certificates=""), None)
        desk.poll()
        assert "certificate is not valid" in desk.now.last_error


def test_a_server_without_encryption_gets_no_password_where_it_was_promised(
    conn: Connection, box: Box, server: ImapServer
) -> None:
    desk = Desk(conn, box, server, security="starttls")
    server.deliver(letter(1))
    assert desk.poll() == 0
    assert "TLS not supported" in desk.now.last_error
    feeds.set_access(conn, "post", msgspec.structs.replace(desk.feed.access, security="tls"), None)
    assert desk.poll() == 0
    assert "secure connection" in desk.now.last_error


def test_a_login_that_is_refused_is_said(desk: Desk) -> None:
    feeds.set_access(desk.conn, "post", desk.feed.access, b"wrong")
    assert desk.poll() == 0
    assert "refuses our login" in desk.now.last_error


def test_a_mailbox_that_is_not_there_is_said(desk: Desk) -> None:
    desk.conn.execute("update feed set address = address || '-old'")
    assert desk.poll() == 0
    assert "does not do what we ask for" in desk.now.last_error


def test_kept_just_before_a_crash_it_is_only_moved_at_the_next_start(desk: Desk) -> None:
    desk.server.deliver(letter(1))

    async def until_the_crash() -> None:
        async with (
            tools(desk.conn, desk.box, limits=PATIENT) as intake,
            mailbox.opened(intake.connector, desk.feed, PATIENT) as (box, call),
        ):
            [uid] = await call(box.uids)
            letters, _ = await call(lambda: mailbox._read(box, [uid], box.sizes([uid]), 10_000))
            assert mailbox.keep(intake, desk.feed, letters, Cursor(box.validity, uid)) == 1

    asyncio.run(until_the_crash())
    assert desk.server.lying() == [letter(1)]
    assert desk.poll() == 0
    assert (desk.server.lying(), desk.server.lying("done")) == ([], [letter(1)])
    assert len(kept(desk.conn)) == 1


def test_what_was_refused_just_before_a_crash_is_not_deleted_at_the_next_start(desk: Desk) -> None:
    feeds.set_access(desk.conn, "post", msgspec.structs.replace(desk.feed.access, after="delete"), None)
    desk.server.deliver(letter(1), letter(2, "x" * 3000))

    async def until_the_crash() -> None:
        async with (
            tools(desk.conn, desk.box, limits=PATIENT) as intake,
            mailbox.opened(intake.connector, desk.feed, PATIENT) as (box, call),
        ):
            uids = await call(box.uids)
            letters, _ = await call(lambda: mailbox._read(box, uids, box.sizes(uids), 2000))
            assert mailbox.keep(intake, desk.feed, letters, Cursor(box.validity, uids[-1])) == 2

    asyncio.run(until_the_crash())
    assert desk.poll() == 0
    assert (desk.server.lying(), desk.server.lying("done")) == ([], [])
    assert desk.server.lying("refused") == [letter(2, "x" * 3000)]


def test_a_mailbox_made_anew_is_read_from_its_beginning_and_brings_nothing_twice(desk: Desk) -> None:
    desk.server.deliver(letter(1), letter(2))
    assert desk.poll() == 2
    before = desk.now.cursor
    desk.server.again()
    desk.server.deliver(letter(2), letter(3))
    assert desk.poll() == 1
    assert [one.body for one in kept(desk.conn)] == [letter(1), letter(2), letter(3)]
    assert desk.now.cursor.split(":")[0] != before.split(":")[0]
    assert desk.server.lying() == []


@pytest.mark.parametrize(
    ("text", "validity", "uid"),
    [("7:12", 7, 12), ("7:12", 8, 0), ("", 7, 0), ("x", 7, 0), ("7:", 7, 0), ("7:-1", 7, 0), ("7:²", 7, 0)],
)
def test_a_cursor_counts_only_in_the_mailbox_it_is_of(text: str, validity: int, uid: int) -> None:
    assert read_cursor(text, validity) == Cursor(validity, uid)


def test_what_is_too_large_is_parked_with_its_header_and_the_rest_goes_on(desk: Desk) -> None:
    desk.most = 2000
    desk.server.deliver(letter(1), letter(2, "x" * 3000), letter(3))
    assert desk.poll() == 3
    arrivals = kept(desk.conn)
    assert [one.state for one in arrivals] == ["kept", "parked", "kept"]
    assert b"Harbour reopens, part 2" in arrivals[1].body
    assert b"xxx" not in arrivals[1].body
    assert (len(desk.server.lying("done")), desk.server.lying("refused")) == (2, [letter(2, "x" * 3000)])


def test_deleted_or_left_if_that_was_said(desk: Desk) -> None:
    feeds.set_access(desk.conn, "post", msgspec.structs.replace(desk.feed.access, after="leave"), None)
    desk.server.deliver(letter(1))
    assert [desk.poll(), desk.poll()] == [1, 0]
    assert desk.server.lying() == [letter(1)]
    feeds.set_access(desk.conn, "post", msgspec.structs.replace(desk.feed.access, after="delete"), None)
    desk.server.deliver(letter(2))
    assert desk.poll() == 1
    assert desk.server.lying("done") == []


def test_what_a_person_has_marked_for_deletion_is_left_to_them(desk: Desk) -> None:
    desk.server.deliver(letter(1), letter(2))
    with desk.server.as_person() as person:
        person.store("1", "+FLAGS", r"(\Deleted)")
    assert desk.poll() == 1
    assert [one.body for one in kept(desk.conn)] == [letter(2)]
    assert desk.server.lying() == [letter(1)]


def test_a_private_address_needs_the_operators_word(desk: Desk) -> None:
    assert desk.poll(allow="10.0.0.0/8") == 0
    assert "not allowed" in desk.now.last_error


def test_a_trial_marks_and_moves_nothing(desk: Desk) -> None:
    desk.server.deliver(letter(1), letter(2))

    async def look() -> list[Unit]:
        async with tools(desk.conn, desk.box) as intake:
            return await trial.preview(desk.feed, intake.connector, desk.box, limits=PATIENT)

    units = asyncio.run(look())
    assert [unit.item.headline for unit in units if unit.item] == ["Harbour reopens, part 2", "Harbour reopens, part 1"]
    assert len(desk.server.lying()) == 2
    with desk.server.as_person() as person:
        assert person.search(None, "UNSEEN")[1] == [b"1 2"]
    assert kept(desk.conn) == []


def test_what_came_before_the_connection_broke_is_kept_and_the_rest_comes_later(desk: Desk) -> None:
    class Breaking:
        """A mailbox that is lost at its second message."""

        def body(self, uid: int) -> bytes:
            if uid == 2:
                raise TryAgain("The connection was lost")
            return letter(uid)

    letters, broken = mailbox._read(Breaking(), [1, 2, 3], {1: 10, 2: 10, 3: 10}, 1000)  # type: ignore[arg-type]
    assert ([one.uid for one in letters], str(broken)) == ([1], "The connection was lost")


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"* BYE too many connections\r\n",
        b"* OK {99999999999}\r\n",
        b"* OK " + b"x" * 100_000,
        b"* PREAUTH come in\r\n",
        b"\x00\xff\x00\r\n" * 50,
    ],
)
def test_a_server_that_speaks_something_else_costs_one_failure(desk: Desk, said: bytes) -> None:
    async def poll() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(said)
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server, tools(desk.conn, desk.box, limits=PATIENT) as intake:
            port = server.sockets[0].getsockname()[1]
            feed = msgspec.structs.replace(desk.feed, address=f"imap://127.0.0.1:{port}/INBOX")
            await mailbox.poll(intake, feed)

    asyncio.run(poll())
    assert desk.now.failures == 1
    assert desk.now.last_error


def test_a_mail_server_that_never_ends_keeps_no_thread(
    conn: Connection, box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = Certificate(tmp_path)
    monkeypatch.setattr(mailbox, "TOTAL_S", 0.3)
    access = Access(login=USER, certificates=certificate.pem)

    async def poll() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"* OK ")
            await reader.read()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=certificate.context())
        async with server, tools(conn, box, limits=msgspec.structs.replace(PATIENT, first_byte_s=60.0)) as intake:
            address = f"imap://127.0.0.1:{server.sockets[0].getsockname()[1]}/INBOX"
            feed = Feed(name="post", agency="TIDE", kind="imap", address=address, secret=b"x", access=access)
            await mailbox.poll(intake, new_feed(conn, feed))

    began = time.monotonic()
    asyncio.run(poll())  # waits for its threads
    assert time.monotonic() - began < 30
    assert "too slow" in feeds.the_feed(conn, "post").last_error


def test_an_answer_without_end_is_not_read_to_the_end(desk: Desk) -> None:
    async def poll() -> None:
        async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"* OK come in\r\n")
            with suppress(ConnectionError):
                while True:
                    writer.write(b"* 1 EXISTS\r\n" * 10_000)
                    await writer.drain()
            writer.close()

        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        async with server, tools(desk.conn, desk.box, limits=PATIENT) as intake:
            port = server.sockets[0].getsockname()[1]
            await mailbox.poll(intake, msgspec.structs.replace(desk.feed, address=f"imap://127.0.0.1:{port}/INBOX"))

    asyncio.run(poll())
    assert "answer has more than" in desk.now.last_error


def test_a_server_that_lies_of_sizes_fills_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lying:
        """A mailbox whose messages are larger than it says."""

        def body(self, uid: int) -> bytes:
            return bytes(1_000)

    monkeypatch.setattr(mailbox, "BATCH_BYTES", 500)
    letters, broken = mailbox._read(Lying(), range(1, 50), dict.fromkeys(range(1, 50), 10), 1000)  # type: ignore[arg-type]
    assert (len(letters), str(broken)) == (4, "The mail server sends more than it said")


def test_who_may_take_copy_back_is_told_to_the_pipeline(desk: Desk) -> None:
    access = msgspec.structs.replace(desk.feed.access, senders=("tidewater.example",), vouching="mx.lna.example")
    feeds.set_access(desk.conn, desk.feed.name, access, None)
    desk.server.deliver(letter(1))
    desk.poll()
    [claimed] = arrivals.claim(desk.conn, 10, None)
    for hints in (job_of(claimed).hints, desk.now.hints()):
        assert (hints.senders, hints.vouching) == (("tidewater.example",), "mx.lna.example")
