"""Agreements between two nodes: proposed, accepted, declined, revised and ended by letters; every letter comes twice."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from dragoman.desk import agreements as desk
from dragoman.desk.agreements import Message
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.errors import BadInput, Conflict, DragomanError, NotAccepted, NotFound, Refused
from dragoman.query import QuerySyntax
from dragoman.store import agencies, agreements, release
from dragoman.store.letters import Letter
from dragoman.trust.agreement import agreement_digest, sign_agreement, verify_agreement
from dragoman.trust.keys import new_keyring
from newsdesk import copy, tombstone

START = datetime(2026, 1, 1, tzinfo=UTC)


def _now():
    return datetime.now(UTC)


def _terms(**clauses):
    return Terms(**({"giver": "ADR", "taker": "VAL", "valid_from": START} | clauses))


def _propose(node, revises="", **clauses):
    return desk.propose(node.conn, node.keyring, _terms(**clauses), by="leyla", now=_now(), revises=revises)


def _accept(node, number):
    return desk.accept(node.conn, node.keyring, number, by="maren", now=_now())


def _agreed(adr, val, **clauses):
    """An agreement in force on both sides."""
    number = _propose(adr, **clauses).id
    adr.write_to(val)
    _accept(val, number)
    val.write_to(adr)
    return number


def _states(node, number):
    return [a.state for a in agreements.revisions(node.conn, number)]


# ---------------------------------------------------------------------------------------------- propose, accept


def test_what_one_proposes_and_the_other_accepts_is_in_force_on_both_and_signed_by_both(nodes):
    adr, val = nodes
    number = _propose(adr, languages=("en", "az")).id
    assert adr.write_to(val) == 1
    assert (_states(adr, number), _states(val, number)) == (["proposed"], ["offered"])
    _accept(val, number)
    val.write_to(adr)
    ours, theirs = (agreements.agreement(node.conn, number) for node in nodes)
    assert ours.state == theirs.state == "active"
    assert ours.signatures == theirs.signatures
    assert ours.accepted_by == theirs.accepted_by == "maren"
    keys = {node.home: [node.keyring.current.public] for node in nodes}
    for one in (ours, theirs):
        verify_agreement(one, keys)
    assert agreement_digest(ours) == agreement_digest(theirs)


def test_the_taker_may_propose_as_well(nodes):
    adr, val = nodes
    number = desk.propose(val.conn, val.keyring, _terms(), by="maren", now=_now()).id
    val.write_to(adr)
    _accept(adr, number)
    adr.write_to(val)
    assert (_states(adr, number), _states(val, number)) == (["active"], ["active"])


def test_copy_flows_under_it_once_it_is_in_force_and_not_before(nodes):
    adr, val = nodes
    adr.channel()
    number = _propose(adr).id
    adr.filed(copy("adr:1"))
    adr.write_to(val)
    adr.filed(copy("adr:2"))
    _accept(val, number)
    val.write_to(adr)
    third = adr.filed(copy("adr:3"))
    assert [a.sequence for a in adr.deliver()] == [third]


def test_what_is_declined_is_declined_on_both_sides(nodes):
    adr, val = nodes
    number = _propose(adr).id
    adr.write_to(val)
    desk.decline(val.conn, number, by="maren", now=_now())
    val.write_to(adr)
    assert (_states(adr, number), _states(val, number)) == (["declined"], ["declined"])
    with pytest.raises(Refused):
        _accept(val, number)


def test_nobody_accepts_his_own_proposal_or_one_that_is_settled(nodes):
    adr, val = nodes
    number = _propose(adr).id
    with pytest.raises(Refused, match="waits for the other side"):
        _accept(adr, number)
    adr.write_to(val)
    _accept(val, number)
    with pytest.raises(Refused, match="is active"):
        _accept(val, number)


@pytest.mark.parametrize(
    ("clauses", "error"),
    [
        ({"giver": "ORI", "taker": "MER"}, BadInput),
        ({"taker": "ADR"}, BadInput),
        ({"taker": "NOBODY"}, NotFound),
        ({"content": "langage:fr"}, QuerySyntax),
    ],
)
def test_what_cannot_be_agreed_cannot_be_proposed(nodes, clauses, error):
    with pytest.raises(error):
        _propose(nodes[0], **clauses)
    assert nodes[0].one("select count(*) from agreement") == 0
    assert nodes[0].written() == []


# ---------------------------------------------------------------------------------------------- false letters


def _letter(agreement):
    return msgspec.json.encode(Message(agreement=agreement, by="somebody"))


def _opened(node, agreement, sender="ADR"):
    letter = msgspec.structs.replace(_LETTER, body=_letter(agreement))
    node.open(letter, sender)


_LETTER = Letter(id=1, partner="VAL", node="https://val.example", type="agreement", body=b"", attempts=1, created=START)


def test_terms_changed_on_the_way_are_not_offered(nodes):
    adr, val = nodes
    proposal = _propose(adr, languages=("en",))
    with pytest.raises(NotAccepted):
        _opened(val, msgspec.structs.replace(proposal, terms=_terms(languages=())))
    with pytest.raises(NotFound):
        agreements.agreement(val.conn, proposal.id)


def test_an_acceptance_of_other_terms_than_ours_is_refused_though_it_is_signed(nodes):
    adr, val = nodes
    proposal = _propose(adr, daily_quota=10)
    widened = msgspec.structs.replace(proposal, terms=_terms(daily_quota=None))
    accepted = msgspec.structs.replace(sign_agreement(val.keyring, widened), state="active", accepted_by="maren")
    with pytest.raises(NotAccepted):
        _opened(adr, accepted, "VAL")
    assert _states(adr, proposal.id) == ["proposed"]


def test_a_proposal_by_an_unknown_key_or_without_signature_is_refused(nodes):
    _, val = nodes
    deal = Agreement(id="f" * 16, revision=1, terms=_terms())
    for forged in (deal, sign_agreement(new_keyring("ADR", _now()), deal)):
        with pytest.raises(NotAccepted):
            _opened(val, forged)


def test_an_agreement_between_others_is_none_of_our_business(nodes):
    adr, val = nodes
    between = sign_agreement(adr.keyring, Agreement(id="f" * 16, revision=1, terms=_terms(taker="MER")))
    with pytest.raises(NotAccepted, match="between us two"):
        _opened(val, between)


def test_a_partner_cannot_put_an_agreement_into_force_by_saying_so(nodes):
    adr, val = nodes
    said = Agreement(
        id="f" * 16, revision=1, terms=_terms(giver="VAL", taker="ADR"), state="active", accepted_by="leyla"
    )
    _opened(adr, sign_agreement(val.keyring, said), "VAL")
    assert _states(adr, said.id) == ["offered"]


def test_a_revision_must_follow_the_one_we_know_and_its_text(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    known = agreements.agreement(adr.conn, number)
    for revision, predecessor in ((3, agreement_digest(known)), (2, "0" * 64), (2, "")):
        next_one = Agreement(id=number, revision=revision, predecessor=predecessor, terms=_terms(languages=("en",)))
        with pytest.raises(Conflict):
            _opened(val, sign_agreement(adr.keyring, next_one))
    assert _states(val, number) == ["active"]


def test_two_revisions_proposed_at_once_by_both_sides_are_a_conflict_somebody_sees(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    _propose(adr, revises=number, languages=("en",))
    desk.propose(val.conn, val.keyring, _terms(languages=("az",)), by="maren", now=_now(), revises=number)
    with pytest.raises(Conflict, match="another text"):
        adr.write_to(val)
    assert _states(val, number) == ["active", "proposed"]


def test_garbage_in_a_letter_is_said_to_be_unreadable(nodes):
    for body in (b"{}", b"null", b'{"agreement": 7}', b"\xff"):
        with pytest.raises(BadInput):
            nodes[0].open(msgspec.structs.replace(_LETTER, body=body), "VAL")


def test_a_partner_cannot_decline_what_is_in_force(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    known = agreements.agreement(val.conn, number)
    _opened(adr, msgspec.structs.replace(known, state="declined"), "VAL")
    assert _states(adr, number) == ["active"]


# ---------------------------------------------------------------------------------------------- revisions and ends


def test_a_revision_takes_the_place_of_the_one_before_once_it_is_accepted(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    _propose(adr, revises=number, languages=("en",))
    adr.write_to(val)
    assert (_states(adr, number), _states(val, number)) == (["active", "proposed"], ["active", "offered"])
    _accept(val, number)
    val.write_to(adr)
    assert _states(adr, number) == _states(val, number) == ["superseded", "active"]


def test_a_narrower_revision_closes_old_grants_until_they_are_matched_anew(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    adr.filed(copy("adr:en"))
    adr.filed(copy("adr:fr", language="fr"))
    _propose(adr, revises=number, languages=("en",))
    assert len(adr.seen_by("VAL")) == 2
    adr.write_to(val)
    _accept(val, number)
    val.write_to(adr)
    assert adr.seen_by("VAL") == []
    release.rematch(adr.conn, _now())
    assert [uri for uri, _, _ in adr.seen_by("VAL")] == ["adr:en"]


def test_a_wider_revision_closes_nothing(nodes):
    adr, val = nodes
    number = _agreed(adr, val, languages=("en",))
    adr.filed(copy())
    _propose(adr, revises=number)
    adr.write_to(val)
    _accept(val, number)
    val.write_to(adr)
    assert len(adr.seen_by("VAL")) == 1


@pytest.mark.parametrize("who", [0, 1], ids=["the giver ends it", "the taker ends it"])
def test_an_end_ends_it_on_both_sides_and_only_kills_go_out_after_it(nodes, who):
    adr, val = nodes
    adr.channel()
    number = _agreed(adr, val)
    adr.filed(copy("adr:had"))
    adr.deliver()
    adr.filed(copy("adr:waits"))
    one, other = (adr, val) if who == 0 else (val, adr)
    desk.end(one.conn, number, by="leyla", now=_now())
    one.write_to(other)
    assert _states(adr, number) == _states(val, number) == ["ended"]
    release.rematch(adr.conn, _now())
    assert adr.deliver() == []
    assert adr.seen_by("VAL") == []
    adr.filed(tombstone(copy("adr:had", version="2")))
    assert [a.act for a in adr.deliver()] == ["kill"]


def test_a_declined_revision_leaves_the_one_before_in_force_and_that_can_still_be_ended(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    _propose(adr, revises=number, languages=("en",))
    adr.write_to(val)
    desk.decline(val.conn, number, by="maren", now=_now())
    val.write_to(adr)
    assert _states(adr, number) == _states(val, number) == ["active", "declined"]
    desk.end(val.conn, number, by="maren", now=_now())
    val.write_to(adr)
    assert _states(adr, number) == _states(val, number) == ["ended", "declined"]


def test_after_a_declined_revision_another_may_be_proposed(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    _propose(adr, revises=number, languages=("en",))
    adr.write_to(val)
    desk.decline(val.conn, number, by="maren", now=_now())
    val.write_to(adr)
    _propose(adr, revises=number, languages=("en", "az"))
    adr.write_to(val)
    _accept(val, number)
    val.write_to(adr)
    assert _states(adr, number) == _states(val, number) == ["superseded", "declined", "active"]


def test_a_proposal_may_be_withdrawn_before_it_is_accepted(nodes):
    adr, val = nodes
    number = _propose(adr).id
    adr.write_to(val)
    desk.end(adr.conn, number, by="leyla", now=_now())
    adr.write_to(val)
    with pytest.raises(Refused):
        _accept(val, number)


def test_an_acceptance_and_an_end_that_cross_leave_both_sides_ended(nodes):
    adr, val = nodes
    number = _propose(adr).id
    adr.write_to(val)
    _accept(val, number)
    desk.end(adr.conn, number, by="leyla", now=_now())
    val.write_to(adr)
    adr.write_to(val)
    assert _states(adr, number) == _states(val, number) == ["ended"]


def test_what_has_ended_cannot_be_ended_again(nodes):
    adr, val = nodes
    number = _agreed(adr, val)
    desk.end(adr.conn, number, by="leyla", now=_now())
    with pytest.raises(Conflict):
        desk.end(adr.conn, number, by="leyla", now=_now())


# ---------------------------------------------------------------------------------------------- on paper; explained


def test_an_agreement_on_paper_comes_into_force_with_the_document_named(nodes):
    adr, _ = nodes
    agencies.add_agency(adr.conn, Agency(code="PAPER", name="By fax"))
    number = _propose(adr, taker="PAPER").id
    with pytest.raises(BadInput):
        desk.settle_unsigned(adr.conn, number, by="leyla", document="  ")
    settled = desk.settle_unsigned(adr.conn, number, by="leyla", document="contract 2026/14, signed 3 May 2026")
    assert (settled.state, settled.accepted_by) == ("active", "contract 2026/14, signed 3 May 2026")
    with pytest.raises(Refused):
        desk.settle_unsigned(adr.conn, number, by="leyla", document="again")


def test_a_partner_with_a_node_signs_itself(nodes):
    adr, _ = nodes
    number = _propose(adr).id
    with pytest.raises(Refused, match="signs itself"):
        desk.settle_unsigned(adr.conn, number, by="leyla", document="contract")


def test_it_is_explained_which_clause_keeps_an_item_from_a_partner(newsroom):
    newsroom.agree(languages=("fr",))
    newsroom.agree("MER")
    newsroom.filed(copy())
    (found,) = desk.explain(newsroom.conn, "adr:bridge", "VAL", _now())
    assert not found.verdict
    assert found.verdict.reasons == ("§ languages: fr only, this is en",)
    assert desk.explain(newsroom.conn, "adr:bridge", "MER", _now())[0].verdict
    assert desk.explain(newsroom.conn, "adr:bridge", "ORI", _now()) == []
    with pytest.raises(DragomanError):
        desk.explain(newsroom.conn, "adr:bridge", "NOBODY", _now())


def test_agreements_are_found_by_the_first_letters_of_their_id_where_only_one_begins_so(newsroom):
    newsroom.agree("VAL")
    newsroom.agree("MER")
    assert agreements.agreement(newsroom.conn, "ADR-V").id == "ADR-VAL"
    for name in ("ADR", "X", "ADR-VAL-and-more"):
        with pytest.raises(NotFound):
            agreements.agreement(newsroom.conn, name)


def test_agreements_that_end_soon_are_listed(newsroom):
    newsroom.agree("VAL", valid_until=_now() + timedelta(days=3))
    newsroom.agree("MER", valid_until=_now() + timedelta(days=300))
    newsroom.agree("ORI")
    assert [a.id for a in agreements.expiring(newsroom.conn, _now() + timedelta(days=30))] == ["ADR-VAL"]
