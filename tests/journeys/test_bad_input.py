"""What a node says to bad input: one clear answer with an id, and nothing lost."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from newsroom import Newsroom, Town, free_port, item, until

from dragoman.app import connected, open_node
from dragoman.desk import agreements as desk_agreements
from dragoman.desk import partners
from dragoman.model.agreement import Terms
from dragoman.store import agreements
from dragoman.trust.agreement import sign_agreement
from dragoman.trust.envelope import Envelope, seal
from dragoman.trust.keys import Keyring, fingerprint, new_keyring
from dragoman.trust.webhook import sign

SECOND = timedelta(seconds=1)


class Stranger:
    """A partner's node of which only the key exists: it pushes what it likes."""

    def __init__(self, node: Newsroom, keyring: Keyring) -> None:
        self.node, self.keyring, self._pushes = node, keyring, 0

    def push(
        self,
        uri: str = "urn:ora:one",
        *,
        action: str = "publish",
        to: str = "KEA",
        sender: str = "ORA",
        origin: str = "ORA",
        at: datetime | None = None,
        keyring: Keyring | None = None,
        name: str = "",
        **more: object,
    ) -> tuple[int, dict[str, object]]:
        self._pushes += 1
        now = at or datetime.now(UTC)
        body = seal(
            Envelope(
                type="item",
                sender=sender,
                recipient=to,
                at=datetime.now(UTC),
                action=action,  # type: ignore[arg-type]
                item=msgspec.Raw(
                    json.dumps(
                        {
                            **item(uri, f"Headline {uri}"),
                            "type": "text",
                            "version": "1",
                            "language": "en",
                            "bodies": [{"contentType": "text/html", "value": "<p>Text.</p>"}],
                            "dragoman": {"origin": origin},
                            **more,
                        }
                    ).encode()
                ),
            )
        )
        stamp = sign(name or f"ORA-1-1-{self._pushes}", body, at=now, keys=[(keyring or self.keyring).current])
        answer = self.node.ask("POST", "/exchange/inbox", body, {**stamp.headers(), "content-type": "application/json"})
        return answer.status, answer.problem


@pytest.fixture(scope="module")
def kea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("kea")
    folder.chmod(0o755)
    with Town(folder) as town:
        made = town.newsroom("KEA")
        made.serve()
        yield made


@pytest.fixture(scope="module")
def ora(kea: Newsroom) -> Stranger:
    """ORA's key is confirmed at KEA, and there is an agreement under which it gives; its node answers nothing."""
    now = datetime.now(UTC)
    keyring = new_keyring("ORA", now)
    node = open_node(kea.folder)
    with connected(node) as conn:
        card = partners.Card(
            agency="ORA",
            name="Ora Wire",
            node=f"http://127.0.0.1:{free_port()}",
            public=partners._base64(keyring.current.public),
        )
        partners.trust(conn, card, fingerprint(keyring.current.public), by="test", now=now)
        terms = Terms(giver="ORA", taker="KEA", valid_from=now - timedelta(days=1))
        offered = desk_agreements.propose(conn, node.keyring, terms, by="cleo", now=now)
        signed = msgspec.structs.replace(sign_agreement(keyring, offered), state="active", accepted_by="them")
        desk_agreements.received(conn, "ORA", desk_agreements.Message(agreement=signed), now)
        assert agreements.agreement(conn, offered.id).state == "active"
    return Stranger(kea, keyring)


def refused(said: tuple[int, dict[str, object]], status: int, *words: str) -> None:
    assert said[0] == status, said
    told = " ".join(str(said[1].get(field, "")) for field in ("title", "detail", "hint"))
    assert all(word in told for word in words), told
    assert said[1]["id"]


def test_a_signed_push_is_taken_and_a_replay_is_answered_but_not_done_again(kea: Newsroom, ora: Stranger) -> None:
    assert ora.push("urn:ora:once", name="ORA-1-1-same") == (202, {"id": "ORA-1-1-same", "outcome": "kept"})
    until(lambda: "urn:ora:once" in kea.uris(), "it is on the wire")
    assert ora.push("urn:ora:once", name="ORA-1-1-same") == (200, {"id": "ORA-1-1-same", "outcome": "seen"})
    assert len(kea.ok("item", "versions", "urn:ora:once")) == 1


def test_what_was_pushed_is_known_when_it_is_read_in_the_change_feed(kea: Newsroom, ora: Stranger) -> None:
    assert ora.push("urn:ora:known", name="ORA-1-3-77")[0] == 202
    with connected(open_node(kea.folder)) as conn:
        rows = conn.execute("select p.id from push_seen p where p.id like 'ORA-1-%-77' order by p.id").fetchall()
    assert rows == [("ORA-1-0-77",), ("ORA-1-3-77",)]


def test_an_unsigned_push_says_which_header_is_missing(kea: Newsroom, ora: Stranger) -> None:
    body = seal(
        Envelope(type="item", sender="ORA", recipient="KEA", at=datetime.now(UTC), item=msgspec.Raw(b'{"uri":"u"}'))
    )
    answer = kea.post("/exchange/inbox", body, content_type="application/json")
    refused((answer.status, answer.problem), 401, "not signed", "webhook-")


