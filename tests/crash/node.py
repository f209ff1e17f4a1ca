"""The node that is crashed: made once, with partners, agreements, feeds and channels; served anew for every run."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from dragoman.app import Node, connected, open_node
from dragoman.desk import partners as trust
from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.delivery import Channel
from dragoman.store import agencies, agreements, channels, feeds, people
from dragoman.store.connect import Connection, connect
from dragoman.trust.keys import fingerprint, new_keyring
from dragoman.trust.webhook import format_secret

from .lines import Agreed
from .partner import Partners, Script, always, card, hanging_up, refusing

HOME, PASSWORD = "HOM", "the-lantern-is-lit-at-nine"
FIRST, SECOND = "ines", "ruben"
"""Two desk heads: a kill takes both."""
AGREED = [
    Agreed(partner="ALF", origins=[HOME], languages=["en", "fr"], credit="Home Agency for Alfa"),
    Agreed(partner="BET", origins=[HOME], languages=["en"], credit="Home Agency for Beta"),
    Agreed(partner="GAM", origins=[HOME], languages=["en"], credit="Home Agency for Gamma"),
    Agreed(partner="NOD", origins=[HOME], languages=["en", "fr"], credit="Home Agency for Node"),
]
TAKEN_FROM_NOD = "taken-from-nod"


class Waited(AssertionError):
    """What had to happen did not, in time."""


class Made(Struct, kw_only=True):
    """A node in its folder, and the partners that belong to it."""

    folder: Path
    port: int
    secret: str
    partners: Partners
    baseline: int = 0
    """The last arrival of the runs before."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def inward(self) -> Path:
        return self.folder.parent / "in"

    @property
    def outward(self) -> Path:
        return self.folder.parent / "out"

    @property
    def password(self) -> Path:
        return self.folder.parent / "password"

    def open(self) -> Node:
        return open_node(self.folder, {})


@contextmanager
def short_folder() -> Iterator[Path]:
    """A temporary folder that the database's user can enter."""
    path = Path(tempfile.mkdtemp(prefix="dragoman-crash-"))
    path.chmod(0o755)
    try:
        yield path
    finally:
        for note in path.glob("*/postgres-is-elsewhere.txt"):
            shutil.rmtree(note.read_text().splitlines()[0], ignore_errors=True)
        shutil.rmtree(path, ignore_errors=True)


def scripts() -> list[Script]:
    """ALF always answers; BET fails and hangs up now and then; NOD is a node."""
    return [
        Script(code="ALF", answers=always),
        Script(code="BET", answers=_either(refusing(7), hanging_up(5))),
        Script(code="NOD", keyring=new_keyring("NOD", datetime.now(UTC))),
    ]


def _either(one: Callable[[int], int], other: Callable[[int], int]) -> Callable[[int], int]:
    return lambda call: other(call) if one(call) == 200 else one(call)


def make(folder: Path, partners: Partners) -> Made:
    """A node in `folder`/node, that knows the `partners`."""
    (folder / "password").write_text(PASSWORD)
    made = Made(folder=folder / "node", port=free_port(), secret=format_secret(b"s" * 32), partners=partners)
    command(made, *init_words(made)).check_returncode()
    node = made.open()
    for place in (made.inward, made.outward):
        place.mkdir()
        if account := node.database.account:
            os.chown(place, account.uid, account.gid)
    partners.node, partners.home, partners.keys = made.url, HOME, [node.keyring.current.public]
    with connected(node) as conn:
        _introduce(conn, made)
    return made


def init_words(made: Made) -> list[str]:
    """The words that make this node."""
    about = ["--code", HOME, "--name", "Home Agency", "--languages", "en", "--password-file", str(made.password)]
    return ["--quiet", "init", *about, "--listen", f"127.0.0.1:{made.port}", "--allow", "127.0.0.1/32"]


