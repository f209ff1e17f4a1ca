"""Letters on their way to partners' nodes: receipts, agreements, keys; in order for each partner, tried until taken."""

import asyncio
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


class Letters:
    """Posts letters until told to stop. `conn` is its own."""

    def __init__(self, conn: Connection, connector: Connector, keyring: Callable[[], Keyring]) -> None:
        self._conn, self._connector, self._keyring = conn, connector, keyring
        self._wake = asyncio.Event()

    def wake(self) -> None:
        self._wake.set()

    async def run(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            self._wake.clear()
            try:
                posted = await self.post()
            except TryAgain as error:
                log.error("letters wait", detail=str(error))
                posted = 0
            if posted < BATCH:
                await first_of(self._wake, stopping, POLL_S)

    async def post(self) -> int:
        """One round; how many were tried. A partner's letters go one after the other, partners side by side."""
        claimed = await asyncio.to_thread(self._store, lambda conn: letters.claim(conn, BATCH))
        by_partner: dict[str, list[Letter]] = {}
        for letter in claimed:
            by_partner.setdefault(letter.partner, []).append(letter)
        await asyncio.gather(*(self._post_in_order(own) for own in by_partner.values()))
        return len(claimed)

    async def _post_in_order(self, own: list[Letter]) -> None:
        for number, letter in enumerate(own):
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
                for waiting in own[number + 1 :]:
                    await asyncio.to_thread(
                        self._store, lambda conn, w=waiting.id, d=due: letters.failed(conn, w, "behind another", d)
                    )
                return

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
        stamp = sign(f"{keyring.agency}-letter-{letter.id}", body, at=now, keys=keyring.signing)
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
