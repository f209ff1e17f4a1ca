"""The readers' loop: what was filed is read, the newest first; in the quiet, older readings are renewed where that was asked.

One process of all that serve the database, elected by a lock; another takes over when it ends. What is read is read in the
box: a text that hangs or kills its reader costs that reading, and its problem is kept.
"""

import time
from collections.abc import Sequence

import structlog

from dragoman.config import Config
from dragoman.crash import crash
from dragoman.link.traits import traits
from dragoman.model.errors import BadInput, Misconfigured
from dragoman.model.reading import READER_VERSION, Reading
from dragoman.neural import IDENTIFIER, memory_needed, neural_identifiers, neural_readers
from dragoman.read.document import Document
from dragoman.read.reader import READERS, Reader
from dragoman.read.subjects.rules import read_rules, with_rules
from dragoman.read.work import Job, encode_jobs, encode_names, read_answer, read_jobs
from dragoman.receive.box import Box, BoxLimits, Done
from dragoman.roles.post import Beats, Post, Stop, alone, drain, patiently
from dragoman.store import linking, names, readings
from dragoman.store.connect import LOG, Waker, translated
from dragoman.store.readings import Read, Unread
from dragoman.text.language import IDENTIFIERS

log = structlog.get_logger("read")
BATCH = 32
"""Versions in one go: what comes in meanwhile waits for no more than these."""
WORKERS, ALONE = 2, 8
"""Processes that read side by side where many versions wait; up to so many are left to one, which has its tables loaded."""
POLL_S, BETWEEN_RENEWALS_S = 0.5, 0.05


def run(post: Post) -> None:
    """Until SIGTERM; what is in the box then is read again by whoever comes next."""
    stop = Stop()
    models = post.config.models
    limits = BoxLimits(
        wall_s=post.config.limits.decode_s,
        memory_bytes=post.config.limits.decode_memory_bytes + memory_needed(models),
        user=post.user,
        nice=0,  # the role itself gives way already
    )
    IDENTIFIERS.update(neural_identifiers(models))
    by = IDENTIFIER if "language" in models else "lexical"
    box = Box(WORKERS, {"read": read_jobs(readers_of(post.config), by, encoded_traits)}, limits)
    try:
        patiently(
            post,
            lambda: alone(post, stop, readings.READER_LOCK, lambda beats: Readers(post, box, stop, beats).run()),
            stop,
        )
    finally:
        box.close()


def readers_of(config: Config) -> dict[str, Reader]:
    """Our readers, models in the place of those that have one, the agency's rules above the subjects.

    Raises:
        Misconfigured: a model's folder or the file of rules cannot be used; says what is wrong with it.
    """
    readers = {**READERS, **neural_readers(config.models)}
    try:
        rules = read_rules(config.subject_rules.read_text("utf-8"))
    except FileNotFoundError:
        return readers
    except (OSError, UnicodeDecodeError, BadInput) as error:
        raise Misconfigured(f"{config.subject_rules.name} cannot be used", str(error), hint="Mend it.") from error
    return {**readers, "subjects": with_rules(rules, readers["subjects"])}


class Readers:
    """The loop. `_gaps` are the stretches of the log that are still to be read, the newest last: each above one sequence, up to
    another."""

    def __init__(self, post: Post, box: Box, stop: Stop, beats: Beats) -> None:
        self._box, self._stop, self._beats = box, stop, beats
        self._conn, self._listener = post.open(), post.listen(LOG)
        self._waker = Waker(self._conn)
        self._done = 0
        with translated():
            self._seen = readings.read_to(self._conn)
        self._names = ("", b"")
        """The names file as it was last seen: its stamp, its entries."""
        self._gaps: list[tuple[int, int]] = []

    def run(self) -> None:
        try:
            while not self._stop.asked:
                drain(self._listener)
                worked = self.turn()
                self._beats.beat(f"{self._done} read since start")
                if not worked:
                    self._stop.wait(POLL_S, [self._listener])
        finally:
            self.close()

    def close(self) -> None:
        self._conn.close()
        self._listener.close()

    def turn(self) -> bool:
        """Read one batch; was there one?"""
        with translated():
            before = self._seen
            self._look()
            if self._seen > before and (hurried := readings.flashes(self._conn, before, BATCH)):
                self._read(hurried)
                return True
            while self._gaps:
                above, upto = self._gaps[-1]
                found = readings.unread(self._conn, above, upto, BATCH)
                if found:
                    self._gaps[-1] = (above, found[-1].sequence - 1)
                    self._read(found)
                    return True
                self._gaps.pop()
                if not self._gaps:
                    readings.reached(self._conn, self._seen)
            if found := readings.older(self._conn, BATCH):
                self._read(found)
                time.sleep(BETWEEN_RENEWALS_S)
                return True
        return False

    def _look(self) -> None:
        newest = readings.newest(self._conn)
        if newest > self._seen:
            self._gaps.append((self._seen, newest))
            self._seen = newest

    def _read(self, found: Sequence[Unread]) -> None:
        read = self._boxed(found)
        crash("read.before-keeping")
        with self._conn.transaction():
            readings.keep(self._conn, read)
            linking.keep_traits(self._conn, [(one.sequence, one.traits) for one in read if one.traits])
        crash("read.kept")
        self._waker.wake(linking.READ)
        self._done += len(read)

    def _boxed(self, found: Sequence[Unread]) -> list[Read]:
        """What each was read as; a batch that fails is tried one by one."""
        half = len(found) if len(found) <= ALONE or self._box.idle < WORKERS else (len(found) + 1) // WORKERS
        parts = [found[at : at + half] for at in range(0, len(found), half)]
        done = self._box.run_all("read", [encode_jobs(list(map(_job, part)), self._names_file()) for part in parts])
        return [read for part, one in zip(parts, done, strict=True) for read in self._told(part, one)]

    def _told(self, found: Sequence[Unread], done: Done) -> list[Read]:
        if not done.failure:
            told = read_answer(done.answer)
            return [
                Read(sequence=one.sequence, reading=each.reading, traits=each.also)
                for one, each in zip(found, told, strict=True)
            ]
        if len(found) > 1:
            log.warning("a batch could not be read, trying each alone", size=len(found), why=done.failure)
            return [read for one in found for read in self._alone(one)]
        log.warning("a version could not be read", sequence=found[0].sequence, why=done.failure)
        return [Read(sequence=found[0].sequence, reading=Reading(version=READER_VERSION), problem=done.failure)]

    def _alone(self, one: Unread) -> list[Read]:
        """Nothing once we are to stop: whoever comes next reads what is left."""
        if self._stop.asked:
            return []
        self._beats.beat(f"{self._done} read since start")
        return self._boxed([one])

    def _names_file(self) -> bytes:
        stamp = names.stamp(self._conn)
        if stamp != self._names[0]:
            self._names = (stamp, encode_names(names.names(self._conn)))
        return self._names[1]


def encoded_traits(document: Document, reading: Reading) -> bytes:
    """What the linker compares, for its queue."""
    return linking.encoded(traits(document, reading))


def _job(one: Unread) -> Job:
    return Job(one.sequence, one.item, one.agency, one.received)
