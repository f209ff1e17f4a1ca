"""An item as a mail: text and HTML beside each other, and in the header whatever must come back. Pure.

Header values are written here, byte by byte, and never by a library that might fold what it is given into a second field:
plain ASCII stands as it is, anything else in encoded words (RFC 2047). Lines end in CRLF and are no longer than 998 bytes.
"""

import base64
import binascii
import html
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

from dragoman.formats._carried import is_gone
from dragoman.formats._identity import digest
from dragoman.formats._own_words import own_words
from dragoman.formats._shape import EncodeContext
from dragoman.formats._shown import clean_body, in_its_place, shown, shown_title
from dragoman.formats._times import rfc822
from dragoman.model.item import Item
from dragoman.read.body import HtmlBlock, html_blocks, plain
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.script import direction

CRLF = b"\r\n"
_PLAIN = re.compile(r"[ -~]*\Z")
_NAME = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WIDTH, _BYTES = 76, 42
"""Characters of a header line, bytes of text in one encoded word."""
_LONGEST_LINE = 990
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}\Z")
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)


def message(item: Item, context: EncodeContext) -> bytes:
    """One item as one message."""
    host = _host(context)
    plain, marked = _text(item), _page(item)
    boundary = f"=_{digest(item.uri, item.version, plain)[:32]}"
    moment = item.version_created or item.first_created or item.content_created or _NEVER
    lines = [
        field("From", f"{_phrase(context.title)} <wire@{host}>", encode=False),
        field("Date", rfc822(moment)),
        field("Subject", shown_title(item)),
        field("Message-ID", f"<{digest(item.uri, item.version)[:40]}@{host}>", encode=False),
        field("References", f"<{digest(item.uri)[:40]}@{host}>", encode=False),
        field("Content-Language", item.language) if re.fullmatch(r"[A-Za-z0-9-]{2,35}", item.language) else b"",
        field("Keywords", ", ".join(one.name.replace(",", " ") for one in item.subjects if one.name)),
        field("Sensitivity", "Company-Confidential") if item.embargoed_until or item.ours.advance else b"",
        field("Importance", "high") if item.urgency and item.urgency <= 2 else b"",
        field("Auto-Submitted", "auto-generated"),
        *(field(f"X-Dragoman-{_NAME.sub('-', name[:1].upper() + name[1:])}", said) for name, said in own_words(item)),
        b"MIME-Version: 1.0" + CRLF,
        f'Content-Type: multipart/alternative; boundary="{boundary}"'.encode() + CRLF,
        CRLF,
    ]
    parts = (_part(plain, "text/plain"), _part(marked, "text/html"))
    return b"".join(lines) + _multipart(parts, boundary)


def digested(messages: Sequence[bytes], context: EncodeContext, moments: Iterable[datetime]) -> bytes:
    """Several messages as one (multipart/digest, RFC 2046 §5.1.5)."""
    host = _host(context)
    name = digest(*(each.decode("latin-1") for each in messages))[:32]
    lines = (
        field("From", f"{_phrase(context.title)} <wire@{host}>", encode=False),
        field("Date", rfc822(context.updated or max(moments, default=_NEVER))),
        field("Subject", f"{context.title}: {len(messages)}"),
        field("Message-ID", f"<{name}.digest@{host}>", encode=False),
        field("Auto-Submitted", "auto-generated"),
        b"MIME-Version: 1.0" + CRLF,
        f'Content-Type: multipart/digest; boundary="=_{name}"'.encode() + CRLF,
        CRLF,
    )
    return b"".join(lines) + _multipart([CRLF + each for each in messages], f"=_{name}")


def addressed(document: bytes, sender: str, recipients: Sequence[str]) -> bytes:
    """`document` (of `encode`) with From and To as an SMTP channel wants them; addresses are bare (`desk@agency.example`).

    Raises:
        ValueError: an address is none: it holds a space, a comma, a line end or a letter that is not ASCII.
    """
    for address in (sender, *recipients):
        if not re.fullmatch(r"[!-+\--;=?A-~]{1,64}@[A-Za-z0-9.\[\]:-]{1,255}", address):
            raise ValueError(f"this is no address: {address!r}")
    head, _, rest = document.partition(CRLF)
    name = head.removeprefix(b"From: ").rpartition(b" <")[0].decode("ascii")
    to = ",\r\n ".join(recipients) or "undisclosed-recipients:;"
    return f"From: {name} <{sender}>\r\nTo: {to}\r\n".encode("ascii") + rest


