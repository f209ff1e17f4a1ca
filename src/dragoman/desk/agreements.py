"""Agreements between two agencies: proposed by one, accepted by the other, signed by both; ended by either."""

import secrets
from datetime import datetime

import msgspec
from msgspec import Struct

from dragoman.crash import crash
from dragoman.model.agreement import Agreement, AgreementState, Terms, Verdict
from dragoman.model.errors import BadInput, Conflict, NotAccepted, Refused
from dragoman.model.version import item_key
from dragoman.query import parse
from dragoman.route.matching import Match, match
from dragoman.store import agencies, agreements, audit, items, letters
from dragoman.store.connect import LETTERS, Connection, Waker
from dragoman.store.filing.grant import projects_of
from dragoman.trust.agreement import agreement_digest, sign_agreement, verify_agreement
from dragoman.trust.keys import Keyring


class Message(Struct, frozen=True, kw_only=True):
    """What nodes write to each other about an agreement."""

    agreement: Agreement
    by: str = ""


def propose(
    conn: Connection, keyring: Keyring, terms: Terms, *, by: str, now: datetime, revises: str = ""
) -> Agreement:
    """A proposal, signed by us and on its way; `revises` names the agreement it is a new revision of.

    Raises:
        BadInput: the content is not a query, or we are neither giver nor taker.
        NotFound: no such partner or agreement.
    """
    home = agencies.home(conn).code
    if home not in (terms.giver, terms.taker) or terms.giver == terms.taker:
        raise BadInput("An agreement is between us and one other", f"{terms.giver} to {terms.taker}, we are {home}")
    parse(terms.content)
    partner = agencies.agency(conn, terms.taker if terms.giver == home else terms.giver)
    with conn.transaction():
        number, revision, predecessor = secrets.token_hex(8), 1, ""
        if revises:
            before = agreements.agreement(conn, revises)
            number, revision, predecessor = before.id, before.revision + 1, agreement_digest(before)
        proposal = sign_agreement(
            keyring, Agreement(id=number, revision=revision, predecessor=predecessor, terms=terms)
        )
        agreements.save(conn, proposal, home)
        _write(conn, partner.code, proposal, by)
        audit.record(conn, by, "agreement proposed", proposal.id, revision=revision, partner=partner.code)
    if not partner.node:
        return proposal
    _wake(conn)
    return proposal


def accept(conn: Connection, keyring: Keyring, number: str, *, by: str, now: datetime) -> Agreement:
    """Sign what was offered to us; from then on it is in force, here and, when the letter arrives, there.

    Raises:
        Refused: it is ours to be accepted by the other, or already settled.
    """
    home = agencies.home(conn).code
    with conn.transaction():
        offered = agreements.agreement(conn, number)
        if offered.state != "offered":
            whose = "waits for the other side" if offered.state == "proposed" else f"is {offered.state}"
            raise Refused(f"There is nothing to accept: the agreement {whose}", offered.id)
        signed = msgspec.structs.replace(sign_agreement(keyring, offered), state="active", accepted_by=by)
        agreements.save(conn, signed, home)
        _write(conn, _partner(signed, home), signed, by)
        audit.record(conn, by, "agreement accepted", signed.id, revision=signed.revision)
    _wake(conn)
    return signed


def settle_unsigned(conn: Connection, number: str, *, by: str, document: str) -> Agreement:
    """Bring into force an agreement with a partner that runs no Dragoman: signed on paper, the document named.

    Raises:
        Refused: the partner has a node and signs itself; or it is not a proposal of ours.
        BadInput: no document is named.
    """
    home = agencies.home(conn).code
    if not document.strip():
        raise BadInput("Name the signed document", hint="--document 'contract 2026/14, signed 3 May 2026'")
    with conn.transaction():
        proposal = agreements.agreement(conn, number)
        partner = agencies.agency(conn, _partner(proposal, home))
        if partner.node or proposal.state != "proposed":
            raise Refused(
                "This agreement is not settled on paper",
                f"{partner.code} {'has a node and signs itself' if partner.node else 'agreement is ' + proposal.state}",
            )
        active = msgspec.structs.replace(proposal, state="active", accepted_by=document)
        agreements.save(conn, active, home)
        audit.record(conn, by, "agreement settled on paper", active.id, revision=active.revision, document=document)
    return active


def decline(conn: Connection, number: str, *, by: str, now: datetime) -> Agreement:
    """Say no to what was offered."""
    return _close(conn, number, "declined", ("offered",), by)


def end(conn: Connection, number: str, *, by: str, now: datetime) -> Agreement:
    """End it now. What was delivered stays with the partner, kills still reach it; nothing more goes out."""
    return _close(conn, number, "ended", ("active", "proposed"), by)


