"""Agencies, nodes, agreements, feeds, channels and tokens at the command line."""

import base64
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import msgspec
import pytest
from cli_run import Desk

from dragoman.desk.partners import Card
from dragoman.trust.keys import Keyring, fingerprint, new_keyring
from dragoman.trust.webhook import parse_secret, verify


class Heard(msgspec.Struct):
    """What a partner's server was sent, and what it answers."""

    card: bytes = b"{}"
    status: int = 200
    pushes: list[tuple[dict[str, str], bytes]] = []


@contextmanager
def partner(heard: Heard) -> Iterator[str]:
    """A partner's server on this machine; its address."""

    class Answers(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200 if self.path == "/.well-known/dragoman" else 404, heard.card)

        def do_POST(self) -> None:
            heard.pushes.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            self._answer(heard.status, b"heard")

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def _card(keyring: Keyring, url: str, code: str) -> bytes:
    public = base64.b64encode(keyring.current.public).decode()
    return msgspec.json.encode(Card(agency=code, name=f"The {code} wire", node=url, public=public, languages=("de",)))


def _ring(code: str) -> Keyring:
    return new_keyring(code, datetime.now(UTC))


def test_an_agency_is_added_and_shown(desk: Desk) -> None:
    desk.ok("agency", "add", "DUNE", "--name", "Dune Radio", "--country", "ma", "--languages", "ar,fr")
    (shown,) = desk.ok("agency", "show", "DUNE")
    assert (shown["country"], shown["languages"], shown["keys"]) == ("MA", ["ar", "fr"], [])
    again = desk.run("agency", "add", "DUNE", "--name", "Dune Radio")
    assert again.code == 1


def test_an_agencys_bureaus_and_correspondents_are_told_and_shown(desk: Desk) -> None:
    desk.ok("agency", "add", "REEF", "--name", "Reef News")
    desk.ok("agency", "bureau", "REEF", "Rotterdam", "--country", "nl", "--zone", "Europe/Amsterdam")
    desk.ok("agency", "correspondent", "REEF", "Jan Quay", "--bureau", "Rotterdam")
    assert desk.run("agency", "correspondent", "REEF", "Ann Pier", "--bureau", "Nowhere").code == 4
    assert desk.run("agency", "bureau", "REEF", "Delft", "--zone", "Mars/Base").code == 2
    (shown,) = desk.ok("agency", "show", "REEF")
    assert [(b["place"], b["country"]) for b in shown["bureaus"]] == [("Rotterdam", "NL")]
    assert [(c["name"], c["bureau"]) for c in shown["correspondents"]] == [("Jan Quay", "Rotterdam")]


def test_a_node_is_trusted_only_with_the_fingerprint_of_its_key(desk: Desk) -> None:
    heard, ring = Heard(), _ring("TIDE")
    with partner(heard) as url:
        heard.card = _card(ring, url, "TIDE")
        wrong = desk.run("node", "trust", url, fingerprint(_ring("TIDE").current.public))
        assert wrong.code == 5
        assert "This is not the key you confirmed" in wrong.err
        assert desk.run("agency", "show", "TIDE").code == 4  # nothing was kept

        right = fingerprint(ring.current.public)
        (trusted,) = desk.ok("node", "trust", url, right.lower().replace(" ", "-"))
        assert trusted["agency"] == "TIDE"
        assert desk.ok("agency", "show", "TIDE")[0]["keys"][0]["fingerprint"] == right
        assert "tide" in [line["name"] for line in desk.ok("channel", "list", "--agency", "TIDE")]

        heard.card = _card(_ring("TIDE"), url, "TIDE")
        assert desk.run("node", "trust", "TIDE", right).code == 5  # a well-known address never replaces a pinned key


def test_a_lost_key_is_replaced_only_when_asked_for(desk: Desk) -> None:
    heard, old, new = Heard(), _ring("MOLE"), _ring("MOLE")
    with partner(heard) as url:
        heard.card = _card(old, url, "MOLE")
        desk.ok("node", "trust", url, fingerprint(old.current.public))
        heard.card = _card(new, url, "MOLE")
        told = fingerprint(new.current.public)
        assert desk.run("node", "trust", "MOLE", told).code == 1
        desk.ok("node", "trust", "MOLE", told, "--replace", "--yes")
    states = {key["fingerprint"]: key["state"] for key in desk.ok("agency", "show", "MOLE")[0]["keys"]}
    assert states == {fingerprint(old.current.public): "retired", told: "trusted"}