def field(name: str, value: str, *, encode: bool = True) -> bytes:
    """One header field with its line end; nothing for an empty value. `value` can bring no second field with it."""
    line = squeeze(clean(value).replace("\x7f", ""))
    if not line:
        return b""
    if encode and (not _PLAIN.match(line) or "=?" in line or len(name) + len(line) + 2 > _WIDTH):
        line = "\r\n ".join(_encoded(line))
    return f"{name}: {line}".encode("ascii", "replace") + CRLF


def _encoded(text: str) -> list[str]:
    """`text` as encoded words of whole letters (RFC 2047 §5), none longer than 75 characters."""
    words: list[bytes] = [b""]
    for sign in text:
        letter = sign.encode("utf-8", "replace")
        if len(words[-1]) + len(letter) > _BYTES:
            words.append(b"")
        words[-1] += letter
    return [f"=?utf-8?b?{base64.b64encode(word).decode('ascii')}?=" for word in words]


def _phrase(name: str) -> str:
    """A display name that can be nothing else."""
    plain = squeeze(clean(name))[:120]
    if _PLAIN.match(plain) and "=?" not in plain:
        return '"' + re.sub(r'["\\<>@,;:()\[\]]', " ", plain).strip() + '"'
    return " ".join(_encoded(plain))


def _host(context: EncodeContext) -> str:
    host = (urlsplit(context.site).hostname or "").lower()
    return host if _HOST.match(host) else "dragoman.example"


def _text(item: Item) -> str:
    """The plain half: what must be seen with it, then the copy."""
    lines = [shown_title(item), "", *(f"{label}: {said}" for label, said in shown(item))]
    if is_gone(item):
        return "\n".join((*lines, "", squeeze(in_its_place(item)), ""))
    blocks, _ = html_blocks(item.bodies[0].value) if item.bodies else ([], ())
    texts = [*(squeeze(plain(one.value)) for one in item.descriptions[:1]), *(_block(each) for each in blocks)]
    return "\n".join((*lines, *(line for text in texts for line in ("", text)), ""))


def _block(each: HtmlBlock) -> str:
    lines = each.text.split("\n")
    return "\n".join(f"• {line}" for line in lines) if each.tag in ("ul", "ol") else each.text


def _page(item: Item) -> str:
    """The HTML half: the same, and the body as it is."""
    title = html.escape(shown_title(item))
    rows = "".join(f"<p><strong>{label}:</strong> {html.escape(said)}</p>\n" for label, said in shown(item))
    if is_gone(item):
        summary, body = "", f"<p>{html.escape(squeeze(in_its_place(item)))}</p>"
    else:
        summary = "".join(f"<p><em>{html.escape(plain(one.value))}</em></p>\n" for one in item.descriptions[:1])
        body = clean_body(item)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(item.language or "und")}" dir="{direction(item.language)}">\n'
        f'<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n{rows}{summary}'
        f'<article id="copy">\n{body}\n</article>\n</body>\n</html>\n'
    )


def _part(text: str, media_type: str) -> bytes:
    """A text part in the plainest transfer encoding that carries it: none, quoted-printable, base64."""
    body = clean(text).encode("utf-8", "replace")
    if body.isascii() and max(map(len, body.split(b"\n"))) <= _LONGEST_LINE:
        encoding, encoded = "7bit", body.replace(b"\n", CRLF)
    elif sum(byte > 126 for byte in body) * 6 < len(body):
        encoding = "quoted-printable"
        encoded = binascii.b2a_qp(body.replace(b"\n", CRLF), istext=True)
        encoded = encoded.replace(b"=\n", b"=" + CRLF)
    else:
        encoding = "base64"
        encoded = base64.encodebytes(body.replace(b"\n", CRLF)).replace(b"\n", CRLF)
    head = f"Content-Type: {media_type}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode("ascii") + encoded


def _multipart(parts: Iterable[bytes], boundary: str) -> bytes:
    mark = b"--" + boundary.encode("ascii")
    return b"".join(mark + CRLF + part + CRLF for part in parts) + mark + b"--" + CRLF
