"""An envelope names who sends, who receives and under what; it is opened by its recipient only."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput, NotAccepted
from dragoman.trust.envelope import Envelope, claimed_sender, open_envelope, seal

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
ITEM = b'{"uri":"urn:nord:7","title":"\xc4\xb0stisu","dragoman":{"origin":"NORD"}}'
PUSH = Envelope(
    type="item",
    sender="NORD",
    recipient="SUD",
    agreement="nord-sud-1",
    revision=2,
    action="kill",
    at=NOW,
    item=msgspec.Raw(ITEM),
)


def changed(**fields: object) -> bytes:
    return json.dumps(json.loads(seal(PUSH)) | fields).encode()


def test_what_is_sealed_is_opened_unchanged() -> None:
    opened = open_envelope(seal(PUSH), us="SUD", now=NOW)
    assert (opened.sender, opened.recipient, opened.agreement, opened.revision) == ("NORD", "SUD", "nord-sud-1", 2)
    assert (opened.action, opened.at, opened.content) == ("kill", NOW, ITEM)
    assert claimed_sender(seal(PUSH)) == "NORD"
    assert json.loads(seal(PUSH))["from"] == "NORD"
    receipt = Envelope(
        type="receipt", sender="SUD", recipient="NORD", at=NOW, letter=msgspec.Raw(b'{"outcome":"stored"}')
    )
    assert open_envelope(seal(receipt), us="NORD", now=NOW).content == b'{"outcome":"stored"}'


@pytest.mark.parametrize("code", ["", "\x00", "NO\x00RD", "nord", "N" * 17, "NORD WIRE"])
def test_a_sender_no_agency_can_be_called_is_not_looked_for(code: str) -> None:
    with pytest.raises(BadInput):
        claimed_sender(changed(**{"from": code}))


def test_a_push_for_someone_else_says_for_whom() -> None:
    with pytest.raises(NotAccepted) as caught:
        open_envelope(seal(PUSH), us="WEST", now=NOW)
    assert "addressed to 'SUD', this node is 'WEST'" in caught.value.detail


def test_a_push_from_ourselves_or_from_the_future_is_refused() -> None:
    with pytest.raises(NotAccepted, match="from ourselves"):
        open_envelope(changed(**{"from": "SUD"}), us="SUD", now=NOW)
    with pytest.raises(NotAccepted, match="their clock is 301 s ahead"):
        open_envelope(seal(PUSH), us="SUD", now=NOW - timedelta(seconds=301))
    assert open_envelope(seal(PUSH), us="SUD", now=NOW + timedelta(days=5))  # a retry after an outage


def test_a_newer_node_may_say_more() -> None:
    assert open_envelope(changed(weather={"sunny": [True]}), us="SUD", now=NOW).content


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{}",
        changed(type="gossip"),
        changed(at="2026-05-03T12:00:00"),
        changed(revision="2"),
        changed(item=None),
        changed(item="text"),
        changed(type="receipt"),
        changed(action="burn"),
        seal(PUSH).replace(b'"to":', b'"to":"SUD","to":'),
        seal(PUSH).replace(ITEM, b"[" * 5000 + b"]" * 5000),
        seal(PUSH) + b"{}",
    ],
)
def test_what_is_no_envelope_is_bad_input(body: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        open_envelope(body, us="SUD", now=NOW)
    assert caught.value.kept


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"from":7}', b'{"from":"NORD","x":' + b"[" * 100_000])
def test_a_push_without_a_sender_is_bad_input(body: bytes) -> None:
    with pytest.raises(BadInput):
        claimed_sender(body)


@given(st.binary(max_size=100), st.integers(0, len(seal(PUSH))), st.integers(0, 40))
def test_no_damage_makes_opening_fall_over(noise: bytes, at: int, cut: int) -> None:
    body = seal(PUSH)
    try:
        open_envelope(body[:at] + noise + body[at + cut :], us="SUD", now=NOW)
    except BadInput:
        return
