"""Other members of our joint projects: their nodes are asked for acts and files that we lack.

Acts are sent as letters the moment they are made; this heals what a letter did not bring, whoever was away how long. A
node that has less than we have is sent the rest.
"""

import msgspec
import structlog
from msgspec import Struct
from yarl import URL

from dragoman.model.errors import BadInput, DragomanError, NotFound
from dragoman.model.project import Act, Document
from dragoman.receive.intake import Intake, printable
from dragoman.receive.node import Keys
from dragoman.store.connect import PROJECTS, translated
from dragoman.store.projects import letters, records
from dragoman.store.projects.acts import since, vector
from dragoman.store.projects.meetings import Meeting, record_met, record_missed
from dragoman.trust.strict import check_depth
from dragoman.trust.token import issue

log = structlog.get_logger("receive")
PAGES = 40


class ActsPage(Struct, frozen=True, kw_only=True):
    """What the other node answers."""

    acts: list[Act]
    have: dict[str, int]
    more: bool = False


_PAGE = msgspec.json.Decoder(ActsPage)


async def meet(intake: Intake, meeting: Meeting, keys: Keys) -> int:
    """Compare, take what we lack, send what they lack; how many acts were new here. The outcome is recorded.

    Raises:
        TryAgain: the database is away.
    """
    new = 0
    try:
        for _ in range(PAGES):
            page = await _ask(intake, meeting, keys)
            new += _take(intake, meeting, page)
            if not page.more:
                _send(intake, meeting, page.have)
                break
        await _fetch_files(intake, meeting, keys)
    except DragomanError as error:
        with translated():
            record_missed(intake.conn, meeting, printable(str(error), 500), intake.clock())
        return new
    with translated():
        record_met(intake.conn, meeting, intake.clock())
    return new


async def _ask(intake: Intake, meeting: Meeting, keys: Keys) -> ActsPage:
    with translated():
        have = vector(intake.conn, meeting.project)
    query = {"have": msgspec.json.encode(have).decode()}
    body = await _get(intake, meeting, keys, f"exchange/project/{meeting.project}/acts", query)
    check_depth(body)
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
            new = letters.received(intake.conn, meeting.agency, letter, now)
        intake.waker.wake(PROJECTS)
    if not new:
        raise BadInput("None of the acts could be taken", f"{len(page.acts)} acts are kept aside or known")
    return new


def _send(intake: Intake, meeting: Meeting, theirs: dict[str, int]) -> None:
    """A letter with what they lack, unless one is on its way already."""
    with translated(), intake.conn.transaction():
        missing = since(intake.conn, meeting.project, theirs)
        waiting = intake.conn.execute(
            "select from letter l join agency a on a.id = l.agency where a.code = %s and l.type = 'project'"
            " and l.state = 'pending' limit 1",
            (meeting.agency,),
        ).fetchone()
        if missing and waiting is None:
            letters.send(intake.conn, meeting.agency, meeting.project, missing)


async def _fetch_files(intake: Intake, meeting: Meeting, keys: Keys) -> None:
    """Files of the project that are not here; one that this member does not have either is asked of the next."""
    if intake.files is None:
        return
    with translated():
        wanted = {held.record.digest for held in records(intake.conn, Document, project=meeting.project)}
    for digest in sorted(one for one in wanted if not intake.files.has(one)):
        try:
            body = await _get(intake, meeting, keys, f"exchange/project/{meeting.project}/file/{digest}", {})
        except NotFound:
            continue
        if intake.files.put(body) != digest:
            log.warning("a file of a project is not what its name says", project=meeting.project, file=digest)
