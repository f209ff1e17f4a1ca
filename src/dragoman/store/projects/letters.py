"""Acts between nodes: written to every member as letters, taken in, and passed on to those who may not have them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from dragoman.model.errors import BadInput, Refused
from dragoman.model.project import Act, Member, ProjectId
from dragoman.store import agencies, audit, letters
from dragoman.store.connect import Connection
from dragoman.store.projects import meetings
from dragoman.store.projects.acts import PAGE_BYTES
from dragoman.store.projects.folding import Taken, take
from dragoman.store.projects.records import find_record, records

LETTER_ACTS, PAGE_ACTS = 200, 500
"""Acts in one letter of ours, and the most that we take at once."""


class ActsLetter(msgspec.Struct, frozen=True, kw_only=True):
    """Acts of one project, for a member's node."""

    project: ProjectId
    acts: Annotated[list[Act], Meta(max_length=PAGE_ACTS)]


def spread(conn: Connection, project: str, acts: Sequence[Act], *, but: Sequence[str]) -> None:
    """Write the acts to every other member's node that we know, invited ones too; not to who has left."""
    for member in records(conn, Member, project=project):
        if member.id not in but and member.record.left is None:
            send(conn, member.id, project, acts)


def send(conn: Connection, code: str, project: str, acts: Sequence[Act]) -> None:
    """Write the acts to one member's node, in letters of a size that passes."""
    for some in _fitting(acts):
        letters.post(conn, code, "project", msgspec.json.encode(ActsLetter(project=project, acts=some)))


def _fitting(acts: Sequence[Act]) -> Iterator[list[Act]]:
    """The acts in their order, in lists that a letter has room for."""
    some: list[Act] = []
    size = 0
    for act in acts:
        if some and (len(some) == LETTER_ACTS or size + len(act.fields) > PAGE_BYTES):
            yield some
            some, size = [], 0
        some.append(act)
        size += len(act.fields)
    if some:
        yield some


def received(conn: Connection, sender: str, letter: ActsLetter, now: datetime) -> int:
    """As `brought`; how many acts were new here.

    Raises:
        Refused: as `brought`; or nothing of it can be taken, and too much that the sender has sent waits already.
    """
    taken = brought(conn, sender, letter, now)
    if taken.over and not taken.acts:
        raise Refused(
            f"Too many acts of {letter.project} from {sender} wait already",
            f"{taken.over} more cannot be taken: {taken.aside[-1]}",
            hint="Send what they wait for; acts that cannot be taken are listed on the project's log.",
            kept="Those that wait.",
        )
    return len(taken.acts)


def brought(conn: Connection, sender: str, letter: ActsLetter, now: datetime) -> Taken:
    """Take in acts that a partner's node has brought, and pass on to the other members what was new here.

    Who brings them is a member, at the latest by these acts, and so are we, or invited; acts of a project that we are not
    in and that does not invite us are refused whole. What has left a project brings nothing into it.

    Raises:
        Refused: the sender is not in the project, or we are not.
    """
    home = agencies.home(conn).code
    if any(act.project != letter.project for act in letter.acts):
        raise BadInput("This letter holds acts of another project", letter.project, kept="Nothing.")
    known = find_record(conn, Member, letter.project, sender)
    if known is not None:
        _must_be_in(known.record, sender, letter.project)
    taken = take(conn, letter.project, letter.acts, sender=sender, now=now)
    if known is None:
        invited = find_record(conn, Member, letter.project, sender)
        _must_be_in(invited.record if invited else None, sender, letter.project)
    if find_record(conn, Member, letter.project, home) is None:
        raise Refused(f"{letter.project} does not invite us", f"sent by {sender}", kept="Nothing.")
    if taken.aside:
        audit.record(
            conn, sender, "acts kept aside", letter.project, reasons=list(taken.aside)[:5], not_kept=taken.over
        )
    if taken.acts:
        spread(conn, letter.project, taken.acts, but=(home, sender, *{a.agency for a in taken.acts}))
    if any(act.kind == "document" for act in taken.acts):
        meetings.soon(conn, letter.project)
    return taken


def _must_be_in(member: Member | None, sender: str, project: str) -> None:
    if member is None or member.left is not None:
        raise Refused(f"{sender} is not a member of {project}", kept="Nothing.")
