"""Which system user serves the database: PostgreSQL refuses to run as root, and so do we."""

import os
import pwd
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from dragoman.model.errors import Misconfigured

# `nobody` shares its rights with other services and comes last; containers without an image of ours still have it.
CANDIDATES = ("dragoman", "postgres", "nobody")


class Account(msgspec.Struct, frozen=True):
    """An unprivileged system user: name, uid and gid."""

    name: str
    uid: int
    gid: int


def service_account(candidates: Iterable[str] = CANDIDATES) -> Account | None:
    """The user that serves the database, or None when we are unprivileged ourselves and serve it as we are.

    Raises: Misconfigured when we are root and no such user exists or can be made.

    Limits: a bare uid will not do: `initdb` looks its user up by name.
    """
    if os.geteuid() != 0:
        return None
    for name in candidates:
        if found := _named(name):
            return found
    _add("dragoman")
    if found := _named("dragoman"):
        return found
    raise Misconfigured(
        "There is no unprivileged user to run PostgreSQL as",
        "Dragoman was started by root, and none of dragoman, postgres or nobody exists.",
        hint="Create one (useradd --system dragoman) or start Dragoman as an ordinary user.",
    )


def owner_of(path: Path) -> Account:
    """The user that owns `path`; its number serves as its name when it has none."""
    seen = path.stat()
    try:
        name = pwd.getpwuid(seen.st_uid).pw_name
    except KeyError:
        name = str(seen.st_uid)
    return Account(name, seen.st_uid, seen.st_gid)


def holds_for(account: Account | None, question: Callable[[], bool]) -> bool:
    """Whether `question` is true for `account`, asked by a forked child that really is that user.

    Mode bits do not tell: ACLs, read-only mounts and security modules have their say too.
    """
    if account is None:
        return question()
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            become(account)
            answer = 0 if question() else 1
        finally:
            os._exit(answer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def become(account: Account) -> None:
    """Give up root for `account`, for good."""
    os.setgroups([])
    os.setgid(account.gid)
    os.setuid(account.uid)


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _add(name: str) -> None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", name]
    try:
        subprocess.run(command, check=False, capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return  # the caller looks the name up again and says what is missing
