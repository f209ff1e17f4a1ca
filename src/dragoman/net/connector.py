"""The connector: one HTTP client for the whole program, whose every socket is judged before it connects; and judged sockets
for the protocols that are not HTTP.

No proxy from the environment, no cookies, no DNS cache, no HTTP/2, no Alt-Svc. The judgement happens where the final
address is known, so literal addresses, rebinding names and redirects all pass it.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver
from aiohttp.typedefs import LooseHeaders
from yarl import URL

from dragoman import __version__
from dragoman.model.errors import BadInput, DragomanError, TooLarge, TryAgain
from dragoman.net.addresses import LOW_PORTS, Allowed, judge
from dragoman.net.dial import dial
from dragoman.net.reply import Limits, Reply
from dragoman.net.unpack import ACCEPTED, Unpacker
from dragoman.net.urls import checked_url

USER_AGENT = f"Dragoman/{__version__}"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HARMLESS = frozenset({"accept", "accept-language", "if-modified-since", "if-none-match", "user-agent"})
"""Headers that follow a redirect to another origin; every other one may be a credential."""
_USUAL = Limits()
_EMPTY: Mapping[str, str] = {}

AddrInfo = tuple[int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]]


class AddressRefused(OSError):
    """Raised inside the socket factory. Its text is constant, so that nothing of the inside travels with it."""

    def __init__(self, ip: str, port: int, reason: str) -> None:
        super().__init__("address refused")
        self.ip, self.port, self.reason = ip, port, reason


class Connector:
    """Fetches over HTTP(S) from allowed addresses. One per event loop and per set of exceptions; close it.

    A partner with a private range of its own needs a connector of its own: connections are reused within one.
    """

    def __init__(
        self,
        allowed: Allowed,
        *,
        per_host: int = 8,
        total: int = 512,
        resolver: AbstractResolver | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`per_host` and `total` bound the open connections; `tls` replaces the system's trust store."""
        self._allowed = allowed
        self._per_host = per_host
        self._total = total
        self._resolver = resolver
        self._tls = tls
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection. A later fetch opens new ones."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def fetch(
        self, method: str, url: str, *, headers: Mapping[str, str] = _EMPTY, body: bytes = b"", limits: Limits = _USUAL
    ) -> Reply:
        """The server's answer, of whatever status; GET follows redirects, nothing else does.

        Raises:
            BadInput: the address is malformed or refused, here or at a redirect.
            TooLarge: the answer is over `limits`.
            TryAgain: not reached, too slow, broken off, or not HTTP. Texts never name an address of ours.
        """
        target = checked_url(url)
        started = time.monotonic()
        try:
            async with asyncio.timeout(limits.total_s):
                return await self._follow(method.upper(), target, dict(headers), body, limits, started)
        except DragomanError:
            raise
        except (aiohttp.ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError
            raise _explained(error, target, limits) from error

    async def dial(
        self, host: str, port: int, *, low_ports: frozenset[int] = LOW_PORTS, limits: Limits = _USUAL
    ) -> socket.socket:
        """A connected socket for another protocol than HTTP, the caller's to close. `low_ports` are that protocol's.

        Nothing is remembered of the name: the address that is judged is the one that is connected to.

        Raises:
            BadInput: the address is refused.
            TryAgain: the name is not found, or nobody answers.
        """
        resolver = self._resolver or ThreadedResolver()
        try:
            async with asyncio.timeout(limits.connect_s):
                found = await resolver.resolve(host, port, socket.AF_UNSPEC)
        except (OSError, UnicodeError) as error:
            raise TryAgain("The name of the server was not found", host) from error
        places = [(int(one["family"]), one["host"], port) for one in found]
        return await dial(host, places, self._allowed, low_ports, limits.connect_s)

    async def _follow(
        self, method: str, url: URL, headers: dict[str, str], body: bytes, limits: Limits, started: float
    ) -> Reply:
        for _ in range(limits.redirects + 1):
            reply, location = await self._once(method, url, headers, body, limits, started)
            if method != "GET" or reply.status not in REDIRECTS or not location:
                return reply
            url, headers = _next_hop(url, location, headers)
        raise TryAgain("The server redirects without end", f"more than {limits.redirects} redirects from {url.host}")

    async def _once(
        self, method: str, url: URL, headers: LooseHeaders, body: bytes, limits: Limits, started: float
    ) -> tuple[Reply, str]:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=limits.connect_s, sock_read=limits.first_byte_s)
        session = self._open_session()
        async with session.request(
            method, url, headers=headers, data=body or None, allow_redirects=False, timeout=timeout
        ) as response:
            location = response.headers.get("Location", "").strip() if response.status in REDIRECTS else ""
            content = b"" if location and method == "GET" else await _read(response, limits)
            named = tuple((name.lower(), value) for name, value in response.headers.items())
            elapsed = time.monotonic() - started
            reply = Reply(status=response.status, headers=named, body=content, url=str(url), elapsed_s=elapsed)
            return reply, location

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    socket_factory=self._make_socket,
                    use_dns_cache=False,
                    resolver=self._resolver,
                    ssl=self._tls or True,
                    limit=self._total,
                    limit_per_host=self._per_host,
                ),
                trust_env=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # we unpack ourselves, counting
                headers={"User-Agent": USER_AGENT, "Accept-Encoding": ACCEPTED},
            )
        return self._session

    def _make_socket(self, info: AddrInfo) -> socket.socket:
        family, kind, proto, _, sockaddr = info
        ip, port = str(sockaddr[0]), int(str(sockaddr[1]))
        verdict = judge(ip, port, self._allowed)
        if not verdict or family not in (socket.AF_INET, socket.AF_INET6):
            raise AddressRefused(ip, port, ", ".join(verdict.reasons))
        return socket.socket(family, kind, proto)


