"""``dragoman config``: the settings in force, and where each comes from."""

import os
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import click

from dragoman.app import settings
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.config import Config, config_path
from dragoman.config import settings as described

config = Noun("config", help="The settings in force, and where each comes from.")
_PASSWORD = re.compile(r"(://[^:/@]*:)[^@]*@|(password=)\S+")


@config.command("show", examples=("dragoman config show", "dragoman config show --json"))
@click.pass_obj
def show(out: Out) -> None:
    """List every setting with its value and its origin: default, file or environment."""
    out.records(_settings(out), ("name", "value", "origin"))


def _settings(out: Out) -> Iterator[Record]:
    effective = settings(out.folder)
    filed = tomllib.loads(config_path(out.folder).read_text(encoding="utf-8"))
    for each in described():
        value = _PASSWORD.sub(r"\1\2***@", str(_at(effective, each.name)))
        yield {"name": each.name, "value": value, "origin": _origin(each.name, filed)}


def _at(config: Config, name: str) -> Any:
    value: Any = config
    for word in name.split("."):
        value = getattr(value, word)
    return "" if value is None else ", ".join(value) if isinstance(value, tuple) else value


def _origin(name: str, filed: dict[str, Any]) -> str:
    variable = "DRAGOMAN_" + name.replace(".", "_").upper()
    found = next((v for v in (variable, f"{variable}_FILE") if v in os.environ), "")
    if name == "database.url" and not found and "DATABASE_URL" in os.environ:
        found = "DATABASE_URL"
    section, _, key = name.rpartition(".")
    table = filed.get(section, {}) if section else filed
    return found or ("file" if key in table else "default")
