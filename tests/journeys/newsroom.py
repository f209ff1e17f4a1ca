"""A newsroom as its people have it: a node made, served and used by the command and over HTTP, nothing else."""

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, NamedTuple

PASSWORD = "lantern-on-the-quay-7"
DEADLINE_S = 30.0


class Said(NamedTuple):
    """What a command printed: its exit code, its records, its talk."""

    code: int
    records: list[dict[str, Any]]
    talk: str

    @property
    def one(self) -> dict[str, Any]:
        assert self.code == 0, self.talk
        (record,) = self.records
        return record


class Answer(NamedTuple):
    status: int
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Newsroom:
    """One agency's node in a folder of its own. `serve` starts it, `stop` ends it as Ctrl-C does."""

    def __init__(self, folder: Path, code: str, *, languages: str = "en", more: Sequence[str] = ()) -> None:
        self.folder, self.code, self.port = folder / code, code, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._password = folder / "password"
        self._password.write_text(PASSWORD)
        self._process: subprocess.Popen[bytes] | None = None
        about = ("--code", code, "--name", f"{code} Agency", "--languages", languages, "--allow", "127.0.0.1/32")
        self.ok("init", *about, "--password-file", self._password, "--listen", f"127.0.0.1:{self.port}", *more)
        for name, role in (("ada", "desk head"), ("ben", "desk head"), ("cleo", "partner manager")):
            self.ok("user", "add", name, "--role", role, "--password-file", self._password)

    def run(self, *words: object, stdin: str = "") -> Said:
        command = [sys.executable, "-m", "dragoman", "--data", str(self.folder), "--json", *map(str, words)]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, timeout=60, check=False)
        return Said(
            done.returncode, [json.loads(line) for line in done.stdout.splitlines() if line.strip()], done.stderr
        )

    def ok(self, *words: object) -> list[dict[str, Any]]:
        said = self.run(*words)
        assert said.code == 0, f"{words}: {said.talk}"
        return said.records

    def kill(self, item: object, reason: str, person: str) -> dict[str, Any]:
        return self.run(
            "item", "kill", item, "--reason", reason, "--as", person, "--password-file", self._password, "--yes"
        ).one

    def serve(self, roles: str = "") -> None:
        with open(self.folder / "log", "ab") as log:
            more = ["--roles", roles] if roles else []
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dragoman", "--data", str(self.folder), "serve", *more], stdout=log, stderr=log
            )
        until(lambda: self.get("/-/ready").status == 200, "the node is ready")

    def stop(self, number: int = signal.SIGTERM) -> float:
        """End the node; the seconds it took."""
        if self._process is None:
            return 0.0
        began = time.monotonic()
        with suppress(ProcessLookupError):
            self._process.send_signal(number)
        self._process.wait(timeout=30)
        self._process = None
        return time.monotonic() - began

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, b"", headers)

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        return self.ask("POST", path, body, headers)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(
                method, path, body or None, {name.replace("_", "-"): value for name, value in headers.items()}
            )
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        except (OSError, http.client.HTTPException) as error:
            return Answer(0, repr(error).encode())
        finally:
            connection.close()

    def file(self, secret: str, **item: Any) -> Answer:
        """Push an item of ours by the bureau's feed."""
        body = {"type": "text", "version": "1", "language": "en", **item}
        body.setdefault(
            "bodies", [{"contentType": "text/html", "value": f"<p>{body['headlines'][0]['value']} in full.</p>"}]
        )
        return self.post(
            "/exchange/push/bureau",
            json.dumps(body).encode(),
            authorization=f"Bearer {secret}",
            content_type="application/json",
        )

    def bureau(self) -> str:
        """A push feed of our own bureau; its secret."""
        return str(self.ok("feed", "add", "bureau", "--agency", self.code, "--kind", "push")[0]["secret"])

    def items(self, query: str = "") -> list[dict[str, Any]]:
        return self.ok("item", "list", *([query] if query else []))

    def uris(self, query: str = "") -> set[str]:
        return {str(item["uri"]) for item in self.items(query)}

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace") if (self.folder / "log").exists() else ""


def introduce(one: Newsroom, other: Newsroom) -> None:
    """Each confirms the other's fingerprint, as told on the telephone. Both serve."""
    for ours, theirs in ((one, other), (other, one)):
        told = theirs.run("node", "show").one["fingerprint"]
        ours.ok("node", "trust", theirs.url, told)


def agree(giver: Newsroom, taker: Newsroom, *terms: object) -> str:
    """The giver proposes, the taker accepts; in force on both sides when this returns. The agreement's id."""
    proposed = giver.run("agreement", "propose", taker.code, "--give", *terms).one
    number = str(proposed["id"])
    until(lambda: any(a["id"] == number for a in taker.ok("agreement", "list")), "the proposal arrives")
    taker.ok("agreement", "accept", number, "--yes")
    until(lambda: giver.ok("agreement", "show", number)[0]["state"] == "active", "the acceptance arrives")
    return number


def item(uri: str, headline: str, **more: Any) -> dict[str, Any]:
    return {"uri": uri, "headlines": [{"value": headline}], **more}


def until(condition: Callable[[], bool], what: str, within_s: float = DEADLINE_S) -> None:
    """Wait for the outside world: processes of their own, watched from outside."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_s:.0f} s: {what}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Town(ExitStack):
    """Newsrooms that are stopped, and their databases removed, whatever happens."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def newsroom(self, code: str, **about: Any) -> Newsroom:
        made = Newsroom(self._folder, code, **about)
        self.callback(made.stop)
        return made


def unique() -> str:
    return secrets.token_hex(4)


def children(pid: int) -> list[int]:
    return [
        int(child)
        for task in os.listdir(f"/proc/{pid}/task")
        for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split()
    ]
