"""Letters on their way to partners' nodes: receipts, agreements, keys; in order for each partner, tried until taken."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec
import structlog

from dragoman.crash import crash
from dragoman.deliver.lanes import POLL_S, first_of
from dragoman.deliver.outcomes import REFUSED
from dragoman.deliver.push import INBOX, LIMITS, answer_of
from dragoman.model.errors import DragomanError, TryAgain
from dragoman.net.connector import Connector
from dragoman.store import letters
from dragoman.store.connect import Connection, translated
from dragoman.store.letters import Letter
from dragoman.trust.envelope import Envelope, seal
from dragoman.trust.keys import Keyring
from dragoman.trust.webhook import sign

log = structlog.get_logger("letters")
T = TypeVar("T")
BATCH = 64
FINISH_S, TURN_S = 8.0, 20.0
"""How long what is under way may take when told to stop; how long one partner's letters are posted before the rest is
claimed anew: with the longest attempt on top it is less than their lease."""


class Letters:
    """Posts letters until told to stop. `conn` is its own."""

    def __init__(self, conn: Connection, connector: Connector, keyring: Callable[[], Keyring]) -> None:
        self._conn, self._connector, self._keyring = conn, connector, keyring
        self._wake = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        """Until `stopping`; then what is under way is finished or, after 8 s, given up: its lease runs out."""
        try:
            while not stopping.is_set():
                self._wake.clear()
                claimed = 0
                try:
                    claimed = await self._begin()
                except TryAgain as error:
                    log.error("letters wait", detail=str(error))
                if claimed < BATCH:
                    await first_of(self._wake, stopping, POLL_S)
        finally:
            await self._finish()

    async def post(self) -> int:
        """One round to its end; how many were tried."""
        claimed = await self._begin()
        await asyncio.gather(*self._tasks)
        return claimed

    async def _begin(self) -> int:
        """Claim what is due and begin to post it: a partner's letters one after the other, and no partner waits for another."""
        claimed = await asyncio.to_thread(self._store, lambda conn: letters.claim(conn, BATCH))
        by_partner: dict[str, list[Letter]] = {}
        for letter in claimed:
            by_partner.setdefault(letter.partner, []).append(letter)
        for own in by_partner.values():
            task = asyncio.create_task(self._post_patiently(own))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return len(claimed)

    async def _finish(self) -> None:
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=FINISH_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _post_patiently(self, own: list[Letter]) -> None:
        try:
            await self._post_in_order(own)
        except Exception as error:  # whatever it is, the other partners' letters go on
            # The leases run out and the letters are posted again under the same ids.
            log.error("letters wait", partner=own[0].partner, detail=str(error), exc_info=error)

    async def _post_in_order(self, own: list[Letter]) -> None:
        began = time.monotonic()
        for number, letter in enumerate(own):
            if time.monotonic() - began > TURN_S:
                await self._put_back(own[number:], datetime.now(UTC), "its partner is slow")
                return
            status, detail = await self._post_one(letter)
            crash("letters.posted")
            if 200 <= status < 300:
                await asyncio.to_thread(self._store, lambda conn, done=letter.id: letters.sent(conn, [done]))
                crash("letters.recorded")
                continue
            log.warning("letter not taken", partner=letter.partner, type=letter.type, status=status, detail=detail)
            now = datetime.now(UTC)
            due = None if status in REFUSED else now + backoff(letter, now)
            why = f"{status or ''} {detail}".strip()
            await asyncio.to_thread(
                self._store, lambda conn, failed=letter.id, d=due, w=why: letters.failed(conn, failed, w, d)
            )
            if due is not None:
                await self._put_back(own[number + 1 :], due, "behind another")
                return

    async def _put_back(self, waiting: list[Letter], due: datetime, why: str) -> None:
        for letter in waiting:
            await asyncio.to_thread(self._store, lambda conn, w=letter.id: letters.failed(conn, w, why, due))

    async def _post_one(self, letter: Letter) -> tuple[int, str]:
        keyring, now = self._keyring(), datetime.now(UTC)
        body = seal(
            Envelope(
                type=letter.type,
                sender=keyring.agency,
                recipient=letter.partner,
                at=now,
                letter=msgspec.Raw(letter.body),
            )
        )
        stamp = sign(f"{keyring.agency}-letter-{letter.epoch}-{letter.id}", body, at=now, keys=keyring.signing)
        try:
            reply = await self._connector.fetch(
                "POST",
                letter.node.rstrip("/") + INBOX,
                headers={**stamp.headers(), "content-type": "application/json"},
                body=body,
                limits=LIMITS,
            )
        except DragomanError as error:
            return 0, str(error)
        answer = answer_of(reply, now)
        return answer.status, answer.detail

    def _store(self, act: Callable[[Connection], T]) -> T:
        with translated():
            return act(self._conn)


def backoff(letter: Letter, now: datetime) -> timedelta:
    """Half the letter's age, between 2 s and 10 minutes."""
    return min(max((now - letter.created) / 2, timedelta(seconds=2)), timedelta(minutes=10))
