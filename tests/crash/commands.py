"""Deaths in what writes durably by itself: a node, a new key, a backup, a project, a partner's server. Each is simply done again."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from dragoman.cli.archive import checked
from dragoman.model.errors import DragomanError
from dragoman.trust.keyfile import load_keyring

from . import transports
from .history import Violation
from .node import PASSWORD, Made, command, init_words, once_file
from .partner import Partners
from .scenario import Ran


def command_run(made: Made, point: str, passes: int = 1) -> Ran:
    """The command in which `point` lies dies at its `passes`-th pass, and is given again."""
    began, once = time.monotonic(), once_file(made)
    deadly = {"DRAGOMAN_CRASH_AT": f"{point}:{passes}", "DRAGOMAN_CRASH_ONCE": str(once)}
    said = ACTS[point.partition(".")[0]](made, deadly, once)
    return Ran(
        point=point,
        passes=passes,
        hit=once.exists(),
        broken=[Violation("a command can be given again", one) for one in said],
        seconds=time.monotonic() - began,
    )


def _twice(made: Made, deadly: dict[str, str], *words: str) -> list[str]:
    """The command, and again where it died; what it says if that fails."""
    done = command(made, *words, environment=deadly)
    if done.returncode == -9:
        done = command(made, *words, environment=deadly)
    return [f"{' '.join(words[:2])}: exit {done.returncode}: {done.stderr[-300:]}"] if done.returncode else []


def _init(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """A node of its own, thrown away afterwards."""
    folder = made.folder.parent / once.name
    folder.mkdir(mode=0o755)
    (folder / "password").write_text(PASSWORD)
    other = Made(folder=folder / "node", port=made.port, secret="", partners=Partners([], folder / "partners"))
    try:
        return _twice(other, deadly, *init_words(other)) or _twice(other, {}, "item", "list")
    finally:
        for note in folder.glob("*/postgres-is-elsewhere.txt"):
            shutil.rmtree(note.read_text().splitlines()[0], ignore_errors=True)
        shutil.rmtree(folder)


def _rotate(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """After a death the file holds the old key or the new one; given again, there is a newer one."""
    keys = made.folder / "keys.json"
    done = command(made, "node", "rotate", "--yes", environment=deadly)
    said = [] if done.returncode in (0, -9) else [done.stderr[-300:]]
    try:
        signing = load_keyring(keys).signing
    except DragomanError as error:
        return [*said, f"the key file after a death: {error}"]
    # Partners follow: what they trusted still signs.
    if not {key.public for key in signing} & set(made.partners.keys):
        said.append("no key that partners trust signs any more")
    said += _twice(made, {}, "node", "rotate", "--announce-only" if len(signing) > 1 else "--yes")
    made.partners.keys = [key.public for key in load_keyring(keys).signing]
    return said


def _project(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """A project founded is there whole, with its lead, or not at all; its log has no gap."""
    name = once.name.lower().replace("_", "-")
    said = _twice(made, deadly, "project", "new", name, "--title", "A forum")
    shown = command(made, "project", "list")
    return said + ([] if name in shown.stdout else [f"the project {name} is not there"])


def _backup(made: Made, deadly: dict[str, str], once: Path) -> list[str]:
    """There is a whole file of that name, or none."""
    first, second = (made.folder.parent / f"{once.name}-{number}.tar" for number in (1, 2))
    command(made, "backup", str(first), environment=deadly)
    said = _twice(made, {}, "backup", str(second))
    for file in (first, second):
        try:
            if file.exists():
                checked(file)
        except DragomanError as error:
            said.append(f"{file.name}: {error}")
        file.unlink(missing_ok=True)
    return said


ACTS: dict[str, Callable[[Made, dict[str, str], Path], list[str]]] = {
    "migrate": _init,
    "keys": _rotate,
    "backup": _backup,
    "projects": _project,
    "remote": transports.remote_run,
    "mailbox": transports.mailbox_run,
    "server": transports.server_run,
}
