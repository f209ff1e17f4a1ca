"""A folder on a partner's server, by SFTP or by FTP: what both can do, and how it fails. Each library is imported when used.

Names are text in which bytes that are no UTF-8 stand as lone surrogates (`os.fsdecode`). They are a stranger's: `unfit_name`
says which are never used.
"""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal, Protocol

from msgspec import Struct

from dragoman.model.access import Access
from dragoman.model.errors import BadInput
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.net.servers import Server, checked_server

LONGEST_NAME = 255
"""Bytes, on every file system we know of."""


class FileTrouble(Exception):
    """One file cannot be had, written or moved; the connection goes on. `missing`: there is none; `denied`: not for us."""

    def __init__(self, why: str, *, missing: bool = False, denied: bool = False) -> None:
        super().__init__(why)
        self.why, self.missing, self.denied = why, missing, denied


class Listed(Struct, frozen=True):
    """A name of a listing, as the server says. `changed` grows or at least differs when the file is written to."""

    name: str
    kind: Literal["file", "folder", "other"]
    size: int = 0
    changed: int = 0


class Remote(Protocol):
    """An open connection. Paths are joined by slashes.

    Everything raises TryAgain where the connection is lost or too slow, and FileTrouble where it is only this file.
    """

    @property
    def alive(self) -> bool:
        """Is the connection still there, as far as we have heard?"""

    async def names(self, folder: str, most: int) -> list[Listed]:
        """What lies in the folder, at most `most` + 1 names, links and devices as `other`."""

    async def look(self, path: str) -> Listed | None:
        """The file as it is now (`changed` is 0 where that cannot be compared with a listing); None where it is gone."""

    async def read(self, path: str, most: int) -> bytes:
        """Its bytes, at most `most` + 1."""

    async def write(self, path: str, body: bytes) -> None:
        """A new file, on their disk as far as they can say so."""

    async def replace(self, old: str, new: str) -> None:
        """Rename over whatever has the new name."""

    async def move(self, old: str, new: str) -> bool:
        """Rename; False where the new name is taken."""

    async def remove(self, path: str) -> None: ...

    async def make_folder(self, path: str) -> None:
        """No trouble where it is there already."""

    async def close(self) -> None: ...


@asynccontextmanager
async def opened(
    connector: Connector, address: str, access: Access, secret: bytes, limits: Limits
) -> AsyncIterator[tuple[Remote, str]]:
    """A connection to the server of `address` (sftp or ftp), logged in, for the block; and the folder it names.

    Raises:
        BadInput: the address cannot be used, or is refused.
        NotAccepted: they refuse our login.
        Untrusted: the server shows another host key than the one we know.
        TryAgain: not reached, or no secure connection could be made.
    """
    remote, folder = await connect(connector, address, access, secret, limits)
    try:
        yield remote, folder
    finally:
        await remote.close()


async def connect(
    connector: Connector, address: str, access: Access, secret: bytes, limits: Limits
) -> tuple[Remote, str]:
    """As `opened`; yours to close."""
    scheme = address.partition(":")[0]
    server = checked_server(address, scheme if scheme == "sftp" else "ftp", access.security)
    return await _connect(connector, server, access, secret, limits), server.path


async def _connect(connector: Connector, server: Server, access: Access, secret: bytes, limits: Limits) -> Remote:
    if server.scheme == "sftp":
        from dragoman.net.sftp import open_sftp

        return await open_sftp(connector, server, access, secret, limits)
    from dragoman.net.ftp import open_ftp

    return await open_ftp(connector, server, access, secret, limits)


def unfit_name(name: str) -> str:
    """Why a name from a listing is never used; empty where it is good. A name is one step, not a way."""
    if name in ("", ".", "..") or "/" in name or "\\" in name:
        return "it leads out of its folder"
    if any(c < " " or c == "\x7f" for c in name):
        return "it holds control characters"
    try:
        length = len(name.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return "it is not text"
    return "it is too long" if length > LONGEST_NAME else ""


def joined(folder: str, name: str) -> str:
    return f"{folder.rstrip('/')}/{name}"


def tls_context(access: Access) -> ssl.SSLContext:
    """The system's authorities, or only those given for this server; the name is always checked.

    Raises:
        BadInput: what was given is no certificate.
    """
    try:
        return ssl.create_default_context(cadata=access.certificates or None)
    except (ssl.SSLError, ValueError) as error:
        raise BadInput("This is not a certificate", hint="PEM, as the partner's server shows it.") from error


def said(text: object, longest: int = 200) -> str:
    """A server's words as a log and a page can show them."""
    return "".join(c if c.isprintable() else " " for c in str(text)).strip()[:longest]
