"""Acts between nodes: written to every member as letters, taken in, and passed on to those who may not have them."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dragoman.model.errors import BadInput, Refused
from dragoman.model.project import Act, Member
from dragoman.store import agencies, audit, letters
from dragoman.store.connect import Connection
from dragoman.store.projects import meetings
from dragoman.store.projects.folding import take
from dragoman.store.projects.records import find_record, records


class ActsLetter(msgspec.Struct, frozen=True, kw_only=True):
    """Acts of one project, for a member's node."""

    project: str
    acts: list[Act]


LETTER_ACTS = 200
"""Acts in one letter."""


def spread(conn: Connection, project: str, acts: Sequence[Act], *, but: Sequence[str]) -> None:
    """Write the acts to every other member's node that we know, invited ones too; not to who has left."""
    for member in records(conn, Member, project=project):
        if member.id not in but and member.record.left is None:
            send(conn, member.id, project, acts)


def send(conn: Connection, code: str, project: str, acts: Sequence[Act]) -> None:
    """Write the acts to one member's node, in letters of a size that passes."""
    for start in range(0, len(acts), LETTER_ACTS):
        letter = ActsLetter(project=project, acts=list(acts[start : start + LETTER_ACTS]))
        letters.post(conn, code, "project", msgspec.json.encode(letter))


def received(conn: Connection, sender: str, letter: ActsLetter, now: datetime) -> int:
    """Take in acts that a partner's node has sent, and pass on to the other members what was new here; how many.

    An invitation comes from the project's founder or a member we know; acts of a project that we are not in and that
    does not invite us are refused whole.

    Raises:
        Refused: the sender is not in the project, or we are not.
    """
    _from_a_member(conn, sender, letter)
    taken = take(conn, letter.project, letter.acts, sender=sender, now=now)
    me = find_record(conn, Member, letter.project, agencies.home(conn).code)
    if me is None:
        raise Refused(f"{letter.project} does not invite us", f"sent by {sender}", kept="Nothing.")
    if taken.aside:
        audit.record(conn, sender, "acts kept aside", letter.project, reasons=list(taken.aside)[:5])
    if taken.acts:
        spread(
            conn, letter.project, taken.acts, but=(agencies.home(conn).code, sender, *{a.agency for a in taken.acts})
        )

    if any(act.kind == "document" for act in taken.acts):
        meetings.soon(conn, letter.project)
    return len(taken.acts)


def _from_a_member(conn: Connection, sender: str, letter: ActsLetter) -> None:
    known = find_record(conn, Member, letter.project, sender)
    founder = letter.project.partition(":")[0]
    if (known is None and sender != founder) or (known is not None and known.record.left is not None):
        raise Refused(f"{sender} is not a member of {letter.project}", kept="Nothing.")
    if any(act.project != letter.project for act in letter.acts):
        raise BadInput("This letter holds acts of another project", letter.project, kept="Nothing.")
