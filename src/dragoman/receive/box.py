"""The box: worker processes in which strangers' bytes are decoded, with nothing to lose and little to use.

A worker has no database, no network use and no files to write; memory, time and open files are limited, and it runs as
nobody in particular when we are root. What it sends back is msgpack. One that dies or hangs is replaced; the caller
learns which job it died of.

Limits: forked, so Linux and other Unix only.
"""

import contextlib
import ctypes
import gc
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection as Pipe
from multiprocessing.connection import Pipe as make_pipe
from multiprocessing.connection import wait

from msgspec import Struct

Work = Callable[[bytes], bytes]


class BoxLimits(Struct, frozen=True, kw_only=True):
    """What one job may cost: seconds of clock, bytes of address space; `user` is (uid, gid) to become, if root."""

    wall_s: float = 10.0
    memory_bytes: int = 512_000_000
    user: tuple[int, int] | None = None
    nice: int = 0
    """How far the workers give way to everybody else."""


class Done(Struct, frozen=True, kw_only=True):
    """A finished job. `failure` says how its worker ended, where it did."""

    job: int
    answer: bytes = b""
    failure: str = ""


class _Worker:
    def __init__(self, work: Mapping[str, Work], limits: BoxLimits, others: Sequence[Pipe]) -> None:
        self.pipe, theirs = make_pipe()
        self.job: int | None = None
        self.deadline = 0.0
        self.pid = os.fork()
        if self.pid == 0:
            _serve(theirs, work, limits, [self.pipe, *others])
        theirs.close()

    def end(self) -> str:
        """Kill it if need be and say how it ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        _, status = os.waitpid(self.pid, 0)
        self.pipe.close()
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) != signal.SIGKILL:
            return f"the decoder ended by {signal.Signals(os.WTERMSIG(status)).name}"
        return "the decoder ended" if os.WIFEXITED(status) else "the decoder was killed"


class Box:
    """A fixed number of workers. `send` gives a job to an idle one; `collect` returns what is done."""

    def __init__(self, size: int, work: Mapping[str, Work], limits: BoxLimits) -> None:
        self._work, self._limits = work, limits
        self._workers: list[_Worker] = []
        for _ in range(size):
            self._add()

    def _add(self) -> None:
        self._workers.append(_Worker(self._work, self._limits, [w.pipe for w in self._workers]))

    @property
    def pipes(self) -> list[Pipe]:
        """What to select on, to know when something is done."""
        return [w.pipe for w in self._workers if w.job is not None]

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return sum(w.job is None for w in self._workers)

    @property
    def pids(self) -> list[int]:
        return [w.pid for w in self._workers]

    def send(self, job: int, kind: str, body: bytes, *, wall_s: float | None = None) -> None:
        """Give `job` to an idle worker; there must be one (`idle`)."""
        worker = next(w for w in self._workers if w.job is None)
        worker.job, worker.deadline = job, time.monotonic() + (wall_s or self._limits.wall_s)
        try:
            worker.pipe.send_bytes(kind.encode() + b"\n" + body)
        except OSError:
            worker.deadline = 0.0  # it died while idle: found and replaced by the next collect

    def collect(self, timeout_s: float) -> list[Done]:
        """What has been done, waiting at most `timeout_s` seconds for the first."""
        busy = {w.pipe: w for w in self._workers if w.job is not None}
        if not busy:
            return []
        nearest = min(w.deadline for w in busy.values()) - time.monotonic()
        ready = wait(list(busy), timeout=max(0.0, min(timeout_s, nearest)))
        done = [self._receive(busy[pipe]) for pipe in ready if isinstance(pipe, Pipe)]
        now = time.monotonic()
        late = [w for w in self._workers if w.job is not None and w.deadline <= now]
        return done + [self._replace(w, "the decoder took too long") for w in late]

    def run(self, kind: str, body: bytes) -> Done:
        """One job from beginning to end, by the only caller of this box."""
        return self.run_all(kind, [body])[0]

    def run_all(self, kind: str, bodies: Sequence[bytes]) -> list[Done]:
        """As many jobs as there are workers, side by side, by the only caller of this box; what became of each, in order."""
        for number, body in enumerate(bodies):
            self.send(number, kind, body)
        done: dict[int, Done] = {}
        while len(done) < len(bodies):
            done |= {one.job: one for one in self.collect(1.0)}
        return [done[number] for number in range(len(bodies))]

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _receive(self, worker: _Worker) -> Done:
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            return self._replace(worker, "")
        job, worker.job = worker.job, None
        assert job is not None
        if answer[:1] == b"!":
            return Done(job=job, failure=answer[1:].decode("utf-8", "replace"))
        return Done(job=job, answer=answer[1:])

    def _replace(self, worker: _Worker, why: str) -> Done:
        job = worker.job
        assert job is not None
        how = worker.end()
        self._workers.remove(worker)
        self._add()
        return Done(job=job, failure=why or how)


def _serve(pipe: Pipe, work: Mapping[str, Work], limits: BoxLimits, not_ours: Sequence[Pipe]) -> None:
    """The worker's life; never returns."""
    code = 1
    try:
        _shut(pipe, not_ours)
        _limit(limits)
        gc.enable()
        while True:
            try:
                kind, _, body = pipe.recv_bytes().partition(b"\n")
            except EOFError:
                code = 0
                break
            pipe.send_bytes(_answer(work[kind.decode()], body))
    except (BrokenPipeError, KeyboardInterrupt):
        code = 0
    finally:
        os._exit(code)


def _answer(work: Work, body: bytes) -> bytes:
    try:
        return b"=" + work(body)
    except MemoryError:
        return b"!the decoder ran out of memory"
    except Exception as error:  # whatever a stranger's bytes bring about becomes a reason beside them
        return b"!" + f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace")


def _shut(pipe: Pipe, not_ours: Sequence[Pipe]) -> None:
    """Keep the one pipe and the standard streams; everything else the parent had open is not for us."""
    for other in not_ours:
        with contextlib.suppress(OSError):
            os.close(other.fileno())
    keep = pipe.fileno()
    for name in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else map(str, range(3, 256)):
        number = int(name)
        if number > 2 and number != keep:
            with contextlib.suppress(OSError):
                os.close(number)
    for received in (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD, signal.SIGHUP):
        signal.signal(received, signal.SIG_DFL if received == signal.SIGTERM else signal.SIG_IGN)
    signal.set_wakeup_fd(-1)


def _limit(limits: BoxLimits) -> None:
    os.nice(limits.nice)
    if limits.user and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(limits.user[1])
        os.setuid(limits.user[0])
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: a worker does not outlive its pipeline
        libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    # Address space is counted from what the fork already maps.
    used = _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (used + limits.memory_bytes, used + limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
