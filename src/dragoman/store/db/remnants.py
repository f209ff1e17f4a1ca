"""What a killed PostgreSQL leaves behind, cleared before the next start: busy backends and a pid file that lies.

A backend that computes outlives its killed postmaster and holds the shared memory for as long as it runs: every start
is refused until then. A pid file that is empty, or names a living process of the same user, refuses it for ever.
"""

import os
import signal
import time
from pathlib import Path

from dragoman.model.errors import TryAgain

_GENTLE_S, _QUICK_S, _HARD_S = 30.0, 5.0, 5.0


def clear_remnants(cluster: Path) -> None:
    """Stop every PostgreSQL process of the folder `cluster`, then remove its pid file.

    To be called only by the holder of the data directory's lock, with no server of its own running: then nothing that
    still runs there is wanted. Raises: TryAgain when a process does not go even when killed.

    Limits: processes are found through /proc; without it (macOS) only an empty pid file is removed.
    """
    pid_file = cluster / "postmaster.pid"
    named = _pid_in(pid_file)
    if not Path("/proc/self/cwd").exists():
        if named is None:
            pid_file.unlink(missing_ok=True)
        return
    if named is not None and named in processes_in(cluster):
        # A whole server, perhaps shutting down already: let it finish properly.
        _end([named], signal.SIGINT, cluster, _GENTLE_S)
    _end(processes_in(cluster), signal.SIGQUIT, cluster, _QUICK_S)
    _end(processes_in(cluster), signal.SIGKILL, cluster, _HARD_S)
    if left := processes_in(cluster):
        raise TryAgain("An old PostgreSQL process does not end", f"pids {left} still work in {cluster}")
    pid_file.unlink(missing_ok=True)


def processes_in(cluster: Path) -> list[int]:
    """Pids of the PostgreSQL processes whose working folder is `cluster`, by /proc."""
    try:
        wanted = cluster.stat()
    except FileNotFoundError:
        return []
    pids = (int(name) for name in os.listdir("/proc") if name.isdecimal())
    return [pid for pid in pids if _works_in(pid, wanted)]


def _works_in(pid: int, wanted: os.stat_result) -> bool:
    try:
        # The suffix: a running program whose file an upgrade has replaced.
        program = os.readlink(f"/proc/{pid}/exe").removesuffix(" (deleted)")
        folder = os.stat(f"/proc/{pid}/cwd")
    except OSError:
        return False  # gone, a zombie, or not ours to see
    return program.endswith("/postgres") and (folder.st_dev, folder.st_ino) == (wanted.st_dev, wanted.st_ino)


def _end(pids: list[int], how: signal.Signals, cluster: Path, within_s: float) -> None:
    for pid in pids:
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            continue
    deadline = time.monotonic() + within_s
    while pids and time.monotonic() < deadline:
        pids = sorted(set(pids) & set(processes_in(cluster)))
        time.sleep(0.01)


def _pid_in(pid_file: Path) -> int | None:
    try:
        first = pid_file.read_bytes().split(b"\n")[0]
    except FileNotFoundError:
        return None
    return int(first) if first.strip().isdigit() else None
