"""Whether a mail that came through the post was proved to be its sender's (RFC 8601), and what was no copy at all. Pure.

Anybody can send a mail in an agency's name. Copy in it is looked at by people; a kill would be obeyed by machines. So a mail
that takes copy back and has come through the post must carry its server's word that the sender is who it says.
"""

import re

from dragoman.formats._notices import notice_of
from dragoman.formats.mail.headers import Headers, sender

_POST = ("received", "authentication-results", "delivered-to", "return-path", "arc-authentication-results")
_RESULT = re.compile(r"\b(dmarc|dkim|spf)\s*=\s*(\w+)([^;]{0,400})", re.IGNORECASE)
_DOMAIN = re.compile(
    r"(?:header\.(?:d|i|from)|smtp\.(?:mailfrom|mail|from))\s*=\s*[^\s@;]{0,100}?@?([A-Za-z0-9.-]{3,200})(?=[\s;)]|\Z)"
)
_KILL = re.compile(
    r"\W{0,6}(?:(?:MANDATORY|BULLETIN|URGENT|ATTENTION|EDITORS)\W{1,4}){0,2}(?:KILL|WITHDRAWAL|RETRACTION|ELIMINATION|ANNULATION|ANULACIÓN|"
    r"ZURÜCKZIEHUNG|АННУЛИРОВАТЬ|АННУЛЯЦИЯ|LƏĞV)\b"
)


def came_by_post(headers: Headers) -> bool:
    """Has a mail server handled it? A message handed over in another way is vouched for by that way."""
    return any(headers.has(name) for name in _POST)


def is_proved(headers: Headers) -> bool:
    """Does the receiving server say that the mail is its sender's? Its own word stands on top (RFC 8601 §5)."""
    told = headers.text("authentication-results")[:4_000]
    domain = sender(headers).domain
    for method, result, rest in _RESULT.findall(told):
        if result.lower() != "pass":
            continue
        if method.lower() == "dmarc" or any(_aligned(found, domain) for found in _DOMAIN.findall(rest)):
            return True
    return False


def _aligned(found: str, domain: str) -> bool:
    found = found.lower().strip(".")
    return bool(domain) and (domain == found or domain.endswith(f".{found}") or found.endswith(f".{domain}"))


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
