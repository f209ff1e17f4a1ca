"""A round table: 500 people on one live page, 50 questions a minute by guests' forms; how far behind the moderator's view is.

The floor is open, so that every question goes to all 500 at once. Measured from the moment the form is sent, its acceptance
included, to the moment the moderator's stream, and the last of the 500, has it. The 500, the guests, PostgreSQL and the node
share the machine.
"""

import asyncio
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import aiohttp
from msgspec import Struct

from bench.node import Served, folder, make, served
from bench.table import Row
from dragoman.app import connected, open_node
from dragoman.desk import projects
from dragoman.desk.floor import guests, running
from dragoman.desk.floor.running import Desk
from dragoman.model.event import Event
from dragoman.store import floor as store
from dragoman.store import people

PEOPLE, QUESTIONS, A_MINUTE, GUESTS = 500, 100, 50, 40
_NUMBER = re.compile(rb"bench question (\d+)")


class Hall(Struct, frozen=True):
    """The floor's address, the cookies of the guests who ask and their forms' tokens, the moderator's cookie."""

    base: str
    guests: list[tuple[str, str]]
    moderator: str


def behind() -> Iterator[Row]:
    """p50, p99 and the longest, in milliseconds, over 100 questions."""
    with folder() as base:
        data = base / "node"
        make(data, partners=0, channel_urls=lambda _: [])
        hall = _prepared(data)
        with served(data) as node:
            moderator, last = asyncio.run(_held(node, hall))
    yield Row(
        f"question sent → on the moderator's page ({PEOPLE} people on the live page, {A_MINUTE} questions a minute)",
        _said(moderator),
        "p99 ≤ 1,000 ms",
    )
    yield Row(f"question sent → on the last of {PEOPLE} public pages", _said(last))


def _prepared(data: object) -> Hall:
    node = open_node(data)  # type: ignore[arg-type]
    now = datetime.now(UTC)
    with connected(node) as conn:
        project = projects.desk_project(conn, node.keyring, now=now)
        event = Event(titles={"en": "Round table"}, starts=now + timedelta(hours=1), languages=("en",))
        projects.put(conn, node.keyring, project, "table", event, by="bench", now=now)
        desk = Desk(conn=conn, keyring=node.keyring, project=project, id="table", by="bench", now=now)
        running.open_floor(desk, running.Settings(mode="open", public=True))
        running.go(desk, "live")
        invited = [guests.Invited(name=f"Guest {n}", outlet=f"Outlet {n % 12}") for n in range(GUESTS)]
        cookies = [store.enter(conn, made.guest) for made in guests.accredit(desk, invited)]
        visits = [store.visit(conn, cookie) for cookie in cookies]
        people.add_person(conn, "Moderator", "a long enough secret", "editor")
        moderator = people.log_in(conn, "Moderator", "a long enough secret")
    tokens = [(cookie, visit.csrf) for cookie, visit in zip(cookies, visits, strict=True) if visit]
    return Hall(f"/floor/{project}/table", tokens, moderator)


async def _held(node: Served, hall: Hall) -> tuple[list[float], list[float]]:
    """Seconds behind of the moderator's view, and of the last public one, a question each."""
    sent: dict[int, float] = {}
    seen: dict[int, float] = {}
    public: dict[int, list[float]] = {}
    ready = asyncio.Semaphore(0)
    connector = aiohttp.TCPConnector(limit=0)
    timeout = aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar()
    ) as client:
        live = f"{node.url}{hall.base}/live?view="
        following = [
            asyncio.create_task(
                _follow(
                    client,
                    live + "moderator",
                    f"dragoman={hall.moderator}",
                    ready,
                    lambda n, at: seen.setdefault(n, at),
                )
            ),
            *(
                asyncio.create_task(
                    _follow(client, live + "public", "", ready, lambda n, at: public.setdefault(n, []).append(at))
                )
                for _ in range(PEOPLE)
            ),
        ]
        async with asyncio.timeout(120):
            for _ in following:
                await ready.acquire()
        for number in range(QUESTIONS):
            began = time.monotonic()
            await _ask(client, node.url + hall.base, hall.guests[number % GUESTS], number, sent)
            await asyncio.sleep(max(0.0, 60 / A_MINUTE - (time.monotonic() - began)))
        async with asyncio.timeout(30):
            while len(seen) < QUESTIONS or any(len(public.get(n, [])) < PEOPLE for n in sent):
                await asyncio.sleep(0.1)
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    moderator = sorted(seen[n] - sent[n] for n in sent)
    return moderator, sorted(max(public[n]) - sent[n] for n in sent)


async def _follow(client: aiohttp.ClientSession, url: str, cookie: str, ready: asyncio.Semaphore, note: object) -> None:
    """Keep a page open: note when each question came."""
    known: set[int] = set()
    async with client.get(url, headers={"cookie": cookie} if cookie else {}, read_bufsize=2**20) as answer:
        if answer.status != 200:
            raise SystemExit(f"a page was not followed: {answer.status}")
        first = True
        async for chunk in answer.content.iter_any():
            if first:
                first = False
                ready.release()
            for found in _NUMBER.findall(chunk):
                if int(found) not in known:
                    known.add(int(found))
                    note(int(found), time.monotonic())  # type: ignore[operator]


async def _ask(
    client: aiohttp.ClientSession, url: str, guest: tuple[str, str], number: int, sent: dict[int, float]
) -> None:
    cookie, csrf = guest
    sent[number] = time.monotonic()
    async with client.post(
        f"{url}/ask",
        data={"csrf": csrf, "text": f"This is bench question {number}?", "language": "en"},
        headers={"cookie": f"dragoman_floor={cookie}"},
        allow_redirects=False,
    ) as answer:
        if answer.status != 303:
            raise SystemExit(f"a question was not taken: {answer.status} {await answer.text()}")


def _said(seconds: list[float]) -> str:
    at = [seconds[int(len(seconds) * share)] for share in (0.5, 0.99)]
    return f"p50 {at[0] * 1e3:.0f} ms, p99 {at[1] * 1e3:.0f} ms, longest {seconds[-1] * 1e3:.0f} ms"
