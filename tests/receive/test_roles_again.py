"""Roles that lost the database go on when it is back: nothing of the time before stands in their way."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from ways_in import home, kept, new_feed

from database import Addresses
from dragoman.config import Config
from dragoman.receive.box import Box, BoxLimits
from dragoman.receive.decoding import WORK, encode_jobs
from dragoman.roles import pipeline, web
from dragoman.roles import post as posts
from dragoman.roles.post import Post, Stop
from dragoman.store import arrivals, beats
from dragoman.store.arrivals import Kept
from dragoman.store.connect import Connection
from dragoman.store.feeds import Feed


@pytest.fixture
def post(database: Addresses, tmp_path: Path) -> Post:
    return Post(role="web", config=Config(folder=tmp_path), newsroom=database.newsroom, partner=database.partner)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.02)


def test_a_job_that_was_left_in_the_box_does_not_keep_its_worker_for_ever(post: Post, conn: Connection) -> None:
    home(conn)
    feed = new_feed(conn, Feed(name="desk", agency="HBR", kind="push", format="text"))
    with conn.transaction():
        arrivals.keep(conn, feed.id, feed.agency_id, [Kept(body=b"Bulletin\n\nThe bridge is open.")], None)
    child = os.fork()
    if child == 0:
        _live(post)
    try:
        asyncio.run(until(lambda: _states(conn) == {"decoded"}))
    finally:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)


def _states(conn: Connection) -> set[str]:
    assert len(kept(conn)) == 1
    return {row[0] for row in conn.execute("select state from arrival")}


def _live(post: Post) -> None:
    """A loop that begins with a box whose only worker has a job of the loop before; never returns."""
    try:
        stop, box = Stop(), Box(1, WORK, BoxLimits())
        box.send(0, "decode", encode_jobs([]))
        pipeline._Loop(post, box, stop, express=False).run()
        box.close()
    finally:
        os._exit(0)


def test_the_web_role_beats_again_when_the_database_is_back(
    post: Post, conn: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "LOOK_S", 0.02)
    monkeypatch.setattr(posts, "BEAT_S", 0.01)

    def beating() -> bool:
        return any(beat.role == "web" for beat in beats.beats(conn))

    async def tell() -> None:
        role = asyncio.create_task(web._beat(post))
        await until(beating)
        conn.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'dragoman-web'")
        conn.execute("delete from role_state")
        await until(beating)
        role.cancel()
        await asyncio.gather(role, return_exceptions=True)

    asyncio.run(tell())
