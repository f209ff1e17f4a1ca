"""Both parties sign the same bytes of one revision of an agreement."""

from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest
from msgspec.structs import replace

from dragoman.model.agreement import Agreement, Terms
from dragoman.model.errors import NotAccepted, Refused
from dragoman.trust.agreement import agreement_digest, sign_agreement, signed_bytes, verify_agreement
from dragoman.trust.keys import new_keyring, rotate

NOW = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
NORD, SUD, WEST = (new_keyring(code, NOW) for code in ("NORD", "SUD", "WEST"))
KEYS = {"NORD": [NORD.current.public], "SUD": [SUD.current.public], "WEST": [WEST.current.public]}
DRAFT = Agreement(
    id="nord-sud-1",
    revision=1,
    terms=Terms(giver="NORD", taker="SUD", languages=("az", "ru"), credit={"*": "Nord", "ru": "Норд"}, valid_from=NOW),
)


def test_an_agreement_signed_by_both_holds_on_either_node() -> None:
    both = sign_agreement(SUD, sign_agreement(NORD, DRAFT))
    travelled = msgspec.json.decode(msgspec.json.encode(both), type=Agreement)
    verify_agreement(travelled, KEYS)
    assert agreement_digest(travelled) == agreement_digest(DRAFT)


def test_a_proposal_carries_the_proposers_signature_only() -> None:
    proposal = sign_agreement(NORD, DRAFT)
    verify_agreement(proposal, KEYS, by=["NORD"])
    with pytest.raises(NotAccepted, match="signature of SUD is missing"):
        verify_agreement(proposal, KEYS)


def test_state_and_zone_are_not_signed_but_every_term_is() -> None:
    both = sign_agreement(SUD, sign_agreement(NORD, DRAFT))
    baku = NOW.astimezone(timezone(timedelta(hours=4)))
    verify_agreement(replace(both, state="active", terms=replace(both.terms, valid_from=baku)), KEYS)
    for changed in (
        replace(both, revision=2),
        replace(both, id="nord-sud-2"),
        replace(both, predecessor="00"),
        replace(both, terms=replace(both.terms, onward=True)),
        replace(both, terms=replace(both.terms, valid_until=NOW)),
        replace(both, terms=replace(both.terms, languages=("ru", "az"))),
    ):
        assert signed_bytes(changed) != signed_bytes(both)
        with pytest.raises(NotAccepted, match="does not fit"):
            verify_agreement(changed, KEYS)


def test_a_stranger_neither_signs_nor_stands_in() -> None:
    with pytest.raises(Refused):
        sign_agreement(WEST, DRAFT)
    with pytest.raises(NotAccepted, match="not a party"):
        verify_agreement(DRAFT, KEYS, by=["WEST"])
    forged = sign_agreement(new_keyring("SUD", NOW), sign_agreement(NORD, DRAFT))
    with pytest.raises(NotAccepted, match="that of SUD"):
        verify_agreement(forged, KEYS)
    with pytest.raises(NotAccepted):
        verify_agreement(sign_agreement(SUD, sign_agreement(NORD, DRAFT)), {})
    with pytest.raises(NotAccepted):
        verify_agreement(replace(DRAFT, signatures={"NORD": "ж", "SUD": ""}), KEYS)


def test_a_signature_by_the_key_before_a_rotation_still_holds() -> None:
    both = sign_agreement(SUD, sign_agreement(NORD, DRAFT))
    verify_agreement(both, {**KEYS, "NORD": [key.public for key in rotate(NORD, NOW).signing]})
