"""Who is asking: the session behind a page's cookie, or the token behind an API call; checked before any handler runs."""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import anyio.to_thread
from litestar import Request
from litestar.datastructures import State
from litestar.response import Redirect
from msgspec import Struct

from dragoman.model.agreement import Verdict
from dragoman.model.errors import NotAccepted, Refused
from dragoman.store import people
from dragoman.store.connect import borrowed
from dragoman.web.site import Site, site_of
from dragoman.web.words import Words, wanted, words

COOKIE = "dragoman"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

RIGHTS: dict[str, tuple[str, ...]] = {
    "correct": ("editor", "desk head"),
    "hold": ("editor", "desk head"),
    "raw": ("editor", "desk head", "operator", "partner manager"),
    "release": ("desk head",),
    "kill": ("desk head",),
    "agree": ("partner manager",),
    "project": ("partner manager",),
    "plan": ("editor", "desk head", "partner manager"),
    "moderate": ("editor", "desk head", "partner manager"),
    "picture": ("editor", "desk head"),
    "translate": ("editor", "desk head"),
    "names": ("editor", "desk head", "partner manager"),
    "relate": ("partner manager", "desk head"),
    "register": ("editor", "desk head", "partner manager"),
    "operate": ("operator",),
    "audit": ("operator", "desk head", "partner manager"),
}
"""What is done on pages and in the API, and whose role it is. An administrator may do all of it, every person read."""


class Asking(Struct, frozen=True, kw_only=True):
    """A person of the newsroom and what came with the request. `csrf` is empty for a token's request."""

    person: people.Person
    csrf: str
    words: Words
    form: Mapping[str, str] = {}

    def may(self, act: str) -> bool:
        return self.person.may(*RIGHTS[act])

    def verdict(self, act: str) -> Verdict:
        """Whether the person's role allows `act`, and if not whose role it is."""
        if self.may(act):
            return Verdict(allowed=True)
        return Verdict(allowed=False, reasons=(", ".join(RIGHTS[act]),))

    def must(self, act: str) -> None:
        """
        Raises:
            Refused: the person's role does not allow it.
        """
        if not self.may(act):
            raise Refused(
                f"Your role does not include this: {act}",
                f"you are {self.person.role}",
                hint=f"It is done by: {', '.join(RIGHTS[act])}, administrator.",
            )


Page = Request[Asking, Any, State]


async def before_page(request: Request[Any, Any, State]) -> Redirect | None:
    """Let a logged-in person pass; send everybody else to the log-in page. Forms must carry the session's token.

    Raises:
        Refused: the form is not one of ours, or came from another site.
    """
    site = site_of(request)
    found = await anyio.to_thread.run_sync(_session, site, request.cookies.get(COOKIE, ""))
    if found is None:
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(f"/login?next={quote(target if request.method in _SAFE else '/wire')}", status_code=303)
    form: dict[str, str] = {}
    if request.method not in _SAFE:
        form = await read_form(request)
        refuse_foreign(request, form, found.csrf)
    request.scope["user"] = Asking(person=found.person, csrf=found.csrf, words=words(found.person.language), form=form)
    return None


async def before_call(request: Request[Any, Any, State]) -> None:
    """Let an API call pass that has a newsroom token, or a session (with its token in a header on unsafe methods).

    Raises:
        NotAccepted: neither is there, or it is no longer good.
        Refused: the token belongs to a partner, or the call came from another site.
    """
    site = site_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        person = await anyio.to_thread.run_sync(_bearer, site, token.strip())
        request.scope["user"] = Asking(person=person, csrf="", words=words("en"))
        return
    found = await anyio.to_thread.run_sync(_session, site, request.cookies.get(COOKIE, ""))
    if found is None:
        raise NotAccepted(
            "Say who you are", "no token and no session", hint="Authorization: Bearer dgm_…; `dragoman token add`."
        )
    if request.method not in _SAFE:
        refuse_foreign(request, {"csrf": request.headers.get("x-csrf-token", "")}, found.csrf)
    request.scope["user"] = Asking(person=found.person, csrf=found.csrf, words=words(found.person.language))


async def read_form(request: Request[Any, Any, State]) -> dict[str, str]:
    """The fields of a form; files are not taken."""
    fields = await request.form()
    return {name: value for name, value in fields.items() if isinstance(value, str)}


def refuse_foreign(request: Request[Any, Any, State], form: Mapping[str, str], csrf: str) -> None:
    """
    Raises:
        Refused: the browser says that another site sent it, or the session's token is missing or wrong.
    """
    fetch_site = request.headers.get("sec-fetch-site", "")
    good = fetch_site in ("", "same-origin", "none") and csrf
    if not good or not secrets.compare_digest(form.get("csrf", "").encode(), csrf.encode()):
        raise Refused(
            "This form is not from a page of ours",
            "its token is missing or belongs to another session",
            hint="Open the page again and repeat it.",
            kept="Nothing was done.",
        )


def stranger(request: Request[Any, Any, State]) -> Words:
    """The words for somebody who has not logged in: what the browser asks for."""
    return words(wanted(request.headers.get("accept-language", "")))


def _session(site: Site, cookie: str) -> people.Session | None:
    if not cookie:
        return None
    with borrowed(site.newsroom) as conn:
        return people.session(conn, cookie)


def _bearer(site: Site, token: str) -> people.Person:
    with borrowed(site.newsroom) as conn:
        found = people.bearer(conn, token) if token.startswith("dgm_") else None
    if found is None:
        raise NotAccepted("This token is not good", "unknown, ended or its user disabled", hint="`dragoman token add`.")
    if found.person is None:
        raise Refused(
            "This token belongs to a partner", found.agency, hint="Partners read the exchange, not the newsroom."
        )
    return found.person
