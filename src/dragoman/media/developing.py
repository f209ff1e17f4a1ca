"""The darkroom's own process: one picture in on standard input, what is written in it and its renditions out, and it ends.

    python -P -m dragoman.media.developing UID GID MEMORY SECONDS

Before it looks at the first byte it has given up: root, files to write, memory beyond MEMORY bytes, time on the processor
beyond SECONDS, and, where the system lets it (Linux), every network. It is told what to do, and answers, in msgpack.
"""

import ctypes
import os
import resource
import signal
import sys

import msgspec
from msgspec import Struct

from dragoman import formats
from dragoman.formats.picture.header import has_manifest
from dragoman.media.renditions import Made, make
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Problem
from dragoman.model.provenance import Provenance


class Order(Struct, frozen=True, array_like=True):
    """The bytes, what is known of them, and which renditions are wanted; none: only what is written in it."""

    body: bytes
    hints: Hints
    names: tuple[str, ...] = ()


class Developed(Struct, frozen=True, array_like=True):
    """The unit that the picture is, and its renditions; `problem` says why there are none. `provenance` is what a C2PA manifest
    says, where the picture has one or names one; another process reads it."""

    unit: Unit
    made: tuple[Made, ...] = ()
    problem: Problem | None = None
    has_manifest: bool = False
    provenance: Provenance | None = None


def develop(order: Order) -> Developed:
    """What the order asks for. Never raises for what the bytes are."""
    [unit, *_] = formats.decode(order.body, order.hints) or [Unit(index=0)]
    if unit.item is None or unit.item.type != "picture":
        return Developed(unit, problem=unit.problem or Problem(type="", title="This is no picture", status=422))
    try:
        made = tuple(make(order.body, order.names)) if order.names else ()
        return Developed(unit, made, has_manifest=has_manifest(order.body))
    except DragomanError as error:
        return Developed(unit, problem=error.problem())
    except MemoryError:
        return Developed(unit, problem=_problem("The picture needs more memory than it may have"))
    except Exception as error:  # the border: whatever a stranger's picture does to the decoder is told, not raised
        return Developed(
            unit, problem=_problem("The picture cannot be decoded", f"{type(error).__name__}: {error}"[:200])
        )


def _problem(title: str, detail: str = "") -> Problem:
    return Problem(type="urn:dragoman:problem:undecodable", title=title, status=422, detail=detail)


_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of unshare(2): a namespace in which nothing is connected; root needs no other user's."""


def give_up(uid: int, gid: int, memory: int, seconds: int) -> None:
    """Everything that this process could do harm with; what is left is standard input and output."""
    if sys.platform == "linux":
        ctypes.CDLL(None).unshare(_NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK)
    if uid and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        libc.prctl(38, 1, 0, 0, 0)  # PR_SET_NO_NEW_PRIVS
    with open("/proc/self/statm") if os.path.exists("/proc/self/statm") else open(os.devnull) as file:
        pages = file.read().split()
    used = int(pages[0]) * resource.getpagesize() if pages else 0
    resource.setrlimit(resource.RLIMIT_AS, (used + memory, used + memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(words: list[str]) -> None:
    """The process from beginning to end."""
    formats.prepare()
    give_up(*(int(word) for word in words))
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    sys.stdout.buffer.write(msgspec.msgpack.encode(develop(order)))
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing to tidy up, and no right to


if __name__ == "__main__":
    main(sys.argv[1:])
