"""A mailbox on a partner's mail server, by IMAP4rev1 (RFC 3501) and imap-tools, over a judged socket. Blocking: for a thread.

Imported where a feed of this kind is used, and nowhere else. Messages are known by UID, and UIDs by UIDVALIDITY. Nothing is
marked by looking (``BODY.PEEK``); nothing is expunged but what was named by its UID (RFC 4315), so that what others marked
for deletion stays theirs.
"""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxLoginError
from imap_tools.utils import encode_folder

from dragoman.model.access import Access
from dragoman.model.errors import NotAccepted, TryAgain
from dragoman.net.remote import said, tls_context
from dragoman.net.servers import Server

_SIZE = re.compile(rb"\bRFC822\.SIZE ([0-9]{1,18})")
_UID = re.compile(rb"\bUID ([0-9]{1,10})")
_AT_ONCE = 200
"""UIDs in one command: a line must not be too long."""
_WORDS = 4_000_000
"""Bytes of an answer beside the one message that was asked for."""


class _Client(imaplib.IMAP4):
    """imaplib on a socket that has been judged, and with a limit to what a server may send in one piece."""

    def __init__(self, sock: socket.socket, server: Server, tls: ssl.SSLContext | None, most: int) -> None:
        self._given, self._tls, self._most, self._sent = sock, tls, most, 0
        super().__init__(server.host, server.port)

    def _create_socket(self, timeout: float | None = None) -> socket.socket:
        if self._tls is None:
            return self._given
        return self._tls.wrap_socket(self._given, server_hostname=self.host)

    def read(self, size: int) -> bytes:
        # imaplib makes room for whatever size a server announces.
        if size > self._most:
            raise self.abort(f"the server sends {size} bytes at once, more than the {self._most} asked for")
        return self._counted(super().read(size))

    def readline(self) -> bytes:
        return self._counted(super().readline())

    def _counted(self, data: bytes) -> bytes:
        # imaplib keeps whatever comes until the answer ends.
        self._sent += len(data)
        if self._sent > self._most + _WORDS:
            raise self.abort(f"the server's answer has more than {self._most + _WORDS} bytes")
        return data

    def _command(self, name: str, *words: Any) -> Any:
        self._sent = 0
        return super()._command(name, *words)  # type: ignore[misc]  # typeshed knows no private names


class _Box(BaseMailBox):
    def __init__(self, client: _Client) -> None:
        self._made = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._made


