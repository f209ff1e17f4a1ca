"""Real servers of partners on loopback: SFTP (asyncssh), FTP (aioftp), mail in (pymap), mail out (aiosmtpd), their certificate.

Each runs beside the test, in a thread or a process of its own, so that a test can look at it, break it and change it while
ours talks to it.
"""

import asyncio
import contextlib
import datetime
import gc
import imaplib
import ipaddress
import socket
import ssl
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import aioftp
import asyncssh
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

T = TypeVar("T")
USER, PASSWORD = "lna", "tide and harbour"


class Beside:
    """An event loop in a thread of its own, for servers."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def stop(self) -> None:
        async def rest() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self.loop.shutdown_default_executor()

        self.run(rest())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


@contextlib.contextmanager
def beside() -> Iterator[Beside]:
    made = Beside()
    try:
        yield made
    finally:
        made.stop()


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


# ---------------------------------------------------------------------------------------------- a certificate


class Certificate:
    """A self-signed certificate of 127.0.0.1 in files, and as the PEM a partner would send us."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "drop.tidewater.example")])
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .sign(key, hashes.SHA256())
        )
        self.cert, self.key = folder / "server.crt", folder / "server.key"
        self.pem = made.public_bytes(serialization.Encoding.PEM).decode()
        self.cert.write_text(self.pem)
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


# ---------------------------------------------------------------------------------------------- SFTP


class _Gate(asyncssh.SSHServer):
    """Lets in one login with its password or key."""

    def __init__(self, keys: list[str]) -> None:
        self._keys = keys

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == USER and key.export_public_key().decode().split()[1] in self._keys


class SftpServer:
    """A folder served by SFTP. `new_host_key` makes it another machine; `before_read` is called as a file is read."""

    def __init__(self, loop: Beside, root: Path) -> None:
        self._loop, self.root = loop, root
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self.client_key = asyncssh.generate_private_key("ssh-ed25519")
        self.before_read: Callable[[str], None] = lambda path: None
        self.port = 0
        self.logins = 0
        self._connections: list[asyncssh.SSHServerConnection] = []
        self.start()

    def start(self) -> None:
        self._server = self._loop.run(self._listen())
        self.port = self._server.get_port()

    async def _listen(self) -> asyncssh.SSHAcceptor:
        keys = [self.client_key.export_public_key().decode().split()[1]]

        def gate() -> asyncssh.SSHServer:
            self.logins += 1
            return _Gate(keys)

        return await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_factory=gate,
            server_host_keys=[self.host_key],
            sftp_factory=self._session,
            config=None,
        )

    def _session(self, channel: asyncssh.SSHServerChannel[bytes]) -> asyncssh.SFTPServer:
        self._connections.append(channel.get_connection())
        outer = self

        class Session(asyncssh.SFTPServer):
            def read(self, file_obj: object, offset: int, size: int) -> Any:
                outer.before_read(getattr(file_obj, "name", b"").decode("utf-8", "replace"))
                return super().read(file_obj, offset, size)

        return Session(channel, chroot=str(self.root).encode())

    def new_host_key(self) -> None:
        self.stop()
        self.host_key = asyncssh.generate_private_key("ssh-ed25519")
        self.start()

    def drop(self) -> None:
        """Break off every connection, in the middle of whatever it does."""
        for conn in self._connections:
            self._loop.loop.call_soon_threadsafe(conn.abort)

    def stop(self) -> None:
        async def stop() -> None:
            self._server.close()
            for conn in self._connections:
                conn.abort()
                await conn.wait_closed()
            self._connections.clear()
            await self._server.wait_closed()

        self._loop.run(stop())

    @property
    def address(self) -> str:
        return f"sftp://127.0.0.1:{self.port}/"

    @property
    def pin(self) -> str:
        return str(self.host_key.get_fingerprint())

    @property
    def public(self) -> str:
        return " ".join(self.host_key.export_public_key().decode().split()[:2])


