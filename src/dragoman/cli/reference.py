"""The page `docs/commands.md`, made from the commands themselves: ``python -m dragoman.cli.reference > docs/commands.md``."""

import sys

import click

from dragoman.cli import COMMANDS, all_commands

_HEAD = """\
# Commands

`dragoman NOUN VERB --help` tells all about a command, examples first. Data goes to standard output, talk to standard
error. On a terminal a list is a table, in a pipe it is lines with tabs, with `--json` it is one JSON object a line;
errors are then `{"error": {"type", "title", "status", "detail", "hint", "kept", "id"}}` on standard error.

Anywhere on the line: `--data FOLDER` (or DRAGOMAN_DATA), `--json`, `-v`, `-q`. NO_COLOR is honoured. Passwords are asked
for, or come from `--password-file` (`-` for standard input); they are never arguments.

| exit code | means |
|---|---|
| 0 | done |
| 1 | failed |
| 2 | used wrongly, or misconfigured |
| 3 | some inputs failed, the others are done |
| 4 | not found |
| 5 | refused: a right, a role, a password |
| 75 | try again: the database, the disk or a partner is away |
| 130 | interrupted |
"""


def page() -> str:
    """The whole page as Markdown."""
    parts = [_HEAD]
    noun = ""
    for path, command in all_commands():
        first = path.split(" ")[0]
        if first != noun:
            noun = first
            parts.append(f"\n## {first}\n\n{COMMANDS[first][1]}\n")
        parts.append(_section(path, command))
    return "\n".join(part.strip("\n") + "\n" for part in parts)


def _section(path: str, command: click.Command) -> str:
    lines = [f"### dragoman {path}", "", command.get_short_help_str(200), "", "```console"]
    lines += [f"$ {example}" for example in examples(path, command)]
    lines += ["```", ""]
    options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden and p.help]
    lines += [f"- `{' / '.join([*option.opts, *option.secondary_opts])}`: {option.help}" for option in options]
    return "\n".join(lines).rstrip("\n") + "\n"


def examples(path: str, command: click.Command) -> tuple[str, ...]:
    """The examples of a command; the bare command where it has none."""
    found: tuple[str, ...] = getattr(command, "examples", ())
    return found or (f"dragoman {path}",)


if __name__ == "__main__":
    sys.stdout.write(page())
