"""Who is on the floor: somebody of the newsroom, a guest with a personal link, or anybody; and what they may do there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import anyio.to_thread
from litestar import Request, Response
from litestar.datastructures import Cookie, State
from litestar.response import Redirect
from msgspec import Struct

from dragoman.desk.floor.asking import Asker
from dragoman.desk.floor.running import Desk
from dragoman.model.errors import NotAccepted, NotFound, Refused
from dragoman.planning.floor.hall import Asked, Hall
from dragoman.store import floor as store
from dragoman.store import people
from dragoman.store.connect import Connection, borrowed
from dragoman.store.floor import Guest
from dragoman.web.asking import COOKIE, Asking, read_form, refuse_foreign, stranger
from dragoman.web.render import html_response, render
from dragoman.web.site import Site, site_of
from dragoman.web.words import LANGUAGES, Words, words

FLOOR_COOKIE = "dragoman_floor"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FloorPage = Request[Any, Any, State]


class Visitor(Struct, frozen=True, kw_only=True):
    """`asking` for the newsroom, `guest` for who came by a link; neither: anybody. `reading`: the language in which they
    would read what is said; `quietly`: a script asks, and wants no page in answer."""

    asking: Asking | None = None
    guest: Guest | None = None
    csrf: str = ""
    words: Words
    reading: str
    form: Mapping[str, str] = {}
    address: str = ""
    quietly: bool = False

    @property
    def name(self) -> str:
        return self.asking.person.name if self.asking else self.guest.name if self.guest else ""

    @property
    def who(self) -> str:
        """Tells people apart on this node; empty for anybody."""
        if self.asking:
            return f"person {self.asking.person.id}"
        return f"guest {self.guest.id}" if self.guest else ""

    def may(self, act: str) -> bool:
        return self.asking is not None and self.asking.may(act)


class May(Struct, frozen=True, kw_only=True):
    """What a visitor may do on one floor."""

    see: bool = False
    ask: bool = False
    moderate: bool = False
    answer: bool = False
    interpret: bool = False
    set_up: bool = False

    @property
    def see_all(self) -> bool:
        """Pending questions too, and what is off the record."""
        return self.moderate or self.answer or self.interpret


def may(visitor: Visitor, hall: Hall, home: str, now: datetime) -> May:
    """A person of the newsroom by the role and our agency's part in the floor; a guest by the accreditation."""
    if visitor.asking:
        moderates = visitor.may("moderate") and home in hall.moderators
        answers = moderates or (visitor.may("moderate") and home in hall.floor.record.answerers)
        return May(
            see=True,
            ask=visitor.may("plan"),
            moderate=moderates,
            answer=answers,
            interpret=answers,
            set_up=visitor.may("plan") and home == hall.floor.made.agency,
        )
    if visitor.guest and (visitor.guest.project, visitor.guest.floor) == (hall.project, hall.id):
        role = visitor.guest.role
        speaks = role == "speaker"
        return May(see=True, ask=role == "journalist", answer=speaks, interpret=speaks or role == "interpreter")
    return May(see=hall.floor.record.public and not is_embargoed(hall, now))


def is_embargoed(hall: Hall, now: datetime) -> bool:
    until = hall.floor.record.embargoed_until
    return until is not None and now < until


def asker(visitor: Visitor, home: str) -> Asker:
    """As whom a visitor asks."""
    guest = visitor.guest
    if guest is None:
        return Asker(who=visitor.who, name=visitor.name, agency=home)
    return Asker(who=visitor.who, name=guest.name, agency=guest.agency, outlet=guest.outlet)


def desk_of(conn: Connection, site: Site, visitor: Visitor, project: str, id: str) -> Desk:
    """The visitor at work on this floor."""
    guest = visitor.guest
    by = f"{guest.name}, {guest.outlet}" if guest else visitor.name
    return Desk(conn=conn, keyring=site.keyring, project=project, id=id, by=by[:500], now=datetime.now(UTC))


def own(visitor: Visitor, conn: Connection, hall: Hall) -> tuple[Asked, ...]:
    """The questions this visitor asked here, oldest first."""
    if not visitor.who:
        return ()
    ids = store.asked_by(conn, hall.project, hall.id, visitor.who)
    return tuple(one for id in ids if (one := hall.find(id)))


