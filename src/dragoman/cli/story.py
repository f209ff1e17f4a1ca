"""``dragoman story list|show|rename|accept|reject|move|merge|split``: stories of the node, and what editors decide."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from dragoman.cli.at import newsroom
from dragoman.cli.frame import Noun
from dragoman.cli.output import Out, Record
from dragoman.cli.who import actor, signing
from dragoman.desk import stories as desk
from dragoman.store import stories
from dragoman.store.connect import Connection
from dragoman.store.stories import Member, Story

story = Noun("story", help="Stories: every agency's copy on one event; what editors decide about them.")
_COLUMNS = ("id", "latest", "items", "languages", "agencies", "title")
_MEMBERS = ("item", "received", "agency", "language", "state", "likeness", "decided", "headline")
_EDITORS = ("editor", "desk head")
_number = click.argument("number", metavar="STORY", type=click.IntRange(1))
_item = click.argument("item", metavar="ITEM", type=click.IntRange(1))


@story.command("list", examples=("dragoman story list", "dragoman story list --least 5 --language az --json"))
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True)
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Items that a story has, at least.")
@click.option("--language", default="en", show_default=True, help="The language of headlines, where there is one.")
@click.pass_obj
def list_(out: Out, limit: int, least: int, language: str) -> None:
    """List stories, those with the newest items first."""
    with newsroom(out) as (_, conn):
        found = stories.latest(conn, limit=limit, least=least)
    out.records((_line(one, language) for one in found), _COLUMNS)


@story.command("show", examples=("dragoman story show 17", "dragoman story show 17 --narrative --json"))
@_number
@click.option("--narrative", is_flag=True, help="What each agency says and does not say, as one JSON object.")
@click.pass_obj
def show(out: Out, number: int, narrative: bool) -> None:
    """Show a story: its items, how like each is to the others, and by which features."""
    with newsroom(out) as (_, conn):
        found = stories.find(conn, number)
        if narrative:
            import msgspec

            out.line(msgspec.json.encode(desk.told(conn, found.id)).decode())
            return
        members = stories.members(conn, found.id)
    if out.json:
        out.record({**_line(found, "en"), "headlines": found.headlines, "members": [_member(one) for one in members]})
        return
    out.record(_line(found, "en"))
    out.records(map(_member, members), _MEMBERS)


def _deciding(name: str, *examples: str) -> Callable[[Callable[..., Any]], Any]:
    """A command that decides: signed, by an editor."""

    def command(function: Callable[..., Any]) -> Any:
        return story.command(name, examples=examples)(signing(click.pass_obj(function)))

    return command


@_deciding("rename", 'dragoman story rename 17 "Earthquake off Lombara"', 'dragoman story rename 17 ""')
@_number
@click.argument("title")
def rename(out: Out, number: int, title: str, as_user: str | None, password_file: Path | None) -> None:
    """Give a story a title; an empty one leaves it to its headlines."""

    def act(conn: Connection, by: str) -> int:
        stories.rename(conn, number, title, by)
        return number

    _decide(out, act, as_user, password_file)


@_deciding("accept", "dragoman story accept 3021")
@_item
def accept(out: Out, item: int, as_user: str | None, password_file: Path | None) -> None:
    """An item belongs where it is: no machine moves it."""

    def act(conn: Connection, by: str) -> int:
        stories.accept(conn, item, by)
        found = stories.of_item(conn, item)
        assert found is not None
        return found.story

    _decide(out, act, as_user, password_file)


@_deciding("reject", "dragoman story reject 3021 --as eldar")
@_item
def reject(out: Out, item: int, as_user: str | None, password_file: Path | None) -> None:
    """An item does not belong where it is: it has a story of its own, and never comes back by itself."""
    _decide(out, lambda conn, by: stories.reject(conn, item, by), as_user, password_file)


@_deciding("move", "dragoman story move 3021 17")
@_item
@_number
def move(out: Out, item: int, number: int, as_user: str | None, password_file: Path | None) -> None:
    """An item belongs to another story, and stays there."""
    _decide(out, lambda conn, by: stories.move(conn, item, number, by), as_user, password_file)


@_deciding("merge", "dragoman story merge 18 17")
@_number
@click.argument("into", type=click.IntRange(1))
def merge(out: Out, number: int, into: int, as_user: str | None, password_file: Path | None) -> None:
    """Two stories are one, under the second number."""
    _decide(out, lambda conn, by: stories.merge(conn, number, into, by), as_user, password_file)


@_deciding("split", "dragoman story split 17 3021 3025")
@_number
@click.argument("items", metavar="ITEM...", nargs=-1, required=True, type=click.IntRange(1))
def split(out: Out, number: int, items: tuple[int, ...], as_user: str | None, password_file: Path | None) -> None:
    """These items are a story of their own; no machine makes the two one again."""
    _decide(out, lambda conn, by: stories.split(conn, number, items, by), as_user, password_file)


def _decide(out: Out, act: Callable[[Connection, str], int], as_user: str | None, password_file: Path | None) -> None:
    """Do it, and show the story that it leads to."""
    with newsroom(out) as (_, conn):
        by = actor(conn, as_user, password_file, *_EDITORS)
        leads_to = desk.decided(conn, lambda: act(conn, by))
        out.record(_line(stories.find(conn, leads_to), "en"))


def _line(one: Story, language: str) -> Record:
    return {
        "id": one.id,
        "opened": one.opened,
        "latest": one.latest,
        "items": one.items,
        "languages": one.languages,
        "agencies": one.agencies,
        "title": one.name(language),
        "titled_by": one.titled_by,
    }


def _member(one: Member) -> dict[str, Any]:
    return {
        "item": one.item,
        "received": one.received,
        "agency": one.agency,
        "language": one.language,
        "state": one.state,
        "likeness": one.likeness,
        "reasons": dict(one.reasons),
        "decided": one.by or one.because,
        "headline": one.headline,
    }
