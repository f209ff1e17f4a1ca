"""Handing over to a Superdesk or Newshub: its ninjs, posted to its push address, signed with the secret shared with it."""

from datetime import datetime
from http import HTTPStatus

from msgspec.structs import replace

from dragoman.deliver.outcomes import Answer
from dragoman.deliver.parcel import Parcel
from dragoman.deliver.push import LIMITS, answer_of
from dragoman.model.errors import DragomanError
from dragoman.net.connector import Connector
from dragoman.store.lanes import Lane
from dragoman.trust.superdesk import HEADER, signature

FORMAT = "superdesk"


async def post(connector: Connector, lane: Lane, parcel: Parcel, now: datetime) -> Answer:
    """One attempt. The taker knows a repeat by the item's guid and version."""
    headers = {"content-type": "application/json", HEADER: signature(lane.secret.encode(), parcel.body)}
    try:
        reply = await connector.fetch("POST", lane.address, headers=headers, body=parcel.body, limits=LIMITS)
    except DragomanError as error:
        return Answer(status=0, detail=str(error))
    answer = answer_of(reply, now)
    # They say 403 where the signature does not fit: that is no word about this copy.
    return replace(answer, meaning="again") if reply.status == HTTPStatus.FORBIDDEN else answer
