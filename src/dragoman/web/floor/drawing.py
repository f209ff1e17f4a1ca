"""A floor drawn as a sheet, for one view in one pair of languages: that of the interface, and that to be read."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal, get_args

from msgspec import Struct

from dragoman.planning.floor.fairness import shares, suggestion
from dragoman.planning.floor.hall import Asked, Hall, Standing
from dragoman.web.floor.sheet import Piece, Sheet, sealed
from dragoman.web.render import Clock, environment
from dragoman.web.site import Site
from dragoman.web.words import words

View = Literal["moderator", "interpreter", "speaker", "public"]
VIEWS: Final[tuple[View, ...]] = get_args(View)


class Key(Struct, frozen=True):
    """Everybody with the same key sees the same sheet."""

    view: View
    language: str
    reading: str


class Drawn(Struct, frozen=True):
    """A piece as it was drawn, and from what: it is drawn anew only where that has changed."""

    source: object
    html: str


Kept = dict[str, Drawn]


def draw(hall: Hall, key: Key, site: Site, names: Mapping[str, str], kept: Kept) -> Sheet:
    """The sheet. `names` of agencies by code; `kept` holds what was drawn the last time, and is brought up to date."""
    pen = _Pen(hall, key, site, names, kept)
    sheet = _VIEWS[key.view](pen)
    pen.forget()
    return sheet


class _Pen:
    """Draws pieces, those that are still right taken from what is kept."""

    def __init__(self, hall: Hall, key: Key, site: Site, names: Mapping[str, str], kept: Kept) -> None:
        self.hall, self.key, self._kept = hall, key, kept
        self._used: set[str] = set()
        spoken = words(key.language)
        values: dict[str, Any] = {
            "t": spoken,
            "words": spoken,
            "clock": Clock(site.home.zone, spoken, datetime.now(UTC)),
            "hall": hall,
            "names": names,
            "reading": key.reading,
            "view": key.view,
            "said_in": said_in,
            "base": f"/floor/{hall.project}/{hall.id}",
        }
        template = environment().get_template("floor/pieces.html")
        self._macros = template.make_module({**values, "asking": None, "home": site.home, "now": None})

    def piece(self, id: str, macro: str, *values: object) -> Piece:
        self._used.add(id)
        kept = self._kept.get(id)
        if kept is None or kept.source != (macro, values):
            html = str(getattr(self._macros, macro)(*values)).strip()
            kept = self._kept[id] = Drawn((macro, values), html)
        return Piece(id, kept.html)

    def rows(self, region: str, found: tuple[Asked, ...]) -> tuple[Piece, ...]:
        """The questions of a region; where there are none, a line that says so."""
        if not found:
            return (self.piece(f"none-{region}", "nothing", region),)
        return tuple(self.piece(f"q-{one.id}", "row", one, self._merged(one)) for one in found)

    def now(self) -> tuple[Piece, ...]:
        return (self.piece("now", "now_asking", self.hall.asking),)

    def state(self) -> tuple[Piece, ...]:
        return (self.piece("state", "state", self.hall.floor.record),)

    def _merged(self, one: Asked) -> tuple[Asked, ...]:
        return tuple(other for id in one.merged if (other := self.hall.find(id)))

    def forget(self) -> None:
        for id in self._kept.keys() - self._used:
            del self._kept[id]


def _desk(pen: _Pen) -> Sheet:
    """Everything, for who moves questions or interprets them."""
    hall = pen.hall
    regions = {
        "state": pen.state(),
        "counts": (pen.piece("counts", "counts", _counts(hall)),),
        "now": pen.now(),
        "next": (pen.piece("next", "next_up", suggestion(hall), hall.next),),
        "pending": pen.rows("pending", hall.standing("pending")),
        "accepted": pen.rows("accepted", hall.standing("accepted")),
        "answered": pen.rows("answered", hall.standing("answered")),
        "aside": pen.rows("aside", hall.standing("declined", "merged", "withdrawn")),
        "fairness": (pen.piece("fairness", "fairness", shares(hall)),),
    }
    return sealed(regions, {one.id: one.standing for one in hall.asked}, _words_of(hall.asking))


def _speaker(pen: _Pen) -> Sheet:
    """What is being asked, large, and what comes after it."""
    after = pen.hall.next
    regions = {"state": pen.state(), "now": pen.now(), "next": (pen.piece("next", "coming", after),)}
    return sealed(regions, {}, _words_of(pen.hall.asking))


def _public(pen: _Pen) -> Sheet:
    """What is on the list and on the record."""
    found = pen.hall.public()
    asking = next((one for one in found if one.standing == "asking"), None)
    regions = {
        "state": pen.state(),
        "now": (pen.piece("now", "now_asking", asking),),
        "accepted": pen.rows("accepted", _of(found, "accepted")),
        "answered": pen.rows("answered", _of(found, "answered")),
    }
    return sealed(regions, {one.id: one.standing for one in found}, _words_of(asking))


_VIEWS: Final[Mapping[View, Callable[[_Pen], Sheet]]] = {
    "moderator": _desk,
    "interpreter": _desk,
    "speaker": _speaker,
    "public": _public,
}


def _of(found: tuple[Asked, ...], standing: Standing) -> tuple[Asked, ...]:
    return tuple(one for one in found if one.standing == standing)


def _counts(hall: Hall) -> tuple[tuple[str, int], ...]:
    wanted: tuple[Standing, ...] = ("pending", "accepted", "answered", "declined", "merged", "withdrawn")
    return tuple((one, len(hall.standing(one))) for one in wanted)


def _words_of(asked: Asked | None) -> str:
    return asked.question.text[:200] if asked else ""


def said_in(said: Mapping[str, str], language: str) -> tuple[str, str] | None:
    """What somebody has put into `language`, with its tag; a variant of the language will do."""
    primary = language.split("-")[0]
    found = [language] if language in said else [tag for tag in said if tag.split("-")[0] == primary]
    return (found[0], said[found[0]]) if found else None
