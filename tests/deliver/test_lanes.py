"""Lanes and letters at work, against a scripted partner over a real socket."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from partner_server import Partner, open_partner, until

from dragoman.deliver.lanes import WAITS, Lanes
from dragoman.deliver.letters import Letters
from dragoman.model.errors import TryAgain
from dragoman.model.picture import original_of
from dragoman.net.addresses import parse_allowed
from dragoman.net.connector import Connector
from dragoman.store import agencies, channels, connect, deliveries, letters, order
from dragoman.trust.envelope import open_envelope
from dragoman.trust.keys import Keyring, new_keyring, rotate
from dragoman.trust.webhook import format_secret, verify
from newsdesk import Newsroom, copy, tombstone

LOOPBACK = parse_allowed(["127.0.0.1/32"])
MINUTE = timedelta(minutes=1)


class Working:
    """The delivery loop at work beside a partner."""

    def __init__(self, room: Newsroom, partner: Partner, lanes: Lanes, keyring: Keyring) -> None:
        self.room, self.partner, self.lanes, self.keyring = room, partner, lanes, keyring

    def channel(self, agency: str = "VAL", path: str = "/in", kind: str = "webhook", format: str = "ninjs") -> int:
        return self.room.channel(agency, kind, self.partner.url + path, format)

    def file(self, *copies, **more) -> int:
        sequence = [self.room.filed(one, **more) for one in copies][-1]
        self.lanes.wake()
        return sequence

    def pass_time(self, span: timedelta) -> None:
        self.room.pass_time(span)
        self.lanes.wake()

    async def until(self, *states: tuple[str, str]) -> None:
        """The deliveries stand so, all lanes given back."""
        await until(lambda: self.room.states() == list(states) and self.idle())

    def idle(self) -> bool:
        return self.room.one("select count(*) from lane where until > now()") == 0


@asynccontextmanager
async def _working(room: Newsroom, keyring: Keyring | None = None) -> AsyncIterator[Working]:
    keyring = keyring or new_keyring("ADR", datetime.now(UTC))
    stopping = asyncio.Event()
    with (
        connect.connect(room.database.newsroom) as claiming,
        connect.connect(room.database.newsroom) as recording,
    ):
        async with open_partner() as partner, Connector(LOOPBACK, per_host=0) as connector:
            lanes = Lanes(claiming, recording, connector, lambda: keyring, lanes=32, window=4)
            running = asyncio.create_task(lanes.run(stopping))
            try:
                yield Working(room, partner, lanes, keyring)
            finally:
                stopping.set()
                lanes.wake()
                await running


def _play(room: Newsroom, story: Callable[[Working], Awaitable[None]], **more) -> None:
    async def play() -> None:
        async with _working(room, **more) as work:
            await story(work)

    asyncio.run(play())


def _verified(heard, keyring):
    public = [key.public for key in keyring.signing]
    name = verify(heard.headers, heard.body, now=datetime.now(UTC), keys=public)
    return name, open_envelope(heard.body, us="VAL", now=datetime.now(UTC))


# ---------------------------------------------------------------------------------------------- what arrives


def test_a_push_is_signed_names_its_recipient_and_carries_credit_and_terms(newsroom):
    newsroom.agree(credit={"en": "Adrian Press / Valonia News"}, use="internal")

    async def story(work):
        work.channel()
        work.file(copy())
        await work.until(("publish", "sent"))
        (heard,) = work.partner.heard
        name, envelope = _verified(heard, work.keyring)
        assert name == deliveries.deliveries(newsroom.conn)[0].id
        assert (envelope.sender, envelope.recipient, envelope.agreement, envelope.action) == (
            "ADR",
            "VAL",
            "ADR-VAL",
            "publish",
        )
        item = json.loads(envelope.content)
        assert item["dragoman"]["credit"] == "Adrian Press / Valonia News"
        assert item["usageTerms"].startswith("For internal use only")
        assert [hop["agency"] for hop in item["dragoman"]["hops"]] == ["ADR"]

    _play(newsroom, story)


def test_during_a_rotation_a_push_is_signed_by_both_keys(newsroom):
    newsroom.agree()
    keyring = rotate(new_keyring("ADR", datetime.now(UTC)), datetime.now(UTC))

    async def story(work):
        work.channel()
        work.file(copy())
        await work.until(("publish", "sent"))
        (heard,) = work.partner.heard
        for key in keyring.signing:
            assert verify(heard.headers, heard.body, now=datetime.now(UTC), keys=[key.public])

    _play(newsroom, story, keyring=keyring)


def test_a_webhook_with_a_secret_is_signed_with_it_too(newsroom):
    newsroom.agree()
    secret = b"thirty-two bytes, give or take a few"

    async def story(work):
        number = work.channel()
        newsroom.conn.execute("update channel set secret = %s where id = %s", (format_secret(secret), number))
        work.file(copy())
        await work.until(("publish", "sent"))
        (heard,) = work.partner.heard
        assert verify(heard.headers, heard.body, now=datetime.now(UTC), secrets=[secret])

    _play(newsroom, story)


def test_a_nodes_channel_pushes_to_its_inbox(newsroom):
    newsroom.agree()

    async def story(work):
        work.channel(path="/", kind="node")
        work.file(copy())
        await work.until(("publish", "sent"))
        assert [heard.path for heard in work.partner.heard] == ["/exchange/inbox"]

    _play(newsroom, story)


@pytest.mark.parametrize("format", ["rss", "atom", "text"])
def test_another_format_is_sent_as_the_bare_document(newsroom, format):
    newsroom.agree()

    async def story(work):
        work.channel(format=format)
        work.file(copy())
        await work.until(("publish", "sent"))
        (heard,) = work.partner.heard
        assert b"The old bridge reopens." in heard.body
        assert not heard.body.startswith(b'{"type"')

    _play(newsroom, story)


# ---------------------------------------------------------------------------------------------- what they answer


def test_a_push_that_failed_is_repeated_under_its_id_so_that_it_has_one_effect(newsroom):
    newsroom.agree()

    async def story(work):
        work.partner.script["/in"] = [500, 503, 200]
        work.channel()
        work.file(copy())
        for turn in (1, 2):
            await until(lambda turn=turn: len(work.partner.heard) == turn and work.idle())
            assert newsroom.states() == [("publish", "retry")]
            work.pass_time(MINUTE)
        await work.until(("publish", "sent"))
        assert len({heard.id for heard in work.partner.heard}) == 1
        stamps = [heard.headers["webhook-timestamp"] for heard in work.partner.heard]
        assert all(_verified(heard, work.keyring) for heard in work.partner.heard)
        assert len(stamps) == 3

    _play(newsroom, story)


def test_who_asks_to_be_left_alone_for_two_minutes_is(newsroom):
    newsroom.agree()

    async def story(work):
        work.partner.script["/in"] = [(429, {"Retry-After": "120"}), 200]
        work.channel()
        before = newsroom.now()
        work.file(copy())
        await work.until(("publish", "retry"))
        due = newsroom.one("select due from lane where not express")
        assert before + timedelta(seconds=115) < due < newsroom.now() + timedelta(seconds=121)
        work.file(copy("adr:more"))
        work.pass_time(MINUTE)
        assert len(work.partner.heard) == 1
        work.pass_time(MINUTE)
        await work.until(("publish", "sent"), ("publish", "sent"))

    _play(newsroom, story)


def test_who_wants_no_more_is_sent_no_more(newsroom):
    newsroom.agree()

    async def story(work):
        work.partner.script["/in"] = [410]
        work.channel()
        work.file(copy())
        await until(lambda: channels.channels(newsroom.conn)[0].channel.state == "disabled")
        work.file(copy("adr:more"))
        await work.until(("publish", "parked"))
        assert len(work.partner.heard) == 1
        assert newsroom.one("select count(*) from audit where act = 'channel disabled'") == 1

    _play(newsroom, story)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 415, 422])
def test_copy_they_refuse_is_parked_with_what_they_said_and_the_lane_goes_on(newsroom, status):
    newsroom.agree()

    async def story(work):
        work.partner.script["/in"] = [status, 200]
        work.channel()
        work.file(copy("adr:1"))
        await work.until(("publish", "parked"))
        assert deliveries.deliveries(newsroom.conn)[0].reason == f"{status} as you say"
        work.file(copy("adr:2"))
        await work.until(("publish", "parked"), ("publish", "sent"))
        assert channels.channels(newsroom.conn)[0].failures == 0

    _play(newsroom, story)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(newsroom, status):
    newsroom.agree()

    async def story(work):
        work.partner.script["/in"] = [(status, {"Location": "/elsewhere"})]
        work.channel()
        work.file(copy())
        await work.until(("publish", "retry"))
        assert work.partner.at("/elsewhere") == []

    _play(newsroom, story)


def test_nobody_there_is_a_retry_and_the_reason_names_no_address_of_ours(newsroom):
    newsroom.agree()

    async def story(work):
        newsroom.channel("VAL", "webhook", "http://127.0.0.1:9/closed")
        work.file(copy())
        await work.until(("publish", "retry"))
        assert "reached" in deliveries.deliveries(newsroom.conn)[0].reason

    _play(newsroom, story)


def test_a_channel_whose_secret_cannot_be_read_rests_and_says_so(newsroom):
    newsroom.agree()

    async def story(work):
        number = work.channel()
        newsroom.conn.execute("update channel set secret = 'whsec_no' where id = %s", (number,))
        work.file(copy())
        await work.until(("publish", "retry"))
        assert "secret" in channels.channels(newsroom.conn)[0].last_error
        assert newsroom.one("select attempts from delivery") == 1
        assert work.partner.heard == []

    _play(newsroom, story)


def test_copy_that_cannot_be_packed_is_parked_and_the_lane_goes_on(newsroom):
    newsroom.agree()

    async def story(work):
        number = work.channel(format="nonsense")
        work.file(copy("adr:1"))
        await work.until(("publish", "parked"))
        newsroom.conn.execute("update channel set format = 'ninjs' where id = %s", (number,))
        work.file(copy("adr:2"))
        await work.until(("publish", "parked"), ("publish", "sent"))

    _play(newsroom, story)


# ---------------------------------------------------------------------------------------------- order, side by side


def test_versions_arrive_in_their_order_and_never_go_backwards_on_any_channel(newsroom):
    newsroom.agree()

    async def story(work):
        paths = ["/one", "/two", "/three"]
        for path in paths:
            work.channel(path=path)
        work.partner.script["/two"] = [500, 200]
        for number in range(1, 9):
            work.file(*(copy(f"adr:{n}", version=str(number)) for n in range(3)))
            await until(lambda: len(work.partner.at("/one")) >= 1)
        work.pass_time(MINUTE)
        await until(lambda: work.idle() and newsroom.one(_OPEN) == 0)
        for path in paths:
            for n in range(3):
                versions = [
                    int(item["version"])
                    for heard in work.partner.at(path)
                    if (item := json.loads(_verified(heard, work.keyring)[1].content))["uri"] == f"adr:{n}"
                ]
                assert versions == sorted(versions), (path, n)
                assert versions[-1] == 8, (path, n)

    _play(newsroom, story)


_OPEN = "select count(*) from delivery where state in ('pending', 'leased', 'retry')"


def test_a_partner_that_does_not_answer_delays_nobody_else_and_the_kill_follows_what_it_is_being_sent(newsroom):
    for taker in ("VAL", "MER"):
        newsroom.agree(taker)

    async def story(work):
        answer = asyncio.Event()
        work.partner.script["/slow"] = [answer, 200]
        slow, _ = work.channel("VAL", "/slow"), work.channel("MER", "/quick")
        work.file(copy("adr:wrong"))
        await until(lambda: len(work.partner.at("/slow")) == 1)
        for number in range(20):
            work.file(copy(f"adr:{number}"))
        await until(lambda: len(work.partner.at("/quick")) == 21)
        assert len(work.partner.at("/slow")) == 1
        work.file(tombstone(copy("adr:wrong", version="2")))
        await until(lambda: len(work.partner.at("/quick")) == 22)
        assert len(work.partner.at("/slow")) == 1
        answer.set()
        await until(lambda: newsroom.one(_OPEN) == 0)
        acts = [_verified(heard, work.keyring)[1].action for heard in work.partner.at("/slow")]
        assert acts[0] == "publish"
        assert sorted(acts[1:]) == ["kill"] + ["publish"] * 20
        assert newsroom.one("select count(*) from delivery where channel = %s and state <> 'sent'", slow) == 0

    _play(newsroom, story)


def test_an_attempt_of_a_worker_that_died_is_repeated_under_its_id(newsroom):
    newsroom.agree()

    async def story(work):
        work.channel()
        newsroom.filed(copy())
        lost = newsroom.lanes()
        assert [len(lane.attempts) for lane in lost] == [1]
        work.pass_time(2 * MINUTE)
        await work.until(("publish", "sent"))
        assert [heard.id for heard in work.partner.heard] == [deliveries.deliveries(newsroom.conn)[0].id]
        assert newsroom.finish(lost, "parked") == 0

    _play(newsroom, story)


def test_told_to_stop_it_finishes_what_is_under_way(newsroom):
    newsroom.agree()
    answer = asyncio.Event()

    async def story(work):
        work.partner.script["/in"] = [answer]
        work.channel()
        work.file(copy())
        await until(lambda: len(work.partner.heard) == 1)
        asyncio.get_running_loop().call_later(0.2, answer.set)

    _play(newsroom, story)
    assert newsroom.states() == [("publish", "sent")]
    assert newsroom.one("select count(*) from lane where until > now()") == 0


def test_a_hundred_channels_are_served_side_by_side(newsroom):
    newsroom.agree()

    async def story(work):
        for number in range(100):
            work.channel(path=f"/{number}")
        work.file(copy())
        await until(lambda: len(work.partner.heard) == 100)
        assert len({heard.id for heard in work.partner.heard}) == 100

    _play(newsroom, story)


# ---------------------------------------------------------------------------------------------- letters


def _post(room: Newsroom, story) -> None:
    async def play() -> None:
        keyring = new_keyring("ADR", datetime.now(UTC))
        with connect.connect(room.database.newsroom) as conn:
            async with open_partner() as partner, Connector(LOOPBACK) as connector:
                for code in ("VAL", "MER"):
                    agencies.set_node(room.conn, code, f"{partner.url}/{code}/")
                await story(partner, Letters(conn, connector, lambda: keyring), keyring)

    asyncio.run(play())


def _write(room: Newsroom, partner: str, *words: str) -> None:
    for word in words:
        letters.post(room.conn, partner, "receipt", json.dumps({"word": word}).encode())


def _words(partner: Partner, code: str) -> list[str]:
    return [json.loads(heard.body)["letter"]["word"] for heard in partner.at(f"/{code}/exchange/inbox")]


def test_letters_are_posted_in_their_order_signed_and_addressed(newsroom):
    async def story(partner, post, keyring):
        _write(newsroom, "VAL", *"abcde")
        _write(newsroom, "MER", *"xyz")
        assert await post.post() == 8
        assert (_words(partner, "VAL"), _words(partner, "MER")) == (list("abcde"), list("xyz"))
        heard = partner.at("/VAL/exchange/inbox")[0]
        name, envelope = _verified(heard, keyring)
        assert (name.startswith("ADR-letter-"), envelope.type) == (True, "receipt")
        assert await post.post() == 0
        assert newsroom.rows("select distinct state from letter") == [("sent",)]

    _post(newsroom, story)


def test_a_letter_that_was_not_taken_holds_up_those_behind_it_and_keeps_its_id(newsroom):
    async def story(partner, post, _):
        partner.script["/VAL/exchange/inbox"] = [200, 500, 200]
        _write(newsroom, "VAL", *"abc")
        _write(newsroom, "MER", "x")
        await post.post()
        assert (_words(partner, "VAL"), _words(partner, "MER")) == (["a", "b"], ["x"])
        assert await post.post() == 0
        newsroom.pass_time(MINUTE)
        await post.post()
        assert _words(partner, "VAL") == ["a", "b", "b", "c"]
        ids = [heard.id for heard in partner.at("/VAL/exchange/inbox")]
        assert ids[1] == ids[2]

    _post(newsroom, story)


def test_a_node_restored_from_a_backup_uses_no_letters_id_again(newsroom):
    async def story(partner, post, _):
        _write(newsroom, "VAL", "lost with the backup")
        await post.post()
        first = newsroom.one("delete from letter returning id")
        order.start_epoch(newsroom.conn, "restored")
        newsroom.conn.execute("select setval(pg_get_serial_sequence('letter', 'id'), %s, false)", (first,))
        _write(newsroom, "VAL", "written since")
        await post.post()
        assert len({heard.id for heard in partner.at("/VAL/exchange/inbox")}) == 2

    _post(newsroom, story)


def test_a_partner_that_keeps_us_waiting_keeps_nobody_elses_letters_nor_the_end(newsroom):
    async def story(partner, post, _):
        never, stopping = asyncio.Event(), asyncio.Event()
        partner.script["/VAL/exchange/inbox"] = [never]
        _write(newsroom, "VAL", "a")
        posting = asyncio.create_task(post.run(stopping))
        await until(lambda: len(partner.heard) == 1)
        _write(newsroom, "MER", "x")
        post.wake()
        await until(lambda: _words(partner, "MER") == ["x"])
        asyncio.get_running_loop().call_later(0.2, never.set)
        stopping.set()
        await asyncio.wait_for(posting, 10)

    _post(newsroom, story)


def test_a_letter_they_refuse_is_parked_and_the_next_one_goes(newsroom):
    async def story(partner, post, _):
        partner.script["/VAL/exchange/inbox"] = [409, 200]
        _write(newsroom, "VAL", *"ab")
        await post.post()
        assert _words(partner, "VAL") == ["a", "b"]
        assert newsroom.rows("select state, reason from letter order by id") == [
            ("parked", "409 as you say"),
            ("sent", ""),
        ]

    _post(newsroom, story)


def test_letters_wait_while_the_database_is_away(newsroom):
    async def story(_partner, post, _keyring):
        post._conn.close()
        with pytest.raises(TryAgain):
            await post.post()

    _post(newsroom, story)


def test_a_picture_waits_for_its_file_and_after_a_while_its_document_goes_alone(newsroom, tmp_path):
    async def story(work):
        picture = copy("adr:boats", type="picture", renditions=(original_of("ab" * 32, "image/jpeg", 90, 60),))
        work.room.agree(kinds=("text", "picture"))
        work.room.channel("VAL", "folder", str(tmp_path))
        work.file(picture, copy("adr:words"))
        await work.until(("publish", "retry"), ("publish", "sent"))
        assert work.room.one("select reason from delivery where state = 'retry'") == WAITS
        assert len(list(tmp_path.iterdir())) == 1  # copy behind it did not wait
        work.pass_time(timedelta(minutes=11))
        await work.until(("publish", "sent"), ("publish", "sent"))
        assert "without the picture's file: it is not here" in {
            row[0] for row in work.room.rows("select reason from delivery")
        }
        assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".json"]

    _play(newsroom, story)
