"""The demo's three nodes: made, introduced to each other, agreed, and running; each by what its own people would do."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from demo.copy import AGENCIES
from dragoman.app import Node, connected, open_node
from dragoman.desk import agreements, partners
from dragoman.model.agency import Bureau
from dragoman.model.agreement import Terms
from dragoman.store import agencies, feeds, people
from dragoman.trust.keys import fingerprint

PASSWORD = "seven-lanterns-on-the-quay"
PEOPLE = {"editor": "editor", "desk": "desk head", "second": "desk head", "partners": "partner manager"}
LANGUAGES = {"LNA": ("az", "en", "ru"), "VAL": ("fr", "de", "es"), "QMR": ("ar", "zh", "en")}
COUNTRIES = {"LNA": "AZ", "VAL": "FR", "QMR": "OM"}
BUREAUS = {
    "LNA": ("Gəncə", "AZ", "Asia/Baku"),
    "VAL": ("Grenoble", "FR", "Europe/Paris"),
    "QMR": ("صلالة", "OM", "Asia/Muscat"),
}
CREDIT = {
    "LNA": {"*": "Lazur News Agency", "az": "Lazur Xəbər Agentliyi", "ru": "Агентство «Лазур»"},
    "VAL": {"*": "Valmora Presse"},
    "QMR": {"*": "Qamar Newswire", "ar": "وكالة قمر", "zh": "月亮社"},
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


def make(demo: Path, rss_port: int) -> list[DemoNode]:
    """The three nodes as `.demo/nodes.json` remembers them, made where they are missing."""
    remembered = demo / "nodes.json"
    if remembered.exists():
        return [
            DemoNode(code=n["code"], folder=demo / n["code"], port=n["port"], push_secret=n["secret"])
            for n in json.loads(remembered.read_text())
        ]
    ports = [_free_port(8101 + number) for number in range(3)]
    nodes = [DemoNode(code=code, folder=demo / code, port=port) for code, port in zip(AGENCIES, ports, strict=True)]
    making = [_init(demo, node) for node in nodes]
    for node, process in zip(nodes, making, strict=True):
        if process.wait() != 0:
            raise SystemExit(f"the node of {node.code} could not be made; see above")
    _introduce(nodes, rss_port)
    remembered.write_text(json.dumps([{"code": n.code, "port": n.port, "secret": n.push_secret} for n in nodes]))
    return nodes


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


def _introduce(demo_nodes: list[DemoNode], rss_port: int) -> None:
    """Keys confirmed, agreements signed by both sides, feeds and people: what the three desks would do once."""
    nodes = {d.code: open_node(d.folder) for d in demo_nodes}
    now = datetime.now(UTC)
    opened = {code: connected(node) for code, node in nodes.items()}
    conns = {code: context.__enter__() for code, context in opened.items()}
    try:
        for ours in demo_nodes:
            _people(conns[ours.code])
            _feeds(conns[ours.code], nodes[ours.code], ours, rss_port)
            for theirs in demo_nodes:
                if theirs.code != ours.code:
                    card = partners.card(conns[theirs.code], nodes[theirs.code].keyring, theirs.url)
                    # The demo's people sit at one table: they read the fingerprint off each other's screen.
                    partners.trust(
                        conns[ours.code],
                        card,
                        fingerprint(nodes[theirs.code].keyring.current.public),
                        by="partners",
                        now=now,
                    )
        for ours in demo_nodes:
            for theirs in demo_nodes:
                if theirs.code != ours.code:
                    _agree(conns, nodes, ours.code, theirs.code, now)
    finally:
        for context in opened.values():
            context.__exit__(None, None, None)


def _people(conn: feeds.Connection) -> None:
    for name, role in PEOPLE.items():
        people.add_person(conn, name, PASSWORD, role)


def _feeds(conn: feeds.Connection, node: Node, ours: DemoNode, rss_port: int) -> None:
    place, country, zone = BUREAUS[ours.code]
    agencies.add_bureau(
        conn, Bureau(agency=ours.code, place=place, country=country, zone=zone, languages=LANGUAGES[ours.code])
    )
    ours.inbox.mkdir(exist_ok=True)
    if account := node.database.account:
        os.chown(ours.inbox, account.uid, account.gid)
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
    from dragoman.trust.webhook import format_secret

    ours.push_secret = format_secret(secret)
    out = ours.folder / "archive"
    out.mkdir(exist_ok=True)
    if account := node.database.account:
        os.chown(out, account.uid, account.gid)


def _agree(conns: dict[str, feeds.Connection], nodes: dict[str, Node], giver: str, taker: str, now: datetime) -> None:
    """What one gives the other, proposed and accepted; the letters between them go out when the nodes run."""
    terms = Terms(
        giver=giver,
        taker=taker,
        credit=CREDIT[giver],
        valid_from=now.replace(microsecond=0) - timedelta(days=1),
        embargo="hold",
        use="own wire",
        onward=False,
    )
    proposal = agreements.propose(conns[giver], nodes[giver].keyring, terms, by="partners", now=now)
    agreements.received(conns[taker], giver, agreements.Message(agreement=proposal, by="partners"), now)
    signed = agreements.accept(conns[taker], nodes[taker].keyring, proposal.id, by="partners", now=now)
    agreements.received(conns[giver], taker, agreements.Message(agreement=signed, by="partners"), now)


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