def test_what_is_no_node_is_not_trusted(desk: Desk) -> None:
    with partner(Heard(card=b"<html>hello</html>")) as url:
        said = desk.run("node", "trust", url, "x")
    assert said.code == 2
    assert "There is no Dragoman node at this address" in said.err


def test_a_private_address_that_is_not_allowed_is_not_asked(quiet_node: Desk) -> None:
    with partner(Heard()) as url:
        said = quiet_node.run("node", "trust", url, "x")
    assert said.code == 2
    assert "This address is not allowed" in said.err


def test_our_key_is_replaced_by_one_it_has_signed(quiet_node: Desk) -> None:
    (before,) = quiet_node.ok("node", "show")
    assert quiet_node.run("node", "rotate").code == 2  # not unasked
    (done,) = quiet_node.ok("node", "rotate", "--yes")
    (after,) = quiet_node.ok("node", "show")
    assert after["fingerprint"] == done["fingerprint"] != before["fingerprint"]
    assert after["previous"] == before["fingerprint"]
    assert quiet_node.ok("node", "rotate", "--announce-only")[0]["fingerprint"] == after["fingerprint"]


def test_an_agreement_on_paper_is_proposed_settled_explained_revised_and_ended(desk: Desk) -> None:
    desk.ok("agency", "add", "REED", "--name", "Reed Bulletin")
    (made,) = desk.ok(
        *("agreement", "propose", "REED", "--give", "--content", "language:en", "--languages", "en", "--quota", 40),
        *("--credit", "en=Source: LNA", "--relay", "DUNE", "--from", "2026-01-01", "--until", "2031-01-01"),
    )
    assert (made["giver"], made["taker"], made["state"]) == ("LNA", "REED", "proposed")
    assert (made["daily_quota"], made["relays"], made["credit"]) == (40, ["DUNE"], {"en": "Source: LNA"})
    assert made["valid_from"].startswith("2025-12-31T20:00:00")  # the day begins in our zone
    assert made["signed_by"] == ["LNA"]

    number = desk.file("urn:lna:reed", "Reed beds burn", language="en")
    (settled,) = desk.ok("agreement", "settle", made["id"][:6], "--document", "contract 2026/14")
    assert settled["state"] == "active"
    (said,) = desk.ok("agreement", "explain", number, "REED")
    assert said["allowed"] is True
    russian = desk.file("urn:lna:reed-ru", "Горят камыши", language="ru")
    (said,) = desk.ok("agreement", "explain", russian, "REED")
    assert said["allowed"] is False
    assert any("language" in reason for reason in said["reasons"])

    (revised,) = desk.ok("agreement", "propose", "REED", "--revises", made["id"], "--languages", "en,ru")
    assert (revised["revision"], revised["languages"], revised["daily_quota"]) == (2, ["en", "ru"], 40)
    assert desk.run("agreement", "end", made["id"]).code == 2  # not unasked
    desk.ok("agreement", "settle", made["id"], "--document", "contract 2026/15")
    assert desk.ok("agreement", "end", made["id"], "--yes")[0]["state"] == "ended"


def test_both_ways_is_two_agreements(desk: Desk) -> None:
    desk.ok("agency", "add", "FERN", "--name", "Fern Press")
    two = desk.ok("agreement", "propose", "FERN", "--both", "--use", "internal")
    assert {(line["giver"], line["taker"]) for line in two} == {("LNA", "FERN"), ("FERN", "LNA")}
    assert len(desk.ok("agreement", "list", "--partner", "FERN")) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        (),
        ("--give", "--kinds", "smoke"),
        ("--give", "--credit", "no language"),
        ("--give", "--until", "someday"),
        ("--give", "--from", "2027-01-01", "--until", "2026-01-01"),
        ("--give", "--content", "urgency:<<"),
    ],
)
def test_terms_that_cannot_be_read_are_refused(desk: Desk, wrong: tuple[str, ...]) -> None:
    said = desk.run("agreement", "propose", "LNA", *wrong)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_only_what_was_offered_can_be_accepted(desk: Desk) -> None:
    desk.ok("agency", "add", "MOSS", "--name", "Moss Wire")
    (made,) = desk.ok("agreement", "propose", "MOSS", "--give")
    assert desk.run("agreement", "accept", made["id"], "--yes").code == 5
    assert desk.run("agreement", "accept", made["id"], "--yes", *desk.as_user("leyla")).code == 5  # no partner manager


