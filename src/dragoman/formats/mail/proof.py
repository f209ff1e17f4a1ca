"""Whether a mail that came through the post was proved to be its sender's (RFC 8601), and what was no copy at all. Pure.

Anybody can send a mail in an agency's name, or in their own. Copy in it is looked at by people; a kill would be obeyed by
machines. So a mail that takes copy back and has come through the post must be from one whom the feed names, by the word of the
mail server that the feed names.
"""

import re
from collections.abc import Sequence
from email.utils import getaddresses

from dragoman.formats._notices import notice_of
from dragoman.formats.mail.headers import Headers, sender

_POST = ("received", "authentication-results", "delivered-to", "return-path", "arc-authentication-results")
_RESULTS = "authentication-results"
_RESULT = re.compile(r"\s*(dmarc|dkim|spf)\s*(?:/\s*\d+\s*)?=\s*pass(?![\w-])", re.IGNORECASE)
_PROVEN = {
    "dmarc": re.compile(r"\sheader\.from\s*=\s*(?:[^\s@;]{0,100}@)?([A-Za-z0-9.-]{3,200})(?=\s|\Z)"),
    "dkim": re.compile(r"\sheader\.(?:d|i)\s*=\s*(?:[^\s@;]{0,100}@)?([A-Za-z0-9.-]{3,200})(?=\s|\Z)"),
    "spf": re.compile(r"\ssmtp\.(?:mailfrom|mail|from)\s*=\s*(?:[^\s@;]{0,100}@)?([A-Za-z0-9.-]{3,200})(?=\s|\Z)"),
}
"""Where each method says whose domain it has proved; what else stands beside it is only what the mail says."""
_LONGEST = 4_000
_KILL = re.compile(
    r"\W{0,6}(?:(?:MANDATORY|BULLETIN|URGENT|ATTENTION|EDITORS)\W{1,4}){0,2}(?:KILL|WITHDRAWAL|RETRACTION|ELIMINATION|ANNULATION|ANULACIÓN|"
    r"ZURÜCKZIEHUNG|АННУЛИРОВАТЬ|АННУЛЯЦИЯ|LƏĞV)\b"
)


def came_by_post(headers: Headers) -> bool:
    """Has a mail server handled it? A message handed over in another way is vouched for by that way."""
    return any(headers.has(name) for name in _POST)


def is_proved(headers: Headers, server: str) -> bool:
    """Does the mail server of this name say that the mail is its sender's? Its last word stands on top (RFC 8601 §5)."""
    author = _author(headers)
    told = (
        _plain(value[:_LONGEST].decode("latin-1")).split(";") for field, value in headers.fields if field == _RESULTS
    )
    results = next((rest for name, *rest in told if server and _first_word(name) == server.lower()), [])
    return bool(author) and any(_proves(result, author.rpartition("@")[2]) for result in results)


def is_one_of(headers: Headers, senders: Sequence[str]) -> bool:
    """Does the mail say that it is from one of these addresses or domains?"""
    author = _author(headers)
    return bool(author) and any(
        author in (one.lower(), f"{author.rpartition('@')[0]}@{one.lower()}") for one in senders
    )


def _author(headers: Headers) -> str:
    """The one address in the one From field; nothing where there are several: servers prove another than readers see."""
    fields = [value for field, value in headers.fields if field == "from"]
    text = fields[0][:1_000].decode("utf-8", "replace") if len(fields) == 1 else ""
    found = getaddresses([text]) if text.count("(") <= 20 else []  # one call deeper with each bracket
    return found[0][1].lower() if len(found) == 1 and "@" in found[0][1] else ""


def _plain(text: str) -> str:
    """A field without comments and quoted strings: what a stranger has written stands in these."""
    kept: list[str] = []
    depth, quoted, escaped = 0, False, False
    for sign in text:
        if escaped or (sign == "\\" and (depth or quoted)):
            escaped = not escaped
        elif quoted or (sign == '"' and not depth):
            quoted = (sign != '"') if quoted else True
        elif sign == "(" or (sign == ")" and depth):
            depth += 1 if sign == "(" else -1
            kept.append(" ")
        elif not depth:
            kept.append(sign)
    return "" if depth or quoted else "".join(kept)


def _first_word(text: str) -> str:
    return next(iter(text.lower().split()), "")


def _proves(result: str, domain: str) -> bool:
    method = _RESULT.match(result)
    if method is None:
        return False
    found = _PROVEN[method[1].lower()].findall(result)
    if method[1].lower() == "dmarc" and not found:  # it is about the domain in From, named or not
        return True
    return bool(found) and all(_aligned(one, domain) for one in found)


def _aligned(found: str, domain: str) -> bool:
    found = found.lower().strip(".")
    return "." in found and (domain == found or domain.endswith(f".{found}") or found.endswith(f".{domain}"))


def asks_for_a_kill(subject: str) -> bool:
    """Does the subject take copy back, in words that name no item of ours?"""
    notice = notice_of(subject)
    return bool(notice and notice.takes_back) or bool(_KILL.match(subject))


def no_copy(headers: Headers, type_: str, report: str) -> str:
    """Why the mail is none that a person has sent (a bounce, an automatic answer, a receipt), or nothing."""
    if type_ == "multipart/report" or report:
        return "a delivery report" if "disposition" not in report else "a receipt"
    submitted = headers.text("auto-submitted").lower()
    if submitted.startswith("auto-replied") or headers.has("x-autoreply") or headers.has("x-autorespond"):
        return "an automatic answer"
    if headers.text("precedence").lower() in ("auto_reply", "auto-reply"):
        return "an automatic answer"
    path = headers.raw("return-path").strip()
    if path == b"<>" and sender(headers).address.lower().startswith(("mailer-daemon@", "postmaster@")):
        return "a delivery report"
    return ""
