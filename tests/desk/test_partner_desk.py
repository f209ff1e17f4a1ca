"""Partners' nodes: a person confirms a fingerprint; a new key is followed only when a trusted one vouches for it."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.desk import partners
from dragoman.desk.partners import OVERLAP, Card
from dragoman.model.errors import BadInput, Conflict, NotAccepted
from dragoman.store import agencies, audit, channels, deliveries, feeds
from dragoman.store.letters import Letter, Receipt, Receipts
from dragoman.trust.keys import fingerprint, new_keyring, rotate
from newsdesk import copy


def _now():
    return datetime.now(UTC)


@pytest.fixture
def strangers(nodes):
    """ADR and VAL before anything has been confirmed."""
    for node in nodes:
        node.conn.execute("delete from agency_key")
    return nodes


def _card(node, url="https://val.example"):
    return partners.card(node.conn, node.keyring, url)


def _trust(node, card, confirmed):
    return partners.trust(node.conn, card, confirmed, by="leyla", now=_now())


def _trusted(node, code, now=None):
    return agencies.trusted_keys(node.conn, code, now or _now())


def test_a_confirmed_fingerprint_pins_the_key_and_makes_the_ways_to_and_from_the_node(strangers):
    adr, val = strangers
    public = val.keyring.current.public
    said = fingerprint(public).lower().replace(" ", "-")
    agency = _trust(adr, _card(val), said)
    assert (agency.code, agency.node) == ("VAL", "https://val.example")
    assert _trusted(adr, "VAL") == [public]
    assert [(c.channel.kind, c.channel.address) for c in channels.channels(adr.conn, "VAL")] == [
        ("node", "https://val.example")
    ]
    assert [(f.kind, f.agency, f.format) for f in feeds.feeds(adr.conn)] == [("node", "VAL", "envelope")]
    assert audit.entries(adr.conn, about="VAL")[0].act == "node trusted"


def test_trusting_the_same_node_twice_makes_nothing_twice(strangers):
    adr, val = strangers
    for url in ("https://val.example", "https://moved.val.example"):
        _trust(adr, _card(val, url), fingerprint(val.keyring.current.public))
    assert len(channels.channels(adr.conn, "VAL")) == len(feeds.feeds(adr.conn)) == 1
    assert agencies.agency(adr.conn, "VAL").node == "https://moved.val.example"


def test_an_agency_nobody_knew_is_made_from_its_card(strangers):
    adr, _ = strangers
    keyring = new_keyring("NEW", _now())
    card = msgspec.structs.replace(
        Card(agency="NEW", name="Newcomer", node="https://new.example", public=""),
        public=partners._base64(keyring.current.public),
    )
    _trust(adr, card, fingerprint(keyring.current.public))
    assert agencies.agency(adr.conn, "NEW").name == "Newcomer"


@pytest.mark.parametrize("confirmed", ["", "AAAA", "AAAA BBBB CCCC DDDD EEEE FFFF GGGG HHHH"])
def test_another_fingerprint_than_the_nodes_trusts_nothing(strangers, confirmed):
    adr, val = strangers
    with pytest.raises(NotAccepted, match="not the key you confirmed"):
        _trust(adr, _card(val), confirmed)
    assert _trusted(adr, "VAL") == []
    assert channels.channels(adr.conn) == []


@pytest.mark.parametrize("public", ["", "not base64!", "AAAA"])
def test_a_card_without_a_proper_key_is_not_trusted(strangers, public):
    adr, val = strangers
    card = msgspec.structs.replace(_card(val), public=public)
    with pytest.raises(NotAccepted):
        _trust(adr, card, fingerprint(val.keyring.current.public))
    with pytest.raises(NotAccepted):
        _trust(adr, card, fingerprint(partners._bytes(public)))


def test_a_card_never_replaces_a_key_that_is_pinned(nodes):
    adr, val = nodes
    impostor = new_keyring("VAL", _now())
    card = msgspec.structs.replace(_card(val), public=partners._base64(impostor.current.public))
    with pytest.raises(Conflict):
        _trust(adr, card, fingerprint(impostor.current.public))
    assert _trusted(adr, "VAL") == [val.keyring.current.public]


def test_a_lost_key_is_replaced_once_the_old_one_has_been_retired_by_a_person(nodes):
    adr, val = nodes
    partners.forget_keys(adr.conn, "VAL", by="leyla", now=_now())
    assert _trusted(adr, "VAL") == []
    val.keyring = new_keyring("VAL", _now())
    _trust(adr, _card(val), fingerprint(val.keyring.current.public))
    assert _trusted(adr, "VAL") == [val.keyring.current.public]


def test_our_own_node_is_not_a_partner(strangers):
    adr, _ = strangers
    with pytest.raises(BadInput, match="our own"):
        _trust(adr, _card(adr), fingerprint(adr.keyring.current.public))


# ---------------------------------------------------------------------------------------------- new keys


def _rotated(node, *others):
    """`node` has a new key and has told everybody, each letter twice; the old one."""
    old = node.keyring.current.public
    node.keyring = rotate(node.keyring, _now())
    partners.announce_key(node.conn, node.keyring.succession, by="maren")
    letters = node.written()
    for other in others:
        for letter in letters:
            if letter.partner == other.home:
                other.open(letter, node.home)
                other.open(letter, node.home)
    return old


def test_a_new_key_vouched_for_by_the_trusted_one_is_followed_and_the_old_one_counts_for_a_while(nodes):
    adr, val = nodes
    old = _rotated(val, adr)
    new = val.keyring.current.public
    assert set(_trusted(adr, "VAL")) == {old, new}
    assert _trusted(adr, "VAL", _now() + OVERLAP) == [new]
    _rotated(val, adr)
    assert len(_trusted(adr, "VAL", _now() + OVERLAP)) == 1


def test_every_partner_with_a_node_is_told_of_our_new_key(nodes):
    _, val = nodes
    val.keyring = rotate(val.keyring, _now())
    assert partners.announce_key(val.conn, val.keyring.succession, by="maren") == 3
    assert sorted(letter.partner for letter in val.written()) == ["ADR", "MER", "ORI"]
    assert val.keyring.current.public in _trusted(val, "VAL")


def test_a_strangers_key_is_not_followed_whoever_it_says_it_is(nodes):
    adr, val = nodes
    stranger = rotate(new_keyring("VAL", _now()), _now())
    borrowed = msgspec.structs.replace(stranger.succession, previous=fingerprint(val.keyring.current.public))
    for succession in (stranger.succession, borrowed):
        with pytest.raises(NotAccepted):
            partners.key_received(adr.conn, "VAL", succession, _now())
    assert _trusted(adr, "VAL") == [val.keyring.current.public]


def test_one_partner_cannot_bring_in_a_key_for_another(nodes):
    adr, val = nodes
    succession = rotate(val.keyring, _now()).succession
    with pytest.raises(NotAccepted):
        partners.key_received(adr.conn, "MER", succession, _now())
    with pytest.raises(NotAccepted):
        partners.key_received(adr.conn, "VAL", msgspec.structs.replace(succession, agency="MER"), _now())


def test_a_key_whose_time_is_over_vouches_for_nothing(nodes):
    adr, val = nodes
    before = val.keyring
    _rotated(val, adr)
    later = rotate(before, _now()).succession  # the old key has been stolen
    with pytest.raises(NotAccepted):
        partners.key_received(adr.conn, "VAL", later, _now() + OVERLAP + timedelta(seconds=1))


def test_a_key_that_has_named_its_successor_names_no_other(nodes):
    adr, val = nodes
    before = val.keyring
    _rotated(val, adr)
    stolen = rotate(before, _now()).succession
    with pytest.raises(NotAccepted):
        partners.key_received(adr.conn, "VAL", stolen, _now())
    assert len(_trusted(adr, "VAL")) == 2


def test_an_old_letter_sent_again_neither_prolongs_a_key_nor_brings_one_back(nodes):
    adr, val = nodes
    old = _rotated(val, adr)
    succession = val.keyring.succession
    partners.key_received(adr.conn, "VAL", succession, _now() + OVERLAP / 2)
    assert old not in _trusted(adr, "VAL", _now() + OVERLAP)
    second = val.keyring.current.public
    _rotated(val, adr)
    partners.key_received(adr.conn, "VAL", succession, _now())
    assert second not in _trusted(adr, "VAL", _now() + OVERLAP)


# ---------------------------------------------------------------------------------------------- receipts by letter


def test_receipts_come_by_letter_with_the_partners_seal(nodes):
    adr, _ = nodes
    adr.agree()
    adr.channel()
    adr.filed(copy())
    adr.deliver()
    (sent,) = deliveries.deliveries(adr.conn)
    receipt = Receipt(delivery=sent.id, uri="adr:bridge", version="1", act="publish", outcome="stored", at=_now())
    nonsense = msgspec.structs.replace(receipt, delivery="nonsense")
    body = msgspec.json.encode(Receipts(receipts=[nonsense, receipt], head="ab" * 32))
    letter = Letter(id=1, partner="ADR", node="", type="receipt", body=body, attempts=1, created=_now())
    adr.open(letter, "MER")
    assert deliveries.deliveries(adr.conn)[0].state == "sent"
    adr.open(letter, "VAL")
    adr.open(letter, "VAL")
    assert deliveries.deliveries(adr.conn)[0].state == "receipted"
    assert audit.entries(adr.conn, about="VAL")[0].detail == {"count": 2, "head": "ab" * 32}


def test_a_letter_of_a_kind_we_do_not_take_is_refused(nodes):
    letter = Letter(id=1, partner="ADR", node="", type="hold-request", body=b"{}", attempts=1, created=_now())
    with pytest.raises(BadInput):
        nodes[0].open(letter, "VAL")
