"""Handing over by mail (RFC 5321): one message for each version, one envelope, an answer for each recipient.

| they answer | the delivery |
|---|---|
| all recipients taken | sent: handed over, which is no receipt |
| some 4xx | retry, for those only who have not taken it |
| the rest 5xx | parked, with the server's words and who has it |
| 5xx to the sender or to the whole message | parked |
| no connection, no TLS, no login | retry; the lane rests |

The Message-ID stays over every attempt, so that what comes twice is known as one.

Limits: who has taken it is remembered while this process lives; after a restart those get it again, under the same id.
"""

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from email.message import EmailMessage
from email.policy import SMTP as MAIL
from email.utils import format_datetime

import aiosmtplib
import msgspec
from msgspec import Struct

from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.formats.mail import addressed
from dragoman.model.access import Access
from dragoman.model.errors import TryAgain
from dragoman.model.item import Item
from dragoman.net.connector import Connector
from dragoman.net.remote import said
from dragoman.net.reply import Limits
from dragoman.net.servers import checked_server
from dragoman.net.smtp import open_smtp, shut
from dragoman.store.lanes import Attempt, Lane
from dragoman.text.cleaning import clean, squeeze

LIMITS = Limits()
MOST_REMEMBERED = 10_000
_items = msgspec.json.Decoder(Item)
_MARKS = {"kill": "KILL: ", "hold": "HOLD: ", "correct": "CORRECTION: "}


class Refusal(Struct, frozen=True):
    """What the server said of one recipient."""

    recipient: str
    code: int
    words: str

    def __str__(self) -> str:
        return f"{self.recipient}: {self.code} {said(self.words)}"


class Takers:
    """Who has taken what, of deliveries that not all recipients have taken yet."""

    def __init__(self) -> None:
        self._taken: OrderedDict[tuple[int, int], frozenset[str]] = OrderedDict()

    def have(self, attempt: Attempt) -> frozenset[str]:
        return self._taken.get((attempt.channel, attempt.sequence), frozenset())

    def remember(self, attempt: Attempt, recipients: frozenset[str], *, done: bool) -> None:
        self._taken.pop((attempt.channel, attempt.sequence), None)
        if not done:
            self._taken[attempt.channel, attempt.sequence] = recipients
        while len(self._taken) > MOST_REMEMBERED:
            self._taken.popitem(last=False)


