"""``dragoman brief``: a page or two on a partner, to be read before a meeting."""

import sys
from pathlib import Path

import click

from dragoman.cli.at import newsroom, now
from dragoman.cli.frame import Command
from dragoman.cli.output import Out
from dragoman.desk.briefing import brief_on
from dragoman.desk.printing import pdf_of
from dragoman.model.errors import BadInput
from dragoman.reports.brief import Brief

LANGUAGES = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
_FORMATS = ("text", "html", "pdf")


@click.command(
    "brief",
    cls=Command,
    examples=(
        "dragoman brief TIDE --language fr",
        "dragoman brief TIDE --language ar --format pdf --output tide.pdf",
        "dragoman brief TIDE --format html --paper letter -o tide.html",
    ),
)
@click.argument("agency")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The brief's language.")
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="Without it what --output ends with, else text.")
@click.option("--paper", type=click.Choice(("A4", "letter")), default="A4", show_default=True, help="For html and pdf.")
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Where to; without it standard output.")
@click.pass_obj
def brief(out: Out, agency: str, language: str, kind: str | None, paper: str, output: Path | None) -> None:
    """Print the brief on a partner: who they are, what is agreed, exchanged, planned and still open."""
    kind = kind or _by_name(output)
    if kind == "pdf" and output is None and sys.stdout.isatty():
        raise BadInput("A PDF is not for the terminal", hint="Name its file: --output brief.pdf.")
    with newsroom(out) as (node, conn):
        found = brief_on(conn, agency, language, now())
        body = _body(found, kind, paper, node.config.print.chromium)
    if output is None:
        out.raw(body)
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise BadInput("The brief cannot be written there", f"{output}: {error.strerror}") from error
    out.say(f"{agency}: {output}")


def _by_name(output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in _FORMATS else "text"


def _body(found: Brief, kind: str, paper: str, chromium: str) -> bytes:
    from dragoman.web.relation.telling import lines, printed  # the templates are slow to import

    if kind == "text":
        return ("\n".join(lines(found)) + "\n").encode()
    html = printed(found, paper)
    return html.encode() if kind == "html" else pdf_of(html, chromium=chromium)
