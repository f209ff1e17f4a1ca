"""A new, empty database cluster: UTF-8, ordered by code point, a password for everyone."""

import os
import shutil
import subprocess
from pathlib import Path

from dragoman.model.errors import Misconfigured
from dragoman.store.db.account import Account
from dragoman.store.db.place import Place
from dragoman.store.db.secrets import sync_folder

ADMIN = "dragoman_admin"
MAJOR = "18"
_OPTIONS = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--data-checksums",
    "--auth=scram-sha-256",
    f"--username={ADMIN}",
)
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def create_cluster(programs: Path, place: Place, account: Account | None, password: str) -> None:
    """Make `place.cluster`, owned by `account`, with the superuser `dragoman_admin` and `password`.

    Made beside its place and renamed, so that a crash leaves either no cluster or a whole one. Raises: Misconfigured.
    """
    fresh = place.cluster.with_suffix(".new")
    word = place.cluster.with_suffix(".password")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        fresh.mkdir(mode=0o700)
        _write_private(word, password)
        if account is not None:
            for path in (fresh, word):
                os.chown(path, account.uid, account.gid)
        _run([str(programs / "initdb"), "-D", str(fresh), f"--pwfile={word}", *_OPTIONS], account, place.home)
        fresh.rename(place.cluster)
        sync_folder(place.home)
    finally:
        word.unlink(missing_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)


def check_release(cluster: Path) -> None:
    """Raises: Misconfigured when `cluster` was made by another major release of PostgreSQL than ours."""
    try:
        made_by = (cluster / "PG_VERSION").read_text("ascii").strip()
    except FileNotFoundError:
        made_by = "nothing we know"
    if made_by != MAJOR:
        raise Misconfigured(
            f"The database was made by PostgreSQL {made_by}, this Dragoman brings {MAJOR}",
            str(cluster),
            hint="Restore a backup into a new data directory (dragoman backup, dragoman restore).",
        )


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(fd, "w") as file:
        file.write(text + "\n")


def _run(command: list[str], account: Account | None, home: Path) -> None:
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        cwd="/",
        env=ENVIRONMENT,
        timeout=300,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode != 0:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        errors = [line for line in words if "error" in line.lower() or "could not" in line] or words[-1:]
        raise Misconfigured(
            "The database could not be created",
            f"in {home}: {' '.join(errors[:2])}",
            hint="Check the free space of the volume and who may write to the folder.",
            kept="nothing was there and nothing is",
        )