class Mailbox:
    """An open, selected mailbox; a context manager. Every method raises TryAgain where the server fails us."""

    def __init__(
        self,
        sock: socket.socket,
        server: Server,
        access: Access,
        password: str,
        *,
        most: int,
        silent_s: float,
        look_only: bool,
    ) -> None:
        """Takes over `sock`. `most` bytes at once, `silent_s` seconds of silence; `look_only`: nothing can be changed.

        Raises:
            NotAccepted: they refuse our login.
            TryAgain: no mailbox, no secure connection, not IMAP.
        """
        self._host, self._sock = server.host, sock
        sock.settimeout(silent_s)
        with _explained(server.host):
            try:
                self._box = _Box(_greeted(sock, server, access, most))
                self._client = self._box.client
            except BaseException:
                sock.close()
                raise
        try:
            with _explained(server.host):
                _log_in(self._box, server, access, password)
                self._can = _capabilities(self._client)  # more is told to those who are known
                mailbox = "INBOX" if server.path == "." else server.path.strip("/").removeprefix("./")
                self._box.folder.set(mailbox, readonly=look_only)
                self.validity = self._validity()
        except BaseException:
            self.abort()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with suppress(imaplib.IMAP4.error, OSError):
            self._client.logout()
        self.abort()

    def abort(self) -> None:
        """Break the connection off, whatever another thread waits for on it."""
        with suppress(OSError):
            self._client.sock.shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            self._client.shutdown()

    def _validity(self) -> int:
        _, found = self._client.response("UIDVALIDITY")
        text = found[-1] if found and found[-1] else b""
        return int(text) if text.isdigit() and len(text) < 11 else 0

    def uids(self) -> list[int]:
        """The messages nobody has marked for deletion, in the order they came."""
        with _explained(self._host):
            found = self._box.uids("UNDELETED")
        return sorted(int(one) for one in found if one.isdecimal() and len(one) < 11)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Their sizes in bytes, as the server says; what has gone meanwhile is missing."""
        found: dict[int, int] = {}
        for some in _portions(uids):
            for answer in self._fetched(some, "(UID RFC822.SIZE)", must=True):
                line = b" ".join(answer) if isinstance(answer, tuple) else answer or b""
                uid, size = _UID.search(line), _SIZE.search(line)
                if uid and size:
                    found[int(uid[1])] = int(size[1])
        return found

    def body(self, uid: int) -> bytes | None:
        """The whole message as it is; None where it has gone, or the server cannot give it."""
        return self._literal(uid, "BODY.PEEK[]")

    def header(self, uid: int) -> bytes | None:
        """What stands before its first empty line."""
        return self._literal(uid, "BODY.PEEK[HEADER]")

    def _literal(self, uid: int, part: str) -> bytes | None:
        for answer in self._fetched([uid], f"(UID {part})"):
            if isinstance(answer, tuple) and len(answer) == 2 and isinstance(answer[1], bytes):
                return answer[1]
        return None

    def _fetched(self, uids: Sequence[int], parts: str, *, must: bool = False) -> list[Any]:
        with _explained(self._host):
            status, answers = self._client.uid("FETCH", _list_of(uids), parts)
            if must and status != "OK":
                raise imaplib.IMAP4.error(f"FETCH: {answers}")
        return list(answers) if status == "OK" else []

    def mark_read(self, uids: Sequence[int]) -> None:
        self._store(uids, r"(\Seen)")

    def delete(self, uids: Sequence[int]) -> None:
        """For good where the server can expunge by UID; else they stay, marked for deletion."""
        self._store(uids, r"(\Seen \Deleted)")
        if "UIDPLUS" in self._can:
            for some in _portions(uids):
                self._command("EXPUNGE", _list_of(some))

    def move(self, uids: Sequence[int], folder: str) -> None:
        """Into a folder beside, which is made where it is missing (RFC 6851; else copied and deleted)."""
        if not uids:
            return
        target = self._beside(folder)
        with suppress(ImapToolsError):  # there already
            self._box.folder.create(target)
        for some in _portions(uids):
            if "MOVE" in self._can:
                self._command("MOVE", _list_of(some), encode_folder(target))
            else:
                self._command("COPY", _list_of(some), encode_folder(target))
                self.delete(some)

    def _beside(self, folder: str) -> str:
        """The folder's name where all of a person's folders stand below a prefix (``INBOX.``; RFC 2342)."""
        try:
            with _explained(self._host):
                _, found = self._client.namespace() if "NAMESPACE" in self._can else ("", [])
        except TryAgain:
            return folder
        match = re.match(rb'\(\("([^"\\]*)"', found[0] if found and isinstance(found[0], bytes) else b"")
        return (match[1].decode("ascii", "replace") if match else "") + folder

    def _store(self, uids: Sequence[int], flags: str) -> None:
        for some in _portions(uids):
            self._command("STORE", _list_of(some), "+FLAGS.SILENT", flags)

    def _command(self, name: str, *words: Any) -> None:
        with _explained(self._host):
            status, answer = self._client.uid(name, *words)
            if status != "OK":
                raise imaplib.IMAP4.error(f"{name}: {answer}")


def _greeted(sock: socket.socket, server: Server, access: Access, most: int) -> _Client:
    tls = None if access.security == "plain" else tls_context(access)
    client = _Client(sock, server, tls if access.security == "tls" else None, most)
    if access.security == "starttls":
        # A server that calls us logged in before it is encrypted is refused by imaplib: STARTTLS is then no command.
        try:
            client.starttls(tls)
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
    return client


def _log_in(box: _Box, server: Server, access: Access, password: str) -> None:
    plain_words = access.login.isascii() and password.isascii()
    try:
        (box.login if plain_words else box.login_utf8)(access.login, password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        raise NotAccepted(
            "The server refuses our login",
            f"{server.host}, as {access.login}",
            hint="Ask the partner; then give the login again.",
        ) from error


def _capabilities(client: imaplib.IMAP4) -> frozenset[str]:
    _, found = client.capability()
    words = found[-1] if found and isinstance(found[-1], bytes) else b""
    return frozenset(words.decode("ascii", "replace").upper().split())


def _list_of(uids: Sequence[int]) -> str:
    return ",".join(map(str, uids))


def _portions(uids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (uids[start : start + _AT_ONCE] for start in range(0, len(uids), _AT_ONCE))


class _explained:
    """What the libraries raise, in our words."""

    def __init__(self, host: str) -> None:
        self._host = host

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, ssl.SSLCertVerificationError):
            raise TryAgain(
                "The server's certificate is not valid", f"{self._host}: {said(error.verify_message)}"
            ) from error
        if isinstance(error, ssl.SSLError):
            raise TryAgain("No secure connection could be made", self._host) from error
        if isinstance(error, TimeoutError):
            raise TryAgain("The server does not answer", self._host) from error
        if isinstance(error, (imaplib.IMAP4.error, ImapToolsError)):
            raise TryAgain("The mail server does not do what we ask for", f"{self._host}: {said(error)}") from error
        if isinstance(error, (OSError, ValueError)):
            raise TryAgain("The connection was lost", f"{self._host}: {said(error)}") from error
