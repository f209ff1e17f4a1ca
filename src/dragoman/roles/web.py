"""The web role: pages, API and the exchange's doors on the sockets that were bound before the fork."""

import asyncio
import contextlib
import gc
import signal
from types import FrameType

import structlog
import uvicorn

from dragoman.model.errors import TryAgain
from dragoman.roles.post import Beats, Post, Stop, patiently
from dragoman.store import agencies
from dragoman.store.connect import open_pool
from dragoman.trust.keyfile import LiveKeys
from dragoman.web import Site, build_app
from dragoman.web import Stop as StreamStop

log = structlog.get_logger("web")
POOL, PARTNER_POOL = 8, 4
LOOK_S = 2.0


class _Server(uvicorn.Server):
    """Ends open streams before it waits for its clients: they would hold it for its whole grace otherwise."""

    def __init__(self, config: uvicorn.Config, streams: StreamStop) -> None:
        super().__init__(config)
        self._streams = streams

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._streams.set()
        super().handle_exit(sig, frame)


def run(post: Post) -> None:
    """Until SIGTERM."""
    stop = Stop()
    patiently(post, lambda: asyncio.run(_run(post)), stop)


async def _run(post: Post) -> None:
    gc.enable()
    conn = post.open()
    home = agencies.home(conn)
    newsroom = open_pool(post.newsroom, name="dragoman-web", size=POOL)
    partner = open_pool(post.partner, name="dragoman-partner", size=PARTNER_POOL)
    streams = StreamStop()
    site = Site(
        config=post.config,
        home=home,
        keys=LiveKeys(post.config.keys),
        newsroom=newsroom,
        partner=partner,
        files=post.files(),
        stop=streams,
        intake_refused=post.intake_refused,
    )
    config = uvicorn.Config(
        build_app(site),
        log_config=None,
        access_log=False,
        lifespan="on",
        timeout_graceful_shutdown=8,
        server_header=False,
        date_header=True,
        proxy_headers=False,
    )
    server = _Server(config, streams)
    conn.close()
    beating = asyncio.create_task(_beat(post))
    try:
        await server.serve(sockets=post.sockets)
    finally:
        beating.cancel()
        newsroom.close()
        partner.close()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


async def _beat(post: Post) -> None:
    """Beat for as long as the role lives. The pools come back by themselves when the database does; so does this."""
    while True:
        try:
            with contextlib.closing(await asyncio.to_thread(post.open)) as conn:
                beats = Beats(conn, post)
                while True:
                    await asyncio.to_thread(beats.beat)
                    await asyncio.sleep(LOOK_S)
        except TryAgain as error:
            log.warning("no beat: the database is away", detail=str(error))
            await asyncio.sleep(LOOK_S)
