"""The box in an event loop: one job at a time, whoever goes away or dies."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import pytest

from dragoman.model.arrival import Hints
from dragoman.receive.box import Box, BoxLimits
from dragoman.receive.decoding import WORK, Job, split_job
from dragoman.receive.intake import LoopBox

RSS = b"<rss version='2.0'><channel><title>x</title><item><guid>g</guid><title>Crane</title></item></channel></rss>"


def split_or_else(work: bytes) -> bytes:
    """As the real one, but some copy ends the worker and some takes for ever."""
    if b"POISON" in work:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"ENDLESS" in work:
        time.sleep(60)
    return split_job(work)


@pytest.fixture
def fragile() -> Iterator[Box]:
    box = Box(1, {**WORK, "split": split_or_else}, BoxLimits(wall_s=0.5))
    yield box
    box.close()


def job(body: bytes) -> Job:
    return Job(0, body, Hints())


def test_copy_that_ends_its_decoder_or_takes_for_ever_is_no_feed_and_the_next_is(fragile: Box) -> None:
    async def story() -> None:
        box = LoopBox(fragile)
        found = await asyncio.gather(*(box.split(job(body)) for body in (b"POISON", RSS, b"ENDLESS", RSS)))
        assert [bool(each and each.entries) for each in found] == [False, True, False, True]

    asyncio.run(story())


def test_a_job_whose_asker_has_gone_is_not_taken_for_the_next(fragile: Box) -> None:
    async def leave() -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(LoopBox(fragile).split(job(b"ENDLESS")), 0.05)

    async def come() -> None:
        found = await LoopBox(fragile).split(job(RSS))
        assert found is not None
        assert [entry.key for entry in found.entries] == ["g"]

    asyncio.run(leave())
    asyncio.run(come())


def test_the_loop_goes_on_while_the_box_works(fragile: Box) -> None:
    async def story() -> int:
        ticks, working = 0, asyncio.create_task(LoopBox(fragile).split(job(b"ENDLESS")))
        while not working.done():
            await asyncio.sleep(0.01)
            ticks += 1
        return ticks

    assert asyncio.run(story()) > 5
