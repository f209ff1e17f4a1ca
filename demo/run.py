"""`make demo`: start the three nodes, let their bureaus file copy, print where to look; Ctrl-C stops everything.

python -m demo.run FOLDER [--for SECONDS]
"""

import contextlib
import http.client
import json
import os
import signal
import socket
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from demo import later
from demo import nodes as demo_nodes
from demo.copy import AGENCIES, Piece, load, rss_document
from demo.nodes import PASSWORD, DemoNode
from dragoman.model.errors import DragomanError, TryAgain

COPY = Path(__file__).parent / "copy"
RSS_PORT = 8110
READY_WITHIN_S = 60.0


class Bureaus:
    """The outside world: a served RSS feed, files that appear in a folder, pushes. Resumes where it stopped."""

    def __init__(self, demo: Path, nodes: list[DemoNode]) -> None:
        self._nodes = {node.code: node for node in nodes}
        self._pieces = load(COPY)
        self._memory = demo / "bureaus.json"
        remembered = json.loads(self._memory.read_text()) if self._memory.exists() else {}
        self._elapsed = float(remembered.get("elapsed", 0.0))
        self._filed = int(remembered.get("filed", 0))
        first = remembered.get("start")
        self.start = datetime.fromisoformat(first) if first else datetime.now(UTC).replace(microsecond=0)
        self._began = time.monotonic()

    @property
    def clock(self) -> float:
        """Seconds of the script that have passed, over all its runs."""
        return self._elapsed + time.monotonic() - self._began

    @property
    def left(self) -> int:
        return len(self._pieces) - self._filed

    def due(self) -> list[Piece]:
        clock = self.clock
        return [piece for piece in self._pieces[self._filed :] if piece.offset_s <= clock]

    def file(self, piece: Piece) -> None:
        """Let the piece arrive, and remember it: after a stop it does not come again."""
        node = self._nodes[piece.agency]
        if piece.way == "push":
            _push(node, piece, self.start)
        elif piece.way == "folder":
            rendered = piece.render(piece.due(self.start))
            part = node.inbox / f".{rendered.file_name}.part"
            part.write_bytes(rendered.body)
            part.rename(node.inbox / rendered.file_name)
        self._filed += 1
        self.remember()

    def remember(self) -> None:
        self._memory.write_text(
            json.dumps({"elapsed": self.clock, "filed": self._filed, "start": self.start.isoformat()})
        )

    def rss(self, agency: str) -> bytes:
        return rss_document(self._pieces, self.start + timedelta(seconds=self.clock), agency, start=self.start)


class Later:
    """What the desks do when they have what it takes: each line of `later.STEPS` from its first step that is not done."""

    EVERY_S = 1.5

    def __init__(self, nodes: list[DemoNode]) -> None:
        self._nodes = {node.code: node for node in nodes}
        self._lines = [list(line) for line in later.STEPS]
        self._next = time.monotonic() + self.EVERY_S

    def look(self) -> None:
        """Try what comes next in every line, if it is time to."""
        if time.monotonic() < self._next:
            return
        for line in filter(None, self._lines):
            self._try(line)
        self._next = time.monotonic() + self.EVERY_S

    def _try(self, line: list[later.Step]) -> None:
        code, act, says = line[0]
        try:
            with demo_nodes.seated(self._nodes[code]) as desk:
                outcome = act(desk, datetime.now(UTC))
            if outcome != "not yet":
                line.pop(0)
            if outcome == "done":
                _say(code, says)
        except TryAgain:
            return
        except DragomanError:  # a visitor was quicker, and did something else
            line.clear()


def _push(node: DemoNode, piece: Piece, start: datetime) -> None:
    rendered = piece.render(piece.due(start))
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=10)
    try:
        connection.request(
            "POST",
            "/exchange/push/desk-push",
            rendered.body,
            {
                "authorization": f"Bearer {node.push_secret}",
                "content-type": rendered.media_type,
                "idempotency-key": f"{piece.uri}-{piece.number}",
            },
        )
        answer = connection.getresponse()
        if answer.status not in (200, 202):
            print(
                f"  {node.code} did not take {rendered.file_name}: {answer.status} {answer.read()[:200]!r}",
                file=sys.stderr,
            )
    finally:
        connection.close()


class _Feed(BaseHTTPRequestHandler):
    def __init__(self, bureaus: Bureaus, *args: object) -> None:
        self._bureaus = bureaus
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        agency = self.path.strip("/").removesuffix(".rss")
        if agency not in AGENCIES:
            self.send_error(404)
            return
        body = self._bureaus.rss(agency)
        self.send_response(200)
        self.send_header("content-type", "application/rss+xml; charset=utf-8")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silence: the demo's screen is for its reader."""