async def _read(response: aiohttp.ClientResponse, limits: Limits) -> bytes:
    if (response.content_length or 0) > limits.max_bytes:
        raise TooLarge("The answer is too large", f"over {limits.max_bytes} bytes")
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""), limits)
    async for chunk in response.content.iter_any():
        unpacker.add(chunk)
    return unpacker.finish()


def _next_hop(url: URL, location: str, headers: dict[str, str]) -> tuple[URL, dict[str, str]]:
    """Where a redirect leads, and the headers that may go there.

    Raises: BadInput: not a web address, or from https to http while credentials travel.
    """
    try:
        joined = str(url.join(URL(location)))
    except ValueError as error:
        raise BadInput("The server redirects to something that is no web address", str(url.host)) from error
    following = checked_url(joined)
    if following.origin() == url.origin():
        return following, headers
    harmless = {name: value for name, value in headers.items() if name.lower() in HARMLESS}
    if url.scheme == "https" and following.scheme == "http" and len(harmless) < len(headers):
        raise BadInput("The server redirects from https to http", f"{url.host}: our credentials do not follow")
    return following, harmless


_REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (aiohttp.ClientConnectorDNSError, "The name of the server was not found", "{host}"),
    (aiohttp.ClientConnectorCertificateError, "The server's certificate is not valid", "{host}"),
    (aiohttp.ClientSSLError, "No secure connection could be made", "{host}"),
    (aiohttp.ConnectionTimeoutError, "The server could not be reached", "{host}: no connection in {connect} s"),
    (aiohttp.SocketTimeoutError, "The server does not answer", "{host}: silent for {first} s"),
    (TimeoutError, "The server is too slow", "{host}: not finished in {total} s"),
    (aiohttp.ClientConnectorError, "The server could not be reached", "{host}: no connection"),
    (aiohttp.ClientResponseError, "The server's answer is not HTTP", "{host}"),
    (aiohttp.ClientPayloadError, "The answer broke off", "{host}"),
    (Exception, "The connection was lost", "{host}"),
)
"""The first class that fits says what happened. Its own text is never quoted: it may name addresses."""


def _explained(error: Exception, url: URL, limits: Limits) -> DragomanError:
    if isinstance(error.__cause__, AddressRefused):
        return BadInput(
            "This address is not allowed",
            f"{url.host} does not lead to a public web server",
            hint="A private network must be allowed explicitly by the operator.",
        )
    if isinstance(error, aiohttp.InvalidURL) or not isinstance(error, (aiohttp.ClientError, OSError)):
        return BadInput("This request cannot be sent", f"{url.host}: its address or headers are malformed")
    title, detail = next((title, detail) for kind, title, detail in _REASONS if isinstance(error, kind))
    return TryAgain(
        title,
        detail.format(host=url.host, connect=limits.connect_s, first=limits.first_byte_s, total=limits.total_s),
    )
