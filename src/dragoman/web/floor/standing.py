"""What every page of a floor begins with: the floor as it stands, who looks at it, and what they may do."""

from datetime import UTC, datetime

from msgspec import Struct

from dragoman.planning.floor.hall import Asked, Hall
from dragoman.web.floor.drawing import Key, View
from dragoman.web.floor.halls import Halls
from dragoman.web.floor.sheet import Sheet
from dragoman.web.floor.visitor import FloorPage, May, Visitor, may, visitor_of
from dragoman.web.site import Site, site_of


class Here(Struct, frozen=True, kw_only=True):
    """One visitor on one floor at one moment. `title` and its language: what this visitor may know the event by."""

    site: Site
    halls: Halls
    visitor: Visitor
    hall: Hall
    may: May
    now: datetime

    @property
    def base(self) -> str:
        """The address of the floor's pages."""
        return f"/floor/{self.hall.project}/{self.hall.id}"

    @property
    def titled(self) -> tuple[str, str]:
        """The event's title and its language; its public one for whom it is under embargo."""
        event = self.hall.event.record if self.hall.event else None
        if event is None:
            return self.hall.id, ""
        hidden = event.embargoed_until is not None and self.now < event.embargoed_until
        if hidden and self.visitor.asking is None:
            return event.public_title or self.hall.id, ""
        language = self.visitor.words.language
        return event.title(language) or self.hall.id, event.language(language)

    def key(self, view: View) -> Key:
        return Key(view, self.visitor.words.language, self.visitor.reading)

    def sheet(self, view: View) -> Sheet:
        return self.halls.sheet(self.hall.project, self.hall.id, self.key(view))[1]


def halls_of(request: FloorPage) -> Halls:
    found = request.app.state.halls
    assert isinstance(found, Halls)
    return found


def here(request: FloorPage, project: str, id: str) -> Here:
    """
    Raises:
        NotFound: no floor has been opened at this event.
    """
    site, visitor, now = site_of(request), visitor_of(request), datetime.now(UTC)
    halls = halls_of(request)
    hall = halls.look(project, id)
    return Here(
        site=site,
        halls=halls,
        visitor=visitor,
        hall=hall,
        may=may(visitor, hall, site.home.code, now),
        now=now,
    )


def readable(found: Here, asked: Asked, own: tuple[Asked, ...]) -> bool:
    """May this visitor read this question at all?"""
    return asked.is_public or found.may.see_all or any(one.id == asked.id for one in own)
