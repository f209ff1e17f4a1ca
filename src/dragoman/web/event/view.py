"""A view of the diary as its address has it: days, what is wanted, how it is shown. The address is the state."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, Literal
from urllib.parse import urlencode

from msgspec import Struct
from msgspec.structs import replace

from dragoman.planning.diary import Wanted
from dragoman.planning.times import typed_day
from dragoman.query import QuerySyntax, Tree, parse

Shape = Literal["day", "week", "list"]
SHAPES: Final[tuple[Shape, ...]] = ("day", "week", "list")
COVERAGES: Final = ("wanted", "ours", "open", "none")
LONGEST = 92
"""Days that a list shows at once."""
LISTED = 30
FIRST, LAST = date(1600, 1, 1), date(2199, 12, 31)


class Mistake(Struct, frozen=True, kw_only=True):
    """Why the query cannot be read, pointed out in `pointed`."""

    title: str
    pointed: str
    hint: str


class View(Struct, frozen=True, kw_only=True):
    """`first` and `last`: the days shown, both included."""

    shape: Shape
    first: date
    last: date
    q: str = ""
    agency: str = ""
    kind: str = ""
    language: str = ""
    coverage: str = ""
    project: str = ""

    @property
    def is_filtered(self) -> bool:
        return any((self.q.strip(), self.agency, self.kind, self.language, self.coverage, self.project))

    def wanted(self, tree: Tree | None, home: str) -> Wanted:
        return Wanted(
            tree=tree,
            agency=self.agency,
            kind=self.kind,
            language=self.language,
            project=self.project,
            coverage=self.coverage,
            home=home,
        )

    def fields(self, **other: object) -> dict[str, object]:
        """The query part of its address."""
        said: dict[str, object] = {
            "view": self.shape,
            "day": self.first.isoformat(),
            "until": self.last.isoformat() if self.shape == "list" else "",
            **self.filters(),
        }
        return {name: value for name, value in (said | other).items() if value not in (None, "", False)}

    def filters(self) -> dict[str, object]:
        names = ("q", "agency", "kind", "language", "coverage", "project")
        return {name: value for name in names if (value := getattr(self, name))}

    def address(self, path: str = "/diary", **other: object) -> str:
        return f"{path}?{urlencode(self.fields(**other))}"

    def moved(self, steps: int) -> "View":
        """The same, so many days, weeks or lists later."""
        length = timedelta(days=((self.last - self.first).days + 1) * steps)
        first, last = self.first + length, self.last + length
        return replace(self, first=first, last=last) if first >= FIRST and last <= LAST else self


def view_of(asked: Mapping[str, str], today: date, week_starts: int) -> View:
    """The view that an address asks for; whatever cannot be read is as usual. `week_starts`: 0 is Monday."""
    shape = asked.get("view", "week")
    shape = shape if shape in SHAPES else "week"
    day = min(max(typed_day(asked.get("day", "")) or today, FIRST), LAST - timedelta(days=LONGEST))
    first, last = _days(shape, day, typed_day(asked.get("until", "")), week_starts)
    coverage = asked.get("coverage", "")
    return View(
        shape=shape,
        first=first,
        last=last,
        q=asked.get("q", "")[:2000],
        agency=asked.get("agency", ""),
        kind=asked.get("kind", ""),
        language=asked.get("language", ""),
        coverage=coverage if coverage in COVERAGES else "",
        project=asked.get("project", ""),
    )


def _days(shape: Shape, day: date, until: date | None, week_starts: int) -> tuple[date, date]:
    if shape == "day":
        return day, day
    if shape == "week":
        first = day - timedelta(days=(day.weekday() - week_starts) % 7)
        return first, first + timedelta(days=6)
    last = until or day + timedelta(days=LISTED - 1)
    return day, min(max(last, day), day + timedelta(days=LONGEST - 1))


def read(query: str) -> tuple[Tree | None, Mistake | None]:
    """The query's tree, or what is wrong with it."""
    try:
        return (parse(query) if query.strip() else None), None
    except QuerySyntax as error:
        return None, Mistake(title=error.title, pointed=error.detail, hint=error.hint)