@contextlib.contextmanager
def sftp_server(root: Path) -> Iterator[SftpServer]:
    with beside() as loop:
        server = SftpServer(loop, root)
        try:
            yield server
        finally:
            server.stop()


# ---------------------------------------------------------------------------------------------- FTP


class FtpServer:
    """A folder served by FTP; with a certificate encrypted after AUTH TLS, or from the first byte (`implicit`); without
    MLSD and MLST where `old`."""

    def __init__(self, loop: Beside, root: Path, certificate: Certificate | None, *, old: bool, implicit: bool) -> None:
        self._loop, self.root = loop, root
        self._server = _Ftp(root, certificate, old=old, implicit=implicit)
        loop.run(self._server.start("127.0.0.1", 0))
        if certificate:
            self._server.ssl = certificate.context()  # of the data connections
        self.port = self._server.server_port
        self.heard = self._server.heard

    @property
    def address(self) -> str:
        return f"ftp://127.0.0.1:{self.port}/"

    def break_off_after(self, blocks: int | None) -> None:
        """The next transfers end after so many blocks, as when a cable is pulled."""
        self._server.blocks = blocks

    def stop(self) -> None:
        self._loop.run(self._server.close())


class _Ftp(aioftp.Server):
    def __init__(self, root: Path, certificate: Certificate | None, *, old: bool, implicit: bool) -> None:
        tls = certificate.context() if certificate else None
        user = aioftp.User(USER, PASSWORD, base_path=root, home_path="/")
        super().__init__([user], ssl=tls if implicit else None, path_io_factory=self._path_io)
        self._tls = tls
        self.heard: list[str] = []
        self.blocks: int | None = None
        if old:
            for name in ("mlsd", "mlst"):
                self.commands_mapping.pop(name, None)
        if tls and not implicit:
            self.commands_mapping["auth"] = self.auth

    async def auth(self, connection: Any, rest: Any) -> bool:
        """RFC 4217 §4: encrypted from here on."""
        writer = connection.command_connection.writer
        writer.write(b"234 go on\r\n")
        await writer.start_tls(self._tls)
        return True

    def _path_io(self, **words: Any) -> aioftp.AbstractPathIO[Path]:
        server = self

        class Breaking(aioftp.PathIO):
            async def read(self, file: Any, block_size: int) -> bytes:  # type: ignore[override]
                if server.blocks is not None:
                    if server.blocks == 0:
                        raise aioftp.errors.PathIOError(reason=(OSError, OSError("pulled"), None))
                    server.blocks -= 1
                return bytes(file.read(block_size))

        return Breaking(**words)

    async def dispatcher(self, reader: Any, writer: Any) -> None:
        self.heard.append("connected")
        await super().dispatcher(reader, writer)


@contextlib.contextmanager
def ftp_server(
    root: Path, certificate: Certificate | None = None, *, old: bool = False, implicit: bool = False
) -> Iterator[FtpServer]:
    with beside() as loop:
        server = FtpServer(loop, root, certificate, old=old, implicit=implicit)
        try:
            yield server
        finally:
            server.stop()


# ---------------------------------------------------------------------------------------------- mail out


