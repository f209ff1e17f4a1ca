"""A partner's copy in, agreed copy out, between two real nodes."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom import Newsroom, Town, agree, introduce, item, until


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    folder.chmod(0o755)
    with Town(folder) as made:
        yield made


@pytest.fixture(scope="module")
def pair(town: Town) -> tuple[Newsroom, Newsroom, str]:
    """KEA gives ORA everything, under an agreement both have signed; and the secret of KEA's bureau."""
    kea, ora = town.newsroom("KEA"), town.newsroom("ORA")
    secret = kea.bureau()
    kea.serve()
    ora.serve()
    introduce(kea, ora)
    agree(kea, ora, "--credit", "*=Kea Agency", "--languages", "en")
    return kea, ora, secret


def number_of(newsroom: Newsroom, uri: str) -> int:
    return next(int(found["item"]) for found in newsroom.items() if found["uri"] == uri)


def test_agreed_copy_reaches_the_partner_with_its_credit_and_is_receipted(pair: tuple[Newsroom, Newsroom, str]) -> None:
    kea, ora, secret = pair
    assert kea.file(secret, **item("urn:kea:ferry", "Ferry back in service")).status == 202
    until(lambda: "urn:kea:ferry" in ora.uris(), "the copy arrives")
    shown = ora.ok("item", "show", "urn:kea:ferry")[0]
    assert "Kea Agency" in json.dumps(shown)
    until(lambda: all(d["state"] == "receipted" for d in kea.ok("delivery", "list")), "the receipt comes back")


def test_what_the_agreement_does_not_cover_stays_here_and_the_clause_is_named(
    pair: tuple[Newsroom, Newsroom, str],
) -> None:
    kea, ora, secret = pair
    kea.file(secret, **item("urn:kea:fr", "Le bac reprend son service", language="fr"))
    kea.file(secret, **item("urn:kea:after", "Ferry timetable is out"))
    until(lambda: "urn:kea:after" in ora.uris(), "what follows it arrives")
    assert "urn:kea:fr" not in ora.uris()
    said = kea.run("agreement", "explain", "urn:kea:fr", "ORA")
    assert "languages: en only" in json.dumps(said.records)


def test_a_correction_replaces_the_copy_and_says_what_was_wrong(pair: tuple[Newsroom, Newsroom, str]) -> None:
    kea, ora, secret = pair
    kea.file(secret, **item("urn:kea:toll", "Bridge toll rises to 12"))
    until(lambda: "urn:kea:toll" in ora.uris(), "the copy arrives")
    refused = kea.run("item", "correct", "urn:kea:toll", "--headline", "Bridge toll rises to 21")
    assert refused.code == 2
    kea.ok(
        "item",
        "correct",
        "urn:kea:toll",
        "--headline",
        "Bridge toll rises to 21",
        "--reason",
        "The toll is 21, not 12.",
    )
    until(lambda: any(i["headline"] == "Bridge toll rises to 21" for i in ora.items()), "the correction arrives")
    assert len(ora.ok("item", "versions", "urn:kea:toll")) == 2


def test_a_kill_takes_two_people_removes_the_text_everywhere_and_is_receipted(
    pair: tuple[Newsroom, Newsroom, str],
) -> None:
    kea, ora, secret = pair
    kea.file(
        secret,
        **item(
            "urn:kea:named",
            "Harbour master resigns",
            bodies=[{"contentType": "text/html", "value": "<p>A sentence that must not stay anywhere.</p>"}],
        ),
    )
    until(lambda: "urn:kea:named" in ora.uris(), "the copy arrives")
    first = kea.kill("urn:kea:named", "The wrong person is named.", "ada")
    assert first["act"] == "hold"
    until(lambda: "urn:kea:named" in ora.uris("state:held"), "the hold arrives")
    alone = kea.run(
        "item",
        "kill",
        "urn:kea:named",
        "--reason",
        "Again.",
        "--as",
        "ada",
        "--password-file",
        kea.folder.parent / "password",
        "--yes",
    )
    assert alone.code == 5
    assert kea.kill("urn:kea:named", "The wrong person is named.", "ben")["act"] == "kill"
    until(lambda: "urn:kea:named" in ora.uris("state:killed"), "the kill arrives")
    for newsroom in pair[:2]:
        assert "must not stay" not in json.dumps(newsroom.ok("item", "show", "urn:kea:named"))
        assert "must not stay" not in json.dumps(newsroom.ok("item", "versions", "urn:kea:named"))
        assert "must not stay" not in json.dumps(newsroom.ok("export", "state:killed"))
    until(
        lambda: [d["state"] for d in kea.ok("delivery", "list") if d["act"] == "kill"] == ["receipted"], "the receipt"
    )