class Desk:
    """The connection to the mail server. A `doors.Door`."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client

    @property
    def alive(self) -> bool:
        return self._client.is_connected

    async def close(self) -> None:
        try:
            async with asyncio.timeout(1.0):
                await self._client.quit()
        except (aiosmtplib.SMTPException, OSError):
            pass  # good-bye is only a courtesy
        finally:
            await shut(self._client)

    async def send(self, access: Access, attempt: Attempt, message: bytes, takers: Takers) -> Answer:
        """One attempt, to those who have not taken it yet.

        Raises:
            TryAgain: the connection is lost: it may have been taken, and is sent again under the same id.
        """
        before = takers.have(attempt)
        wanted = [one for one in access.recipients if one not in before]
        try:
            refusals = await self._mailed(access.sender, wanted, message)
        except aiosmtplib.SMTPResponseException as error:
            return _of_the_whole(error)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise TryAgain("The connection to the mail server was lost", said(error)) from error
        after = before | frozenset(wanted) - frozenset(one.recipient for one in refusals)
        answer = judged(after, refusals)
        takers.remember(attempt, after, done=answer.meaning != "again")
        return answer

    async def _mailed(self, sender: str, recipients: Sequence[str], message: bytes) -> list[Refusal]:
        try:
            refused, _ = await self._client.sendmail(sender, list(recipients), message)
        except aiosmtplib.SMTPRecipientsRefused as error:
            return [Refusal(one.recipient, one.code, one.message) for one in error.recipients]
        return [Refusal(who, answer.code, answer.message) for who, answer in refused.items()]


def judged(taken: frozenset[str], refusals: Sequence[Refusal]) -> Answer:
    """What the answers for each recipient mean for the delivery. Pure."""
    if not refusals:
        return Answer(status=250)
    words = "; ".join(map(str, refusals)) + (f"; taken by {', '.join(sorted(taken))}" if taken else "")
    later = any(400 <= one.code < 500 for one in refusals)
    return Answer(status=0, detail=words[:1000], meaning="again" if later else "refused")


def _of_the_whole(error: aiosmtplib.SMTPResponseException) -> Answer:
    """5xx to the sender or the text is final (RFC 5321 §4.2.1); anything else may go better later."""
    words = f"{error.code} {said(error.message)}"
    return Answer(status=0, detail=words, meaning="refused" if 500 <= error.code < 600 else "again")


async def open_desk(connector: Connector, lane: Lane) -> Desk:
    """Raises: as `open_smtp`."""
    server = checked_server(lane.address, "smtp", lane.access.security)
    return Desk(await open_smtp(connector, server, lane.access, lane.secret, LIMITS))


# ---------------------------------------------------------------------------------------------- the message


def composed(lane: Lane, attempt: Attempt, parcel: Parcel, name: str) -> bytes:
    """The message: a mail as its format has written it, a text in the body, anything else attached, pictures too. `name`
    is the delivery's id.

    Raises:
        ValueError: sender or recipient is no address.
    """
    access = lane.access
    if lane.format == "mail" and not access.attached:
        return _with_files(addressed(parcel.body, access.sender, access.recipients), parcel, name)
    item = _items.decode(attempt.payload)
    title = squeeze(clean(item.headline or item.uri))[:200]
    mail = EmailMessage(policy=MAIL.clone(cte_type="7bit"))
    mail["From"] = access.sender
    mail["To"] = ", ".join(access.recipients)
    mail["Date"] = format_datetime(attempt.received)
    mail["Subject"] = _MARKS.get(attempt.act, "") + title
    mail["Message-ID"] = f"<{name}@{access.sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    if parcel.media_type.startswith("text/plain") and not access.attached:
        mail.set_content(parcel.body.decode("utf-8", "replace"))
    else:
        mail.set_content(f"{title}\n\nThe copy is attached, with its credit and terms.\n")
        _attach(mail, parcel.body, parcel.media_type, f"{name}{parcel.suffix}")
    for one in parcel.enclosures:
        _attach(mail, one.body, one.media_type, f"{name}{one.suffix}")
    return mail.as_bytes()


def _with_files(message: bytes, parcel: Parcel, name: str) -> bytes:
    """The message as it was written, the files behind it (RFC 2046 §5.1.3). Its own fields stay as they are."""
    if not parcel.enclosures:
        return message
    head, _, body = message.partition(b"\r\n\r\n")
    fields, _, kind = head.rpartition(b"\r\nContent-Type: ")
    beside = EmailMessage(policy=MAIL)
    for one in parcel.enclosures:
        _attach(beside, one.body, one.media_type, f"{name}{one.suffix}")
    files = [each.as_bytes() for each in beside.iter_attachments()]
    line = b"--=_" + hashlib.sha256(name.encode()).hexdigest()[:32].encode()
    parts = [b"Content-Type: " + kind + b"\r\n\r\n" + body, *files]
    mixed = b'Content-Type: multipart/mixed; boundary="' + line[2:] + b'"'
    return (
        b"\r\n".join([fields, mixed, b"", *(line + b"\r\n" + each.rstrip(b"\r\n") for each in parts), line + b"--"])
        + b"\r\n"
    )


def _attach(mail: EmailMessage, body: bytes, media_type: str, name: str) -> None:
    main, _, sub = media_type.partition(";")[0].strip().partition("/")
    if main in ("message", "multipart") or not sub:  # their parts would be rewritten: these are bytes
        main, sub = "application", "octet-stream"
    mail.add_attachment(body, maintype=main, subtype=sub, filename=name)
