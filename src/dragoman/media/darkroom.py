"""The darkroom: pictures are developed in a process of its own, with nothing to lose and little to use, that ends with each.

Forked where there are threads, a process may hang before it begins; so this one is started afresh, from anywhere: a role, a
page, a command. What it may cost is in `Limits`; one that costs more is killed, and the picture is said to be at fault.
"""

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from dragoman.media.developing import Developed, Order
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Problem
from dragoman.model.provenance import Provenance
from dragoman.store.db.account import service_account

SMALL: tuple[str, ...] = ("thumbnail", "preview", "large")
PRINT: tuple[str, ...] = ("print",)
MOST_BYTES = 64_000_000
"""A picture's file; larger ones are refused wherever they come from."""
_ANSWER = 200_000_000


class Limits(Struct, frozen=True, kw_only=True):
    """What one picture may cost: seconds by the clock, bytes of address space beyond what the program itself needs."""

    wall_s: float = 20.0
    memory_bytes: int = 640_000_000


_USUAL = Limits()


def develop(body: bytes, hints: Hints, names: Sequence[str] = SMALL, *, limits: Limits = _USUAL) -> Developed:
    """What is written in the picture and its renditions `names`; a problem where it could not be done. Never raises for it.

    Takes a quarter of a second and more: not to be called from an event loop.
    """
    if len(body) > MOST_BYTES:
        return _failed("The file is too large", f"{len(body):,} bytes; the limit is {MOST_BYTES:,}", 413)
    answer, how = _asked(_DEVELOPING, msgspec.msgpack.encode(Order(body, hints, tuple(names))), limits)
    try:
        done = msgspec.msgpack.decode(answer, type=Developed)
    except msgspec.MsgspecError:
        return _failed("The picture could not be decoded within limits", how)
    if not done.has_manifest or tuple(names) == PRINT:
        return done
    return msgspec.structs.replace(done, provenance=vouched(body, limits=limits))


def vouched(body: bytes, *, limits: Limits = _USUAL) -> Provenance | None:
    """What a C2PA manifest in the picture says of itself, nothing being fetched; None where there is none. Never raises."""
    answer, how = _asked(_PROVENANCE, body, limits)
    try:
        return msgspec.msgpack.decode(answer, type=Provenance | None)
    except msgspec.MsgspecError:
        return Provenance(verdict="unreadable", why=how)


def _asked(module: str, order: bytes, limits: Limits) -> tuple[bytes, str]:
    with tempfile.TemporaryFile() as file:
        file.write(order)
        file.seek(0)
        return _run(module, file.fileno(), limits)


_DEVELOPING, _PROVENANCE = "dragoman.media.developing", "dragoman.media.provenance"


def _run(module: str, source: int, limits: Limits) -> tuple[bytes, str]:
    """What the process answered, and how it ended."""
    account = service_account()
    words = [account.uid if account else 0, account.gid if account else 0, limits.memory_bytes, int(limits.wall_s) + 1]
    process = subprocess.Popen(
        # -P: not the folder we happen to be in; the program itself is found as we have found it.
        [sys.executable, "-P", "-m", module, *map(str, words)],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={name: os.environ[name] for name in _KEPT if name in os.environ},
    )
    late = threading.Event()
    alarm = threading.Timer(limits.wall_s, _stop, (process, late))
    alarm.start()
    try:
        assert process.stdout is not None
        answer = process.stdout.read(_ANSWER)
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    return answer, "it took too long" if late.is_set() else _how(process.returncode)


def _stop(process: "subprocess.Popen[bytes]", late: threading.Event) -> None:
    late.set()
    process.kill()


_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "LANG", "VIRTUAL_ENV", "SYSTEMROOT")


def _how(code: int) -> str:
    return f"it ended by signal {-code}" if code < 0 else "it ended"


def _failed(title: str, detail: str, status: int = 422) -> Developed:
    kind = "too-large" if status == 413 else "undecodable"
    problem = Problem(type=f"urn:dragoman:problem:{kind}", title=title, status=status, detail=detail)
    return Developed(Unit(index=0, problem=problem), problem=problem)
