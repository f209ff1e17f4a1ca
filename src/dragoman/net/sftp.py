"""SFTP by asyncssh, over a judged socket. Imported where a feed or channel of this kind is used, and nowhere else.

Nothing of the user who runs us is looked at: no ``~/.ssh``, no agent, no known hosts. The server must show a host key that
a person has compared; what it shows instead is said, and the way is paused.
"""

import asyncio
import os
import stat
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Literal

import asyncssh

from dragoman.model.access import Access
from dragoman.model.errors import BadInput, NotAccepted, TryAgain, Untrusted
from dragoman.net import hostkeys
from dragoman.net.connector import Connector
from dragoman.net.remote import FileTrouble, Listed, said
from dragoman.net.reply import Limits
from dragoman.net.servers import Server

_CHUNK, _LISTING_S = 1 << 17, 60.0
"""Bytes in one question, so that a slow line is not taken for a dead one; how long a listing may take."""
_HOST_KEYS = (
    "ssh-ed25519",
    "ssh-ed448",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "rsa-sha2-512",
    "rsa-sha2-256",
)
"""Plain keys in the order they are asked for; certificates need an authority, which nobody has given us."""
_TAKEN = (asyncssh.SFTPFileAlreadyExists, asyncssh.SFTPFailure)
_MISSING = (asyncssh.SFTPNoSuchFile, asyncssh.SFTPNoSuchPath)
_LOST = (asyncssh.SFTPConnectionLost, asyncssh.SFTPNoConnection, asyncssh.SFTPBadMessage)


class _Client(asyncssh.SSHClient):
    """Accepts the pinned keys and remembers what it was shown."""

    def __init__(self, pins: Sequence[str]) -> None:
        self.pins, self.shown, self.text = pins, b"", ""

    def validate_host_public_key(self, host: str, addr: str, port: int, key: asyncssh.SSHKey) -> bool:
        self.shown = key.public_data
        self.text = " ".join(key.export_public_key().decode().split()[:2])
        return hostkeys.is_pinned(self.shown, self.pins)


async def open_sftp(connector: Connector, server: Server, access: Access, secret: bytes, limits: Limits) -> "Sftp":
    """A connection, logged in. Raises: as `remote.opened`."""
    if not access.host_keys:
        raise Untrusted("No host key is known of this server", server.host, hint="Give it with --host-key.")
    conn = await _connection(connector, server, access, secret, limits)
    try:
        async with asyncio.timeout(limits.first_byte_s):
            client = await conn.start_sftp_client(path_encoding=None)
    except (asyncssh.Error, OSError) as error:
        conn.abort()
        await conn.wait_closed()
        raise TryAgain("The server gives no SFTP", f"{server.host}: {said(error)}") from error
    return Sftp(conn, client, server.host, limits)


async def shown_key(connector: Connector, server: Server, limits: Limits) -> str:
    """The host key the server shows, ``ssh-ed25519 AAAA…``; nobody is logged in. To be compared by a person.

    Raises: BadInput, TryAgain: as `remote.opened`.
    """
    try:
        await _connection(connector, server, Access(login="nobody"), b"", limits)
    except _Shown as found:
        return found.key
    raise AssertionError("a server without a pinned key is never let in")


class _Shown(Untrusted):
    """The key that was shown beside what went wrong."""

    key: str = ""


async def _connection(
    connector: Connector, server: Server, access: Access, secret: bytes, limits: Limits
) -> asyncssh.SSHClientConnection:
    client = _Client(access.host_keys)
    options = _options(access, secret, limits)
    sock = await connector.dial(server.host, server.port, low_ports=server.low_ports, limits=limits)
    try:
        async with asyncio.timeout(limits.connect_s + limits.first_byte_s):
            conn, _ = await asyncssh.create_connection(lambda: client, sock=sock, options=options)
            return conn
    except asyncssh.HostKeyNotVerifiable as error:
        raise _another_key(server, access, client) from error
    except asyncssh.PermissionDenied as error:
        raise NotAccepted(
            "The server refuses our login",
            f"{server.host}, as {access.login}",
            hint="Ask the partner; then give the login again.",
        ) from error
    except (asyncssh.Error, OSError, ValueError) as error:  # TimeoutError is an OSError
        raise TryAgain("No SSH connection could be made", f"{server.host}: {said(error) or 'too slow'}") from error