def test_an_embargo_is_held_here_until_its_hour(pair: tuple[Newsroom, Newsroom, str]) -> None:
    from datetime import UTC, datetime, timedelta

    kea, ora, secret = pair
    lifts = datetime.now(UTC) + timedelta(seconds=4)
    kea.file(secret, **item("urn:kea:study", "Plane trees cool streets", embargoedUntil=lifts.isoformat()))
    until(lambda: "urn:kea:study" in kea.uris(), "it is on our own wire")
    assert "urn:kea:study" not in ora.uris()
    until(lambda: "urn:kea:study" in ora.uris(), "it arrives when the embargo lifts")
    assert datetime.now(UTC) >= lifts
    received = next(v for v in ora.ok("item", "versions", "urn:kea:study"))["received"]
    assert datetime.fromisoformat(received) >= lifts


def test_a_partner_that_was_away_is_caught_up_with(pair: tuple[Newsroom, Newsroom, str]) -> None:
    kea, ora, secret = pair
    ora.stop()
    kea.file(secret, **item("urn:kea:night-1", "Night bus starts"))
    kea.file(secret, **item("urn:kea:night-2", "Night bus full"))
    until(lambda: "urn:kea:night-2" in kea.uris(), "filed here")
    ora.serve()
    until(lambda: {"urn:kea:night-1", "urn:kea:night-2"} <= ora.uris(), "caught up")
    assert len(ora.ok("item", "versions", "urn:kea:night-1")) == 1


def test_a_new_key_is_followed_without_meeting_again(pair: tuple[Newsroom, Newsroom, str]) -> None:
    kea, ora, secret = pair
    before = kea.run("node", "show").one["fingerprint"]
    kea.ok("node", "rotate", "--yes")
    after = kea.run("node", "show").one["fingerprint"]
    assert before != after
    until(lambda: after in json.dumps(ora.ok("agency", "show", "KEA")), "the new key is trusted")
    kea.file(secret, **item("urn:kea:rotated", "Signal box modernised"))
    until(lambda: "urn:kea:rotated" in ora.uris(), "copy goes on")


def test_someone_elses_kill_becomes_a_hold_request(pair: tuple[Newsroom, Newsroom, str]) -> None:
    """ORA asks KEA to stop copy that is KEA's own: a person decides."""
    kea, ora, secret = pair
    agree(ora, kea)
    kea.file(secret, **item("urn:kea:claimed", "Museum reopens"))
    until(lambda: "urn:kea:claimed" in ora.uris(), "the copy arrives")
    refused = ora.run(
        "item",
        "kill",
        "urn:kea:claimed",
        "--reason",
        "We doubt it.",
        "--as",
        "ada",
        "--password-file",
        ora.folder.parent / "password",
        "--yes",
    )
    assert refused.code == 5
    assert "urn:kea:claimed" in kea.uris("state:usable")


def test_after_the_agreement_ends_nothing_more_goes_but_a_kill_still_does(pair: tuple[Newsroom, Newsroom, str]) -> None:
    kea, ora, secret = pair
    kea.file(secret, **item("urn:kea:last", "Last under the old terms"))
    until(lambda: "urn:kea:last" in ora.uris(), "the copy arrives")
    given = next(a["id"] for a in kea.ok("agreement", "list") if a["giver"] == "KEA" and a["state"] == "active")
    kea.ok("agreement", "end", given, "--yes")
    until(lambda: ora.ok("agreement", "show", given)[0]["state"] == "ended", "the partner is told")
    kea.file(secret, **item("urn:kea:none", "Not under any terms"))
    kea.kill("urn:kea:last", "It never happened.", "ada")
    kea.kill("urn:kea:last", "It never happened.", "ben")
    until(lambda: "urn:kea:last" in ora.uris("state:killed"), "the kill arrives")
    assert "urn:kea:none" not in ora.uris()


def test_a_backup_restored_elsewhere_has_everything_and_sends_nothing_unseen(
    pair: tuple[Newsroom, Newsroom, str], town: Town, tmp_path: Path
) -> None:
    kea, _, _ = pair
    target = tmp_path / "kea.tar"
    kea.ok("backup", target)
    there = kea.uris()
    kea.stop()
    other = Newsroom.__new__(Newsroom)
    other.__dict__.update(kea.__dict__, folder=tmp_path / "restored")
    tmp_path.chmod(0o755)
    other.ok("restore", target)
    assert other.uris() == there
    assert {c["state"] for c in other.ok("channel", "list")} == {"paused"}
