"""Partners' pages, our own node's, and the acts on agreements: propose, accept, decline, end."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import agreements as desk
from dragoman.model.agreement import Agreement
from dragoman.model.errors import NotFound
from dragoman.store import agencies, agreements, audit, channels, deliveries, feeds
from dragoman.store.connect import Connection, borrowed
from dragoman.trust.keys import fingerprint
from dragoman.web.asking import Page
from dragoman.web.partner.standing import clauses, standings
from dragoman.web.partner.terms import EMBARGOES, KINDS, USES, terms_of
from dragoman.web.render import page
from dragoman.web.site import Site, site_of


@get("/partners", sync_to_thread=True)
def partners(request: Page) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        found = standings(conn)
    return page(request, "partner/partners.html", standings=found)


@get("/partner/{code:str}", sync_to_thread=True)
def partner(request: Page, code: FromPath[str]) -> Response[str]:
    """All that is needed to answer one telephone call."""
    with borrowed(site_of(request).newsroom) as conn:
        agency = agencies.agency(conn, code)
        if agency.home:
            raise NotFound("This is our own agency, not a partner", code, hint="Its page is /node.")
        shown: dict[str, Any] = {
            "agency": agency,
            "standing": next((s for s in standings(conn) if s.agency.code == code), None),
            "keys": agencies.keys(conn, code),
            "bureaus": agencies.bureaus(conn, code),
            "feeds": [f for f in feeds.feeds(conn) if f.agency == code],
            "channels": channels.channels(conn, code),
            "agreements": [(a, clauses(a)) for a in agreements.agreements(conn, partner=code)],
            "deliveries": deliveries.deliveries(conn, agency=code, limit=30),
            "trail": audit.entries(conn, about=code, limit=15),
        }
    return page(request, "partner/partner.html", **shown)


@get("/partner/{code:str}/propose", sync_to_thread=True)
def proposal(request: Page, code: FromPath[str], revises: FromQuery[str] = "") -> Response[str]:
    """The form of a proposal: empty, or filled with the terms of the agreement it is to revise."""
    with borrowed(site_of(request).newsroom) as conn:
        agency = agencies.agency(conn, code)
        before = agreements.agreement(conn, revises) if revises else None
    return page(
        request,
        "partner/propose.html",
        agency=agency,
        before=before,
        kinds=KINDS,
        uses=USES,
        embargoes=EMBARGOES,
    )


@post("/partner/{code:str}/propose", sync_to_thread=True)
def propose(request: Page, code: FromPath[str]) -> Redirect:
    request.user.must("agree")
    site, now, form = site_of(request), datetime.now(UTC), request.user.form
    terms = terms_of(form, home=site.home.code, partner=code, zone=site.home.zone, now=now)
    with borrowed(site.newsroom) as conn:
        by = request.user.person.name
        made = desk.propose(conn, site.keyring, terms, by=by, now=now, revises=form.get("revises", ""))
    return Redirect(f"/partner/{code}#agreement-{made.id}", status_code=303)


@post("/agreement/{number:str}/accept", sync_to_thread=True)
def accept(request: Page, number: FromPath[str]) -> Redirect:
    def do(conn: Connection, site: Site, by: str, now: datetime) -> Agreement:
        return desk.accept(conn, site.keyring, number, by=by, now=now)

    return _settled(request, do)


@post("/agreement/{number:str}/settle", sync_to_thread=True)
def settle(request: Page, number: FromPath[str]) -> Redirect:
    """In force on paper, for a partner that runs no node."""

    def do(conn: Connection, site: Site, by: str, now: datetime) -> Agreement:
        return desk.settle_unsigned(conn, number, by=by, document=request.user.form.get("document", ""))

    return _settled(request, do)


@post("/agreement/{number:str}/decline", sync_to_thread=True)
def decline(request: Page, number: FromPath[str]) -> Redirect:
    def do(conn: Connection, site: Site, by: str, now: datetime) -> Agreement:
        return desk.decline(conn, number, by=by, now=now)

    return _settled(request, do)


@post("/agreement/{number:str}/end", sync_to_thread=True)
def end(request: Page, number: FromPath[str]) -> Redirect:
    def do(conn: Connection, site: Site, by: str, now: datetime) -> Agreement:
        return desk.end(conn, number, by=by, now=now)

    return _settled(request, do)


def _settled(request: Page, do: Callable[[Connection, Site, str, datetime], Agreement]) -> Redirect:
    request.user.must("agree")
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        settled = do(conn, site, request.user.person.name, datetime.now(UTC))
    terms = settled.terms
    other = terms.taker if terms.giver == site.home.code else terms.giver
    return Redirect(f"/partner/{other}#agreement-{settled.id}", status_code=303)


@get("/node", sync_to_thread=True)
def node(request: Page) -> Response[str]:
    """Our own node: the fingerprint that a partner reads back to us on the telephone."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        bureaus = agencies.bureaus(conn, site.home.code)
        sealed = audit.head(conn)
    return page(
        request,
        "partner/node.html",
        fingerprint=fingerprint(site.keyring.current.public),
        since=site.keyring.current.since,
        previous=fingerprint(site.keyring.previous.public) if site.keyring.previous else "",
        url=site.config.url,
        bureaus=bureaus,
        sealed=sealed,
    )


ROUTES: list[ControllerRouterHandler] = [partners, partner, proposal, propose, accept, settle, decline, end, node]
