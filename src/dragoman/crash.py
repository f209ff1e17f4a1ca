"""Named points at every durable step, where a test can end the process or make the step fail.

``DRAGOMAN_CRASH_AT=name:n`` kills this process at the n-th pass of the point (SIGKILL, nothing is cleaned up);
``DRAGOMAN_FAIL_AT=name:n:ENOSPC`` raises that error instead. With ``DRAGOMAN_CRASH_ONCE=path`` only the first process to
make that file is hit, so that a role that has been restarted lives. Without any a point costs one look at two names.
After SQLite's anomaly loops (sqlite.org/testing.html): n = 1, 2, 3 … until a run passes without hitting the point.
"""

import errno
import os
import signal

_passes: dict[str, int] = {}


def _wanted(variable: str) -> tuple[str, int, str]:
    name, _, rest = os.environ.get(variable, "").partition(":")
    count, _, error = rest.partition(":")
    return name, int(count or 1), error


_crash_name, _crash_pass, _ = _wanted("DRAGOMAN_CRASH_AT")
_fail_name, _fail_pass, _fail_error = _wanted("DRAGOMAN_FAIL_AT")
_once = os.environ.get("DRAGOMAN_CRASH_ONCE", "")


def crash(point: str) -> None:
    """Pass the point called `point`; see the module."""
    if point not in (_crash_name, _fail_name):
        return
    _passes[point] = _passes.get(point, 0) + 1
    if point == _crash_name and _passes[point] == _crash_pass and _is_first():
        os.kill(os.getpid(), signal.SIGKILL)
    if point == _fail_name and _passes[point] == _fail_pass and _is_first():
        number = getattr(errno, _fail_error or "EIO")
        raise OSError(number, os.strerror(number), point)


def _is_first() -> bool:
    """Has nobody been hit yet? The file is made by whoever is."""
    if not _once:
        return True
    try:
        os.close(os.open(_once, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644))
    except FileExistsError:
        return False
    return True