def _options(access: Access, secret: bytes, limits: Limits) -> asyncssh.SSHClientConnectionOptions:
    keys, password = _credentials(access, secret)
    return asyncssh.SSHClientConnectionOptions(
        config=None,
        known_hosts=([], [], []),
        server_host_key_algs=_asked_for(access.host_keys),
        x509_trusted_certs=None,
        username=access.login,
        password=password,
        client_keys=keys,
        agent_path=None,
        gss_host=None,
        preferred_auth=["publickey"] if keys else ["password", "keyboard-interactive"],
        login_timeout=limits.first_byte_s,
    )


def _credentials(access: Access, secret: bytes) -> tuple[list[asyncssh.SSHKey] | None, str | None]:
    if not access.by_key:
        return None, secret.decode("utf-8", "replace")
    return [private_key(secret)], None


def private_key(secret: bytes) -> asyncssh.SSHKey:
    """
    Raises:
        BadInput: it is no private key, or one that wants a passphrase.
    """
    try:
        return asyncssh.import_private_key(secret)
    except (asyncssh.KeyEncryptionError, asyncssh.KeyImportError) as error:
        if isinstance(error, asyncssh.KeyEncryptionError) or "assphrase" in str(error):
            raise BadInput(
                "The key wants a passphrase",
                hint="Make a key for this purpose without one; it is kept in the database.",
            ) from error
        raise BadInput(
            "This is not a private key", said(error), hint="Give the file `ssh-keygen -t ed25519` makes."
        ) from error


def _asked_for(pins: Sequence[str]) -> list[str]:
    """The types of the keys we know first: a server with several shows the one that was compared."""
    known = ["rsa-sha2-512" if kind == "ssh-rsa" else kind for kind in hostkeys.kinds(pins)]
    return list(dict.fromkeys([*known, *_HOST_KEYS]))


def _another_key(server: Server, access: Access, client: _Client) -> _Shown:
    known = ", ".join(map(hostkeys.shown, access.host_keys)) or "none"
    error = _Shown(
        "THE SERVER SHOWS ANOTHER HOST KEY" if access.host_keys else "The host key of this server is not known",
        f"{server.host} shows {hostkeys.fingerprint(client.shown)}, known is {known}",
        hint="Somebody may be in between. Ask the partner by another way; if it is theirs, give it with --host-key.",
        kept="Nothing was read or sent.",
    )
    error.key = client.text
    return error


