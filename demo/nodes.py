"""The demo's three nodes: made, introduced to each other, agreed, and running; each by what its own people would do."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from demo import exhibiting, known, together
from demo.copy import AGENCIES
from demo.desks import CREDIT, Desk, Desks
from dragoman.app import connected, open_node
from dragoman.desk import agreements, partners
from dragoman.model.agency import Bureau
from dragoman.model.agreement import Terms
from dragoman.store import agencies, feeds, people
from dragoman.store.connect import Connection
from dragoman.store.db.account import service_account
from dragoman.trust.keys import fingerprint
from dragoman.trust.webhook import format_secret

PASSWORD = "seven-lanterns-on-the-quay"
PEOPLE = {"editor": "editor", "desk": "desk head", "second": "desk head", "partners": "partner manager"}
LANGUAGES = {"LNA": ("az", "en", "ru"), "VAL": ("fr", "de", "es"), "QMR": ("ar", "zh", "en")}
COUNTRIES = {"LNA": "AZ", "VAL": "FR", "QMR": "OM"}
BUREAUS = {
    "LNA": ("Gəncə", "AZ", "Asia/Baku"),
    "VAL": ("Grenoble", "FR", "Europe/Paris"),
    "QMR": ("صلالة", "OM", "Asia/Muscat"),
}


class DemoNode(Struct, kw_only=True):
    """One agency's node: its folder, port, the secret of its push feed, and its process while it runs."""

    code: str
    folder: Path
    port: int
    push_secret: str = ""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def inbox(self) -> Path:
        return self.folder / "bureau"

    @property
    def photos(self) -> Path:
        return self.folder / "photographers"


def make(demo: Path, rss_port: int) -> list[DemoNode]:
    """The three nodes as `.demo/nodes.json` remembers them, made where they are missing; and what they do together, once."""
    remembered, visit = _remembered(demo), demo / "visitor"
    if remembered and visit.exists():
        return remembered
    nodes = remembered or _unmade(demo)
    making = [] if remembered else [_init(demo, node) for node in nodes]
    now = datetime.now(UTC).replace(microsecond=0)
    pictures = exhibiting.draw_all(now)  # while the nodes are being made
    for node, process in zip(nodes, making, strict=False):
        if process.wait() != 0:
            raise SystemExit(f"the node of {node.code} could not be made; see above")
    with ExitStack() as opened:
        desks = {node.code: opened.enter_context(seated(node)) for node in nodes}
        if not remembered:
            _introduce(nodes, desks, rss_port)
            told = [{"code": node.code, "port": node.port, "secret": node.push_secret} for node in nodes]
            (demo / "nodes.json").write_text(json.dumps(told))
        visit.write_text(_together(desks, pictures, now))
    _give_over(nodes)
    return nodes


def _remembered(demo: Path) -> list[DemoNode]:
    path = demo / "nodes.json"
    told = json.loads(path.read_text()) if path.exists() else []
    return [DemoNode(code=n["code"], folder=demo / n["code"], port=n["port"], push_secret=n["secret"]) for n in told]


def _unmade(demo: Path) -> list[DemoNode]:
    ports = [_free_port(8101 + number) for number in range(3)]
    return [DemoNode(code=code, folder=demo / code, port=port) for code, port in zip(AGENCIES, ports, strict=True)]


@contextmanager
def seated(node: DemoNode) -> Iterator[Desk]:
    """The node's desk, at work on its database, whether the node runs or not."""
    ours = open_node(node.folder)
    with connected(ours) as conn:
        yield Desk(code=node.code, conn=conn, keyring=ours.keyring, files=ours.files, photos=node.photos)


def _together(desks: Desks, pictures: list[exhibiting.Picture], now: datetime) -> str:
    """What the three do together, all of it or nothing; the code with which a visitor asks at the round table."""
    for desk in desks.values():
        _photo_desk(desk)
    with ExitStack() as all_at_once:
        for desk in desks.values():
            all_at_once.enter_context(desk.conn.transaction())
        project = together.make(desks, now, exhibiting.deeds(pictures, now))
        known.write_down(desks, project, now)
        exhibiting.leave(desks, pictures)
        return together.visitor(desks[together.founding(now).founder], project, now)


def _give_over(nodes: list[DemoNode]) -> None:
    """What we have kept as root the nodes' own account may read."""
    if account := service_account():
        for node in nodes:
            for path in (node.folder / "bytes").rglob("*"):
                os.chown(path, account.uid, account.gid)


def _photo_desk(desk: Desk) -> None:
    """The folder in which photographers leave their pictures."""
    _shared_folder(desk.photos)
    if any(one.name == "photographers" for one in feeds.feeds(desk.conn)):
        return
    feeds.add_feed(
        desk.conn,
        feeds.Feed(
            name="photographers",
            agency=desk.code,
            kind="folder",
            address=str(desk.photos.resolve()),
            zone=AGENCIES[desk.code].zone,
            every=timedelta(seconds=1),
        ),
    )


