"""``GET /exchange/project/{id}/acts`` and ``…/file/{digest}``: what another member's node lacks of a project.

Every act is signed by its author, so the answer needs no signature of ours; who is not a member is told what is told of
a project that does not exist.
"""

from typing import Any

import anyio.to_thread
import msgspec
from litestar import Request, get
from litestar.params import FromPath, FromQuery
from litestar.response import Response
from msgspec import Struct

from dragoman.model.errors import BadInput, NotFound
from dragoman.model.project import Act, Document, Member
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import find_record, records
from dragoman.store.projects.acts import since, vector
from dragoman.web.exchange.changes import asked_for, reader
from dragoman.web.site import Site, site_of

AT_A_TIME = 500


class Acts(Struct, frozen=True, kw_only=True):
    """Acts that the asker lacks, in the project's order; `have` is how far we have each log; ask again where there is `more`."""

    acts: list[Act]
    have: dict[str, int]
    more: bool


@get(
    "/exchange/project/{project:str}/acts",
    tags=["exchange"],
    security=[{"token": []}],
    summary="What a member's node lacks of a joint project",
)
async def read_acts(
    request: Request[Any, Any, Any], project: FromPath[str], have: FromQuery[str] = "{}"
) -> Response[bytes]:
    """`have`: a JSON object of ``AGENCY/log`` to the number of the last act that the asker has of it."""
    site, asked = site_of(request), asked_for(request)
    found = await anyio.to_thread.run_sync(_acts, site, asked, project, have)
    return Response(msgspec.json.encode(found), media_type="application/json", headers={"cache-control": "no-store"})


def _acts(site: Site, asked: tuple[str, str, str], project: str, have: str) -> Acts:
    who = reader(site, asked).code
    with borrowed(site.newsroom) as conn:
        _must_be_a_member(conn, who, project)
        found = since(conn, project, _vector(have), AT_A_TIME + 1)
        return Acts(acts=found[:AT_A_TIME], have=vector(conn, project), more=len(found) > AT_A_TIME)


def _vector(text: str) -> dict[str, int]:
    try:
        return msgspec.json.decode(text, type=dict[str, int])
    except msgspec.MsgspecError as error:
        raise BadInput("`have` is not an object of numbers", str(error)[:200]) from error


def _must_be_a_member(conn: Connection, who: str, project: str) -> None:
    held = find_record(conn, Member, project, who)
    if held is None or held.record.left is not None:
        raise NotFound(f"There is no project {project[:80]} for {who} here")


@get(
    "/exchange/project/{project:str}/file/{digest:str}",
    tags=["exchange"],
    security=[{"token": []}],
    summary="A file of a joint project",
)
async def read_file(request: Request[Any, Any, Any], project: FromPath[str], digest: FromPath[str]) -> Response[bytes]:
    """The bytes of a document of the project, for its members."""
    site, asked = site_of(request), asked_for(request)
    body = await anyio.to_thread.run_sync(_file, site, asked, project, digest)
    return Response(body, media_type="application/octet-stream", headers={"cache-control": "no-store"})


def _file(site: Site, asked: tuple[str, str, str], project: str, digest: str) -> bytes:
    who = reader(site, asked).code
    with borrowed(site.newsroom) as conn:
        _must_be_a_member(conn, who, project)
        documents = records(conn, Document, project=project)
    if not any(one.record.digest == digest for one in documents) or not site.files.has(digest):
        raise NotFound("This file is not here", f"{digest[:64]} of {project[:80]}")
    return site.files.get(digest)
