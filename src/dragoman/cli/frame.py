"""The frame of every command: nouns, verbs, examples first in the help, the common options, one way to fail."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from dragoman.cli.output import NobodyReads, Out, show_error, show_problem
from dragoman.model.errors import DragomanError, Problem

INTERRUPTED, USAGE = 130, 2


class Command(click.Command):
    """A verb. `examples` come first in its help; ``--json``, ``--data``, ``-v`` and ``-q`` may stand behind it."""

    def __init__(self, name: str | None, *, examples: Sequence[str] = (), **attributes: Any) -> None:
        attributes["params"] = [*(attributes.get("params") or []), *common_options()]
        attributes.setdefault("epilog", "Anywhere: --data FOLDER, --json, -v, -q.")
        super().__init__(name, **attributes)
        self.examples = tuple(examples)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.examples:
            with formatter.section("Examples"):
                for example in self.examples:
                    formatter.write(f"  {example}\n")
        super().format_help_text(ctx, formatter)


class Noun(click.Group):
    """A noun with its verbs."""

    command_class = Command


class Lazy(click.Group):
    """The commands of `table` (name → where it is, its summary), each imported when it is called."""

    def __init__(self, *, table: Mapping[str, tuple[str, str]], **attributes: Any) -> None:
        super().__init__(**attributes)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self.load(cmd_name) if cmd_name in self.table else None

    def load(self, name: str) -> click.Command:
        module, _, attribute = self.table[name][0].partition(":")
        found: click.Command = getattr(import_module(module), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.table and not args[0].startswith("-") and not ctx.resilient_parsing:
            raise click.exceptions.NoSuchCommand(args[0], possibilities=list(self.table), ctx=ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in self.table.items()])

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run, and leave with the exit code that says what happened."""
        words = list(sys.argv[1:] if args is None else args)
        extra["standalone_mode"] = False
        sys.exit(self._ended(words, *rest, **extra))

    def _ended(self, words: list[str], *rest: Any, **extra: Any) -> int:
        json = "--json" in words
        try:
            code = super().main(words, *rest, **extra)
            return code if isinstance(code, int) else 0
        except DragomanError as error:
            show_error(error, json=json)
            return error.exit_code
        except click.exceptions.Abort:
            show_problem(_problem("interrupted", "Stopped", "nothing more was done"), json=json)
            return INTERRUPTED
        except click.ClickException as error:
            show_problem(_usage(error), json=json)
            return error.exit_code

    def invoke(self, ctx: click.Context) -> Any:
        try:
            found = super().invoke(ctx)
            _found(ctx).finish()
            return found
        except NobodyReads:
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the interpreter flushes and closes it at exit
            return None


def _usage(error: click.ClickException) -> Problem:
    context = getattr(error, "ctx", None)
    hint = f"`{context.command_path} --help` shows how." if context is not None else ""
    return _problem("usage", error.format_message().rstrip("."), "", hint)


def _problem(kind: str, title: str, detail: str, hint: str = "") -> Problem:
    return Problem(type=f"urn:dragoman:problem:{kind}", title=title, status=400, detail=detail, hint=hint)


# ---------------------------------------------------------------------------------------------- the common options


def common_options() -> list[click.Option]:
    """What every command understands, before or behind its name. Hidden: the epilog and ``dragoman --help`` tell."""
    return [
        click.Option(["--data"], type=click.Path(path_type=Path), expose_value=False, hidden=True, callback=_data),
        click.Option(["--json"], is_flag=True, expose_value=False, hidden=True, callback=_json),
        click.Option(["-v", "--verbose"], count=True, expose_value=False, hidden=True, callback=_verbose),
        click.Option(["-q", "--quiet"], is_flag=True, expose_value=False, hidden=True, callback=_quiet),
    ]


def _voice(ctx: click.Context) -> Out:
    return ctx.ensure_object(_Default)


class _Default(Out):
    """Where no group made one: a command called by itself, or a shell that completes a word."""

    def __init__(self) -> None:
        super().__init__(Path("dragoman-data"))


def _data(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is not None:
        _found(ctx).folder = value


def _json(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    _found(ctx).json |= value


def _verbose(ctx: click.Context, _: click.Parameter, value: int) -> None:
    _found(ctx).verbosity += value


def _quiet(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        _found(ctx).verbosity = -1


def _found(ctx: click.Context) -> Out:
    out = ctx.find_object(Out)
    return out if out is not None else _voice(ctx)


def verbs(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Every command beneath `command`, with its path: ``item list``."""
    if isinstance(command, click.Group):
        for verb in sorted(command.commands):
            yield from verbs(f"{name} {verb}", command.commands[verb])
    else:
        yield name, command
