"""Every floor that somebody looks at: read once when it changes, each view drawn once for all who watch it.

One connection a process listens; what it hears is that some project has changed. Handlers ask from their threads for a sheet
as it stands now; open streams are woken when there is another one.
"""

import asyncio
import threading
from collections import deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

from dragoman.model.errors import NotFound
from dragoman.planning.floor.hall import Hall
from dragoman.store import agencies
from dragoman.store import floor as store
from dragoman.store.connect import PROJECTS, borrowed
from dragoman.web.floor.drawing import Kept, Key, draw
from dragoman.web.floor.sheet import Sheet, Step, step
from dragoman.web.listening import in_the_background, listen
from dragoman.web.site import Site
from dragoman.web.words import LANGUAGES

TOGETHER_S = 0.05
"""What happens within this time is told in one step."""
STEPS_KEPT = 200
FLOORS_KEPT = 40
MOST_READERS = 3_000


class View:
    """One sheet as it stands, and the steps that led to it."""

    def __init__(self, sheet: Sheet, kept: Kept) -> None:
        self.sheet = sheet
        self.kept = kept
        self.steps: deque[tuple[Step, bytes]] = deque(maxlen=STEPS_KEPT)
        self.readers = 0

    def advance(self, sheet: Sheet) -> None:
        if sheet.digest != self.sheet.digest:
            made = step(self.sheet, sheet)
            self.steps.append((made, made.event()))
            self.sheet = sheet

    def since(self, digest: str) -> tuple[list[bytes], str] | None:
        """The steps from the sheet `digest` on and the sheet they lead to; none where that one is no longer known."""
        if digest == self.sheet.digest:
            return [], digest
        found = list(self.steps)
        at = next((n for n in range(len(found) - 1, -1, -1) if found[n][0].since == digest), None)
        return None if at is None else ([event for _, event in found[at:]], found[-1][0].digest)


class Watched:
    """One floor: the hall as last read, its views, which questions changed lately."""

    def __init__(self, project: str, id: str) -> None:
        self.project, self.id = project, id
        self.lock = threading.Lock()
        """Held while it is read and drawn: never taken in the event loop."""
        self._door = threading.Lock()
        self.stamp = ""
        self.hall: Hall | None = None
        self.names: dict[str, str] = {}
        self.views: dict[Key, View] = {}
        self.number = 0
        self.touched: deque[tuple[int, frozenset[str]]] = deque(maxlen=STEPS_KEPT)
        self.changed: asyncio.Event = asyncio.Event()

    @property
    def readers(self) -> int:
        return sum(view.readers for view in self.views.values())

    def count(self, view: View, by: int) -> None:
        """Somebody comes or goes."""
        with self._door:
            view.readers += by

    def touched_since(self, number: int) -> frozenset[str]:
        """The questions that have changed after `number`."""
        return frozenset().union(*(ids for at, ids in list(self.touched) if at > number))


class Halls:
    """The floors of this process. Safe to ask from any thread; streams live in its event loop."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._floors: dict[tuple[str, str], Watched] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wanted = asyncio.Event()

    @property
    def readers(self) -> int:
        return sum(one.readers for one in list(self._floors.values()))

    def look(self, project: str, id: str) -> Hall:
        """The floor as it stands now.

        Raises:
            NotFound: no floor has been opened at this event.
        """
        watched = self._watched(project, id)
        with watched.lock:
            return self._read(watched)

    def sheet(self, project: str, id: str, key: Key) -> tuple[Hall, Sheet]:
        """The same, and drawn."""
        watched = self._watched(project, id)
        with watched.lock:
            hall = self._read(watched)
            return hall, self._view(watched, hall, fitting(hall, key)).sheet

    def join(self, project: str, id: str, key: Key) -> tuple[Watched, View]:
        """A view to follow from now on, until its reader is counted off again."""
        watched = self._watched(project, id)
        with watched.lock:
            hall = self._read(watched)
            view = self._view(watched, hall, fitting(hall, key))
            watched.count(view, 1)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._wanted.set)
        return watched, view

    def _watched(self, project: str, id: str) -> Watched:
        with self._lock:
            found = self._floors.pop((project, id), None) or Watched(project, id)
            self._floors[project, id] = found
            for name in [name for name, one in list(self._floors.items()) if not one.readers][:-FLOORS_KEPT]:
                del self._floors[name]
            return found

    def _read(self, watched: Watched) -> Hall:
        with borrowed(self._site.newsroom) as conn:
            stamp = store.stamp(conn, watched.project)
            if watched.hall is not None and stamp == watched.stamp:
                return watched.hall
            try:
                hall = store.read_hall(conn, watched.project, watched.id)
            except NotFound:
                with self._lock:
                    self._floors.pop((watched.project, watched.id), None)
                raise
            watched.names = {one.code: one.name for one in agencies.agencies(conn)}
        self._changed(watched, hall)
        watched.stamp = stamp
        return hall

    def _changed(self, watched: Watched, hall: Hall) -> None:
        before = {one.id: one for one in watched.hall.asked} if watched.hall else {}
        touched = frozenset(one.id for one in hall.asked if before.get(one.id) != one)
        watched.hall = hall
        watched.number += 1
        watched.touched.append((watched.number, touched))
        for key, view in list(watched.views.items()):
            if view.readers:
                view.advance(draw(hall, key, self._site, watched.names, view.kept))
            else:
                del watched.views[key]  # drawn anew when it is asked for
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(_wake, watched)

    def _view(self, watched: Watched, hall: Hall, key: Key) -> View:
        view = watched.views.get(key)
        if view is None:
            kept: Kept = {}
            view = watched.views[key] = View(draw(hall, key, self._site, watched.names, kept), kept)
        return view

    # -------------------------------------------------------------------------------------------- following

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        try:
            async with in_the_background(self._follow(), "floor follower"):
                yield
        finally:
            self._loop = None

    async def _follow(self) -> None:
        await self._wanted.wait()  # nobody has looked yet: no connection is held for it
        await listen(self._site, PROJECTS, "dragoman-floor", self._look, together_s=TOGETHER_S)

    async def _look(self) -> None:
        if watched := [one for one in list(self._floors.values()) if one.readers]:
            await asyncio.to_thread(self._refresh, watched)

    def _refresh(self, floors: Iterable[Watched]) -> None:
        for watched in floors:
            with watched.lock, suppress(NotFound):
                self._read(watched)


def _wake(watched: Watched) -> None:
    event, watched.changed = watched.changed, asyncio.Event()
    event.set()


def fitting(hall: Hall, key: Key) -> Key:
    """The key with a language to read that anything here could be in: nobody makes us draw more views than there are."""
    known = {*LANGUAGES, *hall.floor.record.languages}
    return key if key.reading in known else Key(key.view, key.language, key.language)
