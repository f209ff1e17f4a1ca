"""The pipeline's loop: claim, hand to the box, file what comes back."""

import itertools
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import structlog

from dragoman import pipeline
from dragoman.receive.box import Box, BoxLimits, Done
from dragoman.receive.decoding import WORK, encode_jobs, read_decoded
from dragoman.roles.post import Beats, Courtesy, Post, Stop, drain, patiently
from dragoman.store import arrivals
from dragoman.store.arrivals import Claimed
from dragoman.store.connect import ARRIVALS, DELIVERIES, EXPRESS, LETTERS, LOG, Waker, translated

log = structlog.get_logger("pipeline")
POLL_S, SMALL = 0.5, 8
_numbers = itertools.count(1)


def run(post: Post) -> None:
    """What comes in, until SIGTERM; what is in the box is finished or its lease given back."""
    _run(post, express=False, decoders=post.config.work.decoders)


def run_express(post: Post) -> None:
    """Kills, holds and flashes, until SIGTERM: a process of its own, so that no backlog is in front of them."""
    _run(post, express=True, decoders=1)


def _run(post: Post, *, express: bool, decoders: int) -> None:
    stop = Stop()
    limits = BoxLimits(
        wall_s=post.config.limits.decode_s,
        memory_bytes=post.config.limits.decode_memory_bytes,
        user=post.user,
        nice=0 if express else 10,
    )
    box = Box(decoders, WORK, limits)
    try:
        patiently(post, lambda: _Loop(post, box, stop, express=express).run(), stop)
    finally:
        box.close()


class _Loop:
    def __init__(self, post: Post, box: Box, stop: Stop, *, express: bool) -> None:
        self._post, self._box, self._stop, self._express = post, box, stop, express
        self._conn = post.open()
        self._listener = post.listen(ARRIVALS) if express else post.listen(ARRIVALS, EXPRESS)
        self._courtesy = Courtesy()
        self._waker = Waker(self._conn)
        self._beats = Beats(self._conn, post)
        self._files = post.files()
        self._out: dict[int, list[Claimed]] = {}
        self._singly: list[Claimed] = []
        self._stored = 0
        self._idle_since = 0.0

    def run(self) -> None:
        hungry = True
        while not self._stop.asked:
            if hungry or time.monotonic() - self._idle_since > POLL_S:
                hungry = self._feed_box()
            waits = 0.0 if self._singly and self._box.idle else POLL_S
            ready = self._stop.wait(waits, [self._listener, *self._box.pipes])
            if self._listener in ready:
                heard = drain(self._listener)
                self._courtesy.heard(heard)
                hungry = bool(heard) or hungry
            # Whoever sent it: a loop that lost the database left its jobs in the box, and their workers are to be free again.
            if self._box.pipes:
                hungry = self._collect(0.0) or hungry
            self._beats.beat(f"{self._stored} stored since start")
        self._wind_up()

    def _feed_box(self) -> bool:
        """Give every idle worker a batch; False when there was not enough work for all of them."""
        while self._box.idle and not (self._courtesy and self._out):
            batch = [self._singly.pop(0)] if self._singly else self._claim()
            if not batch:
                self._idle_since = time.monotonic()
                return False
            # One that has failed before is decoded and filed alone: its neighbours are not tried with it again.
            suspicious = [c for c in batch if c.tries > 1] if len(batch) > 1 else []
            self._singly += suspicious
            self._send([c for c in batch if c not in suspicious] if suspicious else batch)
        return True

    def _claim(self) -> list[Claimed]:
        with translated():
            size = SMALL if self._courtesy else self._post.config.work.batch
            claimed = arrivals.claim(self._conn, size, self._files, express=self._express)
            if claimed and self._express:
                self._waker.wake(EXPRESS)
            return claimed

    def _send(self, batch: list[Claimed]) -> None:
        if not batch:
            return
        job = next(_numbers)
        self._out[job] = batch
        self._box.send(job, "decode", encode_jobs([pipeline.job_of(c) for c in batch]))

    def _collect(self, timeout_s: float) -> bool:
        """File what has been decoded; True when a worker is free again."""
        done = self._box.collect(timeout_s)
        for one in done:
            # Unknown: of the loop before, which lost the database; its lease runs out and it comes again.
            if batch := self._out.pop(one.job, None):
                self._take(one, batch)
        return bool(done)

    def _take(self, done: Done, batch: list[Claimed]) -> None:
        if done.failure and len(batch) > 1:
            log.warning("a batch did not decode, trying each alone", size=len(batch), why=done.failure)
            self._singly += batch
            return
        if done.failure:
            pipeline.park(self._conn, batch[0], done.failure)
            return
        stored = pipeline.take_in(self._conn, batch, read_decoded(done.answer), datetime.now(UTC), files=self._files)
        self._stored += stored
        with translated():
            self._waker.wake(DELIVERIES, LOG)
            if any(c.feed_kind == "node" for c in batch):
                self._waker.wake(LETTERS)

    def _wind_up(self) -> None:
        until = time.monotonic() + 8.0
        while self._out and time.monotonic() < until:
            self._collect(0.5)
        self._give_back([c for batch in self._out.values() for c in batch] + self._singly)

    def _give_back(self, left: Sequence[Claimed]) -> None:
        if left:
            with translated():
                arrivals.give_back(self._conn, left)
