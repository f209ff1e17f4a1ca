"""What goes wrong, told in one shape: a page for people, problem+json (RFC 9457) for programs. Nothing inner shows."""

import secrets
from typing import Any

import msgspec
import structlog
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from dragoman.model.errors import DragomanError, Problem
from dragoman.web.asking import Asking, stranger
from dragoman.web.render import html_response, render
from dragoman.web.site import site_of

_log = structlog.get_logger("dragoman.web")
_Any = Request[Any, Any, State]

_SAID = {
    400: ("This cannot be read", "Look at the fields named and send it again."),
    401: ("Say who you are", "Log in, or send a token."),
    403: ("This is not allowed", ""),
    404: ("There is nothing here", "Look at the address, or start from the wire."),
    405: ("This cannot be done here", "The address is right, the method is not."),
    413: ("This is too large", "Send less at once."),
    415: ("This kind of content is not taken here", "Look at the Content-Type."),
    429: ("Too much at once", "Wait a little."),
}


def known(request: _Any, error: DragomanError) -> Response[Any]:
    """One of our own: it says what happened, what was kept and what to do."""
    if error.status >= 500:
        _log.error("error shown", id=error.id, title=error.title, detail=error.detail, path=request.url.path)
    return answer(request, told(error))


def told(error: DragomanError) -> Problem:
    """What is told of it. The words of the database or the disk stay here: they name paths, hosts and tables."""
    problem = error.problem()
    inner = error.status >= 500 and error.__cause__ is not None
    return msgspec.structs.replace(problem, detail="") if inner else problem


def refused(request: _Any, error: HTTPException) -> Response[Any]:
    """The framework's refusals (a bad field, an unknown address) in our words."""
    if error.status_code >= 500:
        return unexpected(request, error)
    title, hint = _SAID.get(error.status_code, ("This was refused", ""))
    problem = Problem(
        type=f"urn:dragoman:problem:http-{error.status_code}",
        title=title,
        status=error.status_code,
        detail="" if error.status_code in (404, 405) else _fields(error),
        hint=hint,
        id=secrets.token_hex(4),
    )
    response = answer(request, problem)
    for name, value in (error.headers or {}).items():
        response.set_header(name, value)
    return response


def unexpected(request: _Any, error: Exception) -> Response[Any]:
    """A fault of ours: logged whole under an id, shown as that id."""
    problem = Problem(
        type="urn:dragoman:problem:unexpected",
        title="Something went wrong here",
        status=500,
        detail="It has been written down and is not your doing.",
        hint="Try once more; if it stays, give the id to your operator.",
        kept="Everything that was stored before.",
        id=secrets.token_hex(4),
    )
    _log.error("unexpected error", id=problem.id, path=request.url.path, method=request.method, exc_info=error)
    return answer(request, problem)


def too_deep(request: _Any, error: RecursionError) -> Response[Any]:
    """What was sent is nested deeper than anything of ours: whoever sent it can mend that."""
    _log.warning("nested too deep", path=request.url.path, method=request.method)
    title, hint = _SAID[400]
    detail = "nested too deep"
    return answer(request, Problem("urn:dragoman:problem:http-400", title, 400, detail, hint, id=secrets.token_hex(4)))


def answer(request: _Any, problem: Problem) -> Response[Any]:
    """The problem in the form that whoever asked can read."""
    if "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/api/"):
        return _shown(request, problem)
    headers = {"cache-control": "no-store"}
    if problem.status == 401:
        headers["www-authenticate"] = 'Bearer realm="dragoman"'
    if problem.status == 503:
        headers["retry-after"] = "5"
    return Response(
        msgspec.json.encode(problem), status_code=problem.status, media_type="application/problem+json", headers=headers
    )


def _shown(request: _Any, problem: Problem) -> Response[Any]:
    asking = request.scope.get("user")
    mine = asking if isinstance(asking, Asking) else None
    html = render(
        site_of(request),
        mine.words if mine else stranger(request),
        "error.html",
        asking=mine,
        problem=problem,
        path=request.url.path,
    )
    return html_response(html, problem.status)


def _fields(error: HTTPException) -> str:
    extra = error.extra if isinstance(error.extra, list) else []
    named = [f"{one.get('key', '')}: {one.get('message', '')}" for one in extra if isinstance(one, dict)]
    return "; ".join(named)[:500] or str(error.detail)[:500]


HANDLERS: ExceptionHandlersMap = {
    DragomanError: known,
    HTTPException: refused,
    RecursionError: too_deep,
    Exception: unexpected,
}
