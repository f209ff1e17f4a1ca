"""How Superdesk and Newshub sign a push: HMAC-SHA1 of the body with a shared secret, ``x-superdesk-signature``. Pure.

It says who sent the bytes, not when, nor to whom: a push taken off the line can be sent again. It is accepted only from feeds
that were told to, and sent only to channels of that kind; between nodes, and wherever the partner can, our own is used.
"""

import hmac

HEADER = "x-superdesk-signature"


def signature(secret: bytes, body: bytes) -> str:
    """The value of the header."""
    return "sha1=" + hmac.digest(secret, body, "sha1").hex()


def is_signed(secret: bytes, body: bytes, value: str) -> bool:
    """Is it signed with this secret? Compared in constant time."""
    return hmac.compare_digest(signature(secret, body).encode(), value.strip().encode("utf-8", "replace"))
