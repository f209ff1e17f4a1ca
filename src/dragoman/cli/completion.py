"""``dragoman completion``: the script that lets a shell complete our words."""

import click
from click.shell_completion import get_completion_class

from dragoman.cli.frame import Command
from dragoman.cli.output import Out


@click.command(
    cls=Command,
    examples=(
        "dragoman completion bash > ~/.local/share/bash-completion/completions/dragoman",
        "dragoman completion zsh > ~/.zfunc/_dragoman",
        "dragoman completion fish > ~/.config/fish/completions/dragoman.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    made = get_completion_class(shell)
    assert made is not None  # the choice is click's own list
    out = ctx.find_object(Out)
    assert out is not None
    out.line(made(ctx.find_root().command, {}, "dragoman", "_DRAGOMAN_COMPLETE").source())
