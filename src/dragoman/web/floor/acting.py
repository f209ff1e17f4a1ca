"""What is done on a floor by forms: questions asked, moved, answered and interpreted; the floor run.

After a mistake the page comes back with what was typed. A script may ask for no page in answer (``X-Floor: quietly``).
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal
from urllib.parse import urlencode

from litestar import Response, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler
from msgspec import Struct
from msgspec.structs import replace

from dragoman.desk import projects
from dragoman.desk.floor import asking, moderating, running
from dragoman.desk.floor.running import Desk
from dragoman.model.errors import BadInput, DragomanError, NotFound
from dragoman.planning.floor.hall import Asked
from dragoman.planning.floor.wording import put_right
from dragoman.store.connect import borrowed
from dragoman.web.floor.standing import Here, here
from dragoman.web.floor.views import by_itself, public_view
from dragoman.web.floor.visitor import FloorPage, May, asker, desk_of, must, own

Form = Mapping[str, str]


# ------------------------------------------------------------------------------------------------ asking


@post("/floor/{project:str}/{id:str}/ask", sync_to_thread=True)
def ask(request: FloorPage, project: FromPath[str], id: FromPath[str]) -> Response[Any]:
    """A question from the newsroom or from a guest."""
    found = here(request, project, id)
    must(found.may.ask, "ask")
    visitor = found.visitor
    try:
        with borrowed(found.site.newsroom) as conn:
            desk = desk_of(conn, found.site, visitor, project, id)
            who = asker(visitor, found.site.home.code)
            sent = asking.ask(desk, who, _wanted(visitor.form), address=visitor.address)
            projects.wake(conn)
    except DragomanError as error:
        return public_view(request, _put_right(found), status=error.status, error=error)
    told = urlencode({"sent": sent.question.id} | ({"signs": " ".join(sent.signs)} if sent.signs else {}))
    return Redirect(f"{found.base}?{told}#mine", status_code=303)


def _wanted(form: Form) -> asking.Wanted:
    return asking.Wanted(
        text=form.get("text", ""),
        language=form.get("language", ""),
        to=form.get("to", ""),
        anonymous=bool(form.get("anonymous")),
        on_record=not form.get("off_record"),
    )


def _put_right(found: Here) -> Here:
    """The form as it comes back: the text without its markup, everything else as typed."""
    form = found.visitor.form
    text = put_right(form.get("text", ""))
    return replace(found, visitor=replace(found.visitor, form={**form, "text": text.text or form.get("text", "")}))


# ------------------------------------------------------------------------------------------------ one question

Where = Literal["list", "question", "mine"]


class Deed(Struct, frozen=True):
    """Something done with one question: who may, what is done, where its page leads then."""

    may: Callable[[May, bool], bool]
    do: Callable[[Desk, Asked, Form], object]
    leads: Where = "list"


def _moderates(may: May, is_mine: bool) -> bool:
    return may.moderate


def _answers(may: May, is_mine: bool) -> bool:
    return may.answer


def _interprets(may: May, is_mine: bool) -> bool:
    return may.interpret


def _its_own(may: May, is_mine: bool) -> bool:
    return is_mine


def _answering(form: Form) -> moderating.Answering:
    return moderating.Answering(
        speaker=form.get("speaker", ""),
        text=form.get("text", ""),
        language=form.get("language", ""),
        written=bool(form.get("written")),
        on_record=not form.get("off_record"),
    )


def _given(asked: Asked, form: Form) -> str:
    id = form.get("answer", "")
    if not any(one.id == id for one in asked.answers):
        raise NotFound("There is no such answer to this question", id)
    return id


def _said(asked: Asked, form: Form) -> str:
    """The question itself, or the answer named."""
    return _given(asked, form) if form.get("answer") else asked.id


def _shift(by: int) -> Callable[[Desk, Asked, Form], object]:
    def shifted(desk: Desk, asked: Asked, form: Form) -> None:
        queue = [one.id for one in moderating.hall_of(desk).standing(asked.standing)]
        moderating.move(desk, asked.id, queue.index(asked.id) + 1 + by)

    return shifted


def _placed(desk: Desk, asked: Asked, form: Form) -> None:
    number = form.get("number", "")
    if not number.isdecimal() or not 0 < int(number) < 10_000:
        raise BadInput("Say which place it gets", number, hint="A number from 1.", kept="The order as it was.")
    moderating.move(desk, asked.id, int(number))


DEEDS: Final[Mapping[str, Deed]] = {
    "accept": Deed(_moderates, lambda desk, asked, form: moderating.accept(desk, asked.id)),
    "back": Deed(_moderates, lambda desk, asked, form: moderating.put_back(desk, asked.id)),
    "now": Deed(_moderates, lambda desk, asked, form: moderating.ask_now(desk, asked.id)),
    "answered": Deed(_moderates, lambda desk, asked, form: moderating.answered(desk, asked.id)),
    "decline": Deed(_moderates, lambda desk, asked, form: moderating.decline(desk, asked.id, form.get("reason", ""))),
    "merge": Deed(_moderates, lambda desk, asked, form: moderating.merge(desk, asked.id, form.get("into", ""))),
    "up": Deed(_moderates, _shift(-1)),
    "down": Deed(_moderates, _shift(1)),
    "place": Deed(_moderates, _placed),
    "strike": Deed(_moderates, lambda d, asked, form: moderating.strike(d, _said(asked, form)), "question"),
    "restore": Deed(
        _moderates, lambda d, asked, form: moderating.strike(d, _said(asked, form), struck=False), "question"
    ),
    "answer": Deed(
        _answers,
        lambda desk, asked, form: moderating.answer(
            desk, asked.id, _answering(form), finishes=bool(form.get("finishes"))
        ),
    ),
    "put-right": Deed(
        _answers, lambda d, asked, form: moderating.reanswer(d, _given(asked, form), _answering(form)), "question"
    ),
    "unanswer": Deed(_answers, lambda d, asked, form: moderating.unanswer(d, _given(asked, form)), "question"),
    "interpret": Deed(
        _interprets,
        lambda d, asked, form: moderating.interpret(
            d, _said(asked, form), form.get("language", ""), form.get("text", "")
        ),
        "question",
    ),
    "reword": Deed(_its_own, lambda d, asked, form: asking.reword(d, asked.id, _wanted(form)), "mine"),
    "withdraw": Deed(_its_own, lambda d, asked, form: asking.withdraw(d, asked.id), "mine"),
}
"""Everything that is done with a question, by the last part of its address."""


@post("/floor/{project:str}/{id:str}/question/{question:str}/{deed:str}", sync_to_thread=True)
def act(
    request: FloorPage, project: FromPath[str], id: FromPath[str], question: FromPath[str], deed: FromPath[str]
) -> Response[Any]:
    """Do it, and back to where the visitor works."""
    found = here(request, project, id)
    wanted = DEEDS.get(deed)
    asked = found.hall.find(question)
    if wanted is None or asked is None:
        raise NotFound(f"There is no {deed!r} of a question {question} here")
    with borrowed(found.site.newsroom) as conn:
        is_mine = any(one.id == question for one in own(found.visitor, conn, found.hall))
        must(wanted.may(found.may, is_mine), deed)
        try:
            wanted.do(desk_of(conn, found.site, found.visitor, project, id), asked, found.visitor.form)
        except DragomanError as error:
            if found.visitor.quietly:
                raise
            return by_itself(request, here(request, project, id), question, status=error.status, error=error)
        projects.wake(conn)
    if found.visitor.quietly:
        return Response(None, status_code=204)
    return Redirect(_target(found, question, wanted.leads), status_code=303)


def _target(found: Here, question: str, leads: Where) -> str:
    if leads == "question":
        return f"{found.base}/question/{question}"
    if leads == "list" and found.may.see_all:
        return f"{found.base}/moderator#q-{question}"
    return f"{found.base}#mine"


# ------------------------------------------------------------------------------------------------ the floor


@post("/floor/{project:str}/{id:str}/state/{wanted:str}", sync_to_thread=True)
def go(request: FloorPage, project: FromPath[str], id: FromPath[str], wanted: FromPath[str]) -> Response[Any]:
    """Take the floor on: ``taking-questions``, ``live``, ``closed``."""
    found = here(request, project, id)
    must(found.may.moderate, "run the floor")
    with borrowed(found.site.newsroom) as conn:
        running.go(desk_of(conn, found.site, found.visitor, project, id), wanted.replace("-", " "))
        projects.wake(conn)
    return Redirect(f"{found.base}/moderator", status_code=303)


ROUTES: list[ControllerRouterHandler] = [ask, act, go]
