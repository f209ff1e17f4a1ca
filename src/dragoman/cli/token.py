"""``dragoman token``: access tokens for programs; shown once, kept as a digest."""

import click

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out
from dragoman.cli.who import operator
from dragoman.store import audit, people

token = Noun("token", help="Access tokens for programs: add.")


@token.command(
    "add",
    examples=(
        "dragoman token add --agency TIDE --name 'their archive' --days 90",
        "dragoman token add --user leyla --name 'wire screen'",
    ),
)
@click.option("--user", default="", help="It speaks for this user.")
@click.option("--agency", default="", help="It reads as this partner: what it was granted, nothing else.")
@click.option("--name", default="", help="What it is for.")
@click.option("--days", type=click.IntRange(1, 3650), help="How long it is good; without it, until it is withdrawn.")
@click.pass_obj
def add(out: Out, user: str, agency: str, name: str, days: int | None) -> None:
    """Add a token and print it, this once."""
    with newsroom(out) as (_, conn), conn.transaction():
        made = people.add_token(conn, name, person=user, agency=agency, days=days)
        audit.record(conn, operator(), "token added", user or agency, name=name, prefix=made[:12])
    out.record({"token": made, "user": user, "agency": agency, "days": days})
    out.say("Keep it now: it is not shown again.")
