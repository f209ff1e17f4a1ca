"""A file from a partner's node: asked for by its digest, with a token for that very request, and compared with its digest."""

import hashlib
from datetime import datetime, timedelta
from http import HTTPStatus

from yarl import URL

from dragoman.media.darkroom import MOST_BYTES
from dragoman.model.errors import BadInput, NotAccepted, TryAgain
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits
from dragoman.store.darkroom import Wanted
from dragoman.trust.keys import Keyring
from dragoman.trust.token import issue

LIMITS = Limits(max_bytes=MOST_BYTES, total_s=120.0)
_FIRST, _LONGEST = timedelta(seconds=2), timedelta(hours=1)
_WHY = {
    401: "its node does not accept our token: has it confirmed our key?",
    403: "its node does not give it to us",
    404: "its node does not have it for us, or not yet",
    410: "its node no longer gives it out",
}


async def fetch(connector: Connector, keyring: Keyring, wanted: Wanted, now: datetime) -> bytes:
    """The bytes of the file.

    Raises:
        BadInput: the agency's address cannot be used. TryAgain: it does not give the file, now.
        NotAccepted: what it gives is another file. TooLarge: it is over the limit.
    """
    try:
        url = URL(wanted.node) / "exchange" / "media" / wanted.digest
    except ValueError as error:
        raise BadInput("The address of the partner's node cannot be used", wanted.node[:200]) from error
    token = issue(keyring, audience=wanted.agency, method="GET", path=url.raw_path_qs, now=now)
    reply = await connector.fetch("GET", str(url), headers={"Authorization": f"Dragoman {token}"}, limits=LIMITS)
    if reply.status != HTTPStatus.OK:
        why = _WHY.get(reply.status, f"its node answers {reply.status}")
        raise TryAgain("The file could not be fetched", f"{wanted.agency}: {why}")
    check(wanted, reply.body)
    return reply.body


def check(wanted: Wanted, body: bytes) -> None:
    """
    Raises:
        NotAccepted: `body` is not the file.
    """
    if hashlib.sha256(body).hexdigest() != wanted.digest:
        raise NotAccepted("This is another file", f"{wanted.agency}: its digest is not the one that the item names")


def again(tries: int, luck: float) -> timedelta:
    """The time to the next try: doubled with each, up to an hour; `luck` from -1 to 1 keeps many from marching in step."""
    return min(_FIRST * (1 << min(tries, 20)), _LONGEST) * (1 + 0.1 * luck)
