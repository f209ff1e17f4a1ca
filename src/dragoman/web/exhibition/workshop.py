"""What every page of the workshop stands on: the exhibition as it is, who may change it, how a form comes back."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Response
from litestar.response import Redirect
from msgspec import Struct

from dragoman.desk import exhibitions, projects
from dragoman.model.errors import DragomanError, Problem
from dragoman.model.project import Member
from dragoman.model.taken import WhenTaken
from dragoman.planning.captions import worded
from dragoman.planning.exhibition import Picture, Said, Whole, said
from dragoman.planning.exhibition_checks import Finding, findings
from dragoman.planning.exhibition_rules import author
from dragoman.planning.hanging import PrintSize, largest, print_size
from dragoman.planning.rights_table import standings
from dragoman.read.taken_said import say_taken
from dragoman.store.connect import Connection, borrowed
from dragoman.store.media import rendition_path
from dragoman.store.projects import find_record
from dragoman.trust.keys import Keyring
from dragoman.web.asking import Asking, Page
from dragoman.web.render import page
from dragoman.web.site import site_of

RIGHT = "picture"
"""What a person's role must include to work here."""
Act = Callable[[Connection, Keyring, str, datetime], object]
"""What a form does: with the keys, the person's name, and now."""


class Sight(Struct, frozen=True, kw_only=True):
    """A picture as the workshop shows it. `number` is its place on the wall, 0 where it is not selected; addresses are empty
    where there is nothing to look at; `mine` are the viewer's own stars, None where they have given none."""

    picture: Picture
    number: int
    headline: Said
    alt: Said
    taken: str
    thumbnail: str
    preview: str
    mine: int | None
    size: PrintSize | None
    at_200: tuple[int, int]
    at_300: tuple[int, int]

    @property
    def id(self) -> str:
        return self.picture.id


class Bench(Struct, frozen=True, kw_only=True):
    """The exhibition on the table. `why` says which of three things keeps the viewer from changing it: their ``role``, the
    agency being a ``reader`` of the project, the exhibition being ``closed``; empty: nothing does."""

    whole: Whole
    title: Said
    sights: tuple[Sight, ...]
    found: tuple[Finding, ...]
    why: str
    is_maker: bool
    me: str
    now: datetime

    @property
    def may(self) -> bool:
        return not self.why

    @property
    def base(self) -> str:
        return f"/exhibition/{self.whole.project}/{self.whole.id}"

    @property
    def selected(self) -> tuple[Sight, ...]:
        return tuple(one for one in self.sights if one.number)

    def sight(self, id: str) -> Sight | None:
        return next((one for one in self.sights if one.id == id), None)

    @property
    def cleared(self) -> int:
        """Selected pictures cleared for every use."""
        today = self.now.date()
        return sum(all(one.is_cleared for one in standings(self.whole, each.picture, today)) for each in self.selected)

    def captioned(self, language: str) -> int:
        """Selected pictures whose words in `language` are complete."""
        words = [worded(self.whole, each.picture, language) for each in self.selected]
        return sum(bool(one.text and one.alt and one.credit) for one in words)

    @property
    def blocking(self) -> int:
        return sum(one.severity == "blocks" for one in self.found)


def bench(request: Page, conn: Connection, project: str, id: str) -> Bench:
    """The exhibition as the person who asks sees it."""
    site, asking, now = site_of(request), request.user, datetime.now(UTC)
    whole = exhibitions.opened(conn, project, id)
    member = find_record(conn, Member, project, site.home.code)
    language = asking.words.language
    numbers = {one.id: at for at, one in enumerate(whole.selected, 1)}
    return Bench(
        whole=whole,
        title=said(whole.record.titles, language, whole.record.languages),
        sights=tuple(
            _sight(one, numbers.get(one.id, 0), language, site.home.code, asking.person.name) for one in whole.pictures
        ),
        found=findings(whole, now),
        why=_why(asking, whole, member.record if member else None),
        is_maker=whole.maker == site.home.code,
        me=author(site.home.code, asking.person.name),
        now=now,
    )


def _why(asking: Asking, whole: Whole, member: Member | None) -> str:
    if not asking.may(RIGHT):
        return "role"
    if member is None or not member.is_in or member.role == "reader":
        return "reader"
    return "closed" if whole.record.state == "closed" else ""


def _sight(picture: Picture, number: int, language: str, agency: str, person: str) -> Sight:
    lying = picture.lying if picture.lying and picture.lying.is_usable else None
    shown = bool(lying and lying.is_shown)
    vote = picture.vote_of(agency, person)
    width, height = (lying.width, lying.height) if lying else (0, 0)
    digest = lying.digest if lying else ""
    return Sight(
        picture=picture,
        number=number,
        headline=Said(picture.headline, lying.language if lying else ""),
        alt=said(lying.alts, language) if lying else Said("", language),
        taken=_taken(lying.taken, language) if lying else "",
        thumbnail=rendition_path(digest, "thumbnail") if shown else "",
        preview=rendition_path(digest, "preview") if shown else "",
        mine=vote.stars if vote else None,
        size=print_size(width, height, picture.record.width_mm, picture.record.height_mm),
        at_200=largest(width, height, 200),
        at_300=largest(width, height, 300),
    )


def _taken(taken: WhenTaken | None, language: str) -> str:
    return say_taken(taken, language) if taken else ""


def workshop_page(
    request: Page, found: Bench, template: str, tab: str, *, status: int = 200, **values: Any
) -> Response[str]:
    """One of the workshop's pages, with the exhibition's head and its tabs."""
    return page(
        request,
        f"exhibition/{template}.html",
        status=status,
        bench=found,
        whole=found.whole,
        exhibition=found.whole.record,
        tab=tab,
        **{"problem": None, "form": request.user.form, **values},
    )


def acted(request: Page, project: str, id: str, act: Act, *, to: str = "") -> Redirect:
    """Do it for the person who asks, wake the followers, and go back to where the form stood."""
    done(request, act)
    base = f"/exhibition/{project}/{id}"
    target = request.user.form.get("next", "")
    inside = target.startswith((f"{base}/", f"{base}#", f"{base}?")) and "\\" not in target
    return Redirect(target if inside else f"{base}{to}", status_code=303)


def done(request: Page, act: Act) -> object:
    """What `act` gives, in a connection of the newsroom.

    Raises:
        Refused: the person's role does not include it, or the project's rules do not.
    """
    request.user.must(RIGHT)
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        result = act(conn, site.keyring, request.user.person.name, datetime.now(UTC))
        projects.wake(conn)
    return result


def tried(request: Page, act: Act) -> Problem | None:
    """Do it; the problem where it cannot be done, for a form that comes back filled."""
    try:
        done(request, act)
    except DragomanError as error:
        if error.status >= 500:
            raise
        return error.problem()
    return None
