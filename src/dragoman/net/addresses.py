"""Which addresses we may connect to: our own table, and the operator's explicit exceptions. Pure.

The table is ours because `ipaddress.is_global` calls several of these global (fec0::/10, 64:ff9b:1::/48,
192.88.99.0/24, multicast). What is judged is the address the socket is about to use, never the name.

Limits: a NAT64 prefix of the operator's own cannot be known; give its network no route where that matters.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from msgspec import Struct

from dragoman.model.agreement import Verdict
from dragoman.model.errors import Misconfigured

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

DENIED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), why)
    for network, why in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "cloud metadata"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
"""Networks never connected to, the narrower first (IANA special-purpose registries; RFC 6890, RFC 7526)."""

GLOBAL_UNICAST = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")

LOW_PORTS = frozenset({80, 443})
SERVICE_PORTS = frozenset(
    # Services that answer to a request meant for the web: message queues, databases, caches, remote control.
    {1025, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3128, 3306, 3389, 3659, 4045, 4190, 4222, 5060}
    | {5061, 5432, 5433, 5672, 5900, 5984, 6000, 6379, 6566, 6667, 8500, 9042, 9092, 9200, 9300, 10250, 11211, 15672}
    | {25565, 27017, 27018, 50070}
)


class Opening(Struct, frozen=True):
    """One exception: a network that may be connected to, on one port or (None) on any."""

    network: Network
    port: int | None = None

    def __str__(self) -> str:
        if self.port is None:
            return str(self.network)
        return f"[{self.network}]:{self.port}" if self.network.version == 6 else f"{self.network}:{self.port}"


class Allowed(Struct, frozen=True):
    """The explicit exceptions to the table. Empty means: public addresses only."""

    openings: tuple[Opening, ...] = ()

    def covers(self, address: Address, port: int) -> bool:
        return any(address in opening.network and opening.port in (None, port) for opening in self.openings)


def parse_allowed(texts: Iterable[str]) -> Allowed:
    """The exceptions written as ``127.0.0.1/32``, ``127.0.0.1/32:8080``, ``::1/128`` or ``[::1/128]:8080``.

    Raises: Misconfigured: not a network, host bits set, a port out of range, or a network of every address.
    """
    return Allowed(tuple(_parse_opening(text.strip()) for text in texts))


def judge(ip: str, port: int, allowed: Allowed, low_ports: frozenset[int] = LOW_PORTS) -> Verdict:
    """May a socket connect to `ip`:`port`? `ip` is as getaddrinfo gives it; anything else is refused.

    `low_ports` are the ports below 1024 of the protocol that is about to be spoken.
    """
    try:
        address = _plain(ip_address(ip))
    except ValueError:
        return _refused("not an address")
    if allowed.covers(address, port):
        return Verdict(allowed=True, reasons=("allowed explicitly",))
    if why := _denied(address) or _denied_port(port, low_ports):
        return _refused(why)
    return Verdict(allowed=True)


def _plain(address: Address) -> Address:
    """The address a connection really ends at, where another one is only a way of writing it."""
    if isinstance(address, IPv4Address):
        return address
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in NAT64:  # RFC 6052: a translator will connect to the last four bytes.
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _denied(address: Address) -> str:
    for network, why in DENIED:
        if address in network:
            return why
    # Whatever IPv6 has not given out as global unicast is not for us, named in the table or not.
    return "reserved" if address.version == 6 and address not in GLOBAL_UNICAST else ""


def _denied_port(port: int, low_ports: frozenset[int]) -> str:
    if port < 1 or port > 65535 or (port < 1024 and port not in low_ports) or port in SERVICE_PORTS:
        return f"port {port} is not {'a web port' if low_ports is LOW_PORTS else 'one for this protocol'}"
    return ""


def _refused(why: str) -> Verdict:
    return Verdict(allowed=False, reasons=(why,))


_WITH_PORT = re.compile(
    r"\[(?P<six>[^\]]+)\](?P<prefix>/[0-9]+)?(?::(?P<port6>[0-9]+))?|(?P<four>[0-9./]+)(?::(?P<port4>[0-9]+))?"
)


def _parse_opening(text: str) -> Opening:
    match = _WITH_PORT.fullmatch(text)
    network, port = text, None
    if match:
        network = match["four"] or match["six"] + (match["prefix"] or "")
        port = match["port4"] or match["port6"]
    return Opening(_parse_network(network, text), _parse_port(port, text) if port else None)


def _parse_network(network: str, text: str) -> Network:
    try:
        parsed = ip_network(network)
    except ValueError as error:
        raise Misconfigured(
            "This is not a network that can be allowed",
            f"{text!r}: {error}",
            hint="Write 127.0.0.1/32, 10.1.0.0/16:8080 or [::1/128]:8080.",
        ) from error
    if parsed.prefixlen == 0:
        raise Misconfigured("Every address cannot be allowed", repr(text), hint="Name the partner's own network.")
    return parsed


def _parse_port(port: str, text: str) -> int:
    if len(port) > 5 or not 1 <= int(port) <= 65535:
        raise Misconfigured("This is not a port", f"{text!r}: ports go from 1 to 65535")
    return int(port)
