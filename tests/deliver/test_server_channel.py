"""Copy put onto partners' servers, by SFTP and by FTP: whole or not at all, the newest only, and only where we know the server."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from partner_server import until
from ways_out import ATTEMPT, add, at_work, hands, lane, over, parcel, version

from dragoman.deliver.lanes import Lanes
from dragoman.deliver.parcel import Enclosure
from dragoman.model.access import Access
from dragoman.model.version import item_key
from dragoman.store import channels
from dragoman.store.lanes import Lane
from newsdesk import Newsroom, copy, tombstone
from servers import PASSWORD, USER, FtpServer, SftpServer, ftp_server, sftp_server


class Way:
    """A server and the lane that leads to it."""

    def __init__(self, server: SftpServer | FtpServer, kind: str, access: Access, folder: Path) -> None:
        self.server, self.kind, self.access, self.folder = server, kind, access, folder
        self.address = server.address + "in"

    @property
    def lane(self) -> Lane:
        return lane(self.kind, self.address, self.access, PASSWORD)

    def names(self) -> list[str]:
        return sorted(one.name for one in self.folder.iterdir())

    def put(self, sequence: int, body: bytes = b"copy", **more: object) -> int:
        return over(self.lane, (version(sequence, **more), parcel(body)))[0].status


@pytest.fixture(params=["sftp", "ftp"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Way]:
    root = tmp_path / "root"
    (root / "in").mkdir(parents=True)
    if request.param == "sftp":
        with sftp_server(root) as sftp:
            yield Way(sftp, "sftp", Access(login=USER, host_keys=(sftp.pin,)), root / "in")
    else:
        with ftp_server(root) as ftp:
            yield Way(ftp, "ftp", Access(login=USER, security="plain"), root / "in")


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[Way]:
    (tmp_path / "in").mkdir()
    with sftp_server(tmp_path) as server:
        yield Way(server, "sftp", Access(login=USER, host_keys=(server.pin,)), tmp_path / "in")


def _name(sequence: int, suffix: str = ".json") -> str:
    return f"{item_key('ADR', 'adr:3').hex()}-0001-{sequence:010d}{suffix}"


def test_a_file_is_there_whole_under_its_items_name(way: Way) -> None:
    body = bytes(range(256)) * 5000
    assert way.put(7, body) == 200
    assert way.names() == [_name(7)]
    assert (way.folder / _name(7)).read_bytes() == body


def test_handing_over_twice_changes_nothing(way: Way) -> None:
    assert (way.put(7), way.put(7, b"copy again")) == (200, 200)
    assert way.names() == [_name(7)]
    assert (way.folder / _name(7)).read_bytes() == b"copy again"


def test_a_newer_version_takes_the_older_away_and_an_older_one_does_not_come_back(way: Way) -> None:
    (way.folder / "theirs.txt").write_text("not ours")
    way.put(7)
    way.put(12)
    assert way.put(7, b"late") == 200
    assert way.names() == sorted([_name(12), "theirs.txt"])


def test_a_picture_lies_beside_its_document_and_goes_with_it(way: Way) -> None:
    picture = Enclosure(body=b"\xff\xd8picture", media_type="image/jpeg", suffix=".jpg")
    over(way.lane, (version(7), parcel(enclosures=(picture,))))
    assert way.names() == [_name(7, ".jpg"), _name(7)]
    way.put(8)
    assert way.names() == [_name(8)]


def test_what_attempts_that_died_have_left_is_taken_away(way: Way) -> None:
    (way.folder / f".{_name(5)}.aaaaaa.part").write_text("ha")
    (way.folder / ".theirs.part").write_text("not ours")
    way.put(7)
    left = {".theirs.part", _name(7)}
    assert set(way.names()) - {f".{_name(5)}.aaaaaa.part"} == left
    if way.kind == "sftp":  # an FTP server may hide names that begin with a dot
        assert set(way.names()) == left


def test_one_connection_serves_all_copies_of_a_channel(sftp: Way) -> None:
    answers = over(sftp.lane, *[(version(number), parcel(b"%d" % number)) for number in range(1, 30)])
    assert {one.status for one in answers} == {200}
    assert sftp.names() == [_name(29)]
    assert isinstance(sftp.server, SftpServer)
    assert sftp.server.logins == 1


def test_side_by_side_they_wait_for_their_turn(sftp: Way) -> None:
    async def go() -> list[int]:
        async with hands() as ours:
            tasks = [
                ours.over(
                    sftp.lane, version(n, payload=b'{"uri":"adr:%d"}' % n), parcel(b"x" * 50_000), f"d{n}", ATTEMPT.at
                )
                for n in range(12)
            ]
            return [one.status for one in await asyncio.gather(*tasks)]

    assert asyncio.run(go()) == [200] * 12
    assert len(sftp.names()) == 12


def test_a_missing_folder_is_made_only_where_that_was_said(way: Way) -> None:
    way.folder.rmdir()
    assert way.put(7) == 0
    assert not way.folder.exists()
    way.access = Access(login=USER, host_keys=way.access.host_keys, security=way.access.security, folders=True)
    assert way.put(7) == 200
    assert way.names() == [_name(7)]


def test_a_login_that_is_refused_is_no_word_about_the_copy(way: Way) -> None:
    [answer] = over(lane(way.kind, way.address, way.access, "wrong"), (ATTEMPT, parcel()))
    assert (answer.status, answer.meaning) == (401, "")
    assert "refuses our login" in answer.detail


def test_a_private_address_needs_the_operators_word(way: Way) -> None:
    [answer] = over(way.lane, (ATTEMPT, parcel()), allow=("10.0.0.0/8",))
    assert answer.status == 0
    assert "not allowed" in answer.detail


def test_a_server_that_went_away_in_between_is_connected_to_again(sftp: Way) -> None:
    assert isinstance(sftp.server, SftpServer)
    server = sftp.server

    async def go() -> list[int]:
        async with hands() as ours:
            first = await ours.over(sftp.lane, version(1), parcel(), "d1", ATTEMPT.at)
            server.drop()
            await asyncio.sleep(0.1)
            second = await ours.over(sftp.lane, version(2), parcel(), "d2", ATTEMPT.at)
            return [first.status, second.status]

    assert asyncio.run(go()) == [200, 200]


# ---------------------------------------------------------------------------------------------- with the lanes


def test_copy_and_its_kill_reach_the_server_and_only_the_kill_stays(newsroom: Newsroom, way: Way) -> None:
    newsroom.agree()
    add(newsroom, way.kind, way.address, way.access, PASSWORD)
    newsroom.filed(copy())

    async def story(lanes: Lanes) -> None:
        await until(lambda: newsroom.states() == [("publish", "sent")])
        assert "reopens" in (way.folder / way.names()[0]).read_text()
        newsroom.filed(tombstone(copy(version="2")))
        lanes.wake()
        await until(lambda: newsroom.states()[-1] == ("kill", "sent"))

    at_work(newsroom, story)
    [name] = way.names()
    said = (way.folder / name).read_text()
    assert "canceled" in said
    assert "reopens" not in said


def test_another_host_key_pauses_the_channel_and_nothing_is_lost(newsroom: Newsroom, sftp: Way) -> None:
    assert isinstance(sftp.server, SftpServer)
    newsroom.agree()
    name = add(newsroom, "sftp", sftp.address, sftp.access, PASSWORD)
    sftp.server.new_host_key()
    newsroom.filed(copy())

    async def story(lanes: Lanes) -> None:
        await until(lambda: channels.channel(newsroom.conn, name).channel.state == "paused")

    at_work(newsroom, story)
    assert "ANOTHER HOST KEY" in channels.channel(newsroom.conn, name).reason
    assert newsroom.states() == [("publish", "retry")]
    assert sftp.names() == []
    channels.set_access(newsroom.conn, name, Access(login=USER, host_keys=(sftp.server.pin,)), "")
    channels.set_state(newsroom.conn, name, "active")
    newsroom.conn.execute("update delivery set due = now()")

    async def again(lanes: Lanes) -> None:
        await until(lambda: newsroom.states() == [("publish", "sent")])

    at_work(newsroom, again)
    assert len(sftp.names()) == 1
