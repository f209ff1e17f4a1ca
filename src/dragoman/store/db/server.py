"""One `postgres`, our direct child: started as an unprivileged user, tied to our life, stopped without waiting."""

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from dragoman.store.db.account import Account
from dragoman.store.db.initdb import ENVIRONMENT
from dragoman.store.db.place import Place

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",  # the socket is the only way in
    "port": "5432",  # names the socket file, nothing else
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "io_workers": "1",
    "autovacuum_max_workers": "2",
    "max_logical_replication_workers": "0",
    "jit": "off",  # our statements are short
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Agencies' copy does not belong in a log: no statements, no parameters, no DETAIL with the row.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
_LOG_LIMIT = 4 << 20  # bytes; one older log of the same size is kept beside it
_FAST_S, _HARD_S = 30.0, 10.0
_PR_SET_PDEATHSIG = 1
_SEVERE = re.compile(r"(?:FATAL|PANIC|ERROR):\s+(.*)")


class Server:
    """A `postgres` over `place.cluster`; `launch` it, ask it, `stop` it, launch it again."""

    def __init__(self, programs: Path, place: Place, account: Account | None, settings: Mapping[str, str]) -> None:
        self._programs = programs
        self._place = place
        self._account = account
        self._settings = {**SETTINGS, **settings}
        self._child: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    def launch(self, socket: Path) -> None:
        """Start the server; it listens in `socket` once `is_ready`. Its log goes to `place.log`."""
        self.trim_log()
        options = [f"--{name}={value}" for name, value in self._settings.items()]
        command = [str(self._programs / "postgres"), "-D", str(self._place.cluster), *options]
        command.append(f"--unix_socket_directories={socket}")
        with self._place.log.open("ab") as log:
            self._log_start = log.tell()
            self._child = _start_tied(command, self._account, log.fileno())

    @property
    def is_running(self) -> bool:
        """Whether the process lives; it may be recovering still."""
        return self._child is not None and self._child.poll() is None

    @property
    def is_ready(self) -> bool:
        """Whether it takes connections, by what it says itself in its pid file."""
        if self._child is None or not self.is_running:
            return False
        try:
            lines = (self._place.cluster / "postmaster.pid").read_text("utf-8").splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(self._child.pid) and lines[7].strip() == "ready"

    def wait_ready(self, within_s: float) -> bool:
        """Wait until it is ready, has died or `within_s` seconds are over; whether it is ready."""
        deadline = time.monotonic() + within_s
        while self.is_running and time.monotonic() < deadline:
            if self.is_ready:
                return True
            time.sleep(0.005)
        return self.is_ready

    def last_words(self) -> str:
        """What the server complained of since its launch, most telling last; "" when it did not."""
        try:
            with self._place.log.open("rb") as log:
                log.seek(self._log_start)
                text = log.read(1 << 20).decode("utf-8", "replace")
        except OSError:
            return ""
        return "; ".join(dict.fromkeys(_SEVERE.findall(text)[-3:]))

    def trim_log(self) -> None:
        """Keep the log small: past its limit it becomes the one older log, replacing that."""
        log = self._place.log
        try:
            if log.stat().st_size > _LOG_LIMIT:
                shutil.copyfile(log, log.with_suffix(".log.1"))
                os.truncate(log, 0)  # not renamed: the server goes on writing to the same file
                self._log_start = 0
        except OSError:
            return  # none yet, or no room for a second one: a log is never a reason to stop

    def stop(self) -> None:
        """End it: fast (SIGINT), after 30 s at once (SIGQUIT), then dead. Never SIGTERM: that waits for clients."""
        child, self._child = self._child, None
        if child is None:
            return
        for how, within_s in ((signal.SIGINT, _FAST_S), (signal.SIGQUIT, _HARD_S), (signal.SIGKILL, None)):
            child.send_signal(how)
            try:
                child.wait(within_s)
                return
            except subprocess.TimeoutExpired:
                continue


def _start_tied(command: list[str], account: Account | None, log: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd="/",
        env=ENVIRONMENT,
        start_new_session=True,  # a Ctrl-C at the terminal is ours to pass on
        preexec_fn=_death_with(os.getpid()),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def _death_with(parent: int) -> Callable[[], None] | None:
    """What the child does before it becomes postgres: ask for a SIGINT when we die. None where that is unknown.

    subprocess calls it after it has changed the user, which would clear the wish.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGINT)
        if os.getppid() != parent:
            os._exit(1)  # we died between the fork and the wish

    return ask
