"""Which web addresses are well formed, read in one way only: http or https, one plain host, no credentials. Pure.

Readers of URLs disagree on the host of half the nasty ones (``127.1``, ``2130706433``, a backslash): those are refused
here instead of guessed. Where a good name leads is judged at the socket.
"""

import re
from ipaddress import ip_address

from yarl import URL

from dragoman.model.errors import BadInput

_LABEL = re.compile(r"(?!xn--$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
LONGEST = 4096


def checked_url(text: str) -> URL:
    """`text` as a URL we are ready to connect to.

    Raises: BadInput: another scheme, no host, credentials inside, control characters, a host written as a riddle.
    """
    if len(text) > LONGEST or _FORBIDDEN.search(text):
        raise _bad("it holds spaces, control characters or a backslash, or is too long")
    try:
        url = URL(text)
        host, port = url.raw_host or "", url.port
        str(url).encode("ascii")
    except ValueError as error:
        raise _bad("it cannot be read") from error
    if url.scheme not in ("http", "https"):
        raise _bad("only http and https are used")
    if url.raw_user is not None or url.raw_password is not None:
        raise _bad("it carries a name or a password")
    if not port or not is_plain_host(host):
        raise _bad("its host is not a name or an IP address in the usual form")
    return url


def is_plain_host(host: str) -> bool:
    """A DNS name of well-formed labels whose last is no number (WHATWG URL, "ends in a number"), or an IP address."""
    try:
        return "%" not in host and bool(ip_address(host))
    except ValueError:
        labels = host.removesuffix(".").split(".")
        return len(host) <= 254 and all(map(_LABEL.fullmatch, labels)) and not _NUMBER.fullmatch(labels[-1])


def _bad(why: str) -> BadInput:
    return BadInput("This web address cannot be used", why, hint="Give it as https://host/path.")
