"""Partners' webhook receivers, as cheap as they can be: one process, one port, 200 to everything.

It answers ``GET /count`` with how many it has, ``GET /times`` with the moments at which each path was called.
"""

import asyncio
import json
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from typing import ClassVar

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_MARK = re.compile(rb"urn:bench:([a-z0-9-]+)")
_OK = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


class _Partner(asyncio.Protocol):
    calls = 0
    first: ClassVar[dict[str, float]] = {}
    last: ClassVar[dict[str, float]] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._buffer = bytearray()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(self._buffer, 0, end)
            size = int(found.group(1)) if found else 0
            if len(self._buffer) < end + 4 + size:
                return
            self._answer(bytes(self._buffer[: end + 4 + size]), end + 4)
            del self._buffer[: end + 4 + size]

    def _answer(self, request: bytes, body: int) -> None:
        if request.startswith(b"GET /count"):
            self._send(str(_Partner.calls).encode())
        elif request.startswith(b"GET /times"):
            self._send(json.dumps({"first": _Partner.first, "last": _Partner.last}).encode())
        else:
            now = time.time()
            _Partner.calls += 1
            if mark := _MARK.search(request, body):
                name = mark.group(1).decode()
                _Partner.first.setdefault(name, now)
                _Partner.last[name] = now
            self._transport.write(_OK)  # type: ignore[attr-defined]

    def _send(self, body: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\nconnection: close\r\n\r\n" % len(body)
        self._transport.write(head + body)  # type: ignore[attr-defined]


def _serve(told: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(_Partner, "127.0.0.1", 0, backlog=2048)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def receiver() -> Iterator[int]:
    """The port of a receiver in a process of its own."""
    ours, theirs = Pipe()
    process = Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield int(ours.recv())
    finally:
        process.terminate()
        process.join()
