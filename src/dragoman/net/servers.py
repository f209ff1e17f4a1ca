"""Addresses of servers that are no web servers: ``sftp://host:port/folder``, ``imap://host/mailbox``. Pure.

The name and the password are never part of an address: addresses are shown on pages and written to logs.
"""

import re

from msgspec import Struct
from yarl import URL

from dragoman.model.access import Security
from dragoman.model.errors import BadInput
from dragoman.net.urls import is_plain_host

LONGEST = 1024
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

_PORTS: dict[str, dict[Security, int]] = {
    "imap": {"tls": 993, "starttls": 143, "plain": 143},
    "smtp": {"tls": 465, "starttls": 587, "plain": 25},
    "ftp": {"tls": 990, "starttls": 21, "plain": 21},
    "sftp": {"tls": 22, "starttls": 22, "plain": 22},
}
LOW_PORTS: dict[str, frozenset[int]] = {
    scheme: frozenset({*ports.values(), *({25, 465, 587} if scheme == "smtp" else ())})
    for scheme, ports in _PORTS.items()
}
"""The ports below 1024 each protocol is spoken on."""


class Server(Struct, frozen=True):
    """A server and a place on it. `path` begins with a slash, or is ``.`` (or ``./…``) below the login's own folder."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def low_ports(self) -> frozenset[int]:
        return LOW_PORTS[self.scheme]


def checked_server(text: str, scheme: str, security: Security = "tls") -> Server:
    """`text` as a server of this protocol that we are ready to connect to; without a port, the usual one for `security`.

    Raises:
        BadInput: another scheme, a name or password inside, no plain host, control characters.
    """
    if len(text) > LONGEST or _FORBIDDEN.search(text):
        raise _bad(scheme, "it holds control characters, or is too long")
    try:
        url = URL(text)
        host, port, path = url.raw_host or "", url.explicit_port, url.path
    except ValueError as error:
        raise _bad(scheme, "it cannot be read") from error
    if url.scheme != scheme:
        raise _bad(scheme, f"it does not begin with {scheme}://")
    if url.raw_user is not None or url.raw_password is not None:
        raise _bad(scheme, "it carries a name or a password: give them beside it")
    if not is_plain_host(host) or port == 0 or url.raw_query_string or url.raw_fragment:
        raise _bad(scheme, "its host is not a name or an IP address in the usual form")
    if _FORBIDDEN.search(path):  # written as %0A
        raise _bad(scheme, "it holds control characters")
    return Server(scheme, host, port or _PORTS[scheme][security], _path(path))


def _path(path: str) -> str:
    """``/~/in`` is below the login's own folder, as for curl; nothing, that folder itself."""
    if path.rstrip("/") in ("", "/~"):
        return "."
    return "./" + path.removeprefix("/~/").strip("/") if path.startswith("/~/") else path.rstrip("/")


def _bad(scheme: str, why: str) -> BadInput:
    place = {"imap": "mailbox", "smtp": ""}.get(scheme, "folder")
    return BadInput("This address cannot be used", why, hint=f"Give it as {scheme}://host/{place}.")
