"""What the doctor looks at on this machine: the program, its settings, keys and disk. Nothing is changed."""

import os
import platform
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from dragoman.app import Node, settings
from dragoman.cli.findings import Finding, judged, skipped
from dragoman.config import Config
from dragoman.desk.references import read_term_base
from dragoman.model.errors import BadInput, Misconfigured, Undecodable
from dragoman.neural import inspect
from dragoman.read.subjects.rules import read_rules
from dragoman.store.db.external import External
from dragoman.store.db.place import place_of
from dragoman.trust.keyfile import load_keyring
from dragoman.trust.keys import fingerprint

_OLDEST = (3, 11)
# Since these releases a line end hidden in a mail's header cannot start another header (gh-121650, CVE-2024-6923).
_PATCHED = {(3, 11): 10, (3, 12): 5}
_FREE_BYTES, _FREE_SHARE, _FREE_INODES = 1 << 30, 0.05, 0.05


def program() -> list[Finding]:
    """The interpreter we run on."""
    return python(sys.version_info[:3], platform.python_version())


def python(version: Sequence[int], said: str) -> list[Finding]:
    series = (version[0], version[1])
    return [
        judged("program", "python", series >= _OLDEST, said, "Install Python 3.11 or newer."),
        judged(
            "program",
            "python patches",
            series > max(_PATCHED) or version[2] >= _PATCHED.get(series, 1 << 30),
            said,
            "Update Python within its series: this one lets a line end into mail headers (CVE-2024-6923).",
            otherwise="warn",
        ),
    ]


def node_settings(folder: Path) -> tuple[Config, list[Finding]]:
    """The settings. Raises: Misconfigured: they cannot be used."""
    config = settings(folder)
    loop = config.web.listen.startswith(("127.", "localhost", "[::1]"))
    reached = bool(config.web.url) or not loop
    open_url = config.url.startswith("https://") or loop
    return config, [
        Finding(group="settings", name="file", state="pass", says=str(folder / "dragoman.toml")),
        judged(
            "settings",
            "address",
            reached,
            config.url,
            "Set web.url to the address partners reach this node at; until then only this machine does.",
            otherwise="warn",
        ),
        judged(
            "settings",
            "encryption",
            open_url,
            config.url,
            "Put a TLS proxy before the node and set web.url to its https address.",
            otherwise="warn",
        ),
    ]


def models(config: Config) -> list[Finding]:
    """The models that read, each loaded and run once, the rules on subjects, the term base; nothing where there are none."""
    found = [_model(part, folder) for part, folder in config.models.items()]
    return found + _subject_rules(config.subject_rules) + _term_base(config.term_base)


def _term_base(path: Path) -> list[Finding]:
    if not path.exists():
        return []
    try:
        found = read_term_base(path)
    except (BadInput, Undecodable) as error:
        advice = f"Mend it: `dragoman lexicon check {path.name}` reads it as the translation desk does."
        return [Finding(group="readers", name=path.name, state="fail", says=str(error), advice=advice)]
    return [Finding(group="readers", name=path.name, state="pass", says=f"{len(found.entries):,} entries")]


def _subject_rules(path: Path) -> list[Finding]:
    if not path.exists():
        return []
    try:
        found = read_rules(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, BadInput) as error:
        says = str(error) if isinstance(error, BadInput) else f"{path}: not readable as UTF-8"
        return [
            Finding(group="readers", name=path.name, state="fail", says=says, advice="Mend the file, then restart.")
        ]
    return [Finding(group="readers", name=path.name, state="pass", says=f"{len(found)} rules")]


def _model(part: str, folder: Path) -> Finding:
    try:
        found = inspect(part, folder)
    except Misconfigured as error:
        return Finding(group="readers", name=f"readers.{part}", state="fail", says=str(error), advice=error.hint)
    return Finding(
        group="readers", name=f"readers.{part}", state="pass", says=f"{found.name}, {len(found.labels)} labels"
    )


def keys(config: Config) -> list[Finding]:
    """The key file. Raises: Misconfigured: it is missing, open to others or damaged."""
    ring = load_keyring(config.keys)
    mode = stat.S_IMODE(config.folder.stat().st_mode)
    return [
        Finding(group="keys", name="key file", state="pass", says=fingerprint(ring.current.public)),
        judged(
            "keys",
            "data directory",
            not mode & 0o066,
            f"{config.folder} has mode {mode:o}",
            f"chmod {'711' if os.geteuid() == 0 else '700'} {config.folder}",
        ),
    ]


def disk(node: Node) -> list[Finding]:
    """Room for bytes and files, and the reserve for a full volume."""
    place = place_of(node.config.folder)
    found = _volume(place.home)
    if isinstance(node.database, External):
        return [*found, skipped("disk", "reserve", "the database is another server's")]
    advice = "Free some space: intake is refused until the reserve can be taken back."
    return [*found, judged("disk", "reserve", place.reserve.exists(), str(place.reserve), advice)]


def _volume(folder: Path) -> list[Finding]:
    seen = os.statvfs(folder)
    free, total = seen.f_bavail * seen.f_frsize, seen.f_blocks * seen.f_frsize
    enough = free > _FREE_BYTES and free > total * _FREE_SHARE
    found = [
        judged("disk", "space", enough, f"{free >> 20} MB free of {total >> 20}", "Free some space.", otherwise="warn")
    ]
    if seen.f_files:
        share = seen.f_favail / seen.f_files
        says = f"{share:.0%} of inodes free"
        found.append(
            judged("disk", "inodes", share > _FREE_INODES, says, "Remove files nobody needs.", otherwise="warn")
        )
    return found
