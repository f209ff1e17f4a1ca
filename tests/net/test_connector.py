"""The connector against real servers on loopback: what it reaches, what it refuses, when it gives up."""

import asyncio
import gzip
import json
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dragoman.model.errors import BadInput, TooLarge, TryAgain
from dragoman.net.addresses import Allowed, judge, parse_allowed
from dragoman.net.connector import AddressRefused, Connector
from dragoman.net.reply import Limits
from dragoman.net.urls import checked_url

HOSTILE = Path(__file__).parents[3] / "shared/data/hostile"
LOOPBACK = parse_allowed(["127.0.0.1/32"])
QUICK = Limits(connect_s=0.3, first_byte_s=0.3, total_s=1.0, max_bytes=100_000)
needs_shared = pytest.mark.skipif(not HOSTILE.exists(), reason="the development data is not beside the project")
T = TypeVar("T")


class Partner:
    """A scripted server: a table from path to the bytes it answers; None means it never does. Counts what it heard."""

    def __init__(self, answers: dict[str, bytes | None], *, then: str = "close") -> None:
        self.answers = answers
        self.then = then
        self.heard: list[str] = []
        self.connections = 0
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
            self.heard.append(request)
            await self.speak(request.split(" ")[1], reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def speak(self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        said = self.answers[path]
        if said is not None:
            writer.write(said)
            await writer.drain()
        while self.then == "repeat" and said:
            writer.write(b"x" * 65536)
            await writer.drain()
        if self.then == "hang" or said is None:
            await reader.read()  # until the other side goes

    async def stop(self, server: asyncio.Server) -> None:
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await server.wait_closed()


@asynccontextmanager
async def serving(
    answers: dict[str, bytes | None], *, then: str = "close", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Partner]:
    partner = Partner(answers, then=then)
    server = await asyncio.start_server(partner.answer, "127.0.0.1", 0, ssl=tls)
    partner.port = server.sockets[0].getsockname()[1]
    try:
        yield partner
    finally:
        await partner.stop(server)


class Names(AbstractResolver):
    """A name server by table: each look-up of a name takes its next answer, the last one for ever."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        turns = self.answers[host.split(".")[0]]
        ips = turns.pop(0) if len(turns) > 1 else turns[0]
        return [
            ResolveResult(
                hostname=host,
                host=ip,
                port=port,
                family=socket.AF_INET6 if ":" in ip else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for ip in ips
        ]

    async def close(self) -> None:
        pass


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def run(story: Callable[[], Awaitable[T]]) -> T:
    async def told() -> T:
        return await story()

    return asyncio.run(told())


def test_a_feed_is_fetched_with_its_headers_and_our_name() -> None:
    async def story() -> None:
        answers: dict[str, bytes | None] = {"/feed?x=1": http("200 OK", b"<rss/>", 'ETag: "7"', "Set-Cookie: a=b")}
        async with serving(answers) as partner, Connector(LOOPBACK) as connector:
            reply = await connector.fetch("GET", partner.url + "/feed?x=1", headers={"If-None-Match": '"6"'})
            assert (reply.status, reply.body, reply.header("ETag"), reply.ok) == (200, b"<rss/>", '"7"', True)
            assert reply.url == partner.url + "/feed?x=1"
            assert 0 <= reply.elapsed_s < 5
            await connector.fetch("GET", partner.url + "/feed?x=1")
            assert "User-Agent: Dragoman/" in partner.heard[0]
            assert 'If-None-Match: "6"' in partner.heard[0]
            assert "cookie" not in partner.heard[1].lower()

    run(story)


@pytest.mark.parametrize("status", ["304 Not Modified", "401 Unauthorized", "410 Gone", "429 Slow", "503 Away"])
def test_every_status_is_an_answer_not_an_error(status: str) -> None:
    async def story() -> None:
        async with (
            serving({"/": http(status, b"", "Retry-After: 120")}) as partner,
            Connector(LOOPBACK) as connector,
        ):
            reply = await connector.fetch("GET", partner.url + "/")
            assert reply.status == int(status[:3])
            assert reply.header("retry-after") == "120"
            assert not reply.ok

    run(story)


def test_a_push_carries_its_bytes_and_follows_no_redirect() -> None:
    async def story() -> None:
        answers: dict[str, bytes | None] = {"/in": http("307 Elsewhere", b"no", "Location: /other")}
        async with serving(answers) as partner, Connector(LOOPBACK) as connector:
            reply = await connector.fetch("POST", partner.url + "/in", headers={"webhook-id": "m1"}, body=b"{}")
            assert (reply.status, reply.body) == (307, b"no")
            assert len(partner.heard) == 1
            assert "Content-Length: 2" in partner.heard[0]

    run(story)


def test_without_an_exception_loopback_is_never_touched() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK")}) as partner, Connector(Allowed()) as connector:
            for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "[::]", "[64:ff9b::7f00:1]"):
                with pytest.raises(BadInput, match="not allowed") as caught:
                    await connector.fetch("GET", f"http://{host}:{partner.port}/")
                assert caught.value.__cause__ is not None
                assert isinstance(caught.value.__cause__.__cause__, AddressRefused)
            assert partner.connections == 0

    run(story)


def test_a_redirect_to_another_loopback_port_is_refused_at_the_hop() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK", b"secret")}) as inside:
            hop = http("302 Found", b"", f"Location: {inside.url}/")
            async with (
                serving({"/": hop}) as outside,
                Connector(parse_allowed([f"127.0.0.1/32:{outside.port}"])) as connector,
            ):
                with pytest.raises(BadInput, match="not allowed"):
                    await connector.fetch("GET", outside.url + "/")
                assert (len(outside.heard), inside.connections) == (1, 0)

    run(story)


@pytest.mark.parametrize(
    "location", ["file:///etc/hostname", "gopher://127.0.0.1/", "http://127.1/", "http://a:b@c.example/", "http://["]
)
def test_a_redirect_to_no_web_address_is_refused(location: str) -> None:
    async def story() -> None:
        async with (
            serving({"/": http("302 Found", b"", f"Location: {location}")}) as partner,
            Connector(LOOPBACK) as connector,
        ):
            with pytest.raises(BadInput):
                await connector.fetch("GET", partner.url + "/")

    run(story)


def test_redirects_are_followed_five_times_and_no_more() -> None:
    async def story() -> None:
        answers: dict[str, bytes | None] = {f"/{n}": http("301 On", b"", f"Location: ./{n + 1}") for n in range(9)}
        answers["/8"] = http("200 OK", b"there")
        async with serving(answers) as partner, Connector(LOOPBACK) as connector:
            reply = await connector.fetch("GET", partner.url + "/3")
            assert (reply.body, reply.url) == (b"there", partner.url + "/8")
            with pytest.raises(TryAgain, match="redirects"):
                await connector.fetch("GET", partner.url + "/2")

    run(story)


def test_credentials_do_not_follow_to_another_server() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK")}) as other:
            answers: dict[str, bytes | None] = {
                "/": http("302 Found", b"", "Location: /again"),
                "/again": http("302 Found", b"", f"Location: {other.url}/"),
            }
            async with serving(answers) as partner, Connector(LOOPBACK) as connector:
                sent = {"Authorization": "Bearer x", "X-Api-Key": "k", "Accept": "text/xml"}
                await connector.fetch("GET", partner.url + "/", headers=sent)
                assert "X-Api-Key: k" in partner.heard[1]
                assert "Accept: text/xml" in other.heard[0]
                assert "Bearer" not in other.heard[0]
                assert "X-Api-Key" not in other.heard[0]

    run(story)


def test_a_name_that_turns_inward_is_caught_at_the_second_look_up() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK", b"first")}) as partner:
            allowed = parse_allowed([f"127.0.0.1/32:{partner.port}"])
            names = Names(wire=[["127.0.0.1"], ["127.0.0.2"], ["10.0.0.1", "::1"]])
            async with Connector(allowed, resolver=names) as connector:
                url = f"http://wire.example:{partner.port}/"
                assert (await connector.fetch("GET", url)).body == b"first"
                for _ in range(2):
                    with pytest.raises(BadInput) as caught:
                        await connector.fetch("GET", url)
                    told = str(caught.value) + caught.value.hint
                    assert "127." not in told
                    assert "10.0" not in told
            assert partner.connections == 1
            assert len(names.asked) == 3

    run(story)


def test_of_several_addresses_only_the_open_ones_are_used() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK", b"copy")}) as partner:
            names = Names(wire=[["10.0.0.1", "::1", "127.0.0.1"]])
            async with Connector(parse_allowed([f"127.0.0.1/32:{partner.port}"]), resolver=names) as connector:
                assert (await connector.fetch("GET", f"http://wire.example:{partner.port}/")).body == b"copy"

    run(story)


def test_the_environments_proxy_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK", b"direct")}) as partner, serving({}) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.url)
            monkeypatch.setenv("http_proxy", proxy.url)
            async with Connector(LOOPBACK) as connector:
                assert (await connector.fetch("GET", partner.url + "/")).body == b"direct"
            assert proxy.connections == 0

    run(story)


def test_a_packed_feed_is_unpacked_and_a_bomb_is_not() -> None:
    async def story() -> None:
        answers: dict[str, bytes | None] = {
            "/feed": http("200 OK", gzip.compress(b"<rss/>"), "Content-Encoding: gzip"),
            "/bomb": http("200 OK", gzip.compress(bytes(20_000_000)), "Content-Encoding: gzip"),
            "/strange": http("200 OK", b"copy", "Content-Encoding: x-foo"),
        }
        async with serving(answers) as partner, Connector(LOOPBACK) as connector:
            assert (await connector.fetch("GET", partner.url + "/feed")).body == b"<rss/>"
            with pytest.raises(TooLarge):
                await connector.fetch("GET", partner.url + "/bomb")
            with pytest.raises(BadInput):
                await connector.fetch("GET", partner.url + "/strange")

    run(story)


def test_a_body_over_the_cap_is_dropped_declared_or_not() -> None:
    async def story() -> None:
        declared: dict[str, bytes | None] = {
            "/": http("200 OK", bytes(100_001)),
            "/fits": http("200 OK", bytes(100_000)),
        }
        async with serving(declared) as partner, Connector(LOOPBACK) as connector:
            with pytest.raises(TooLarge):
                await connector.fetch("GET", partner.url + "/", limits=QUICK)
            assert len((await connector.fetch("GET", partner.url + "/fits", limits=QUICK)).body) == 100_000
        endless = b"HTTP/1.1 200 OK\r\n\r\n"
        async with serving({"/": endless}, then="repeat") as partner, Connector(LOOPBACK) as connector:
            with pytest.raises(TooLarge):
                await connector.fetch("GET", partner.url + "/", limits=QUICK)

    run(story)


@pytest.mark.parametrize(
    "said",
    [
        None,
        b"HTTP/1.1 200 OK\r\nContent-",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello",
    ],
)
def test_a_server_that_falls_silent_is_given_up_in_time(said: bytes | None) -> None:
    async def story() -> None:
        async with serving({"/": said}, then="hang") as partner, Connector(LOOPBACK) as connector:
            with pytest.raises(TryAgain) as caught:
                await connector.fetch("GET", partner.url + "/", limits=QUICK)
            assert caught.value.title in ("The server does not answer", "The server is too slow")

    run(story)


def test_the_total_time_ends_a_server_that_never_stops_whispering() -> None:
    class Whisperer(Partner):
        async def speak(self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while not reader.at_eof():
                writer.write(b".")
                await writer.drain()
                try:
                    await asyncio.wait_for(reader.read(1), 0.05)
                except TimeoutError:
                    continue

    async def story() -> None:
        whisperer = Whisperer({})
        server = await asyncio.start_server(whisperer.answer, "127.0.0.1", 0)
        try:
            port = server.sockets[0].getsockname()[1]
            async with Connector(LOOPBACK) as connector:
                with pytest.raises(TryAgain, match="too slow"):
                    await connector.fetch("GET", f"http://127.0.0.1:{port}/", limits=QUICK)
        finally:
            await whisperer.stop(server)

    run(story)


def test_a_dead_server_and_an_unknown_name_are_tried_again_later() -> None:
    class Nowhere(Names):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            raise OSError("no such name")

    async def story() -> None:
        async with serving({}) as partner:
            port = partner.port
        async with Connector(LOOPBACK, resolver=Nowhere()) as connector:
            with pytest.raises(TryAgain, match="could not be reached"):
                await connector.fetch("GET", f"http://127.0.0.1:{port}/")
            with pytest.raises(TryAgain, match="was not found"):
                await connector.fetch("GET", "http://wire.example/")

    run(story)


def test_tls_that_is_no_tls_is_tried_again_later() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK")}) as partner, Connector(LOOPBACK) as connector:
            with pytest.raises(TryAgain):
                await connector.fetch("GET", f"https://127.0.0.1:{partner.port}/", limits=QUICK)

    run(story)


def own_certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate of its own making for wire.example, and a client's that trusts it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wire")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("wire.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "wire.pem"
    path.write_bytes(private + certificate.public_bytes(pem))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    return server, ssl.create_default_context(cafile=str(path))


def test_a_certificate_must_be_trusted_and_for_the_name(tmp_path: Path) -> None:
    async def story() -> None:
        server, client = own_certificate(tmp_path)
        names = Names(wire=[["127.0.0.1"]], other=[["127.0.0.1"]])
        async with (
            serving({"/": http("200 OK", b"copy")}, tls=server) as partner,
            Connector(LOOPBACK, resolver=names) as public,
            Connector(LOOPBACK, resolver=names, tls=client) as private,
        ):
            wire, other = (f"https://{name}.example:{partner.port}/" for name in ("wire", "other"))
            assert (await private.fetch("GET", wire)).body == b"copy"
            for connector, url in ((public, wire), (private, other)):
                with pytest.raises(TryAgain, match="certificate is not valid"):
                    await connector.fetch("GET", url)

    run(story)


def test_headers_that_would_smuggle_a_line_are_not_sent() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK")}) as partner, Connector(LOOPBACK) as connector:
            with pytest.raises(BadInput):
                await connector.fetch("GET", partner.url + "/", headers={"X-A": "b\r\nX-C: d"})
            assert partner.heard == []

    run(story)


def test_one_silent_partner_does_not_hold_up_the_others() -> None:
    async def story() -> None:
        async with (
            serving({"/": None}) as silent,
            serving({"/": http("200 OK", b"copy")}) as lively,
            Connector(LOOPBACK, per_host=2) as connector,
        ):
            waiting = [asyncio.ensure_future(connector.fetch("GET", silent.url + "/", limits=QUICK)) for _ in range(20)]
            replies = await asyncio.gather(*(connector.fetch("GET", lively.url + "/") for _ in range(50)))
            assert {reply.body for reply in replies} == {b"copy"}
            assert not any(task.done() for task in waiting)
            ends = await asyncio.gather(*waiting, return_exceptions=True)
            assert all(isinstance(end, TryAgain) for end in ends)

    run(story)


def test_a_closed_connector_opens_again_and_closes_twice() -> None:
    async def story() -> None:
        async with serving({"/": http("200 OK")}) as partner:
            connector = Connector(LOOPBACK)
            await connector.close()
            assert (await connector.fetch("get", partner.url + "/")).ok
            await connector.close()
            await connector.close()

    run(story)


@pytest.mark.shared
@needs_shared
def test_the_hostile_addresses_open_nothing_and_the_good_ones_pass() -> None:
    listed = json.loads((HOSTILE / "made-ssrf/urls.json").read_bytes())

    class Town(Names):
        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            inside = host.rstrip(".").endswith("localhost")
            ip = "127.0.0.1" if inside else "169.254.169.254" if host.startswith("metadata") else "93.184.216.34"
            self.answers = {host.split(".")[0]: [[ip]]}
            return await super().resolve(host, port, family)

    async def story() -> None:
        async with Connector(Allowed(), resolver=Town()) as connector:
            for url in listed["must_block"]:
                with pytest.raises(BadInput):
                    await connector.fetch("GET", url, limits=QUICK)

    run(story)
    for text in listed["must_allow_when_resolver_says_public"]:
        url = checked_url(text)
        assert judge("93.184.216.34", url.port or 0, Allowed()), text


@pytest.mark.shared
@needs_shared
def test_odd_http_gives_an_answer_or_a_refusal_within_the_time() -> None:
    answers = {f"/{path.stem}": path.read_bytes() for path in (HOSTILE / "made-http").glob("*.http")}

    async def story() -> None:
        partner_answers: dict[str, bytes | None] = dict(answers)
        async with serving(partner_answers) as partner, Connector(LOOPBACK) as connector:
            for path in answers:
                try:
                    reply = await connector.fetch("POST", partner.url + path, limits=QUICK)
                except (BadInput, TryAgain):
                    continue
                assert reply.status

    run(story)
    assert len(answers) > 30
