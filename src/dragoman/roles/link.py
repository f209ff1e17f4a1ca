"""The linker's loop: what was read is put into its story, the newest first; editors' decisions and kills are followed.

One process of all that serve the database, elected by a lock; another takes over when it ends, makes the window again from
the store, and gives the same answers. In the quiet, the archive's own translations teach it their words.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import connection

import msgspec
import structlog

from dragoman.crash import crash
from dragoman.link.between import Between
from dragoman.link.pivot import Pivot
from dragoman.link.stories import Changed, Linked, Stories
from dragoman.link.teaching import taught
from dragoman.link.weights import vector
from dragoman.receive.box import Box, BoxLimits
from dragoman.roles.post import Beats, Post, Stop, alone, drain, patiently
from dragoman.store import copies, linking, originals, reuse
from dragoman.store.connect import Connection, Waker, translated
from dragoman.store.linking import STORIES, Placed, Waiting

log = structlog.get_logger("link")
BATCH, BESIDE = 16, 4
"""Items in one go: what comes in meanwhile waits for no more than these. Items looked at for pick-ups between two goes."""
POLL_S, TIDY_S = 0.5, 600.0
LEARN_S, LESSONS, LEAST = 3600.0, 1_500, 50
"""Between two looks for translations to learn from; texts of a language that are learned from at once, and at least."""


def run(post: Post) -> None:
    """Until SIGTERM; what is under way then is linked again by whoever comes next."""
    stop = Stop()
    patiently(post, lambda: alone(post, stop, linking.LINKER_LOCK, lambda beats: Linker(post, stop, beats).run()), stop)


class Linker:
    """The loop, and the window it keeps."""

    def __init__(self, post: Post, stop: Stop, beats: Beats) -> None:
        self._stop, self._beats = stop, beats
        self._days = timedelta(days=post.config.link.window_days)
        self._conn, self._listener = post.open(), post.listen(linking.READ)
        self._waker = Waker(self._conn)
        self._done = 0
        self._tidied = time.monotonic()
        self.school = School(post)
        self.stories = self._made_again()
        self._originals = originals.looking(self._conn, lambda source, item: self._between(source, item))

    def run(self) -> None:
        try:
            while not self._stop.asked:
                drain(self._listener)
                worked = self.turn() or self.school.turn(self._conn) or self.compare()
                if self.school.taught:
                    self._learn()
                self._beats.beat(f"{self._done} linked since start, {len(self.stories)} items in the window")
                if not worked:
                    self._stop.wait(POLL_S, [self._listener])
        finally:
            self.close()

    def close(self) -> None:
        self.school.close()
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
        with translated():
            looked = reuse.look(self._conn, BESIDE if done else BATCH)
            copies.propose(self._conn)
        return done or looked > 0

    def compare(self) -> bool:
        """Look a step further what items are translated from; False: none is due. For where nothing else waits."""
        with translated():
            return next(self._originals)

    def _turn(self) -> bool:
        linking.turn(self._conn)
        self._follow()
        self._tidy()
        sequences = linking.queued(self._conn, BATCH)
        if not sequences:
            return False
        placed: list[Placed] = []
        changed: list[Changed] = []
        families: dict[bytes, int] = {}
        for one in linking.waiting(self._conn, sequences):
            placed.append(self._placed(one, families.setdefault(one.family, one.item)))
            if self.stories.due:
                changed += self.stories.sweep()
        kept = linking.keep(self._conn, placed)
        linking.keep_sweep(self._conn, changed)
        linking.keep_recent(self._conn, self.stories.recent)
        for item in {one.waiting.item for one in placed} - kept:  # killed while it was linked
            self.stories.drop(item)
        crash("link.before-keeping")
        linking.taken(self._conn, sequences)
        self._done += len(kept)
        return True

    def _placed(self, one: Waiting, first: int) -> Placed:
        """`first` is the first item of its family in this turn, maybe itself: what is of one family stands in one story."""
        made = vector(one.traits, self.stories.frequencies, self._pivot)
        at, kin = one.at.timestamp(), one.kin if one.kin is not None else first
        story = self.stories.story_of(kin) if kin != one.item else None
        if story is None:
            return Placed(waiting=one, linked=self.stories.link(one.item, made, at), vector=made)
        self.stories.put(one.item, made, at, story)
        return Placed(waiting=one, linked=Linked(story, 1.0), vector=made, because="translation")

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

    def _learn(self) -> None:
        self.school.taught = False
        self._pivot = Pivot()
        with translated():
            known = linking.learned(self._conn)
        for language, lexicon in known.items():
            self._pivot.teach(language, lexicon)
        self._between = Between(known)

    def _made_again(self) -> Stories:
        """The window as the store has it."""
        started = time.monotonic()
        stories = Stories(lambda: linking.next_story(self._conn))
        with translated(), self._conn.transaction():
            linking.turn(self._conn)
            linking.changes(self._conn)
            self._learn()
            with _undisturbed():
                kept = linking.window(self._conn, datetime.now(UTC) - self._days)
                stories.restore((one.item, one.vector, one.at.timestamp(), one.story, one.pinned) for one in kept)
            decided = linking.decisions(self._conn)
            stories.decided(decided.rejected, decided.apart)
            stories.recent = linking.recent(self._conn)
        if len(stories):
            log.info("window made again", items=len(stories), seconds=round(time.monotonic() - started, 1))
        return stories


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector of cycles: it would look at all that was made already again and again. What is there at the end
    it never looks at."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class School:
    """Learns from the archive's translations, one language at a time, in a process beside the linker."""

    def __init__(self, post: Post) -> None:
        self._limits = BoxLimits(wall_s=900.0, memory_bytes=2_000_000_000, user=post.user, nice=15)
        self._box: Box | None = None
        self._lesson = ("", 0)
        self._looked = 0.0
        self.taught = False
        """There is something new to know."""

    def turn(self, conn: Connection) -> bool:
        """Begin a lesson or end one; False: there was nothing to do."""
        if self._box is not None:
            return self._end(conn, self._box)
        if self._looked and time.monotonic() - self._looked < LEARN_S:
            return False
        self._looked = time.monotonic()
        with translated():
            due = linking.to_learn(conn, LEAST)
            if not due:
                return False
            language, count = due[0]
            texts = linking.lessons(conn, language, LESSONS)
        self._lesson = (language, count)
        self._box = Box(1, {"learn": _lesson}, self._limits)
        self._box.send(0, "learn", msgspec.msgpack.encode((language, texts)))
        return True

    def _end(self, conn: Connection, box: Box) -> bool:
        done = box.collect(0.0)
        if not done:
            return False
        self.close()
        language, count = self._lesson
        if done[0].failure:
            log.warning("the translations taught nothing", language=language, why=done[0].failure)
            return False
        with translated():
            linking.keep_learned(conn, language, count, done[0].answer)
        log.info("learned from translations", language=language, texts=count)
        self.taught, self._looked = True, 0.0
        return True

    def wait(self, timeout_s: float) -> None:
        """Until a lesson that is under way has ended, or so long."""
        if self._box is not None:
            connection.wait(self._box.pipes, timeout_s)

    def close(self) -> None:
        if self._box is not None:
            self._box.close()
            self._box = None


def _lesson(body: bytes) -> bytes:
    language, texts = msgspec.msgpack.decode(body, type=tuple[str, list[tuple[str, str]]])
    return msgspec.msgpack.encode(taught(texts, language))
