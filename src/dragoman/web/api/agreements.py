"""Agencies and agreements over the API, and what an agreement says to an item."""

from datetime import UTC, datetime

from litestar import get, post
from litestar.params import FromPath, FromQuery, JSONBody
from litestar.types import ControllerRouterHandler

from dragoman.desk import agreements as desk
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement
from dragoman.store import agencies, agreements
from dragoman.store.connect import borrowed
from dragoman.web.api.shapes import Explained, Proposal
from dragoman.web.asking import Page
from dragoman.web.site import site_of


@get("/agencies", sync_to_thread=True)
def known(request: Page) -> list[Agency]:
    """Every agency, our own first."""
    with borrowed(site_of(request).newsroom) as conn:
        return agencies.agencies(conn)


@get("/agencies/{code:str}", sync_to_thread=True)
def agency(request: Page, code: FromPath[str]) -> Agency:
    """One agency by its code."""
    with borrowed(site_of(request).newsroom) as conn:
        return agencies.agency(conn, code)


@get("/agreements", sync_to_thread=True)
def listed(request: Page, partner: FromQuery[str] = "") -> list[Agreement]:
    """The newest revision of each agreement and whatever is in force; of one partner when it is named."""
    with borrowed(site_of(request).newsroom) as conn:
        return agreements.agreements(conn, partner=partner)


@get("/agreements/{number:str}", sync_to_thread=True)
def shown(request: Page, number: FromPath[str], revision: FromQuery[int | None] = None) -> Agreement:
    """One agreement, in its newest revision or in the one asked for."""
    with borrowed(site_of(request).newsroom) as conn:
        return agreements.agreement(conn, number, revision)


@post("/agreements", sync_to_thread=True)
def propose(request: Page, data: JSONBody[Proposal]) -> Agreement:
    """A proposal, signed by us and on its way to the partner."""
    request.user.must("agree")
    site, by = site_of(request), request.user.person.name
    with borrowed(site.newsroom) as conn:
        return desk.propose(conn, site.keyring, data.terms, by=by, now=datetime.now(UTC), revises=data.revises)


@post("/agreements/{number:str}/accept", sync_to_thread=True, status_code=200)
def accept(request: Page, number: FromPath[str]) -> Agreement:
    """Sign what was offered to us: it is in force."""
    request.user.must("agree")
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        return desk.accept(conn, site.keyring, number, by=request.user.person.name, now=datetime.now(UTC))


@post("/agreements/{number:str}/decline", sync_to_thread=True, status_code=200)
def decline(request: Page, number: FromPath[str]) -> Agreement:
    """Say no to what was offered to us."""
    request.user.must("agree")
    with borrowed(site_of(request).newsroom) as conn:
        return desk.decline(conn, number, by=request.user.person.name, now=datetime.now(UTC))


@post("/agreements/{number:str}/end", sync_to_thread=True, status_code=200)
def end(request: Page, number: FromPath[str]) -> Agreement:
    """End it now. Kills still reach what was delivered."""
    request.user.must("agree")
    with borrowed(site_of(request).newsroom) as conn:
        return desk.end(conn, number, by=request.user.person.name, now=datetime.now(UTC))


@get("/items/{number:int}/explain/{partner:str}", sync_to_thread=True)
def explain(request: Page, number: FromPath[int], partner: FromPath[str]) -> list[Explained]:
    """Why the item goes, or does not go, to this partner: one answer an agreement."""
    with borrowed(site_of(request).newsroom) as conn:
        found = desk.explain(conn, str(number), partner, datetime.now(UTC))
    return [
        Explained(
            agreement=one.agreement,
            revision=one.revision,
            agency=one.agency,
            allowed=one.verdict.allowed,
            reasons=one.verdict.reasons,
        )
        for one in found
    ]


ROUTES: list[ControllerRouterHandler] = [known, agency, listed, shown, propose, accept, decline, end, explain]
