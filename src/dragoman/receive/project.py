"""Other members of our joint projects: their nodes are asked for acts and files that we lack.

Acts are sent as letters the moment they are made; this heals what a letter did not bring, whoever was away how long. A
node that has less than we have is sent the rest.
"""

import asyncio
import hashlib
import random
from typing import Annotated

import msgspec
import structlog
from msgspec import Meta, Struct
from yarl import URL

from dragoman.model.errors import BadInput, DragomanError, NotFound, TooLarge
from dragoman.model.project import Act, Document, Member
from dragoman.receive.intake import Intake, printable
from dragoman.receive.node import Keys
from dragoman.store.connect import PROJECTS, translated
from dragoman.store.projects import files, find_record, letters, records
from dragoman.store.projects.acts import since, vector
from dragoman.store.projects.meetings import Meeting, record_met, record_missed, tell
from dragoman.trust.strict import check_json
from dragoman.trust.token import issue

log = structlog.get_logger("receive")
PAGES, AT_A_TIME = 40, 1_000
"""Pages asked for in one meeting, and acts sent after one."""
FILES = 20
"""Files asked for in one meeting: a member may name many that nobody has."""


class ActsPage(Struct, frozen=True, kw_only=True):
    """What the other node answers."""

    acts: Annotated[list[Act], Meta(max_length=letters.PAGE_ACTS)]
    have: dict[str, Annotated[int, Meta(ge=0, lt=2**31)]]
    more: bool = False


_PAGE = msgspec.json.Decoder(ActsPage)


async def meet(intake: Intake, meeting: Meeting, keys: Keys) -> int:
    """Compare, take what we lack, send what they lack; how many acts were new here. The outcome is recorded.

    Raises:
        TryAgain: the database is away.
    """
    new, passed = 0, dict[str, int]()
    try:
        for _ in range(PAGES):
            page = await _ask(intake, meeting, keys, passed)
            new += _take(intake, meeting, page)
            _pass_over(intake, page, passed)
            if not page.more:
                _send(intake, meeting, page.have)
                break
        await _fetch_files(intake, meeting, keys)
    except DragomanError as error:
        missed(intake, meeting, str(error))
        return new
    with translated():
        record_met(intake.conn, meeting, intake.clock())
    return new


def missed(intake: Intake, meeting: Meeting, why: str) -> None:
    """The other node could not be met, or not to the end: later once more."""
    with translated():
        record_missed(intake.conn, meeting, printable(why, 500), intake.clock())


def _pass_over(intake: Intake, page: ActsPage, passed: dict[str, int]) -> None:
    """Logs of which we could not take what was brought are passed over in this meeting: others are not held up by them."""
    if not page.acts:
        return
    with translated():
        have = vector(intake.conn, page.acts[0].project)
    for act in page.acts:
        name = f"{act.agency}/{act.log}"
        if have.get(name, 0) < act.number:
            passed[name] = max(passed.get(name, 0), act.number)


async def _ask(intake: Intake, meeting: Meeting, keys: Keys, passed: dict[str, int]) -> ActsPage:
    with translated():
        have = vector(intake.conn, meeting.project) | passed
    query = {"have": msgspec.json.encode(have).decode()}
    body = await _get(intake, meeting, keys, f"exchange/project/{meeting.project}/acts", query)
    check_json(body)
    try:
        page = _PAGE.decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise BadInput("The member's answer is not a page of acts", str(error)[:200]) from error
    if any(act.project != meeting.project for act in page.acts):
        raise BadInput("The member's answer holds acts of another project", meeting.project)
    return page


async def _get(intake: Intake, meeting: Meeting, keys: Keys, path: str, query: dict[str, str]) -> bytes:
    try:
        url = URL(meeting.node).joinpath(*path.split("/")).with_query(query)
    except ValueError as error:
        raise BadInput("The address of the member's node cannot be used", printable(meeting.node, 200)) from error
    token = issue(keys(), audience=meeting.agency, method="GET", path=url.raw_path_qs, now=intake.clock())
    headers = {"Authorization": f"Dragoman {token}", "Accept": "application/json"}
    reply = await intake.connector.fetch("GET", str(url), headers=headers, limits=intake.limits)
    if not reply.ok:
        what = (
            "the member's node does not know us in this project" if reply.status == 404 else "the member's node refuses"
        )
        raise NotFound(f"{what} ({reply.status})", meeting.agency)
    return reply.body


def _take(intake: Intake, meeting: Meeting, page: ActsPage) -> int:
    if not page.acts:
        return 0
    now = intake.clock()
    with translated():
        with intake.conn.transaction():
            letter = letters.ActsLetter(project=meeting.project, acts=page.acts)
            taken = letters.brought(intake.conn, meeting.agency, letter, now)
        intake.waker.wake(PROJECTS)
    return len(taken.acts)


def _send(intake: Intake, meeting: Meeting, theirs: dict[str, int]) -> None:
    """A letter with what they lack, unless one is on its way already, or they have left."""
    told = msgspec.json.encode(theirs, order="deterministic").decode()
    with translated(), intake.conn.transaction():
        member = find_record(intake.conn, Member, meeting.project, meeting.agency)
        missing = since(intake.conn, meeting.project, theirs, AT_A_TIME)
        waiting = intake.conn.execute(
            "select from letter l join agency a on a.id = l.agency where a.code = %s and l.type = 'project'"
            " and l.state = 'pending' limit 1",
            (meeting.agency,),
        ).fetchone()
        is_there = member is not None and member.record.left is None
        if missing and waiting is None and is_there and tell(intake.conn, meeting, told):
            letters.send(intake.conn, meeting.agency, meeting.project, missing)


async def _fetch_files(intake: Intake, meeting: Meeting, keys: Keys) -> None:
    """Files of the project that are not here; one that this member does not have either is asked of the next."""
    if intake.files is None:
        return
    with translated():
        wanted = _wanted(intake, meeting, keys().agency)
    for digest in wanted:
        try:
            body = await _get(intake, meeting, keys, f"exchange/project/{meeting.project}/file/{digest}", {})
        except (NotFound, TooLarge) as error:
            log.info("a file of a project is not here", project=meeting.project, file=digest, why=str(error))
            continue
        if hashlib.sha256(body).hexdigest() != digest:
            log.warning("a file of a project is not what its name says", project=meeting.project, file=digest)
            continue
        await asyncio.to_thread(intake.files.put, body)
        with translated():
            files.keep(intake.conn, meeting.project, digest)


def _wanted(intake: Intake, meeting: Meeting, home: str) -> list[str]:
    """A few digests of files to ask this member for: its own first, else any, so that none is always behind another."""
    me = find_record(intake.conn, Member, meeting.project, home)
    if me is None or not me.record.is_in:
        return []
    here = files.here(intake.conn, meeting.project)
    named = records(intake.conn, Document, project=meeting.project)
    theirs = {one.record.digest for one in named if one.made.agency == meeting.agency} - here
    others = {one.record.digest for one in named} - here - theirs
    return [*random.sample(sorted(theirs), min(len(theirs), FILES)), *random.sample(sorted(others), len(others))][
        :FILES
    ]
