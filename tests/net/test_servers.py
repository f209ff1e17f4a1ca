"""Addresses that are no web addresses, host keys as people compare them, and judged sockets for other protocols."""

import asyncio
import base64
import socket

import pytest
from test_connector import Names

from dragoman.model.errors import BadInput, TryAgain
from dragoman.net.addresses import Allowed, judge, parse_allowed
from dragoman.net.connector import Connector
from dragoman.net.hostkeys import checked_host_key, fingerprint, is_pinned, kinds, shown
from dragoman.net.remote import unfit_name
from dragoman.net.reply import Limits
from dragoman.net.servers import LOW_PORTS, Server, checked_server


@pytest.mark.parametrize(
    ("text", "scheme", "security", "server"),
    [
        ("sftp://drop.example", "sftp", "tls", Server("sftp", "drop.example", 22, ".")),
        ("sftp://drop.example:2222/out/", "sftp", "tls", Server("sftp", "drop.example", 2222, "/out")),
        ("sftp://drop.example/~/out/new", "sftp", "tls", Server("sftp", "drop.example", 22, "./out/new")),
        ("ftp://[2001:470::1]/a%20b", "ftp", "starttls", Server("ftp", "2001:470::1", 21, "/a b")),
        ("ftp://f.example", "ftp", "tls", Server("ftp", "f.example", 990, ".")),
        ("imap://m.example/INBOX", "imap", "tls", Server("imap", "m.example", 993, "/INBOX")),
        ("imap://m.example", "imap", "starttls", Server("imap", "m.example", 143, ".")),
        ("smtp://m.example", "smtp", "starttls", Server("smtp", "m.example", 587, ".")),
    ],
)
def test_an_address_names_a_server_and_a_place(text: str, scheme: str, security: object, server: Server) -> None:
    assert checked_server(text, scheme, security) == server  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("", "sftp:", "sftp://", "http://drop.example", "sftp://lna@drop.example", "sftp://a:b@drop.example"),
        *("sftp://127.1/", "sftp://2130706433/", "sftp://drop.example:0", "sftp://drop.example:99999"),
        *(
            "sftp://drop.example/a\nb",
            "sftp://drop.example/a%0d%0ab",
            "sftp://drop.example/a%00",
            "sftp://dr op.example",
        ),
        *(
            "sftp://drop.example/?x",
            "sftp://drop.example/#x",
            "sftp://" + "x" * 2000,
            "/etc/passwd",
            "sftp:drop.example",
        ),
    ],
)
def test_a_riddle_is_no_address(text: str) -> None:
    with pytest.raises(BadInput):
        checked_server(text, "sftp")


@pytest.mark.parametrize(("scheme", "port"), [("sftp", 22), ("ftp", 21), ("ftp", 990), ("imap", 993), ("smtp", 25)])
def test_each_protocol_has_its_own_low_ports(scheme: str, port: int) -> None:
    assert judge("93.184.216.34", port, Allowed(), LOW_PORTS[scheme])
    assert not judge("93.184.216.34", port, Allowed())
    assert not judge("93.184.216.34", 111, Allowed(), LOW_PORTS[scheme])
    assert not judge("93.184.216.34", 5432, Allowed(), LOW_PORTS[scheme])
    assert not judge("10.1.1.1", port, Allowed(), LOW_PORTS[scheme])


BLOB = len(b"ssh-ed25519").to_bytes(4, "big") + b"ssh-ed25519" + b"\0\0\0 " + bytes(32)
LINE = f"ssh-ed25519 {base64.b64encode(BLOB).decode()}"


@pytest.mark.parametrize(
    "text", [LINE, f"drop.example {LINE}", f"  [drop.example]:2222,10.1.1.1 {LINE}\n", f"{LINE} root@drop"]
)
def test_a_host_key_is_read_from_what_people_have(text: str) -> None:
    assert checked_host_key(text) == LINE
    assert is_pinned(BLOB, [LINE])
    assert is_pinned(BLOB, [fingerprint(BLOB)])
    assert checked_host_key(fingerprint(BLOB) + "=") == shown(LINE) == fingerprint(BLOB)
    assert kinds([LINE, fingerprint(BLOB)]) == ["ssh-ed25519"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SHA256:short",
        "MD5:aa:bb",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        LINE.replace("ed25519", "rsa"),
        f"@revoked * {LINE}",
    ],
)
def test_anything_else_is_no_host_key(text: str) -> None:
    with pytest.raises(BadInput):
        checked_host_key(text)


def test_no_key_is_pinned_by_nothing_or_by_another() -> None:
    assert not is_pinned(BLOB, [])
    assert not is_pinned(BLOB + b"x", [LINE, fingerprint(BLOB)])


@pytest.mark.parametrize("name", ["a.txt", " a", "-rf", "وكالة.txt", "caf\udce9.txt", "x" * 255, "...", "a;b|c"])
def test_a_plain_name_fits(name: str) -> None:
    assert unfit_name(name) == ""


# ---------------------------------------------------------------------------------------------- sockets

QUICK = Limits(connect_s=1.0)


async def _listening() -> tuple[asyncio.Server, int, list[str]]:
    heard: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append("connected")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1], heard


def test_a_socket_is_connected_where_the_operator_allows_it() -> None:
    async def story() -> None:
        server, port, _ = await _listening()
        async with server, Connector(parse_allowed(["127.0.0.1/32"])) as connector:
            sock = await connector.dial("127.0.0.1", port, limits=QUICK)
            with sock:
                assert (sock.getpeername(), sock.getblocking()) == (("127.0.0.1", port), False)

    asyncio.run(story())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "::ffff:127.0.0.1", "0.0.0.0"])
def test_without_leave_no_private_address_is_touched(host: str) -> None:
    async def story() -> None:
        server, port, heard = await _listening()
        async with server, Connector(Allowed()) as connector:
            with pytest.raises(BadInput, match="not allowed"):
                await connector.dial(host, port, limits=QUICK)
            assert heard == []

    asyncio.run(story())


def test_the_judged_address_is_the_one_that_is_connected_to() -> None:
    """A name that leads to a public address when it is judged, and inside when it is used, is asked once only."""

    async def story() -> None:
        server, port, heard = await _listening()
        names = Names(rebind=[["203.0.113.9"], ["127.0.0.1"]])
        async with server, Connector(parse_allowed(["203.0.113.0/24"]), resolver=names) as connector:
            with pytest.raises((TryAgain, AssertionError)):  # no test reaches another machine
                await connector.dial("rebind.example", port, limits=QUICK)
            assert (len(names.asked), heard) == (1, [])

    asyncio.run(story())


def test_of_several_addresses_the_first_that_may_be_used_and_answers_is() -> None:
    async def story() -> None:
        server, port, _ = await _listening()
        names = Names(drop=[["10.0.0.1", "::1", "127.0.0.1"]])
        async with server, Connector(parse_allowed(["127.0.0.0/8", "::1/128"]), resolver=names) as connector:
            with await connector.dial("drop.example", port, limits=QUICK) as sock:
                assert sock.getpeername()[0] == "127.0.0.1"

    asyncio.run(story())


def test_who_does_not_answer_is_named_without_an_address() -> None:
    async def story() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, never listening
            async with Connector(parse_allowed(["127.0.0.1/32"]), resolver=Names(drop=[["127.0.0.1"]])) as connector:
                with pytest.raises(TryAgain, match=r"drop\.example") as caught:
                    await connector.dial("drop.example", taken.getsockname()[1], limits=QUICK)
                assert "127.0.0.1" not in str(caught.value)

    asyncio.run(story())
