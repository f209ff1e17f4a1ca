"""Stories at the desk: what editors decide, told to whoever follows; and a story as its agencies tell it."""

from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import TypeVar

from dragoman.link.narrative.compared import Lexicons
from dragoman.link.narrative.narrative import Narrative, narrative
from dragoman.link.narrative.told import Telling
from dragoman.model.errors import Conflict
from dragoman.store import linking, stories
from dragoman.store.connect import Connection, Waker
from dragoman.store.linking import STORIES

Done = TypeVar("Done")
KEPT = 16
"""Narratives remembered by a process: while nobody changes the story every page and call of it takes the same."""


class _Lexicons:
    """What the archive's translations taught, read again only when it has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: str | None = None
        self._found: Lexicons = {}

    def read(self, conn: Connection) -> tuple[str, Lexicons]:
        with self._lock:
            stamp = linking.learned_stamp(conn)
            if stamp != self._stamp:
                self._stamp, self._found = stamp, linking.learned(conn)
            return stamp, self._found


class _Narratives:
    """The narratives that were asked for last, by all that they are made of."""

    def __init__(self) -> None:
        self._lexicons = _Lexicons()
        self._lock = Lock()

        @lru_cache(maxsize=KEPT)
        def made(key: _Key) -> Narrative:
            return narrative(key.tellings, key.lexicons)

        self._made = made

    def of(self, conn: Connection, story: int) -> Narrative:
        stamp, lexicons = self._lexicons.read(conn)
        key = _Key(stamp, stories.tellings(conn, story), lexicons)
        with self._lock:  # several who open one story wait for one narrative
            return self._made(key)


class _Key:
    """One state of a story: equal where every version, its act and its words are."""

    def __init__(self, stamp: str, tellings: list[Telling], lexicons: Lexicons) -> None:
        self.tellings, self.lexicons = tellings, lexicons
        self._is = (stamp, tuple((t.sequence, t.act, bool(t.text), t.reading.version, t.language) for t in tellings))

    def __hash__(self) -> int:
        return hash(self._is)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._is == other._is


_narratives = _Narratives()


def told(conn: Connection, story: int) -> Narrative:
    """The story side by side, from its copy as it stands now."""
    return _narratives.of(conn, story)


def must_be_in(conn: Connection, item: int, story: int) -> None:
    """
    Raises:
        NotFound: there is no such story.
        Conflict: the item is not, or no longer, in it: who decides saw another state.
    """
    member, now = stories.of_item(conn, item), stories.find(conn, story).id
    if member is None or member.story != now:
        raise Conflict(
            f"Item {item} is not in story {now}",
            f"it is in {member.story}" if member else "it is in none",
            hint="Open the story again: somebody may have moved the item.",
        )


def decided(conn: Connection, act: Callable[[], Done]) -> Done:
    """Do one of `store.stories`' decisions, whole or not at all, and wake open pages and the linker."""
    with conn.transaction():
        done = act()
    Waker(conn).wake(STORIES)
    return done
