"""Handing over by HTTP: a Standard Webhooks push, signed by the node's key and, where there is one, the channel's secret."""

from datetime import datetime

from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.model.errors import DragomanError
from dragoman.net.connector import Connector
from dragoman.net.reply import Limits, Reply
from dragoman.net.retry_after import retry_after
from dragoman.store.lanes import Lane
from dragoman.trust.keys import Keyring
from dragoman.trust.webhook import parse_secret, sign

INBOX = "/exchange/inbox"
LIMITS = Limits(max_bytes=65_536, redirects=0)


async def push(
    connector: Connector, keyring: Keyring, lane: Lane, delivery: str, parcel: Parcel, now: datetime
) -> Answer:
    """One attempt. `delivery` is its stable id, the webhook-id of every attempt."""
    url = lane.address.rstrip("/") + INBOX if lane.kind == "node" else lane.address
    secrets = [parse_secret(lane.secret)] if lane.secret else []
    stamp = sign(delivery, parcel.body, at=now, keys=keyring.signing, secrets=secrets)
    try:
        reply = await connector.fetch(
            "POST", url, headers={**stamp.headers(), "content-type": parcel.media_type}, body=parcel.body, limits=LIMITS
        )
    except DragomanError as error:
        return Answer(status=0, detail=str(error))
    return answer_of(reply, now)


def answer_of(reply: Reply, now: datetime) -> Answer:
    """The answer a reply is; of its body only the first words of a failure are kept."""
    detail = "" if reply.ok else reply.body[:200].decode("utf-8", "replace").strip()
    return Answer(status=reply.status, detail=detail, retry_after=retry_after(reply.header("retry-after"), now))
