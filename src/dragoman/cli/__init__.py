"""The command ``dragoman``: one file a noun. Nothing heavy is imported before a command is called.

Exit codes: 0 done · 1 failed · 2 used wrongly or misconfigured · 3 some inputs failed · 4 not found ·
5 refused by a right · 75 try again · 130 interrupted.
"""

from pathlib import Path

import click

from dragoman.cli.frame import Lazy, verbs
from dragoman.cli.output import Out

_HERE = "dragoman.cli"
COMMANDS: dict[str, tuple[str, str]] = {
    "init": (f"{_HERE}.init:init", "Make a node: data directory, keys, settings, first administrator."),
    "serve": (f"{_HERE}.serve:serve", "Run the node."),
    "doctor": (f"{_HERE}.doctor:doctor", "Look at everything, change nothing, advise."),
    "node": (f"{_HERE}.node:node", "Our node and its partners' keys: show, trust, rotate."),
    "agency": (f"{_HERE}.agency:agency", "Agencies we know: add, list, show."),
    "agreement": (f"{_HERE}.agreement:agreement", "What is exchanged with whom: propose, accept, end, explain."),
    "project": (f"{_HERE}.project:project", "Joint projects: found, invite, join, tasks, copy, notes, files, leave."),
    "feed": (f"{_HERE}.feed:feed", "Ways in: add, access, list, test, poll, pause, resume."),
    "channel": (f"{_HERE}.channel:channel", "Ways out: add, access, list, test, pause, resume."),
    "user": (f"{_HERE}.user:user", "People of the newsroom: add, list."),
    "token": (f"{_HERE}.token:token", "Access tokens for programs: add."),
    "item": (f"{_HERE}.item:item", "Copy: list, show, raw, versions, correct, hold, release, kill."),
    "story": (f"{_HERE}.story:story", "Stories: list, show, rename; accept, reject, move, merge, split."),
    "relation": (f"{_HERE}.relation:relation", "Institutions, people, meetings, actions, documents; what comes up."),
    "brief": (f"{_HERE}.brief:brief", "The partner brief: a page or two before a meeting, in any of our languages."),
    "picture": (f"{_HERE}.picture:picture", "Pictures: add, list, show, describe, get, write."),
    "translate": (
        f"{_HERE}.translate:translate",
        "Language versions: list, show, start, save, ready, publish, return.",
    ),
    "event": (f"{_HERE}.event:event", "The diary: plan, show, cover, publish; partners' events; anniversaries."),
    "alert": (f"{_HERE}.alert:alert", "Saved queries and what has answered them."),
    "arrival": (f"{_HERE}.arrival:arrival", "What came in, parked units too: list, show, raw, try, retry."),
    "delivery": (f"{_HERE}.delivery:delivery", "What goes out: list, show, retry."),
    "floor": (f"{_HERE}.floor:floor", "Round tables: open, ask, accept, answer, accredit, publish."),
    "dateline": (f"{_HERE}.dateline:dateline", "Datelines: write ours in our eight languages; read those of texts."),
    "decode": (f"{_HERE}.decode:decode", "Files as items, offline: one JSON line each."),
    "read": (f"{_HERE}.read:read", "What texts say of themselves, offline: names, places, quotes, subjects."),
    "language": (f"{_HERE}.language:language", "In which language texts are, offline."),
    "link": (f"{_HERE}.link:link", "The story of each text, in the order in which they came, offline."),
    "align": (f"{_HERE}.align:align", "Which sentences of two language versions translate each other, offline."),
    "same": (f"{_HERE}.same:same", "Do two texts tell one story, whatever their languages, offline."),
    "pickups": (f"{_HERE}.pickups:pickups", "Whose earlier words texts use, offline: whole, in part, not at all."),
    "narrative": (f"{_HERE}.narrative:narrative", "Stories as their agencies tell them, offline: side by side."),
    "reread": (f"{_HERE}.reread:reread", "Older readings renewed in the background."),
    "convert": (f"{_HERE}.convert:convert", "Files as a document in another format, offline; losses named."),
    "import": (f"{_HERE}.importing:import_", "Take in files and folders."),
    "exhibition": (f"{_HERE}.exhibition:exhibition", "Exhibitions: propose, select, caption, hang, publish, export."),
    "export": (f"{_HERE}.export:export", "Items as JSON lines or in a wire format."),
    "outlet": (f"{_HERE}.outlet:outlet", "Outlets: the register that coverage reports count against."),
    "report": (f"{_HERE}.report:report", "Who reported what; what was exchanged with whom."),
    "vocabulary": (f"{_HERE}.vocabulary:vocabulary", "Topics and codes: import, list, show, find."),
    "names": (f"{_HERE}.names:names", "Names across scripts: compare, key; the names file: add, merge, split."),
    "lexicon": (f"{_HERE}.lexicon:lexicon", "Terms of the news in eight languages: find, export, check."),
    "backup": (f"{_HERE}.backup:backup", "Everything of the node in one file."),
    "restore": (f"{_HERE}.restore:restore", "A node from a backup, in a new data directory."),
    "config": (f"{_HERE}.settings:config", "The settings, and where each comes from."),
    "completion": (f"{_HERE}.completion:completion", "Words for your shell to complete."),
    "version": (f"{_HERE}.version:version", "Which Dragoman, Python and PostgreSQL."),
}


@click.group(
    cls=Lazy,
    table=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 failed, 2 used wrongly, 3 some inputs failed, 4 not found, 5 refused, 75 try again.",
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    envvar="DRAGOMAN_DATA",
    default=Path("dragoman-data"),
    show_default=True,
    help="The node's data directory (DRAGOMAN_DATA).",
)
@click.option("--json", is_flag=True, help="Data as JSON: one object, or one a line; errors too.")
@click.option("-v", "--verbose", count=True, help="Tell more.")
@click.option("-q", "--quiet", is_flag=True, help="Tell nothing but errors.")
@click.pass_context
def dragoman(ctx: click.Context, data: Path, json: bool, verbose: int, quiet: bool) -> None:
    """Dragoman, a news exchange for news agencies."""
    ctx.obj = Out(data, json=json, verbosity=-1 if quiet else verbose)


def main() -> None:
    """The command, as installed."""
    dragoman.main(prog_name="dragoman")


def commands() -> list[tuple[str, str]]:
    """Every command by its path, ``item list``, with its summary: what the documentation must have. Imports them all."""
    return [(path, command.get_short_help_str(200)) for path, command in all_commands()]


def all_commands() -> list[tuple[str, click.Command]]:
    """Every command by its path."""
    assert isinstance(dragoman, Lazy)
    return [found for name in COMMANDS for found in verbs(name, dragoman.load(name))]
