"""``dragoman doctor``: one look at everything. Nothing is changed; what cannot be looked at is a finding too."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click
import msgspec
import psycopg

from dragoman.app import Node, connected, database_of
from dragoman.cli import checks_here, checks_store
from dragoman.cli.at import now
from dragoman.cli.findings import Finding, skipped
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.config import Config
from dragoman.model.errors import DragomanError
from dragoman.trust.keyfile import load_keyring


@click.command(cls=Command, examples=("dragoman doctor", "dragoman --data /srv/lna doctor --json"))
@click.pass_context
def doctor(ctx: click.Context) -> None:
    """Look at the program, settings, readers, keys, disk, database, feeds, channels, partners, audit and backups.

    Each finding passes, warns or fails, and says in one line what helps. Without secrets: it can be shown to others.
    Exit code 1: something fails.
    """
    out: Out = ctx.obj
    findings = examine(out.folder)
    shown = [f for f in findings if out.json or out.verbosity >= 0 or f.state in ("warn", "fail")]
    out.records(map(msgspec.structs.asdict, shown), ("state", "group", "name", "says", "advice"))
    counts = {state: sum(f.state == state for f in findings) for state in ("pass", "warn", "fail", "skipped")}
    out.say(", ".join(f"{count} {state}" for state, count in counts.items()))
    if counts["fail"]:
        ctx.exit(1)


def examine(folder: Path) -> list[Finding]:
    """Every finding about the node in `folder`, in the order of the groups."""
    findings = checks_here.program()
    config: list[Config] = []

    def read_settings() -> list[Finding]:
        found, said = checks_here.node_settings(folder)
        config.append(found)
        return said

    findings += _guarded("settings", read_settings)
    if not config:
        return [*findings, *(skipped(group, "", "there are no settings") for group in ("keys", "disk", "database"))]
    findings += _guarded("readers", lambda: checks_here.models(config[0]))
    return findings + _guarded("keys", lambda: checks_here.keys(config[0])) + _of_node(config[0])


def _of_node(config: Config) -> list[Finding]:
    try:
        node = Node(config=config, keyring=load_keyring(config.keys), database=database_of(config))
    except DragomanError:
        return [skipped(group, "", "there are no keys") for group in ("disk", "database")]
    return _guarded("disk", lambda: checks_here.disk(node)) + _guarded("database", lambda: _of_store(node))


def _of_store(node: Node) -> list[Finding]:
    with connected(node) as conn:
        found: list[Finding] = []
        for group, check in checks_store.CHECKS.items():
            found += _guarded(group, lambda check=check: check(conn, now()))  # type: ignore[misc]  # mypy cannot infer a default
        return found


def _guarded(group: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What `look` finds; what keeps it from looking is a failure with its own advice."""
    try:
        return list(look())
    except DragomanError as error:
        return [Finding(group=group, name="", state="fail", says=str(error), advice=error.hint)]
    except (psycopg.Error, OSError) as error:
        says = (str(error).splitlines() or [type(error).__name__])[0]
        return [Finding(group=group, name="", state="fail", says=says, advice="Look at the log of the database.")]
