"""The delivery's loop: lanes and letters, in one event loop; and its twin for what may not wait: kills, holds, flashes."""

import asyncio

from dragoman.deliver.lanes import Lanes
from dragoman.deliver.letters import Letters
from dragoman.roles.post import BEAT_S, Beats, Courtesy, Post, Stop, on_wake, patiently, until_told
from dragoman.store.connect import DELIVERIES, EXPRESS, LETTERS
from dragoman.trust.keyfile import LiveKeys


def run(post: Post) -> None:
    """The usual lanes and the letters, until SIGTERM; attempts under way end or are given back within 10 s."""
    stop = Stop()
    patiently(post, lambda: asyncio.run(_run(post, express=False)), stop)


def run_express(post: Post) -> None:
    """The express lanes, until SIGTERM: a process of its own, so that no backlog is in front of a kill."""
    stop = Stop()
    patiently(post, lambda: asyncio.run(_run(post, express=True)), stop)


async def _run(post: Post, *, express: bool) -> None:
    stopping = asyncio.Event()
    told = asyncio.create_task(until_told(stopping))
    # What was sent and not yet on the disk when the server dies is sent again under the same id.
    claiming, recording, third = (post.open(lazily=True) for _ in range(3))
    listener = post.listen(DELIVERIES, LETTERS, EXPRESS)
    keys, work = LiveKeys(post.config.keys), post.config.work
    # One partner's addresses may be many channels, a loopback bench a thousand: the lane bounds what runs side by side.
    async with post.connector(per_host=0, total=work.lanes * 4) as connector:
        mail = Letters(third, connector, keys)

        courtesy = Courtesy()
        lanes = Lanes(
            claiming,
            recording,
            connector,
            keys,
            lanes=work.lanes,
            window=work.window,
            express=express,
            courtesy=courtesy,
            url=post.config.url,
            files=post.files(),
        )

        def wake(channels: set[str]) -> None:
            if not express:
                courtesy.heard(channels)
            lanes.wake()
            mail.wake()

        on_wake(listener, wake)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_beat(Beats(third, post), lanes, stopping))
                group.create_task(lanes.run(stopping))
                if not express:
                    group.create_task(mail.run(stopping))
        except* Exception as failures:
            raise failures.exceptions[0] from None
        finally:
            told.cancel()
            asyncio.get_running_loop().remove_reader(listener.pgconn.socket)
            for conn in (claiming, recording, listener, third):
                conn.close()


async def _beat(beats: Beats, lanes: Lanes, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await asyncio.to_thread(beats.beat, f"{lanes.sent} sent since start")
        try:
            await asyncio.wait_for(stopping.wait(), BEAT_S)
        except TimeoutError:
            continue
