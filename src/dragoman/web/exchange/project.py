"""``GET /exchange/project/{id}/acts`` and ``…/file/{digest}``: what another member's node lacks of a project.

Every act is signed by its author, so the answer needs no signature of ours; who is not a member is told what is told of
a project that does not exist.
"""

from typing import Annotated, Any

import anyio.to_thread
import msgspec
from litestar import Request, get
from litestar.params import FromPath, FromQuery
from litestar.response import Response
from msgspec import Meta, Struct

from dragoman.model.errors import BadInput, NotFound
from dragoman.model.project import Act, Document, Member
from dragoman.store.connect import Connection, borrowed
from dragoman.store.projects import files, find_record, records
from dragoman.store.projects.acts import PAGE_BYTES, since, vector
from dragoman.store.projects.letters import PAGE_ACTS
from dragoman.web.exchange.changes import asked_for, reader
from dragoman.web.site import Site, site_of

_VECTOR = msgspec.json.Decoder(dict[Annotated[str, Meta(pattern=r"^[^\x00]*$")], Annotated[int, Meta(ge=0, lt=2**31)]])


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
        found = since(conn, project, _vector(have), PAGE_ACTS, PAGE_BYTES)
        return Acts(acts=found, have=vector(conn, project), more=bool(found))


def _vector(text: str) -> dict[str, int]:
    try:
        return _VECTOR.decode(text)
    except msgspec.MsgspecError as error:
        raise BadInput("`have` is not an object of numbers", str(error)[:200]) from error


def _must_be_a_member(conn: Connection, who: str, project: str) -> Member:
    held = None if "\0" in project else find_record(conn, Member, project, who)
    if held is None or held.record.left is not None:
        raise NotFound(f"There is no project {project[:80]!r} for {who} here")
    return held.record


@get(
    "/exchange/project/{project:str}/file/{digest:str}",
    tags=["exchange"],
    security=[{"token": []}],
    summary="A file of a joint project",
)
async def read_file(request: Request[Any, Any, Any], project: FromPath[str], digest: FromPath[str]) -> Response[bytes]:
    """The bytes of a document of the project, for its members: those who have joined it."""
    site, asked = site_of(request), asked_for(request)
    body = await anyio.to_thread.run_sync(_file, site, asked, project, digest)
    return Response(body, media_type="application/octet-stream", headers={"cache-control": "no-store"})


def _file(site: Site, asked: tuple[str, str, str], project: str, digest: str) -> bytes:
    who = reader(site, asked).code
    with borrowed(site.newsroom) as conn:
        is_in = _must_be_a_member(conn, who, project).is_in
        named = is_in and any(one.record.digest == digest for one in records(conn, Document, project=project))
        if not named or not files.is_here(conn, project, digest):
            raise NotFound("This file is not here", f"{digest[:64]!r} of {project[:80]!r}")
    return site.files.get(digest)
