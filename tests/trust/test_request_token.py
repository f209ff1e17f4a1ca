"""A token opens one request, for a minute, at one node."""

import base64
import json
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from dragoman.model.errors import NotAccepted
from dragoman.trust.keys import new_keyring, rotate
from dragoman.trust.token import claimed_issuer, issue, verify_token

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
SUD = new_keyring("SUD", NOW)
KEYS = {"SUD": [SUD.current.public], "WEST": [new_keyring("WEST", NOW).current.public, b"short"]}
PATH = "/changes?after=e1.77"
CLAIMS: dict[str, object] = {
    "iss": "SUD",
    "aud": "NORD",
    "iat": int(NOW.timestamp()),
    "exp": int(NOW.timestamp()) + 60,
    "method": "GET",
    "path": PATH,
    "body": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
}


def token() -> str:
    return issue(SUD, audience="NORD", method="get", path=PATH, now=NOW)


def asked(
    text: str, *, us: str = "NORD", method: str = "GET", path: str = PATH, body: bytes = b"", now: datetime = NOW
) -> str:
    return verify_token(text, us=us, method=method, path=path, body=body, now=now, keys=KEYS)


def test_a_token_opens_the_request_it_was_issued_for() -> None:
    assert asked(token()) == "SUD"
    assert claimed_issuer(token()) == "SUD"
    assert asked(token(), now=NOW + timedelta(seconds=120)) == "SUD"  # a minute, and a minute of skew
    assert asked(token(), now=NOW - timedelta(seconds=60)) == "SUD"
    receipt = issue(SUD, audience="NORD", method="POST", path="/receipts", body=b"{}", now=NOW)
    assert asked(receipt, method="POST", path="/receipts", body=b"{}") == "SUD"


def test_it_opens_nothing_else() -> None:
    refused: list[tuple[Callable[[], str], str]] = [
        (lambda: asked(token(), method="POST"), "another request"),
        (lambda: asked(token(), path="/changes"), "another request"),
        (lambda: asked(token(), body=b"x"), "another request"),
        (lambda: asked(token(), us="WEST"), "another node"),
        (lambda: asked(token(), now=NOW + timedelta(seconds=121)), "expired"),
        (lambda: asked(token(), now=NOW - timedelta(seconds=61)), "their clock is 61 s ahead"),
    ]
    for wrong, title in refused:
        with pytest.raises(NotAccepted, match=title):
            wrong()


def test_the_new_key_counts_once_it_is_trusted() -> None:
    rotated = rotate(SUD, NOW)
    text = issue(rotated, audience="NORD", method="GET", path=PATH, now=NOW)
    with pytest.raises(NotAccepted, match="not signed by a key we trust"):
        asked(text)
    both = {"SUD": [SUD.current.public, rotated.current.public]}
    assert verify_token(text, us="NORD", method="GET", path=PATH, now=NOW, keys=both) == "SUD"


def test_no_other_algorithm_and_no_longer_life_is_taken() -> None:
    private = OKPKey.import_key(SUD.current.private)
    shared = OctKey.import_key(SUD.current.public)  # the old trick: the public key as an HMAC secret
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns of what we try here
        forged = [
            jwt.encode({"alg": "HS256"}, CLAIMS, shared, algorithms=["HS256"]),
            jwt.encode({"alg": "EdDSA"}, CLAIMS, private, algorithms=["EdDSA"]),
            jwt.encode({"alg": "Ed25519", "kid": "x"}, CLAIMS, private, algorithms=["Ed25519"]),
            jwt.encode(
                {"alg": "Ed25519"}, CLAIMS | {"exp": int(NOW.timestamp()) + 61}, private, algorithms=["Ed25519"]
            ),
            jwt.encode({"alg": "Ed25519"}, CLAIMS | {"iss": "WEST"}, private, algorithms=["Ed25519"]),
            jwt.encode({"alg": "Ed25519"}, CLAIMS | {"iss": "NOBODY"}, private, algorithms=["Ed25519"]),
            jwt.encode({"alg": "Ed25519"}, CLAIMS | {"iat": -1}, private, algorithms=["Ed25519"]),
        ]
    assert asked(jwt.encode({"alg": "Ed25519"}, CLAIMS, private, algorithms=["Ed25519"])) == "SUD"
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    for text in [*forged, f"{none}.{token().split('.')[1]}.", token() + "A", token()[:-4]]:
        with pytest.raises(NotAccepted):
            asked(text)


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_text_makes_verification_fall_over(noise: str) -> None:
    head, claims, signature = token().split(".")
    for text in (noise, f"{noise}.{claims}.{signature}", f"{head}.{noise}.{signature}", f"{head}.{claims}.{noise}"):
        with pytest.raises(NotAccepted):
            asked(text)


def test_a_token_as_long_as_a_book_is_not_read() -> None:
    with pytest.raises(NotAccepted):
        asked("." * 1_000_000)
