"""The linker's loop: what was read is put into its story, the newest first; editors' decisions and kills are followed.

One process of all that serve the database, elected by a lock; another takes over when it ends, makes the window again from
the store, and gives the same answers. In the quiet, the archive's own translations teach it their words.
"""

import time
from datetime import UTC, datetime, timedelta

import structlog

from dragoman.crash import crash
from dragoman.link.likeness import SAME
from dragoman.link.pivot import Pivot
from dragoman.link.stories import Linked, Stories
from dragoman.link.weights import vector
from dragoman.roles.post import Beats, Post, Stop, drain, patiently
from dragoman.store import linking
from dragoman.store.connect import Waker, translated
from dragoman.store.linking import STORIES, Placed, Waiting

log = structlog.get_logger("link")
BATCH = 32
"""Items in one go: what comes in meanwhile waits for no more than these."""
POLL_S, TIDY_S = 0.5, 600.0


def run(post: Post) -> None:
    """Until SIGTERM; what is under way then is linked again by whoever comes next."""
    stop = Stop()
    patiently(post, lambda: _run(post, stop), stop)


def _run(post: Post, stop: Stop) -> None:
    conn = post.open()
    beats = Beats(conn, post)
    try:
        while not stop.asked:
            with linking.elected(conn) as chosen:
                if chosen:
                    Linker(post, stop, beats).run()
                else:
                    beats.beat("another process links")
                    stop.wait(1.0)
    finally:
        conn.close()


class Linker:
    """The loop, and the window it keeps."""

    def __init__(self, post: Post, stop: Stop, beats: Beats) -> None:
        self._stop, self._beats = stop, beats
        self._days = timedelta(days=post.config.link.window_days)
        self._conn, self._listener = post.open(), post.listen(linking.READ)
        self._waker = Waker(self._conn)
        self._done = 0
        self._tidied = time.monotonic()
        self.stories = self._made_again()

    def run(self) -> None:
        try:
            while not self._stop.asked:
                drain(self._listener)
                worked = self.turn()
                self._beats.beat(f"{self._done} linked since start, {len(self.stories)} items in the window")
                if not worked:
                    self._stop.wait(POLL_S, [self._listener])
        finally:
            self.close()

    def close(self) -> None:
        self._conn.close()
        self._listener.close()

    def turn(self) -> bool:
        """Link one batch; was there one? A turn that fails leaves the window as the store has it."""
        try:
            with translated(), self._conn.transaction():
                done = self._turn()
        except BaseException:
            self.stories = Stories(lambda: linking.next_story(self._conn))
            if not self._conn.closed and not self._conn.broken:
                self.stories = self._made_again()
            raise
        crash("link.kept")
        if done:
            self._waker.wake(STORIES)
        return done

    def _turn(self) -> bool:
        linking.turn(self._conn)
        self._follow()
        self._tidy()
        found = linking.waiting(self._conn, BATCH)
        placed = [self._placed(one) for one in found]
        kept = linking.keep(self._conn, placed) if placed else frozenset()
        for one in placed:
            if one.waiting.item not in kept:  # killed while it was linked
                self.stories.drop(one.waiting.item)
        self._done += len(kept)
        if self.stories.due:
            linking.keep_sweep(self._conn, self.stories.sweep())
        if found:
            linking.keep_recent(self._conn, self.stories.recent)
        crash("link.before-keeping")
        return linking.taken(self._conn, BATCH) > 0

    def _placed(self, one: Waiting) -> Placed:
        made = vector(one.traits, self.stories.frequencies, self._pivot)
        at = one.at.timestamp()
        story = self.stories.story_of(one.kin) if one.kin is not None else None
        if story is None:
            return Placed(waiting=one, linked=self.stories.link(one.item, made, at), vector=made)
        self.stories.put(one.item, made, at, story)
        return Placed(waiting=one, linked=Linked(story, 1.0), vector=made, because=one.because)

    def _follow(self) -> None:
        """Do in the window what others did in the store."""
        items, decided = linking.changes(self._conn)
        for item in items:
            kept = linking.of_item(self._conn, item)
            if kept is None:
                self.stories.drop(item)
            else:
                self.stories.put(item, kept.vector, kept.at.timestamp(), kept.story)
                self.stories.pin(item, kept.pinned)
        if decided:
            found = linking.decisions(self._conn)
            self.stories.decided(found.rejected, found.apart)

    def _tidy(self) -> None:
        if time.monotonic() - self._tidied >= TIDY_S:
            self._tidied = time.monotonic()
            for item in self.stories.older((datetime.now(UTC) - self._days).timestamp()):
                self.stories.drop(item)

    def _made_again(self) -> Stories:
        """The window as the store has it."""
        started = time.monotonic()
        stories = Stories(lambda: linking.next_story(self._conn), SAME)
        with translated(), self._conn.transaction():
            linking.turn(self._conn)
            linking.changes(self._conn)
            self._pivot = Pivot()
            for language, lexicon in linking.learned(self._conn).items():
                self._pivot.teach(language, lexicon)
            for kept in linking.window(self._conn, datetime.now(UTC) - self._days):
                stories.put(kept.item, kept.vector, kept.at.timestamp(), kept.story)
                stories.pin(kept.item, kept.pinned)
            decided = linking.decisions(self._conn)
            stories.decided(decided.rejected, decided.apart)
            stories.recent = linking.recent(self._conn)
        if len(stories):
            log.info("window made again", items=len(stories), seconds=round(time.monotonic() - started, 1))
        return stories
