"""The delivery's loop: lanes and letters, in one event loop."""

import asyncio

from dragoman.deliver.lanes import Lanes
from dragoman.deliver.letters import Letters
from dragoman.roles.post import Beats, Post, Stop, on_wake, patiently, until_told
from dragoman.store.connect import DELIVERIES, LETTERS
from dragoman.trust.keyfile import LiveKeys


def run(post: Post) -> None:
    """Until SIGTERM; attempts under way end or are given back within 10 s."""
    stop = Stop()
    patiently(post, lambda: asyncio.run(_run(post)), stop)


async def _run(post: Post) -> None:
    stopping = asyncio.Event()
    told = asyncio.create_task(until_told(stopping))
    claiming, recording, listener, beating = post.open(), post.open(), post.listen(DELIVERIES, LETTERS), post.open()
    keys, work = LiveKeys(post.config.keys), post.config.work
    # One partner's addresses may be many channels, a loopback bench a thousand: the lane bounds what runs side by side.
    async with post.connector(per_host=0, total=work.lanes * 4) as connector:
        lanes = Lanes(claiming, recording, connector, keys, lanes=work.lanes, window=work.window)
        mail = Letters(beating, connector, keys)

        def wake() -> None:
            lanes.wake()
            mail.wake()

        on_wake(listener, wake)
        beats = Beats(claiming, post)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(lanes.run(stopping))
                group.create_task(mail.run(stopping))
        except* Exception as failures:
            raise failures.exceptions[0] from None
        finally:
            told.cancel()
            asyncio.get_running_loop().remove_reader(listener.pgconn.socket)
            beats.beat(f"{lanes.sent} sent since start")
            for conn in (claiming, recording, listener, beating):
                conn.close()
