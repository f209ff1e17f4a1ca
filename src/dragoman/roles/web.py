"""The web role: pages, API and the exchange's doors on the sockets that were bound before the fork."""

import asyncio
import gc
import signal
from types import FrameType

import uvicorn

from dragoman.roles.post import Beats, Post, Stop, patiently
from dragoman.store import agencies
from dragoman.store.connect import open_pool
from dragoman.trust.keyfile import load_keyring
from dragoman.web import Site, build_app
from dragoman.web import Stop as StreamStop

POOL, PARTNER_POOL = 8, 4


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
        keyring=load_keyring(post.config.keys),
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
    beating = asyncio.create_task(_beat(Beats(conn, post)))
    try:
        await server.serve(sockets=post.sockets)
    finally:
        beating.cancel()
        newsroom.close()
        partner.close()
        conn.close()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


async def _beat(beats: Beats) -> None:
    while True:
        beats.beat()
        await asyncio.sleep(2)
