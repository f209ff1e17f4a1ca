"""FTP and FTPS by aioftp, over judged sockets. Imported where a feed or channel of this kind is used, and nowhere else.

Passive connections only, each to the very address of the control connection: what a server says of addresses (PASV) is not
believed. Text travels as Latin-1 on the inside of aioftp, so that every byte of a name comes back as it was.
"""

import asyncio
import os
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Literal

import aioftp
from aioftp.common import SSLSessionBoundContext

from dragoman.model.access import Access
from dragoman.model.errors import NotAccepted, TryAgain
from dragoman.net.connector import Connector
from dragoman.net.remote import FileTrouble, Listed, said, tls_context
from dragoman.net.reply import Limits
from dragoman.net.servers import Server

_CHUNK, _MOST_NAMES, _QUESTION_S = 1 << 16, 50_000, 60.0
_REMEMBERED = 8
"""Data connections whose closing may not have ended yet."""
_UNKNOWN_COMMAND = ("500", "501", "502", "504")
_GONE, _NO_ACCESS = ("550", "450"), ("530", "532", "553")


class _Client(aioftp.Client):
    """aioftp with our sockets."""

    def __init__(self, connector: Connector, server: Server, access: Access, limits: Limits) -> None:
        tls = None if access.security == "plain" else tls_context(access)
        implicit = tls if access.security == "tls" else None
        super().__init__(
            socket_timeout=limits.first_byte_s, connection_timeout=limits.connect_s, encoding="latin-1", ssl=implicit
        )
        self._connector, self._server, self._limits = connector, server, limits
        self.tls = tls
        self._address = ""
        self.writers: list[asyncio.StreamWriter] = []

    async def _open_connection(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        # A data connection goes where the control connection goes, and to no port of a service.
        low_ports = frozenset[int]() if self._address else self._server.low_ports
        sock = await self._connector.dial(self._address or host, port, low_ports=low_ports, limits=self._limits)
        self._address = self._address or str(sock.getpeername()[0])
        tls = self._tls_for_this()
        try:
            async with asyncio.timeout(self._limits.connect_s):
                reader, writer = await asyncio.open_connection(
                    sock=sock, ssl=tls, server_hostname=self._server.host if tls else None
                )
        except BaseException:
            sock.close()
            raise
        self.writers = [*self.writers[:1], *self.writers[1:][-_REMEMBERED:], writer]
        return reader, writer

    async def data(self, command: str) -> aioftp.DataConnectionThrottleStreamIO:
        """The data connection of a command; none is left behind where the server refuses the command."""
        try:
            return await self.get_stream(command, "1xx")
        except BaseException:
            for writer in self.writers[1:]:
                writer.close()
            raise

    def _tls_for_this(self) -> ssl.SSLContext | None:
        """The session of the control connection: servers want it again on the data connection (RFC 4217 §10.2)."""
        if self._stream is None:
            return self.ssl if isinstance(self.ssl, ssl.SSLContext) else None
        held = self._stream.writer.transport.get_extra_info("ssl_object")
        return SSLSessionBoundContext(ssl.PROTOCOL_TLS_CLIENT, held.context, held.session) if held else None


async def open_ftp(connector: Connector, server: Server, access: Access, secret: bytes, limits: Limits) -> "Ftp":
    """A connection, logged in. Raises: as `remote.opened`."""
    client = _Client(connector, server, access, limits)
    try:
        async with asyncio.timeout(limits.connect_s + limits.first_byte_s):
            await client.connect(server.host, server.port)
            if access.security == "starttls" and client.tls:
                await client.command("AUTH TLS", "234")
                await client.stream.start_tls(client.tls, server.host)
                await _nothing_said(client)
            await _log_in(client, server, access, secret)
            if client.tls:  # some servers know these only when they know us; nothing is transferred before
                await client.command("PBSZ 0", "200")
                await client.command("PROT P", "200")
    except BaseException as error:
        await _shut(client)
        if isinstance(error, (aioftp.AIOFTPException, OSError, ValueError)):
            raise _no_connection(error, server) from error
        raise
    return Ftp(client, server.host, limits)


async def _nothing_said(client: _Client) -> None:
    """What was said in the clear behind the answer to AUTH would be taken for the encrypted server's word.

    Raises:
        ValueError: something was.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(0):
            if await client.stream.reader.read(1):
                raise ValueError("the server spoke before the encryption began")


async def _log_in(client: _Client, server: Server, access: Access, secret: bytes) -> None:
    try:
        await client.login(_wire(access.login or "anonymous"), secret.decode("latin-1"))
    except aioftp.StatusCodeError as error:
        if not str(error.received_codes[-1]).startswith("5"):
            raise
        raise NotAccepted(
            "The server refuses our login",
            f"{server.host}, as {access.login}: {_words(error)}",
            hint="Ask the partner; then give the login again.",
        ) from error


def _no_connection(error: Exception, server: Server) -> TryAgain:
    if isinstance(error, aioftp.StatusCodeError):
        return TryAgain("The server does not do what we ask for", f"{server.host}: {_words(error)}")
    if isinstance(error, ssl.SSLCertVerificationError):
        return TryAgain("The server's certificate is not valid", f"{server.host}: {said(error.verify_message)}")
    if isinstance(error, ssl.SSLError):
        return TryAgain("No secure connection could be made", server.host)
    return TryAgain("No FTP connection could be made", f"{server.host}: {said(error) or 'broken off, or too slow'}")


async def _shut(client: _Client) -> None:
    """Close all connections, a second at most for their good-byes."""
    client.close()
    for writer in client.writers:
        writer.close()
    closing = [asyncio.ensure_future(writer.wait_closed()) for writer in client.writers]
    if closing:
        await asyncio.wait(closing, timeout=1.0)
    for writer in client.writers:
        writer.transport.abort()
    await asyncio.gather(*closing, return_exceptions=True)


class Ftp:
    """See `remote.Remote`. One question at a time."""

    def __init__(self, client: _Client, host: str, limits: Limits) -> None:
        self._client, self._host, self._limits = client, host, limits

    @property
    def alive(self) -> bool:
        return not self._client.writers[0].transport.is_closing()

    async def names(self, folder: str, most: int) -> list[Listed]:
        wanted = _wire(folder)
        async with self._asked(folder):
            try:
                return await self._listing(f"MLSD {wanted}", _mlsx, most)
            except aioftp.StatusCodeError as error:
                if str(error.received_codes[-1]) not in _UNKNOWN_COMMAND:
                    raise
            # Where MLSD is not known, the folder must be the current one: LIST takes options for names.
            _, back = await self._client.command("PWD", "257")
            await self._client.command(f"CWD {wanted}", "2xx")
            try:
                return await self._listing("LIST", self._listed, most)
            finally:
                await self._client.command(f"CWD {self._client.parse_directory_response(back[-1])}", "2xx")

    async def _listing(self, command: str, parse: Any, most: int) -> list[Listed]:
        found: list[Listed] = []
        stream = await self._client.data(command)
        whole = False
        try:
            while len(found) <= most:
                line = await stream.readline()
                if not line:
                    whole = True
                    break
                one = parse(line)
                if one is not None and one.name not in (".", ".."):
                    found.append(one)
        finally:
            stream.close()
        await self._client.command(None, "2xx" if whole else ("2xx", "426", "450", "451"), "1xx")
        return found

    def _listed(self, line: bytes) -> Listed | None:
        """A line of LIST; None for what is none (``total 12``) and for what nobody can read."""
        try:
            name, facts = self._client.parse_list_line(line)
        except (ValueError, KeyError, IndexError):
            return None
        # A link stands here as what it leads to.
        kind = "link" if "link_dst" in facts else str(facts["type"])
        return _entry(str(name), {"type": kind, "size": facts.get("size", "0"), "modify": facts["modify"]})

    async def look(self, path: str) -> Listed | None:
        """By MLST; where that is not known, by SIZE (the time LIST shows cannot be compared with any other), else by LIST."""
        wanted = _wire(path)
        try:
            async with self._asked(path):
                try:
                    _, lines = await self._client.command(f"MLST {wanted}", "250")
                    return _mlsx(lines[1].strip().encode("latin-1"))
                except aioftp.StatusCodeError as error:
                    if str(error.received_codes[-1]) not in _UNKNOWN_COMMAND:
                        raise
                try:
                    _, size = await self._client.command(f"SIZE {wanted}", "213")
                    return _entry(wanted, {"type": "file", "size": size[-1].strip()})
                except aioftp.StatusCodeError as error:
                    if str(error.received_codes[-1]) not in _UNKNOWN_COMMAND:
                        raise
            folder, _, name = path.rpartition("/")
            return next((one for one in await self.names(folder or "/", _MOST_NAMES) if one.name == name), None)
        except (FileTrouble, IndexError):
            return None

    async def read(self, path: str, most: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        async with self._asked(path, within_s=None):
            stream = await self._client.data(f"RETR {_wire(path)}")
            try:
                while size <= most and (piece := await stream.read(_CHUNK)):
                    pieces.append(piece)
                    size += len(piece)
            finally:
                stream.close()
            # A transfer that broke off is no file, whatever its size: the server's word is waited for.
            await self._client.command(None, "2xx" if size <= most else ("2xx", "426", "450", "451"), "1xx")
        return b"".join(pieces)[: most + 1]

    async def write(self, path: str, body: bytes) -> None:
        async with self._asked(path, within_s=None):
            stream = await self._client.data(f"STOR {_wire(path)}")
            try:
                for start in range(0, len(body), _CHUNK):
                    await stream.write(body[start : start + _CHUNK])
            finally:
                stream.close()
            await self._client.command(None, "2xx", "1xx")

    async def replace(self, old: str, new: str) -> None:
        async with self._asked(new):
            try:
                await self._rename(old, new)
            except aioftp.StatusCodeError:  # some refuse a name that is taken
                with suppress(aioftp.StatusCodeError):
                    await self._client.command(f"DELE {_wire(new)}", "2xx")
                await self._rename(old, new)

    async def move(self, old: str, new: str) -> bool:
        if await self.look(new) is not None:
            return False
        async with self._asked(old):
            await self._rename(old, new)
        return True

    async def _rename(self, old: str, new: str) -> None:
        await self._client.command(f"RNFR {_wire(old)}", "350")
        await self._client.command(f"RNTO {_wire(new)}", "2xx")

    async def remove(self, path: str) -> None:
        async with self._asked(path):
            await self._client.command(f"DELE {_wire(path)}", "2xx")

    async def make_folder(self, path: str) -> None:
        with suppress(FileTrouble):  # there already, as a rule; if not, what is put into it will say so
            async with self._asked(path):
                await self._client.command(f"MKD {_wire(path)}", "2xx")

    async def close(self) -> None:
        with suppress(aioftp.AIOFTPException, OSError, TimeoutError):
            async with asyncio.timeout(1.0):
                await self._client.command("QUIT", "2xx")
        await _shut(self._client)

    @asynccontextmanager
    async def _asked(self, path: str, *, within_s: float | None = _QUESTION_S) -> AsyncIterator[None]:
        """One question to the server; how it fails is said in our words. Of a transfer each step has its own time."""
        try:
            async with asyncio.timeout(within_s):
                yield
        except aioftp.StatusCodeError as error:
            code = str(error.received_codes[-1])
            if code in ("421", "425", "426"):
                raise TryAgain("The transfer broke off", f"{self._host}: {_words(error)}") from error
            raise FileTrouble(
                f"{said(path)}: {_words(error)}", missing=code in _GONE, denied=code in _NO_ACCESS
            ) from error
        except TimeoutError as error:
            raise TryAgain("The server does not answer", f"{self._host}: silent for too long") from error
        except (aioftp.AIOFTPException, OSError, ValueError) as error:
            raise TryAgain("The connection was lost", f"{self._host}: {said(error)}") from error


def _wire(text: str) -> str:
    """Text as aioftp is to be given it: its bytes, one character each."""
    return os.fsencode(text).decode("latin-1")


def _words(error: aioftp.StatusCodeError) -> str:
    """The server's code and last line."""
    line = str(error.info[-1] if isinstance(error.info, (list, tuple)) and error.info else error.info)
    return said(f"{error.received_codes[-1]} {line.strip(' -')}")


_NAME = re.compile(rb"([^ ]*) (.*?)(?:\r?\n)?", re.DOTALL)


def _mlsx(line: bytes) -> Listed | None:
    """``type=file;size=12;modify=20260504090000; name`` (RFC 3659 §7)."""
    match = _NAME.fullmatch(line)
    if match is None:
        return None
    facts = dict(fact.lower().partition("=")[::2] for fact in match[1].decode("latin-1").split(";") if "=" in fact)
    return _entry(match[2].decode("latin-1"), facts)


def _entry(wire_name: str, facts: dict[str, str]) -> Listed:
    kinds: dict[str, Literal["file", "folder"]] = {"file": "file", "dir": "folder"}
    digits = re.sub(r"[^0-9]", "", facts.get("modify", ""))[:30]
    size = facts.get("size", "")
    name = os.fsdecode(wire_name.encode("latin-1", "replace"))
    listed = int(size) if size.isdecimal() and len(size) < 19 else 0
    return Listed(name, kinds.get(facts.get("type", ""), "other"), listed, int(digits or 0))
