"""A joint project of 5,000 acts: how long it takes to open its page, and to fold it anew from its acts alone."""

import http.client
import random
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec
from msgspec import Raw

from bench.node import HOME, folder, make, served
from bench.table import Row
from dragoman.app import open_node
from dragoman.desk import projects
from dragoman.model.project import Act, Note, Project, ProjectItem, Record, Task
from dragoman.planning.fold import difference
from dragoman.planning.kinds import NAMES
from dragoman.store import order, people
from dragoman.store.connect import Connection
from dragoman.store.projects import take
from dragoman.store.projects.acts import end_of_log, latest_clock
from dragoman.store.projects.folding import fold_anew
from dragoman.trust.acts import act_digest, sign_act
from dragoman.trust.keys import Keyring

ACTS, TIMES = 5_000, 9
START = datetime(2026, 3, 1, tzinfo=UTC)


def opening() -> Iterator[Row]:
    """Tasks, items and notes, most changed several times; the page asked for by a person who has logged in."""
    with folder() as base:
        data = base / "node"
        make(data, partners=3, channel_urls=lambda _: [])
        with served(data) as node, node.open() as conn:
            keyring = open_node(data).keyring
            project = projects.found(conn, keyring, "forum", Project(title="Forum"), by="bench", now=START)
            _fill(conn, keyring, project)
            people.add_person(conn, "bench", "seven-lamps-on-a-wall", "administrator")
            cookie = people.log_in(conn, "bench", "seven-lamps-on-a-wall")
            times = [_page(node.port, project, cookie) for _ in range(TIMES)]
            yield Row(
                f"a project of {ACTS:,} acts opens (its page, over HTTP)",
                f"{statistics.median(times) * 1000:.0f} ms (median of {TIMES})",
                "≤ 200 ms",
            )
            began = time.perf_counter()
            with conn.transaction():
                fold_anew(conn, project)
            yield Row(f"{ACTS:,} acts folded anew, read and compared", f"{(time.perf_counter() - began) * 1000:.0f} ms")


def _fill(conn: Connection, keyring: Keyring, project: str) -> None:
    luck = random.Random(5)
    epoch = order.epoch(conn)
    end, clock = end_of_log(conn, project, HOME, epoch), latest_clock(conn, project)
    number, previous, acts = end.number, end.digest, []
    while number < ACTS:
        number, clock = number + 1, clock + 1
        id, record = _something(luck)
        act = Act(
            project=project,
            agency=HOME,
            log=epoch,
            number=number,
            previous=previous,
            clock=clock,
            by="bench",
            kind=NAMES[type(record)],
            id=id,
            fields=Raw(msgspec.json.encode(difference(None, record))),
        )
        acts.append(sign_act(keyring, act))
        previous = act_digest(acts[-1])
    for first in range(0, len(acts), 500):
        with conn.transaction():
            take(conn, project, acts[first : first + 500], sender=HOME, now=START, own=True)


def _something(luck: random.Random) -> tuple[str, Record]:
    number = luck.randint(1, 400)
    chosen: list[tuple[str, Record]] = [
        (
            f"t{number}",
            Task(title=f"Task {number}", state=luck.choice(("open", "doing", "done")), due=START + timedelta(1)),
        ),
        (f"i{number}", ProjectItem(origin=HOME, uri=f"urn:bench:{number}", headline=f"Headline {luck.random():.4f}")),
        (f"n{number}", Note(text="What was agreed on the telephone. " * luck.randint(1, 8))),
    ]
    return luck.choice(chosen)


def _page(port: int, project: str, cookie: str) -> float:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    began = time.perf_counter()
    connection.request("GET", f"/project/{project}", headers={"Cookie": f"dragoman={cookie}"})
    answer = connection.getresponse()
    answer.read()
    took = time.perf_counter() - began
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"the project's page answers {answer.status}")
    return took
