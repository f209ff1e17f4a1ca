"""A node's keys: made, kept, rotated, compared by people."""

import json
import stat
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import Misconfigured, NotAccepted
from dragoman.trust.keyfile import load_keyring, save_keyring
from dragoman.trust.keys import (
    Succession,
    fingerprint,
    is_signed,
    new_keyring,
    retire_previous,
    rotate,
    same_fingerprint,
    verify_succession,
)

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
WYCHEPROOF = Path(__file__).parents[3] / "shared/data/hostile/wycheproof/ed25519_test.json"


def test_a_keyring_is_the_same_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "node.key"
    rotated = rotate(new_keyring("NORD", NOW), NOW + timedelta(days=1))
    for keyring in (new_keyring("NORD", NOW), rotated):
        save_keyring(keyring, path)
        loaded = load_keyring(path)
        assert [key.public for key in loaded.signing] == [key.public for key in keyring.signing]
        assert (loaded.agency, loaded.succession) == ("NORD", keyring.succession)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert list(tmp_path.iterdir()) == [path]


def test_a_key_file_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "node.key"
    save_keyring(new_keyring("NORD", NOW), path)
    path.chmod(0o640)
    with pytest.raises(Misconfigured, match="open to others"):
        load_keyring(path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"agency":"NORD","current":{"private":"AAAA","since":"2026-05-03T12:00:00Z"}}']
)
def test_a_missing_or_damaged_key_file_is_said_plainly(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "node.key"
    with pytest.raises(Misconfigured, match="cannot be read"):
        load_keyring(path)
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(Misconfigured, match="damaged"):
        load_keyring(path)


def test_a_failed_write_leaves_the_old_keys(tmp_path: Path) -> None:
    path = tmp_path / "folder-not-file"
    path.mkdir()
    with pytest.raises(OSError, match="folder-not-file"):
        save_keyring(new_keyring("NORD", NOW), path)
    assert list(tmp_path.iterdir()) == [path]


def test_private_keys_show_in_no_representation() -> None:
    keyring = new_keyring("NORD", NOW)
    private = keyring.current.private.private_bytes_raw()
    assert private.hex() not in repr(keyring)
    assert repr(private) not in repr(keyring)


def test_people_compare_fingerprints_as_they_speak_them() -> None:
    public = new_keyring("NORD", NOW).current.public
    shown = fingerprint(public)
    assert [len(group) for group in shown.split(" ")] == [4] * 8
    assert same_fingerprint(shown, shown.lower().replace(" ", "-"))
    assert same_fingerprint(shown, f"  {shown.replace(' ', '')}\n")
    assert same_fingerprint(shown, shown.replace("O", "0").replace("B", "8"))
    assert not same_fingerprint(shown, fingerprint(new_keyring("NORD", NOW).current.public))


@given(st.text())
def test_half_a_fingerprint_is_no_fingerprint(text: str) -> None:
    shown = fingerprint(b"\x01" * 32)
    assert not same_fingerprint(text, text[:20])
    assert not same_fingerprint("", "")
    assert not same_fingerprint(shown[:-5], shown[:-5])


def test_partners_follow_a_new_key_that_the_old_one_signed() -> None:
    old = new_keyring("NORD", NOW)
    new = rotate(old, NOW.astimezone(timezone(timedelta(hours=4))))
    assert new.succession is not None
    travelled = msgspec.json.decode(msgspec.json.encode(new.succession), type=Succession)
    assert verify_succession(travelled, old.current.public, agency="NORD") == new.current.public
    assert [key.public for key in new.signing] == [new.current.public, old.current.public]
    assert [key.public for key in retire_previous(new).signing] == [new.current.public]


def test_a_new_key_that_anything_is_wrong_with_is_not_followed() -> None:
    old, stranger = new_keyring("NORD", NOW), new_keyring("NORD", NOW)
    good, strange = rotate(old, NOW).succession, rotate(stranger, NOW).succession
    assert good is not None
    assert strange is not None
    change = msgspec.structs.replace
    for statement, public, agency in [
        (good, stranger.current.public, "NORD"),
        (good, old.current.public, "SOUTH"),
        (strange, old.current.public, "NORD"),
        (change(strange, previous=good.previous), old.current.public, "NORD"),
        (change(good, public=strange.public), old.current.public, "NORD"),
        (change(good, public="AAAA"), old.current.public, "NORD"),
        (change(good, signature="ж"), old.current.public, "NORD"),
        (change(good, at=NOW + timedelta(seconds=1)), old.current.public, "NORD"),
    ]:
        with pytest.raises(NotAccepted):
            verify_succession(statement, public, agency=agency)


@given(st.binary(max_size=80), st.binary(max_size=80), st.binary(max_size=80))
def test_noise_is_never_a_signature(public: bytes, signature: bytes, message: bytes) -> None:
    assert not is_signed(public, signature, message)


@pytest.mark.shared
@pytest.mark.skipif(not WYCHEPROOF.exists(), reason="the development data is not beside the project")
def test_truncated_malleable_and_garbled_signatures_are_judged_as_published() -> None:
    seen = 0
    for group in json.loads(WYCHEPROOF.read_bytes())["testGroups"]:
        public = bytes.fromhex(group["publicKey"]["pk"])
        for case in group["tests"]:
            judged = is_signed(public, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
            assert judged == (case["result"] == "valid"), case
            seen += 1
    assert seen > 100
