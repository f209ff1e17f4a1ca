"""The lanes at work: claim, send side by side, record together. One event loop, two connections, no queue but the store.

A slow partner holds its own lane and nothing else. What was begun when the process dies is begun again by whoever claims
the lane next, under the same id.
"""

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import msgspec
import structlog
from msgspec import Struct

from dragoman.crash import crash
from dragoman.deliver.hands import Hands
from dragoman.deliver.outcomes import Answer, Outcome, outcome
from dragoman.deliver.parcel import Parcel, pack, takes_file
from dragoman.model.errors import DragomanError, TryAgain
from dragoman.net.connector import Connector
from dragoman.store import audit, channels
from dragoman.store.agreements import Book, book
from dragoman.store.bytes import ByteStore
from dragoman.store.connect import Connection, collided, translated
from dragoman.store.deliveries import delivery_id
from dragoman.store.lanes import Attempt, Ending, Lane, claim, finish
from dragoman.trust.keys import Keyring

log = structlog.get_logger("deliver")
POLL_S, GATHER_S, FINISH_S, AGAIN_S = 0.5, 0.002, 8.0, 0.06
FEW = 4
FILE_S, FILE_PATIENCE = 5, timedelta(minutes=10)
"""How soon a picture whose file is not here yet is looked at again, and how long its document waits for it."""
WAITS = "waits for the picture's file"
MOST_COLLISIONS = 5


class _Worked(Struct, frozen=True):
    lane: Lane
    outcomes: list[Outcome]


