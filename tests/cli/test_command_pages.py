"""Every command has a summary and examples, and stands in docs/commands.md."""

from pathlib import Path

import click
import pytest

from dragoman.cli import all_commands, commands
from dragoman.cli.reference import examples, page

PAGE = Path(__file__).parents[2] / "docs" / "commands.md"


def test_every_command_has_a_summary() -> None:
    for path, summary in commands():
        assert summary.endswith("."), path


def test_every_commands_examples_call_it() -> None:
    for path, command in all_commands():
        for example in examples(path, command):
            assert f"dragoman {path}" in example.replace("--data /srv/lna ", ""), example


def test_the_page_of_commands_is_the_commands() -> None:
    """If this fails: python -m dragoman.cli.reference > docs/commands.md"""
    assert PAGE.read_text("utf-8") == page()


@pytest.mark.parametrize(("path", "command"), all_commands())
def test_every_commands_help_begins_with_its_examples(path: str, command: click.Command) -> None:
    context = click.Context(command, info_name=f"dragoman {path}")
    text = command.get_help(context)
    if getattr(command, "examples", ()):
        assert text.index("Examples:") < text.index("Options:")