def _shared_folder(folder: Path) -> None:
    """A folder that the node's own account may empty."""
    folder.mkdir(exist_ok=True)
    if account := service_account():
        os.chown(folder, account.uid, account.gid)


def _init(demo: Path, node: DemoNode) -> subprocess.Popen[bytes]:
    password = demo / "password"
    password.write_text(PASSWORD)
    about = AGENCIES[node.code]
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "dragoman",
            "--data",
            str(node.folder),
            "--quiet",
            "init",
            "--code",
            node.code,
            "--name",
            about.name,
            "--country",
            COUNTRIES[node.code],
            "--zone",
            about.zone,
            "--languages",
            ",".join(LANGUAGES[node.code]),
            "--admin",
            "admin",
            "--password-file",
            str(password),
            "--listen",
            f"127.0.0.1:{node.port}",
            "--url",
            node.url,
            "--allow",
            "127.0.0.1/32",
        ],
        stdout=subprocess.DEVNULL,
    )


def _introduce(demo_nodes: list[DemoNode], desks: Desks, rss_port: int) -> None:
    """Keys confirmed, agreements signed by both sides, feeds and people: what the three desks would do once."""
    now = datetime.now(UTC)
    for ours in demo_nodes:
        here = desks[ours.code]
        _people(here.conn)
        _feeds(here.conn, ours, rss_port)
        for theirs in demo_nodes:
            if theirs.code != ours.code:
                there = desks[theirs.code]
                card = partners.card(there.conn, there.keyring, theirs.url)
                # The demo's people sit at one table: they read the fingerprint off each other's screen.
                partners.trust(here.conn, card, fingerprint(there.keyring.current.public), by="partners", now=now)
    for ours in demo_nodes:
        for theirs in demo_nodes:
            if theirs.code != ours.code:
                _agree(desks[ours.code], desks[theirs.code], now)


def _people(conn: Connection) -> None:
    for name, role in PEOPLE.items():
        people.add_person(conn, name, PASSWORD, role)


def _feeds(conn: Connection, ours: DemoNode, rss_port: int) -> None:
    place, country, zone = BUREAUS[ours.code]
    agencies.add_bureau(
        conn, Bureau(agency=ours.code, place=place, country=country, zone=zone, languages=LANGUAGES[ours.code])
    )
    _shared_folder(ours.inbox)
    secret = secrets.token_bytes(32)
    zone = AGENCIES[ours.code].zone
    feeds.add_feed(
        conn,
        feeds.Feed(
            name="bureau-folder",
            agency=ours.code,
            kind="folder",
            address=str(ours.inbox.resolve()),
            format="text",
            zone=zone,
            every=timedelta(seconds=1),
        ),
    )
    feeds.add_feed(
        conn,
        feeds.Feed(
            name="bureau-rss",
            agency=ours.code,
            kind="http",
            zone=zone,
            every=timedelta(seconds=3),
            address=f"http://127.0.0.1:{rss_port}/{ours.code}.rss",
        ),
    )
    feeds.add_feed(conn, feeds.Feed(name="desk-push", agency=ours.code, kind="push", zone=zone, secret=secret))
    ours.push_secret = format_secret(secret)
    _shared_folder(ours.folder / "archive")


def _agree(giver: Desk, taker: Desk, now: datetime) -> None:
    """What one gives the other, proposed and accepted."""
    terms = Terms(
        giver=giver.code,
        taker=taker.code,
        credit=CREDIT[giver.code],
        valid_from=now.replace(microsecond=0) - timedelta(days=1),
        embargo="hold",
        use="own wire",
        onward=False,
    )
    proposal = agreements.propose(giver.conn, giver.keyring, terms, by="partners", now=now)
    agreements.received(taker.conn, giver.code, agreements.Message(agreement=proposal, by="partners"), now)
    signed = agreements.accept(taker.conn, taker.keyring, proposal.id, by="partners", now=now)
    agreements.received(giver.conn, taker.code, agreements.Message(agreement=signed, by="partners"), now)


def start(node: DemoNode) -> None:
    """Run the node; its talk goes to ``log`` beside its data."""
    with open(node.folder / "log", "ab") as log:
        node.process = subprocess.Popen(
            [sys.executable, "-m", "dragoman", "--data", str(node.folder), "serve"],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def stop(nodes: list[DemoNode]) -> None:
    """Stop all, side by side; each finishes what it has begun."""
    running = [node.process for node in nodes if node.process and node.process.poll() is None]
    for process in running:
        process.send_signal(signal.SIGTERM)
    for process in running:
        process.wait()


def _free_port(wanted: int) -> int:
    """`wanted` where it is free, else any."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise SystemExit("no port is free on 127.0.0.1")
