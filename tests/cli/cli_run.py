"""Running the command in this process, and what it said."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from click.testing import CliRunner

from dragoman.app import connected, open_node
from dragoman.cli import dragoman as command
from dragoman.model.item import Body, Headline, Item, Profile
from dragoman.store.connect import Connection
from dragoman.store.filing import Filing, file

PASSWORD = "a long enough secret"


class Said(msgspec.Struct, frozen=True):
    """How a command ended: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def one(self) -> dict[str, Any]:
        (only,) = self.lines
        return only

    @property
    def error(self) -> dict[str, Any]:
        """Standard error's last line as the JSON error."""
        found: dict[str, Any] = json.loads(self.err.splitlines()[-1])["error"]
        return found


def dragoman(*words: object, typed: str | None = None, environment: dict[str, str] | None = None) -> Said:
    """`dragoman` with these words."""
    result = CliRunner().invoke(command, [str(word) for word in words], input=typed, env=environment or {})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


class Desk(msgspec.Struct, frozen=True):
    """A node's folder, and the file with everybody's password."""

    folder: Path
    secret: Path

    def run(self, *words: object, **more: Any) -> Said:
        return dragoman("--data", self.folder, *words, **more)

    def ok(self, *words: object, **more: Any) -> list[dict[str, Any]]:
        """The JSON lines of a command that must succeed."""
        said = self.run(*words, "--json", **more)
        assert said.code == 0, (words, said.err)
        return said.lines

    def as_user(self, name: str) -> tuple[object, ...]:
        return ("--as", name, "--password-file", self.secret)

    @contextmanager
    def store(self) -> Iterator[Connection]:
        with connected(open_node(self.folder)) as conn:
            yield conn

    def file(
        self, uri: str, headline: str, *, text: str = "<p>The ferry left on time.</p>", language: str = "en"
    ) -> int:
        """A piece of our own copy; the item's number."""
        home, now = self.ok("node", "show")[0]["agency"], datetime.now(UTC)
        item = Item(
            uri=uri,
            version="1",
            version_created=now,
            language=language,
            headlines=(Headline(value=headline),),
            bodies=(Body(value=text),),
            dragoman=Profile(origin=home),
        )
        with self.store() as conn, conn.transaction():
            (filed,) = file(conn, [Filing(item=item, origin=home, agency=home, received=now)], now)
            row = conn.execute("select item from version where sequence = %s", (filed.sequence,)).fetchone()
        assert row is not None
        return int(row[0])
