"""Logging in and out, the language of the interface, and where a visit begins."""

import secrets
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie, State
from litestar.params import FromQuery
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.model.errors import NotAccepted, Refused
from dragoman.store import audit, people
from dragoman.store.connect import borrowed
from dragoman.web.asking import COOKIE, Page, before_page, read_form, refuse_foreign, stranger
from dragoman.web.render import html_response, render
from dragoman.web.site import Site, site_of
from dragoman.web.words import LANGUAGES

_Visit = Request[Any, Any, State]
_FORM = "dragoman_form"


@get("/", sync_to_thread=False)
def start(request: _Visit) -> Redirect:
    """To the wire; who has not logged in is sent on from there."""
    return Redirect("/wire", status_code=303)


@get("/login", sync_to_thread=False)
def show(request: _Visit, next: FromQuery[str] = "/wire") -> Response[str]:
    return _form(request, next)


@post("/login")
async def log_in(request: _Visit) -> Response[Any]:
    """A new session, its id never one that was there before. A wrong password shows the form again."""
    form = await read_form(request)
    # There is no session to hold a token yet: the form's must match a cookie of its own, which no other site can set.
    refuse_foreign(request, form, request.cookies.get(_FORM, ""))
    site, next = site_of(request), _ours(form.get("next", ""))
    old = request.cookies.get(COOKIE, "")
    try:
        cookie = await anyio.to_thread.run_sync(_log_in, site, form.get("name", ""), form.get("password", ""), old)
    except NotAccepted as error:
        return _form(request, next, name=form.get("name", ""), error=error)
    return Redirect(
        next, status_code=303, cookies=[_cookie(site, COOKIE, cookie, 14 * 3600), _cookie(site, _FORM, "", 0)]
    )


@post("/logout", before_request=before_page, sync_to_thread=True)
def log_out(request: Page) -> Redirect:
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        people.log_out(conn, request.cookies.get(COOKIE, ""))
    return Redirect("/login", status_code=303, cookies=[_cookie(site, COOKIE, "", 0)])


@post("/language", before_request=before_page, sync_to_thread=True)
def choose_language(request: Page) -> Redirect:
    """The interface's language for this person from now on, and back to the page they came from."""
    language = request.user.form.get("language", "")
    if language not in LANGUAGES:
        raise Refused("The interface does not speak this language", language)
    with borrowed(site_of(request).newsroom) as conn:
        people.set_language(conn, request.user.person.id, language)
    return Redirect(_ours(request.user.form.get("next", "")), status_code=303)


def _log_in(site: Site, name: str, password: str, old: str) -> str:
    with borrowed(site.newsroom) as conn:
        cookie = people.log_in(conn, name, password, old)
        audit.record(conn, name, "logged in")
        return cookie


def _form(request: _Visit, next: str, *, name: str = "", error: NotAccepted | None = None) -> Response[str]:
    site = site_of(request)
    token = request.cookies.get(_FORM, "") or secrets.token_urlsafe(24)
    html = render(
        site,
        stranger(request),
        "session/login.html",
        next=_ours(next),
        name=name,
        error=error,
        token=token,
        path="/login",
    )
    response = html_response(html, error.status if error else 200)
    response.cookies.append(_cookie(site, _FORM, token, 3600))
    return response


def _ours(target: str) -> str:
    """`target` where it is an address on this node, else the wire: nobody is sent elsewhere by a link to our log-in."""
    parts = urlsplit(target)
    here = target.startswith("/") and not parts.scheme and not parts.netloc and "\\" not in target
    return target if here and target.isprintable() and not target.startswith(("//", "/login")) else "/wire"


def _cookie(site: Site, name: str, value: str, max_age: int) -> Cookie:
    return Cookie(
        key=name, value=value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=site.secure_cookies
    )


ROUTES: list[ControllerRouterHandler] = [start, show, log_in, log_out, choose_language]