class Sftp:
    """See `remote.Remote`."""

    def __init__(
        self, conn: asyncssh.SSHClientConnection, client: asyncssh.SFTPClient, host: str, limits: Limits
    ) -> None:
        self._conn, self._client, self._host, self._limits = conn, client, host, limits

    @property
    def alive(self) -> bool:
        return not self._conn.is_closed()

    async def names(self, folder: str, most: int) -> list[Listed]:
        found: list[Listed] = []
        async with self._asked(folder, _LISTING_S):
            async for one in self._client.scandir(os.fsencode(folder)):
                name = _text(one.filename)
                if name not in (".", ".."):
                    found.append(_listed(name, one.attrs))
                if len(found) > most:
                    break
        return found

    async def look(self, path: str) -> Listed | None:
        try:
            async with self._asked(path):
                return _listed(path.rpartition("/")[2], await self._client.lstat(os.fsencode(path)))
        except FileTrouble:
            return None

    async def read(self, path: str, most: int) -> bytes:
        pieces: list[bytes] = []
        size = 0
        async with self._asked(path):
            file = await self._client.open(os.fsencode(path), "rb")
        try:
            while size <= most:
                async with self._asked(path):
                    piece = await file.read(min(_CHUNK, most + 1 - size))
                if not piece:
                    break
                assert isinstance(piece, bytes)
                pieces.append(piece)
                size += len(piece)
        finally:
            with suppress(asyncssh.Error, OSError):
                await file.close()
        return b"".join(pieces)[: most + 1]

    async def write(self, path: str, body: bytes) -> None:
        async with self._asked(path):
            file = await self._client.open(os.fsencode(path), "xb")
        try:
            for start in range(0, len(body), _CHUNK):
                async with self._asked(path):
                    await file.write(body[start : start + _CHUNK])
            with suppress(FileTrouble):  # not every server can: then its word has to do
                async with self._asked(path):
                    await file.fsync()
        finally:
            async with self._asked(path):
                await file.close()

    async def replace(self, old: str, new: str) -> None:
        async with self._asked(new):
            try:
                await self._client.posix_rename(os.fsencode(old), os.fsencode(new))
            except asyncssh.SFTPOpUnsupported:
                with suppress(*_MISSING):
                    await self._client.remove(os.fsencode(new))
                await self._client.rename(os.fsencode(old), os.fsencode(new))

    async def move(self, old: str, new: str) -> bool:
        # In version 3 of the protocol a rename onto a name that is taken fails, without saying why.
        if await self.look(new) is not None:
            return False
        async with self._asked(old):
            await self._client.rename(os.fsencode(old), os.fsencode(new))
        return True

    async def remove(self, path: str) -> None:
        async with self._asked(path):
            await self._client.remove(os.fsencode(path))

    async def make_folder(self, path: str) -> None:
        async with self._asked(path):
            try:
                await self._client.mkdir(os.fsencode(path))
            except _TAKEN:
                if not await self._client.isdir(os.fsencode(path)):
                    raise

    async def close(self) -> None:
        self._client.exit()
        self._conn.close()
        with suppress(TimeoutError, asyncssh.Error, OSError):
            async with asyncio.timeout(1.0):
                await self._conn.wait_closed()
                return
        self._conn.abort()
        await self._conn.wait_closed()

    @asynccontextmanager
    async def _asked(self, path: str, within_s: float = 0.0) -> AsyncIterator[None]:
        """One question to the server; how it fails is said in our words."""
        try:
            async with asyncio.timeout(within_s or self._limits.first_byte_s):
                yield
        except _LOST as error:
            raise TryAgain("The connection was lost", f"{self._host}: {said(error)}") from error
        except asyncssh.SFTPError as error:
            raise FileTrouble(
                f"{said(path)}: {said(error.reason) or type(error).__name__}",
                missing=isinstance(error, _MISSING),
                denied=isinstance(error, asyncssh.SFTPPermissionDenied),
            ) from error
        except TimeoutError as error:
            raise TryAgain("The server does not answer", f"{self._host}: silent for too long") from error
        except (asyncssh.Error, OSError) as error:
            raise TryAgain("The connection was lost", f"{self._host}: {said(error)}") from error


def _text(name: object) -> str:
    """A name of a listing, which comes as bytes where no path encoding is set."""
    return os.fsdecode(name if isinstance(name, (bytes, str)) else str(name))


def _listed(name: str, attrs: asyncssh.SFTPAttrs) -> Listed:
    # Nanoseconds only where the server has them (version 4 and later).
    changed = (attrs.mtime or 0) * 1_000_000_000 + (attrs.mtime_ns or 0)
    return Listed(name, _kind(attrs), attrs.size or 0, changed)


def _kind(attrs: asyncssh.SFTPAttrs) -> Literal["file", "folder", "other"]:
    """Version 3 has no types, only a mode; a server that tells neither lists nothing we take."""
    mode = attrs.permissions or 0
    if attrs.type == asyncssh.FILEXFER_TYPE_REGULAR or stat.S_ISREG(mode):
        return "file"
    return "folder" if attrs.type == asyncssh.FILEXFER_TYPE_DIRECTORY or stat.S_ISDIR(mode) else "other"