def _introduce(conn: Connection, made: Made) -> None:
    nod, now = made.partners.scripts["NOD"], datetime.now(UTC)
    for code in ("ALF", "BET", "GAM"):
        agencies.add_agency(conn, Agency(code=code, name=f"Partner {code}"))
    shown = msgspec.convert(card(nod, made.partners.url("NOD")), trust.Card)
    assert nod.keyring is not None
    trust.trust(conn, shown, fingerprint(nod.keyring.current.public), by=FIRST, now=now)
    for name in (FIRST, SECOND):
        people.add_person(conn, name, PASSWORD, "desk head")
    for terms in [_given(agreed, now) for agreed in AGREED]:
        agreements.save(conn, Agreement(id=f"given-to-{terms.taker}", revision=1, terms=terms, state="active"), HOME)
    taken = Terms(giver="NOD", taker=HOME, valid_from=now - timedelta(days=1))
    agreements.save(conn, Agreement(id=TAKEN_FROM_NOD, revision=1, terms=taken, state="active"), HOME)
    for code in ("ALF", "BET"):
        url = made.partners.url(f"{code}/hook")
        channels.add_channel(conn, Channel(name=code.lower(), agency=code, kind="webhook", address=url))
    channels.add_channel(conn, Channel(name="gam", agency="GAM", kind="folder", address=str(made.outward)))
    quick = timedelta(seconds=1)
    feeds.add_feed(conn, feeds.Feed(name="desk", agency=HOME, kind="push", secret=b"s" * 32))
    feeds.add_feed(conn, feeds.Feed(name="files", agency=HOME, kind="folder", address=str(made.inward), every=quick))
    rss = made.partners.url("bureau.rss")
    feeds.add_feed(conn, feeds.Feed(name="bureau", agency=HOME, kind="http", address=rss, language="en", every=quick))


def _given(agreed: Agreed, now: datetime) -> Terms:
    return Terms(
        giver=HOME,
        taker=agreed.partner,
        languages=tuple(agreed.languages),
        credit={"*": agreed.credit},
        valid_from=now - timedelta(days=1),
    )


# ------------------------------------------------------------------------------------------------ served


class Served(Struct, kw_only=True):
    """A node that serves."""

    made: Made
    newsroom: str
    process: "subprocess.Popen[bytes]"

    def open(self) -> Connection:
        return connect(self.newsroom, name="crash harness")


def start(made: Made, environment: Mapping[str, str]) -> Served:
    """The node's supervisor in a process of its own, with the `environment` added; its talk goes to ``log``."""
    with open(made.folder.parent / "log", "ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dragoman", "--data", str(made.folder), "serve"],
            stdout=log,
            stderr=log,
            env={**_environment(), **environment},
        )
    return Served(made=made, newsroom=made.open().database.conninfo("newsroom"), process=process)


def stop(served: Served, timeout_s: float = 20.0) -> float:
    """SIGTERM, and how many seconds it took to end.

    Raises:
        Waited: it did not end in time.
    """
    began = time.monotonic()
    served.process.send_signal(signal.SIGTERM)
    try:
        served.process.wait(timeout_s)
    except subprocess.TimeoutExpired as error:
        served.process.kill()
        served.process.wait()
        raise Waited(f"the node did not end within {timeout_s:.0f} s of SIGTERM") from error
    return time.monotonic() - began


def command(
    made: Made, *words: str, environment: Mapping[str, str] | None = None, stdin: str = ""
) -> "subprocess.CompletedProcess[str]":
    """``dragoman`` as a user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "dragoman", "--data", str(made.folder), *words],
        env={**_environment(), **(environment or {})},
        capture_output=True,
        text=True,
        input=stdin,
        check=False,
    )


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def once_file(made: Made) -> Path:
    """A file of a new name, in a folder in which every user may make one."""
    folder = made.folder.parent / "once"
    folder.mkdir(exist_ok=True)
    folder.chmod(0o1777)
    return folder / secrets.token_hex(4)
