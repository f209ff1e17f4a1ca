"""``dragoman version``: which programs work together here."""

import importlib.metadata
import platform
import subprocess

import click

from dragoman import __version__
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.model.errors import Misconfigured


@click.command(cls=Command, examples=("dragoman version", "dragoman version --json"))
@click.pass_obj
def version(out: Out) -> None:
    """Print the versions of Dragoman, Python, PostgreSQL and the database driver."""
    out.record(
        {
            "dragoman": __version__,
            "python": platform.python_version(),
            "postgresql": postgresql_version(),
            "psycopg": importlib.metadata.version("psycopg"),
            "platform": platform.platform(),
        }
    )


def postgresql_version() -> str:
    """That of our own PostgreSQL; empty where it cannot be run."""
    from dragoman.store.db.account import service_account
    from dragoman.store.db.binaries import programs

    try:
        command = [str(programs(service_account()) / "postgres"), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20).stdout
    except (Misconfigured, OSError, subprocess.SubprocessError):
        return ""
    return said.strip().rpartition(" ")[2]
