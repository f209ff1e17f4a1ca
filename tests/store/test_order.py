"""The one order: a follower never skips, and a cursor is good for the one it was given to, in the epoch it was given in."""

import base64
import threading

import pytest

from dragoman.model.errors import BadInput, Gone
from dragoman.store import connect, order
from dragoman.store.order import Cursor, read_cursor
from newsdesk import copy


def test_a_number_given_second_never_becomes_visible_first(newsroom):
    """The one who has a number commits before the next one gets his."""
    with connect.connect(newsroom.database.newsroom) as other:
        got: list[int] = []
        done = threading.Event()

        def second() -> None:
            with other.transaction():
                got.extend(order.allocate(other, 1))
            done.set()

        thread = threading.Thread(target=second)
        with newsroom.conn.transaction():
            first = order.allocate(newsroom.conn, 2)
            thread.start()
            assert not done.wait(0.2)
        thread.join(10)
    assert first[1] == first[0] + 1
    assert got == [first[1] + 1]


def test_a_follower_of_two_writers_skips_nothing(newsroom):
    newsroom.agree()
    rounds, errors = 25, []
    writers_done = threading.Event()

    def write(word: str) -> None:
        try:
            with newsroom.beside() as room:
                for number in range(rounds):
                    room.file(*(copy(f"adr:{word}-{number}-{n}") for n in range(1 + number % 3)))
        except BaseException as error:
            errors.append(error)

    def follow(seen: list[int]) -> None:
        after = 0
        with connect.connect(newsroom.database.newsroom) as conn:
            while True:
                last = writers_done.is_set()
                rows = conn.execute("select sequence from version where sequence > %s order by sequence", (after,))
                found = [row[0] for row in rows]
                seen += found
                after = found[-1] if found else after
                if last and not found:
                    return

    seen: list[int] = []
    follower = threading.Thread(target=follow, args=(seen,))
    writers = [threading.Thread(target=write, args=(word,)) for word in ("left", "right")]
    for thread in (follower, *writers):
        thread.start()
    for thread in writers:
        thread.join(60)
    writers_done.set()
    follower.join(60)
    assert errors == []
    assert seen == [row[0] for row in newsroom.rows("select sequence from version order by sequence")]
    assert len(seen) == 2 * sum(1 + number % 3 for number in range(rounds))


def test_a_cursor_says_where_its_reader_was():
    cursor = Cursor(3, 42, "VAL")
    assert read_cursor(str(cursor), reader="VAL", epoch=3) == cursor
    assert read_cursor("", reader="VAL", epoch=3) == Cursor(3, 0, "VAL")
    assert "VAL" not in str(cursor)


def test_a_cursor_from_before_a_restore_is_gone(newsroom):
    before = order.epoch(newsroom.conn)
    with newsroom.as_owner() as owner:
        assert order.start_epoch(owner, "restored") == before + 1
    now = order.epoch(newsroom.conn)
    assert now == before + 1
    with pytest.raises(Gone) as gone:
        read_cursor(str(Cursor(before, 42, "VAL")), reader="VAL", epoch=now)
    assert gone.value.status == 410
    assert "without a cursor" in gone.value.hint


def test_another_readers_cursor_is_refused():
    with pytest.raises(BadInput, match="another reader"):
        read_cursor(str(Cursor(1, 42, "MER")), reader="VAL", epoch=1)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "!!!!",
        "ünlü",
        "\x00",
        "a" * 10_000,
        base64.urlsafe_b64encode(b"1.2").decode(),
        base64.urlsafe_b64encode(b"one.two.VAL").decode(),
        base64.urlsafe_b64encode(b"\xff\xfe.\xff.VAL").decode(),
        base64.urlsafe_b64encode(b"1." + b"9" * 6_000 + b".VAL").decode(),
    ],
)
def test_garbage_is_not_a_cursor(text):
    with pytest.raises(BadInput):
        read_cursor(text, reader="VAL", epoch=1)