def test_a_push_signed_by_another_key_is_refused(ora: Stranger) -> None:
    refused(ora.push(keyring=new_keyring("ORA", datetime.now(UTC))), 401, "signature")


def test_a_push_for_another_node_names_both(ora: Stranger) -> None:
    refused(ora.push(to="VAL"), 401, "another node", "VAL", "KEA")


def test_a_push_from_an_unknown_agency_says_what_to_do(ora: Stranger) -> None:
    refused(ora.push(sender="NEW"), 401, "does not know the sender", "node trust")


@pytest.mark.parametrize(("skew", "word"), [(-400 * SECOND, "too old"), (400 * SECOND, "ahead")])
def test_a_clock_that_is_wrong_is_named(ora: Stranger, skew: timedelta, word: str) -> None:
    refused(ora.push(at=datetime.now(UTC) + skew), 401, word)


def test_copy_of_an_agency_nobody_knows_is_parked_with_its_bytes(kea: Newsroom, ora: Stranger) -> None:
    assert ora.push("urn:xyz:one", origin="XYZ")[0] == 202
    until(lambda: "XYZ is not known here" in json.dumps(kea.ok("arrival", "list", "--parked")), "it is parked")
    parked = next(a for a in kea.ok("arrival", "list", "--parked") if "XYZ" in json.dumps(a))
    kea.ok("agency", "add", "XYZ", "--name", "Xyz Agency")
    kea.ok("arrival", "retry", parked["id"])
    until(lambda: "urn:xyz:one" in kea.uris(), "it is filed when it is tried again")


def test_a_kill_from_someone_who_is_not_the_origin_becomes_a_hold_request(kea: Newsroom, ora: Stranger) -> None:
    secret = kea.bureau()
    kea.file(secret, **item("urn:kea:ours", "Ours to kill"))
    until(lambda: "urn:kea:ours" in kea.uris(), "it is on the wire")
    assert ora.push("urn:kea:ours", action="kill", origin="KEA", version="2", pubStatus="canceled")[0] == 202
    node = open_node(kea.folder)

    def requests() -> list[tuple[str, str]]:
        with connected(node) as conn:
            return [(r[0], r[1]) for r in conn.execute("select uri, state from hold_request")]

    until(lambda: requests() == [("urn:kea:ours", "open")], "a person is asked")
    assert "urn:kea:ours" in kea.uris("state:usable")


def test_bytes_nobody_can_read_are_parked_and_kept(kea: Newsroom, ora: Stranger) -> None:
    secret = kea.ok("feed", "add", "desk-b", "--agency", "KEA", "--kind", "push")[0]["secret"]
    body = bytes(range(256)) * 4
    answer = kea.post("/exchange/push/desk-b", body, authorization=f"Bearer {secret}")
    assert answer.status == 202
    number = answer.problem["arrival"]
    until(lambda: kea.ok("arrival", "show", number)[0]["state"] == "parked", "it is parked")


def test_a_wrong_secret_and_an_unknown_feed_get_the_same_answer(kea: Newsroom) -> None:
    kea.run("feed", "add", "desk-c", "--agency", "KEA", "--kind", "push")
    said = [
        kea.post(f"/exchange/push/{feed}", b"x", authorization="Bearer whsec_nothing").problem
        for feed in ("desk-c", "none")
    ]
    assert said[0]["status"] == said[1]["status"] == 401
    assert said[0]["title"] == said[1]["title"]


def test_a_body_of_100_mb_is_refused_with_the_limit_and_nothing_is_kept(kea: Newsroom) -> None:
    answer = kea.ask(
        "POST", "/exchange/inbox", b"", {"content-length": "100000000", "content-type": "application/json"}
    )
    assert answer.status == 413
    assert "16,000,000" in answer.problem["detail"]
    assert answer.problem["id"]


def test_an_agreement_that_has_ended_is_named(kea: Newsroom, ora: Stranger) -> None:
    node = open_node(kea.folder)
    with connected(node) as conn:
        for one in agreements.agreements(conn, states=("active",)):
            desk_agreements.end(conn, one.id, by="cleo", now=datetime.now(UTC))
    refused(ora.push("urn:ora:late"), 403, "No agreement", "in force")
    assert ora.push("urn:ora:once", action="kill", version="2", pubStatus="canceled")[0] == 202
    until(lambda: "urn:ora:once" in kea.uris("state:killed"), "a kill needs no agreement")


def test_a_taken_port_is_named_and_nothing_is_started(kea: Newsroom, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with Town(tmp_path) as town:
        other = town.newsroom("VAL")
        settings = other.folder / "dragoman.toml"
        settings.write_text(settings.read_text().replace(str(other.port), str(kea.port)))
        said = other.run("serve")
        assert said.code == 1
        assert f"127.0.0.1:{kea.port}" in said.talk
        assert "web.listen" in said.talk


def test_an_unknown_setting_is_an_error_that_names_the_one_meant(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with Town(tmp_path) as town:
        other = town.newsroom("VAL")
        settings = other.folder / "dragoman.toml"
        settings.write_text(settings.read_text().replace("[web]", "[web]\nlisten_to = 1\n"))
        said = other.run("serve")
        assert said.code == 2
        assert "web.listen_to" in said.talk
        assert "Did you mean web.listen?" in said.talk