def test_a_push_feeds_secret_is_shown_once(desk: Desk) -> None:
    desk.ok("agency", "add", "GULL", "--name", "Gull Service")
    (made,) = desk.ok("feed", "add", "gull-push", "--agency", "GULL", "--kind", "push")
    assert made["secret"].startswith("whsec_")
    assert made["secret"] not in desk.run("feed", "list", "--json").out
    with desk.store() as conn:
        row = conn.execute("select secret from feed where name = 'gull-push'").fetchone()
    assert row is not None
    assert parse_secret(made["secret"]) == bytes(row[0])
    assert made["push_to"].endswith("/exchange/push/gull-push")


def test_a_feeds_address_is_judged_when_it_is_added(desk: Desk) -> None:
    for kind, address in (
        ("http", "ftp://x.example"),
        ("http", ""),
        ("folder", "relative/path"),
        ("push", "http://x.example"),
    ):
        said = desk.run("feed", "add", "odd", "--agency", "LNA", "--kind", kind, "--address", address)
        assert said.code == 2, (kind, address)


def test_a_feed_is_paused_and_resumed(desk: Desk) -> None:
    desk.ok("feed", "add", "coast", "--agency", "LNA", "--kind", "http", "--address", "https://coast.example/rss")
    assert desk.ok("feed", "pause", "coast")[0]["state"] == "paused"
    assert desk.ok("feed", "resume", "coast")[0]["state"] == "active"
    said = desk.run("feed", "poll", "coast")
    assert said.code == 0
    assert "No `dragoman serve` takes in here now" in said.err
    assert desk.run("feed", "poll", "coast", "--wait").code == 75


def test_a_webhook_is_tried_with_a_ping_its_secret_has_signed(desk: Desk) -> None:
    desk.ok("agency", "add", "HERON", "--name", "Heron News")
    heard = Heard()
    with partner(heard) as url:
        (made,) = desk.ok("channel", "add", "heron", "--agency", "HERON", "--kind", "webhook", "--address", f"{url}/in")
        (tried,) = desk.ok("channel", "test", "heron")
        assert (tried["ok"], tried["status"], tried["said"]) == (True, 200, "heard")
        headers, body = heard.pushes[0]
        assert verify(headers, body, now=datetime.now(UTC), secrets=[parse_secret(made["secret"])]).startswith("ping_")
        assert json.loads(body)["type"] == "ping"
        heard.status = 403
        assert desk.run("channel", "test", "heron").code == 1
    assert made["secret"] not in desk.run("channel", "list", "--json").out


def test_a_folder_channel_that_is_not_there_is_found_out(desk: Desk) -> None:
    desk.ok("agency", "add", "WREN", "--name", "Wren")
    desk.ok("channel", "add", "wren", "--agency", "WREN", "--kind", "folder", "--address", "/nowhere/at/all")
    said = desk.run("channel", "test", "wren", "--json")
    assert said.code == 1
    assert said.one["said"] == "there is no such folder"


def test_a_channel_is_paused_with_its_reason_and_resumed(desk: Desk) -> None:
    desk.ok("agency", "add", "TERN", "--name", "Tern")
    desk.ok("channel", "add", "tern", "--agency", "TERN", "--kind", "folder", "--address", "/nowhere/tern")
    (paused,) = desk.ok("channel", "pause", "tern", "--reason", "moving house")
    assert (paused["state"], paused["reason"]) == ("paused", "moving house")
    assert desk.ok("channel", "resume", "tern")[0]["state"] == "active"


def test_a_token_belongs_to_one(desk: Desk) -> None:
    assert desk.run("token", "add").code == 2
    assert desk.run("token", "add", "--user", "leyla", "--agency", "LNA").code == 2
    assert desk.ok("token", "add", "--user", "leyla", "--days", 3)[0]["token"].startswith("dgm_")
