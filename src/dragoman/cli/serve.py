"""``dragoman serve``: the roles of this node under one supervisor, until SIGTERM or Ctrl-C."""

import click

from dragoman import log
from dragoman.app import open_node
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.config import Config


@click.command(cls=Command, examples=("dragoman serve", "dragoman --data /srv/lna serve --roles web,deliver"))
@click.option("--roles", default="", help="Only these roles, as in receive,pipeline; without it those of the settings.")
@click.pass_obj
def serve(out: Out, roles: str) -> None:
    """Run the node: its database and its roles, until it is stopped. Prints its address once it is ready."""
    from dragoman.roles import supervisor  # every role is imported with it, before the forks

    node = open_node(out.folder)
    log.set_up(node.config.log, verbose=out.verbosity > 0)
    wanted = tuple(word.strip() for word in roles.split(",") if word.strip()) or node.config.roles

    def ready(config: Config) -> None:
        out.record({"agency": node.keyring.agency, "url": config.url})
        out.finish()

    supervisor.serve(node.config, node.database, wanted, ready=ready)