def main(arguments: list[str]) -> int:
    demo = Path(arguments[0] if arguments else ".demo")
    lasting = float(arguments[2]) if arguments[1:2] == ["--for"] else None
    demo.mkdir(exist_ok=True)
    _only_one(demo)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    began = time.monotonic()
    first_time = not (demo / "nodes.json").exists()
    print(
        "Making three agencies, each with its own node and database …" if first_time else "Waking the three agencies …"
    )
    feed_socket = _feed_socket(demo)
    nodes = demo_nodes.make(demo, feed_socket.getsockname()[1])
    bureaus = Bureaus(demo, nodes)
    server = _serve_feeds(bureaus, feed_socket)
    try:
        for node in nodes:
            demo_nodes.start(node)
        if not _ready(nodes, stopping):
            return 0 if stopping.is_set() else 1
        _tell(nodes, (demo / "visitor").read_text(), time.monotonic() - began, bureaus.left)
        return _play(bureaus, nodes, stopping, lasting)
    finally:
        print("\nStopping …", flush=True)
        server.shutdown()
        demo_nodes.stop(nodes)
        bureaus.remember()
        (demo / "run.pid").unlink(missing_ok=True)
        print("Stopped. `make demo` goes on where it was; `make demo-clean` forgets it.")


def _play(bureaus: Bureaus, nodes: list[DemoNode], stopping: threading.Event, lasting: float | None) -> int:
    until = None if lasting is None else time.monotonic() + lasting
    desks = Later(nodes)
    while not stopping.is_set() and (until is None or time.monotonic() < until):
        for piece in bureaus.due():
            bureaus.file(piece)
            _announce(piece)
        desks.look()
        for node in nodes:
            if node.process is not None and node.process.poll() is not None:
                print(f"the node of {node.code} has ended; its log is {node.folder / 'log'}", file=sys.stderr)
                return 1
        stopping.wait(0.25)
    return 0


_NOTED = {"kill": "KILL", "correction": "CORRECTION", "broken": "a file no decoder can read, to be parked"}


def _announce(piece: Piece) -> None:
    if note := _NOTED.get(piece.kind):
        _say(piece.agency, f"{note}  {piece.reason}")


def _say(code: str, what: str) -> None:
    print(f"  {datetime.now():%H:%M:%S}  {code}  {what}", flush=True)  # noqa: DTZ005  # the reader's own clock


def _tell(nodes: list[DemoNode], visit: str, took_s: float, left: int) -> None:
    first = nodes[0]
    print(f"\nThree agencies exchange copy in eight languages and work together (ready after {took_s:.0f} s).\n")
    print(f"  Start here           {first.url}/start")
    for node in nodes:
        print(f"  {AGENCIES[node.code].name:<20} {node.url}/")
    print(f"\n  log in as editor, desk, second, partners or admin; the password is  {PASSWORD}")
    print(f"  or ask at the round table, without one:  {first.url}/floor/in/{visit}\n")
    if left:
        print("Copy arrives for five minutes. At 50 s a correction, at 75 s an embargo lifts, at 100 s a kill:")
        print("watch its text go from the other two, and their receipts come in. They share a project, a round table")
        print("that is live, an exhibition, translations, a coverage report. Ctrl-C stops everything.\n", flush=True)
    else:
        print("All sample copy has been filed. Ctrl-C stops everything; `make demo-clean` begins anew.\n", flush=True)


def _ready(nodes: list[DemoNode], stopping: threading.Event) -> bool:
    until = time.monotonic() + READY_WITHIN_S
    waiting = list(nodes)
    while waiting and time.monotonic() < until and not stopping.is_set():
        waiting = [node for node in waiting if not _answers(node)]
        for node in waiting:
            if node.process is not None and node.process.poll() is not None:
                print(f"the node of {node.code} did not start; the end of {node.folder / 'log'}:", file=sys.stderr)
                print("\n".join((node.folder / "log").read_text(errors="replace").splitlines()[-8:]), file=sys.stderr)
                return False
        stopping.wait(0.1)
    return not waiting


def _answers(node: DemoNode) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=2)
    try:
        connection.request("GET", "/-/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _feed_socket(demo: Path) -> socket.socket:
    """The bureaus' RSS server keeps its port over resumes: the nodes remember the address."""
    remembered = demo / "rss.port"
    port = int(remembered.read_text()) if remembered.exists() else RSS_PORT
    bound = socket.socket()
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind(("127.0.0.1", port))
    except OSError:
        if remembered.exists():
            raise SystemExit(
                f"port {port}, on which the demo's feeds are served, is taken by another program"
            ) from None
        bound.bind(("127.0.0.1", 0))
    remembered.write_text(str(bound.getsockname()[1]))
    return bound


def _serve_feeds(bureaus: Bureaus, bound: socket.socket) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(bound.getsockname(), partial(_Feed, bureaus), bind_and_activate=False)
    server.socket.close()
    server.socket = bound
    server.server_activate()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def _only_one(demo: Path) -> None:
    pid = demo / "run.pid"
    with contextlib.suppress(FileNotFoundError, ValueError, ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
        raise SystemExit(f"the demo runs already (process {pid.read_text()}): stop it with Ctrl-C")
    pid.write_text(str(os.getpid()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