class Lanes:
    """Claims lanes with `claiming`, records with `recording`; each connection is used by one thread at a time."""

    def __init__(
        self,
        claiming: Connection,
        recording: Connection,
        connector: Connector,
        keyring: Callable[[], Keyring],
        *,
        lanes: int,
        window: int,
        express: bool | None = None,
        courtesy: object = None,
        url: str = "",
        files: ByteStore | None = None,
    ) -> None:
        """`courtesy` is true while a kill or a flash is about: then few are sent side by side. `url` is our node's; `files`
        are those of pictures."""
        self._claiming, self._recording = claiming, recording
        self._hands = Hands(connector, keyring)
        self._limit, self._window, self._express, self._courtesy = lanes, window, express, courtesy
        self._url, self._files = url, files
        self._wake = asyncio.Event()
        self._worked: asyncio.Queue[_Worked] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()
        self.sent = 0

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`; then what is under way is finished or, after 8 s, given back."""
        recorder = asyncio.create_task(self._record_for_ever())
        try:
            while not stopping.is_set():
                self._wake.clear()
                if self._courtesy and len(self._tasks) >= FEW:
                    await first_of(self._wake, stopping, POLL_S)
                    continue
                lanes, agreements = await self._claim()
                for lane in lanes:
                    task = asyncio.create_task(self._work(lane, agreements))
                    self._tasks.add(task)
                    task.add_done_callback(self._tasks.discard)
                if len(lanes) < (FEW if self._courtesy else self._limit):
                    await first_of(self._wake, stopping, POLL_S)
        finally:
            await self._finish(recorder)

    async def _finish(self, recorder: asyncio.Task[None]) -> None:
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=FINISH_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._worked.join()
        recorder.cancel()
        await self._hands.close()

    async def _claim(self) -> tuple[list[Lane], Book]:
        def begin() -> tuple[list[Lane], Book]:
            with translated():
                size, window = (FEW, FEW) if self._courtesy else (self._limit, self._window)
                return claim(self._claiming, size, window, express=self._express), book(self._claiming)

        return await asyncio.to_thread(begin)

    async def _work(self, lane: Lane, agreements: Book) -> None:
        """Send what was begun on the lane, side by side; whatever happens the lane is given back."""
        outcomes: list[Outcome] = []
        try:
            sending = [self._attempt(lane, attempt, agreements) for attempt in lane.attempts]
            outcomes = list(await asyncio.gather(*sending))
        finally:
            self._worked.put_nowait(_Worked(lane, outcomes))

    async def _attempt(self, lane: Lane, attempt: Attempt, agreements: Book) -> Outcome:
        now = datetime.now(UTC)
        try:
            if takes_file(lane, attempt) and _waits(attempt, now):
                return Outcome(
                    ending=Ending(attempt=attempt, state="retry", reason=WAITS, due=now + timedelta(seconds=FILE_S))
                )
            parcel = await self._pack(lane, attempt, agreements, now)
        except DragomanError as error:
            return Outcome(ending=Ending(attempt=attempt, state="parked", reason=str(error)))
        except (
            Exception
        ) as error:  # one of the two outermost loops: a version that cannot be packed parks, the lane goes on
            log.error("parcel failed", channel=lane.name, sequence=attempt.sequence, exc_info=error)
            return Outcome(
                ending=Ending(attempt=attempt, state="parked", reason=f"{type(error).__name__}: {error}"[:300])
            )
        crash("deliver.packed")
        try:
            answer = await self._hand_over(lane, attempt, agreements, parcel, now)
        except (
            Exception
        ) as error:  # outermost as well: a secret that cannot be read, keys away: as if nobody had answered
            log.error("attempt failed", channel=lane.name, sequence=attempt.sequence, exc_info=error)
            answer = Answer(status=0, detail=f"{type(error).__name__}: {error}"[:300])
        return self._judged(lane, attempt, answer, parcel)

    async def _pack(self, lane: Lane, attempt: Attempt, agreements: Book, now: datetime) -> Parcel:
        if not takes_file(lane, attempt):
            return pack(lane, attempt, agreements, now, self._url)
        return await asyncio.to_thread(pack, lane, attempt, agreements, now, self._url, self._files)

    async def _hand_over(self, lane: Lane, attempt: Attempt, agreements: Book, parcel: Parcel, now: datetime) -> Answer:
        name = delivery_id(agreements.home, attempt.epoch, attempt.channel, attempt.sequence)
        answer = await self._hands.over(lane, attempt, parcel, name, now)
        crash("deliver.sent")
        return answer

    def _judged(self, lane: Lane, attempt: Attempt, answer: Answer, parcel: Parcel) -> Outcome:
        judged = outcome(attempt, answer, failures=lane.failures, now=datetime.now(UTC))
        if judged.ending.state == "sent":
            self.sent += 1
            if told := _without(lane, attempt, parcel):
                judged = msgspec.structs.replace(judged, ending=msgspec.structs.replace(judged.ending, reason=told))
        else:
            log.warning(
                "delivery not taken",
                channel=lane.name,
                sequence=attempt.sequence,
                state=judged.ending.state,
                status=answer.status,
                detail=answer.detail,
            )
        return judged

    async def _record_for_ever(self) -> None:
        while True:
            worked = [await self._worked.get()]
            await asyncio.sleep(GATHER_S)
            while not self._worked.empty():
                worked.append(self._worked.get_nowait())
            try:
                await asyncio.to_thread(self._record_patiently, worked)
            except Exception as error:  # whatever it is, the other lanes go on
                # The leases run out and the attempts are begun again under the same ids.
                log.error("endings not recorded", detail=str(error), exc_info=error)
            finally:
                for _ in worked:
                    self._worked.task_done()
            self._wake.set()
            if not all(one.lane.attempts for one in worked):
                # What is due there waits for an attempt on the channel's other lane, which tells nobody when it ends.
                asyncio.get_running_loop().call_later(AGAIN_S, self._wake.set)

    def _record_patiently(self, worked: list[_Worked]) -> None:
        for _ in range(MOST_COLLISIONS):
            try:
                return self._record(worked)
            except TryAgain as error:
                if not collided(error):
                    raise
        return self._record(worked)

    def _record(self, worked: list[_Worked]) -> None:
        rests = {
            w.lane.key: max(o.rest_until for o in w.outcomes if o.rest_until)
            for w in worked
            if any(o.rest_until for o in w.outcomes)
        }
        errors = {
            w.lane.key: next(o.ending.reason for o in w.outcomes if o.rest_until) for w in worked if w.lane.key in rests
        }
        with translated():
            finish(
                self._recording, [w.lane for w in worked], [o.ending for w in worked for o in w.outcomes], rests, errors
            )
            for one in worked:
                if why := next((o.disable for o in one.outcomes if o.disable), ""):
                    channels.set_state(self._recording, one.lane.name, "disabled", why)
                    audit.record(self._recording, "deliver", "channel disabled", one.lane.name, reason=why)
                elif why := next((o.pause for o in one.outcomes if o.pause), ""):
                    channels.set_state(self._recording, one.lane.name, "paused", why)
                    audit.record(self._recording, "deliver", "channel paused", one.lane.name, reason=why)


def _waits(attempt: Attempt, now: datetime) -> bool:
    """Is the file of a picture still on its way to us? After a while the document goes alone."""
    on_its_way = attempt.file is not None and attempt.file.state in ("wanted", "kept")
    return on_its_way and now - attempt.due_since < FILE_PATIENCE


def _without(lane: Lane, attempt: Attempt, parcel: Parcel) -> str:
    """What the picture's file has lost on the way out, or that there was none to send."""
    if not takes_file(lane, attempt):
        return ""
    if not parcel.enclosures:
        return "without the picture's file: it is not here"
    lost = dict.fromkeys(name for one in parcel.enclosures for name in one.lost)
    return f"not in the picture's file: {', '.join(lost)}" if lost else ""


async def first_of(one: asyncio.Event, other: asyncio.Event, timeout_s: float) -> None:
    """When either is set, or the time is over."""
    waiting = [asyncio.create_task(one.wait()), asyncio.create_task(other.wait())]
    try:
        await asyncio.wait(waiting, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