# ------------------------------------------------------------------------------------------------ at the door


async def before_floor(request: Request[Any, Any, State]) -> None:
    """See who is there. A form must carry the token of its session, whichever that is.

    Raises:
        NotAccepted: a form came from nobody we know.
        Refused: it is not one of ours.
    """
    site = site_of(request)
    person, visit = await anyio.to_thread.run_sync(_known, site, request)
    csrf = person.csrf if person else visit.csrf if visit else ""
    form: dict[str, str] = {}
    if request.method not in SAFE:
        if not csrf:
            raise NotAccepted(
                "Say who you are", "you are not on this floor, or no longer", hint="Open your personal link again."
            )
        form = await read_form(request)
        refuse_foreign(request, form, csrf)
    spoken = _words(request, person, visit)
    asking = None
    if person:
        asking = Asking(person=person.person, csrf=csrf, words=spoken, form=form)
        request.scope["user"] = asking
    request.scope["visitor"] = Visitor(  # type: ignore[typeddict-unknown-key]
        asking=asking,
        guest=None if person or not visit else visit.guest,
        csrf=csrf,
        words=spoken,
        reading=request.query_params.get("language", "")[:20] or _own_language(visit) or spoken.language,
        form=form,
        address=request.client.host if request.client else "",
        quietly=request.headers.get("x-floor", "") == "quietly",
    )


def _known(site: Site, request: Request[Any, Any, State]) -> tuple[people.Session | None, store.Visit | None]:
    mine, theirs = request.cookies.get(COOKIE, ""), request.cookies.get(FLOOR_COOKIE, "")
    if not mine and not theirs:
        return None, None
    with borrowed(site.newsroom) as conn:
        return people.session(conn, mine), store.visit(conn, theirs)


def _own_language(visit: store.Visit | None) -> str:
    return visit.guest.language if visit else ""


def _words(request: Request[Any, Any, State], person: people.Session | None, visit: store.Visit | None) -> Words:
    if person:
        return words(person.person.language)
    asked = request.query_params.get("language", "") or _own_language(visit)
    primary = asked.split("-")[0].lower()
    return words(primary) if primary in LANGUAGES else stranger(request)


def visitor_of(request: Request[Any, Any, State]) -> Visitor:
    found = request.scope["visitor"]  # type: ignore[typeddict-item]
    assert isinstance(found, Visitor)
    return found


def turned_away(request: FloorPage, hall: Hall) -> Redirect:
    """Where somebody is sent whom we do not know: to the newsroom's log-in.

    Raises:
        Refused: it is somebody of the newsroom, and the page is the moderators'.
        NotFound: it is a guest, for whom there is no such page.
    """
    visitor = visitor_of(request)
    if visitor.asking:
        raise Refused(
            "This is for the floor's moderators", ", ".join(hall.moderators), hint=f"Follow it at {_base(hall)}."
        )
    if visitor.guest:
        raise NotFound("There is no such page for you", hall.id, hint="Open your personal link again.")
    return Redirect(f"/login?next={quote(request.url.path)}", status_code=303)


def _base(hall: Hall) -> str:
    return f"/floor/{hall.project}/{hall.id}"


def must(allowed: bool, act: str) -> None:
    """
    Raises:
        Refused: the visitor may not do this here.
    """
    if not allowed:
        raise Refused(f"You may not do this here: {act}", hint="The floor's moderators may.", kept="Everything.")


def shown(request: FloorPage, template: str, *, status: int = 200, **values: Any) -> Response[str]:
    """A page for whoever is there. Never stored by anybody."""
    visitor = visitor_of(request)
    values.setdefault("path", request.url.path)
    html = render(
        site_of(request), visitor.words, template, asking=visitor.asking, visitor=visitor, csrf=visitor.csrf, **values
    )
    return html_response(html, status)


def cookie(site: Site, value: str, max_age: int) -> Cookie:
    """The guest's, for the floor alone."""
    return Cookie(
        key=FLOOR_COOKIE,
        value=value,
        max_age=max_age,
        path="/floor",
        httponly=True,
        samesite="lax",
        secure=site.secure_cookies,
    )
