"""A connection to a mail server for sending (RFC 5321), by aiosmtplib, over a judged socket.

Imported where a channel of this kind is used, and nowhere else.
"""

import asyncio
import ssl

import aiosmtplib

from dragoman.model.access import Access
from dragoman.model.errors import NotAccepted, TryAgain
from dragoman.net.connector import Connector
from dragoman.net.remote import said, tls_context
from dragoman.net.reply import Limits
from dragoman.net.servers import Server


async def open_smtp(
    connector: Connector, server: Server, access: Access, password: str, limits: Limits
) -> aiosmtplib.SMTP:
    """A connection, encrypted unless a person chose otherwise, and logged in where there is a login; yours to close.

    Raises:
        BadInput: the address is refused.
        NotAccepted: they refuse our login.
        TryAgain: not reached, or no secure connection could be made.
    """
    tls = None if access.security == "plain" else tls_context(access)
    sock = await connector.dial(server.host, server.port, low_ports=server.low_ports, limits=limits)
    client = aiosmtplib.SMTP(
        hostname=server.host,
        sock=sock,
        use_tls=access.security == "tls",
        start_tls=access.security == "starttls",
        tls_context=tls,
        # What we call ourselves: the machine's own name is nobody's business.
        local_hostname=access.sender.rpartition("@")[2] or "localhost",
        timeout=limits.first_byte_s,
        username=access.login or None,
        password=password if access.login else None,
    )
    try:
        await client.connect()
    except BaseException as error:
        await shut(client)
        sock.close()
        if isinstance(error, (aiosmtplib.SMTPException, OSError, ValueError)):
            raise _no_connection(error, server, access) from error
        raise
    return client


async def shut(client: aiosmtplib.SMTP) -> None:
    """Break the connection off, without waiting for the other side to end its encryption."""
    transport = client.transport
    client.close()
    if isinstance(transport, asyncio.WriteTransport):
        transport.abort()
    await asyncio.sleep(0)  # the loop closes the socket in its next round


def _no_connection(error: Exception, server: Server, access: Access) -> NotAccepted | TryAgain:
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        return NotAccepted(
            "The server refuses our login",
            f"{server.host}, as {access.login}: {error.code} {said(error.message)}",
            hint="Ask the partner; then give the login again.",
        )
    tls = error if isinstance(error, ssl.SSLError) else error.__cause__
    if isinstance(tls, ssl.SSLCertVerificationError):
        return TryAgain("The server's certificate is not valid", f"{server.host}: {said(tls.verify_message)}")
    if isinstance(tls, ssl.SSLError):
        return TryAgain("No secure connection could be made", server.host)
    if isinstance(error, aiosmtplib.SMTPResponseException):
        return TryAgain("The server does not take mail now", f"{server.host}: {error.code} {said(error.message)}")
    return TryAgain("No connection to the mail server could be made", f"{server.host}: {said(error)}")