def _close(conn: Connection, number: str, state: AgreementState, from_states: tuple[str, ...], by: str) -> Agreement:
    home = agencies.home(conn).code
    with conn.transaction():
        newest = agreements.agreement(conn, number)
        # The newest it can be done to: a revision that was declined leaves the one before in force.
        revisions = reversed(agreements.revisions(conn, newest.id))
        before = next((a for a in revisions if a.state in from_states), newest)
        if before.state not in from_states:
            raise Conflict(f"The agreement is {before.state}", before.id)
        closed = msgspec.structs.replace(before, state=state)
        agreements.save(conn, closed, home)
        _write(conn, _partner(closed, home), closed, by)
        audit.record(conn, by, f"agreement {state}", closed.id, revision=closed.revision)
    _wake(conn)
    return closed


def _write(conn: Connection, partner: str, agreement: Agreement, by: str) -> None:
    letters.post(conn, partner, "agreement", msgspec.json.encode(Message(agreement=agreement, by=by)))


def _wake(conn: Connection) -> None:
    crash("agreement.committed")
    Waker(conn).wake(LETTERS)


def _partner(agreement: Agreement, home: str) -> str:
    return agreement.terms.taker if agreement.terms.giver == home else agreement.terms.giver


def received(conn: Connection, sender: str, message: Message, now: datetime) -> None:
    """Take in what the other node says of an agreement. Inside the caller's transaction; doing it twice changes nothing.

    Raises:
        NotAccepted: it is not between us two, or a signature is missing or wrong.
        Conflict: it does not follow the revision we know.
    """
    agreement = message.agreement
    home = agencies.home(conn).code
    if {agreement.terms.giver, agreement.terms.taker} != {home, sender}:
        raise NotAccepted("This agreement is not between us two", f"{agreement.terms.giver} to {agreement.terms.taker}")
    publics = {code: agencies.trusted_keys(conn, code, now) for code in (home, sender)}
    known = _known(conn, agreement)
    if agreement.state in _CLOSED_FROM:
        if known is not None and known.state in _CLOSED_FROM[agreement.state]:
            agreements.save(conn, msgspec.structs.replace(known, state=agreement.state), home)
            audit.record(conn, sender, f"agreement {agreement.state}", agreement.id, by=message.by)
        return
    if known is not None and home in agreement.signatures:
        _settled(conn, sender, agreement, known, publics, home)
    elif known is None:
        verify_agreement(agreement, publics, by=[sender])
        parse(agreement.terms.content)
        agreements.save(conn, msgspec.structs.replace(agreement, state="offered"), home)
        audit.record(conn, sender, "agreement offered", agreement.id, revision=agreement.revision, by=message.by)
    elif agreement_digest(known) != agreement_digest(agreement):
        raise Conflict(
            "This revision is another text than the one we know", f"{agreement.id} revision {agreement.revision}"
        )


_CLOSED_FROM: dict[str, tuple[AgreementState, ...]] = {
    "declined": ("proposed",),
    "ended": ("proposed", "offered", "active"),
}
"""What a partner's word that an agreement is declined or ended can still change."""


def _settled(
    conn: Connection, sender: str, agreement: Agreement, known: Agreement, publics: dict[str, list[bytes]], home: str
) -> None:
    """Their signature beside ours: in force. Ours is judged over the terms we stored, so nothing was changed on the way."""
    signed = msgspec.structs.replace(
        known, signatures={**known.signatures, sender: agreement.signatures.get(sender, "")}
    )
    verify_agreement(signed, publics, by=[sender])
    if known.state != "proposed":
        return
    agreements.save(conn, msgspec.structs.replace(signed, state="active", accepted_by=agreement.accepted_by), home)
    audit.record(
        conn, sender, "agreement accepted", agreement.id, revision=agreement.revision, by=agreement.accepted_by
    )


def _known(conn: Connection, agreement: Agreement) -> Agreement | None:
    found = agreements.revisions(conn, agreement.id)
    newest = max((a.revision for a in found), default=0)
    same = next((a for a in found if a.revision == agreement.revision), None)
    if same is None and agreement.revision != newest + 1:
        raise Conflict(
            "This revision does not follow the one we know",
            f"{agreement.id} revision {agreement.revision}, we know {newest}",
        )
    if same is None and newest:
        last = next(a for a in found if a.revision == newest)
        if agreement.predecessor != agreement_digest(last):
            raise Conflict(
                "This revision follows another text than ours", f"{agreement.id} revision {agreement.revision}"
            )
    return same


def explain(conn: Connection, name: str, partner: str, now: datetime) -> list[Match]:
    """What each agreement under which we give to `partner` says to the item: granted, or the clauses that refuse."""
    filed = items.find(conn, name)
    book = agreements.book(conn)
    agencies.agency(conn, partner)
    key = item_key(filed.version.origin, filed.item.uri)
    version = msgspec.structs.replace(filed.version, projects=projects_of(conn, [key]).get(key, ()))
    given = [a for a in agreements.agreements(conn, partner=partner) if a.terms.giver == book.home]
    said = [match(a, version, home=book.home, now=now, agreements=book.active) for a in given]
    if filed.copy_of is None or partner in {right.agency for right in items.rights(conn, version.sequence)}:
        return said
    withheld = Verdict(allowed=False, reasons=(f"§ copy: it has these words as item {filed.copy_of}",))
    return [msgspec.structs.replace(one, verdict=withheld, grant=None) if one.grant else one for one in said]