class _Post:
    """Takes mail as it was told to: `says` by recipient, or for the whole text under ``DATA``."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []
        self.says: dict[str, list[str]] = {}

    def _answer(self, what: str) -> str:
        script = self.says.get(what, [])
        return script.pop(0) if len(script) > 1 else script[0] if script else "250 taken"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        answer = self._answer(address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_MAIL(self, server: Any, session: Any, envelope: Envelope, address: str, options: Any) -> str:
        envelope.mail_from = address
        return self._answer("MAIL")

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        answer = self._answer("DATA")
        if answer.startswith("2"):
            self.taken.append(envelope)
        return answer


class MailServer(Controller):
    """A mail server that takes what it is sent; with a certificate it wants STARTTLS, with a login a login."""

    def __init__(self, certificate: Certificate | None = None, *, implicit: bool = False, login: bool = False) -> None:
        self.post = _Post()
        self._certificate, self._login, self._implicit = certificate, login, implicit
        tls = certificate.context() if certificate and implicit else None
        super().__init__(self.post, hostname="127.0.0.1", port=free_port(), ssl_context=tls)

    def factory(self) -> SMTP:
        explicit = self._certificate.context() if self._certificate and not self._implicit else None
        with warnings.catch_warnings():  # it does not know that it is encrypted from the first byte
            warnings.filterwarnings("ignore", "Requiring AUTH")
            return self._server(explicit)

    def _server(self, explicit: ssl.SSLContext | None) -> SMTP:
        return SMTP(
            self.post,
            tls_context=explicit,
            require_starttls=explicit is not None,
            auth_required=self._login,
            auth_require_tls=self._certificate is not None and not self._implicit,
            authenticator=self._authenticated if self._login else None,
        )

    def stop(self, no_assert: bool = False) -> None:
        async def last_one_gone() -> None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(2):
                    while self.server._active_count:
                        await asyncio.sleep(0.005)

        asyncio.run_coroutine_threadsafe(last_one_gone(), self.loop).result(5)
        super().stop(no_assert)

    def _authenticated(self, server: Any, session: Any, envelope: Any, mechanism: str, words: Any) -> AuthResult:
        right = (words.login, words.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextlib.contextmanager
def mail_server(certificate: Certificate | None = None, **more: bool) -> Iterator[MailServer]:
    server = MailServer(certificate, **more)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        if certificate:  # it leaves a transport behind when a client breaks off its handshake
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                gc.collect()


# ---------------------------------------------------------------------------------------------- mail in


class ImapServer:
    """A mailbox in memory, served by a process of its own. What a person would do there is done with `as_person`."""

    def __init__(self, certificate: Certificate | None, **settings: str) -> None:
        self._certificate = certificate
        self.port = free_port()
        self._start()

    def _start(self) -> None:
        tls = (
            ["--cert", str(self._certificate.cert), "--key", str(self._certificate.key)]
            if self._certificate
            else ["--no-tls"]
        )
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", "from pymap.main import main; raise SystemExit(main())"]
            + ["--host", "127.0.0.1", "--port", str(self.port), *tls, "dict"]
            + ["--demo-user", USER, "--demo-password", PASSWORD],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self._process.poll() is None, "the mail server ended"
                assert time.monotonic() < deadline, "the mail server does not begin"
                time.sleep(0.05)

    def again(self) -> None:
        """Another server at the same place: an empty mailbox with another UIDVALIDITY."""
        self.stop()
        self._start()

    @contextlib.contextmanager
    def as_person(self, mailbox: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            if self._certificate:
                client.starttls(ssl.create_default_context(cadata=self._certificate.pem))
            client.login(USER, PASSWORD)
            client.select(mailbox)
            yield client

    def deliver(self, *messages: bytes) -> None:
        with self.as_person() as client:
            for message in messages:
                status, said = client.append("INBOX", "", "", message)
                assert status == "OK", said

    def lying(self, mailbox: str = "INBOX") -> list[bytes]:
        """The messages in a folder, none where there is no such folder."""
        with self.as_person() as client:
            if client.select(mailbox, readonly=True)[0] != "OK":
                return []
            _, found = client.uid("SEARCH", "ALL")
            uids = found[0].split() if found and found[0] else []
            return [client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1][0][1] for uid in uids]

    @property
    def address(self) -> str:
        return f"imap://127.0.0.1:{self.port}/INBOX"

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)


@contextlib.contextmanager
def imap_server(certificate: Certificate | None = None) -> Iterator[ImapServer]:
    server = ImapServer(certificate)
    try:
        yield server
    finally:
        server.stop()
