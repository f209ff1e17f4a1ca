"""Pushes to a Superdesk or Newshub: its document, its signature, its way of saying no."""

import asyncio
import hashlib
import hmac

import pytest
from partner_server import open_partner
from ways_out import ATTEMPT, NOW, hands, lane, parcel

from dragoman.deliver.outcomes import Answer, outcome
from dragoman.model.access import Access
from dragoman.trust.superdesk import HEADER, is_signed, signature

SECRET = "a token of theirs"
BODY = b'{"guid":"adr:3","type":"text"}'


def test_the_signature_is_as_superdesk_makes_it() -> None:
    assert signature(b"key", b"body") == "sha1=" + hmac.new(b"key", b"body", hashlib.sha1).hexdigest()
    assert is_signed(b"key", b"body", signature(b"key", b"body"))


@pytest.mark.parametrize("value", ["", "sha1=", "sha1=" + "0" * 40, signature(b"other", BODY), "\udcff", "ä" * 40])
def test_any_other_signature_does_not_fit(value: str) -> None:
    assert not is_signed(SECRET.encode(), BODY, value)


@pytest.mark.parametrize(
    ("status", "state"), [(200, "sent"), (201, "sent"), (400, "parked"), (403, "retry"), (500, "retry")]
)
def test_the_push_carries_the_document_and_its_signature(status: int, state: str) -> None:
    async def go() -> tuple[Answer, dict[str, str], bytes]:
        async with open_partner() as partner, hands() as ours:
            partner.script["/push"] = [status]
            there = lane("superdesk", partner.url + "/push", Access(), SECRET, "superdesk")
            answer = await ours.over(there, ATTEMPT, parcel(BODY), "ADR-1-1-7", NOW)
            [heard] = partner.heard
            return answer, heard.headers, heard.body

    answer, headers, body = asyncio.run(go())
    assert body == BODY
    assert headers[HEADER] == signature(SECRET.encode(), BODY)
    assert headers["content-type"] == "application/json"
    assert "webhook-signature" not in headers
    assert outcome(ATTEMPT, answer, failures=0, now=NOW).ending.state == state
