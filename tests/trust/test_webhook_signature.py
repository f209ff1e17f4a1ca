"""A push is signed, and verified, as Standard Webhooks says."""

import base64
import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput, NotAccepted
from dragoman.trust.keys import new_keyring, rotate
from dragoman.trust.webhook import Stamp, format_secret, parse_secret, sign, verify

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
BODY = '{"headline":"Körpü açıldı"}'.encode()
KEYRING = new_keyring("NORD", NOW)
SECRET = bytes(range(32))
HOSTILE = Path(__file__).parents[3] / "shared/data/hostile"
needs_shared = pytest.mark.skipif(not HOSTILE.exists(), reason="the development data is not beside the project")


def stamped(**changes: str) -> dict[str, str]:
    headers = sign("m1", BODY, at=NOW, keys=KEYRING.signing, secrets=[SECRET]).headers()
    return headers | {f"webhook-{name}": value for name, value in changes.items()}


def test_a_push_signed_by_us_is_taken_by_key_or_by_secret() -> None:
    assert verify(stamped(), BODY, now=NOW, keys=[KEYRING.current.public]) == "m1"
    assert verify(stamped(), BODY, now=NOW, secrets=[SECRET]) == "m1"
    loud = {name.title(): value for name, value in stamped().items()}
    assert verify(loud, BODY, now=NOW, secrets=[SECRET]) == "m1"


def test_the_hmac_is_the_one_everybody_else_computes() -> None:
    expected = hmac.digest(SECRET, b"m1.%d." % NOW.timestamp() + BODY, "sha256")
    stamp = sign("m1", BODY, at=NOW, secrets=[SECRET])
    assert stamp == Stamp(
        id="m1", timestamp=str(int(NOW.timestamp())), signature="v1," + base64.b64encode(expected).decode()
    )


def test_during_a_rotation_partners_with_either_key_take_the_push() -> None:
    rotated = rotate(KEYRING, NOW)
    headers = sign("m1", BODY, at=NOW, keys=rotated.signing).headers()
    for public in (KEYRING.current.public, rotated.current.public):
        assert verify(headers, BODY, now=NOW, keys=[public]) == "m1"


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_clocks_may_differ_by_five_minutes(seconds: int) -> None:
    assert verify(stamped(), BODY, now=NOW + timedelta(seconds=seconds), secrets=[SECRET])


@pytest.mark.parametrize(
    ("headers", "now", "title", "detail"),
    [
        ({}, NOW, "The push is not signed", "webhook-id is missing"),
        (stamped(signature=""), NOW, "The push is not signed", "webhook-signature is missing"),
        (stamped(timestamp="1e9"), NOW, "The push has a malformed time", "seconds since 1970"),
        (stamped(timestamp=" 1772445600"), NOW, "The push has a malformed time", "seconds since 1970"),
        (stamped(timestamp="1" * 13), NOW, "The push has a malformed time", "seconds since 1970"),
        (stamped(timestamp="١٢"), NOW, "The push has a malformed time", "seconds since 1970"),
        (stamped(id="m.1"), NOW, "The push has a malformed id", "full stop"),
        (stamped(), NOW + timedelta(seconds=301), "The push is too old", "signed 301 s ago"),
        (stamped(), NOW - timedelta(seconds=301), "The push comes from the future", "their clock is 301 s ahead"),
        (stamped(id="m2"), NOW, "The signature is not known here", ""),
        (stamped(timestamp=str(int(NOW.timestamp()) + 1)), NOW, "The signature is not known here", ""),
        (stamped(signature="v1,"), NOW, "The signature is not known here", ""),
        (stamped(signature="v2,AAAA nonsense"), NOW, "The signature is not known here", ""),
    ],
)
def test_each_refusal_says_what_is_wrong(headers: dict[str, str], now: datetime, title: str, detail: str) -> None:
    with pytest.raises(NotAccepted) as caught:
        verify(headers, BODY, now=now, keys=[KEYRING.current.public], secrets=[SECRET])
    assert caught.value.title == title
    assert detail in caught.value.detail


def test_a_changed_body_or_a_strangers_key_is_refused() -> None:
    stranger = new_keyring("NORD", NOW)
    with pytest.raises(NotAccepted):
        verify(stamped(), BODY + b" ", now=NOW, keys=[KEYRING.current.public], secrets=[SECRET])
    with pytest.raises(NotAccepted):
        verify(stamped(), BODY, now=NOW, keys=[stranger.current.public], secrets=[bytes(32)])
    with pytest.raises(NotAccepted):
        verify(stamped(), BODY, now=NOW)


def test_only_the_first_ten_signatures_are_looked_at() -> None:
    good, noise = stamped()["webhook-signature"], "v1," + base64.b64encode(bytes(32)).decode()
    assert verify(stamped(signature=f"{noise} " * 8 + good), BODY, now=NOW, secrets=[SECRET])
    with pytest.raises(NotAccepted):
        verify(stamped(signature=f"{noise} " * 10 + good), BODY, now=NOW, secrets=[SECRET])


def test_an_id_that_could_be_read_two_ways_is_not_signed() -> None:
    for id in ("a.b", "", "a b", "ж", "a\n"):
        with pytest.raises(BadInput):
            sign(id, BODY, at=NOW, secrets=[SECRET])
    with pytest.raises(BadInput):
        sign("m1", BODY, at=NOW)


@given(st.binary(min_size=24, max_size=64))
def test_a_secret_survives_its_written_form(secret: bytes) -> None:
    assert parse_secret(format_secret(secret)) == secret


@pytest.mark.parametrize(
    "text", ["", "whsec_", "whsec_!!!!", "whsec_AAAA", format_secret(bytes(65)), format_secret(bytes(32))[6:]]
)
def test_a_malformed_secret_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_secret(text)
    assert not caught.value.detail


header_text = st.text(max_size=40) | st.sampled_from(
    ["m1", str(int(NOW.timestamp())), "v1,AAAA", "v1a,", "v1a," + "A" * 88]
)


@given(
    st.dictionaries(st.sampled_from(["webhook-id", "webhook-timestamp", "webhook-signature", "x"]), header_text),
    st.binary(max_size=50),
)
def test_no_header_makes_verification_fall_over(headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(NotAccepted):
        verify(headers, body, now=NOW, keys=[KEYRING.current.public, b"short"], secrets=[SECRET])


@pytest.mark.shared
@needs_shared
def test_the_published_vectors_are_judged_as_marked() -> None:
    vectors = json.loads((HOSTILE / "made-signatures/standard-webhooks.json").read_bytes())
    for vector in vectors:
        now = datetime.fromtimestamp(vector["clock"], UTC)
        secrets = [parse_secret(secret) for secret in vector["secrets"]]
        body = base64.b64decode(vector["body_b64"])
        if vector["valid"]:
            assert verify(vector["headers"], body, now=now, secrets=secrets), vector["id"]
            continue
        with pytest.raises(NotAccepted):
            verify(vector["headers"], body, now=now, secrets=secrets)
    assert len(vectors) >= 24
