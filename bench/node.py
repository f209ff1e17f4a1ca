"""A node to be measured: made in a temporary folder, with partners, agreements and channels, served as a user serves it."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from dragoman.app import connected, open_node
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.delivery import Channel
from dragoman.store import agencies, agreements, channels, feeds
from dragoman.store.connect import Connection, connect
from dragoman.trust.webhook import format_secret

HOME = "HOM"


class Served(Struct, kw_only=True):
    """A node that serves: its address, the secret of its push feed, how to reach its database, its supervisor."""

    url: str
    port: int
    secret: str
    newsroom: str
    process: subprocess.Popen[bytes]

    def open(self) -> Connection:
        return connect(self.newsroom, name="bench")


@contextmanager
def folder() -> Iterator[Path]:
    """A temporary folder that the database's user can enter."""
    path = Path(tempfile.mkdtemp(prefix="dragoman-bench-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        for note in path.glob("*/postgres-is-elsewhere.txt"):
            shutil.rmtree(note.read_text().splitlines()[0], ignore_errors=True)
        shutil.rmtree(path, ignore_errors=True)


def make(
    data: Path,
    *,
    partners: int,
    channel_urls: Callable[[int], list[str]],
    prepare: Callable[[Connection], None] = lambda _: None,
) -> None:
    """A node with agreements under which it gives everything to `partners` partners, each with channels to these URLs."""
    password = data.parent / "password"
    password.write_text(secrets.token_urlsafe(18))
    port = free_port()
    subprocess.run(
        [
            sys.executable,
            "-m",
            "dragoman",
            "--data",
            str(data),
            "--quiet",
            "init",
            "--code",
            HOME,
            "--name",
            "Home Agency",
            "--languages",
            "en",
            "--password-file",
            str(password),
            "--listen",
            f"127.0.0.1:{port}",
            "--allow",
            "127.0.0.1/32",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    now = datetime.now(UTC)
    with connected(open_node(data)) as conn:
        feeds.add_feed(conn, feeds.Feed(name="desk", agency=HOME, kind="push", secret=b"b" * 32))
        feeds.add_feed(conn, feeds.Feed(name="backlog", agency=HOME, kind="import"))
        for number in range(partners):
            code = f"P{number:04}"
            agencies.add_agency(conn, Agency(code=code, name=f"Partner {number}"))
            terms = Terms(
                giver=HOME,
                taker=code,
                languages=("en",),
                credit={"*": "Home Agency"},
                valid_from=now - timedelta(days=1),
            )
            agreements.save(conn, Agreement(id=f"agreement-{number:04}", revision=1, terms=terms, state="active"), HOME)
            for which, url in enumerate(channel_urls(number)):
                channels.add_channel(
                    conn, Channel(name=f"{code.lower()}-{which}", agency=code, kind="webhook", address=url)
                )
        prepare(conn)


@contextmanager
def served(data: Path, *, roles: str = "") -> Iterator[Served]:
    """The node of `data`, serving."""
    node = open_node(data)
    more = ["--roles", roles] if roles else []
    with open(data / "log", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dragoman", "--data", str(data), "serve", *more], stdout=log, stderr=log
        )
    try:
        port = int(node.config.web.listen.rpartition(":")[2])
        if not roles or "web" in roles:
            wait_for_port(port, process)
        newsroom = node.database.conninfo("newsroom")
        until(lambda: _reachable(newsroom), 30)
        yield Served(
            url=f"http://127.0.0.1:{port}",
            port=port,
            secret=format_secret(b"b" * 32),
            newsroom=newsroom,
            process=process,
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _reachable(conninfo: str) -> bool:
    try:
        connect(conninfo).close()
    except Exception:
        return False
    return True


def until(condition: Callable[[], bool], timeout_s: float, every_s: float = 0.02) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("the bench waited too long; the node's log was in its folder")
        time.sleep(every_s)


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    def answers() -> bool:
        if process.poll() is not None:
            raise SystemExit("the node did not start")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            return probe.connect_ex(("127.0.0.1", port)) == 0

    until(answers, 60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def family(pid: int) -> list[int]:
    """The process and all its descendants."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += family(int(child))
    return found


def pss_mb(pid: int) -> float:
    """Proportional set size of the process and all its descendants, in MB."""
    total = 0
    for one in family(pid):
        for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def cores() -> int:
    return len(os.sched_getaffinity(0))
