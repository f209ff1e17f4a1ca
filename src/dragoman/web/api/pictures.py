"""Pictures over the API: listed, shown, added from files, described; their renditions and originals."""

from datetime import UTC, datetime
from typing import Annotated

import anyio.to_thread
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from dragoman.desk import copy
from dragoman.desk import pictures as desk
from dragoman.desk.pictures import Wording
from dragoman.model.errors import Refused
from dragoman.model.picture import CAPTIONED, ORIGINAL
from dragoman.model.provenance import Provenance
from dragoman.model.taken import WhenTaken
from dragoman.model.version import ItemState, Version
from dragoman.query import matches
from dragoman.store import audit, media
from dragoman.store.connect import borrowed
from dragoman.store.media import FileState, PictureRow, Rendition
from dragoman.web.asking import Page
from dragoman.web.picture.form import said_of_new
from dragoman.web.picture.upload import REQUEST_BYTES, files_of, read
from dragoman.web.site import site_of
from dragoman.web.wire.listing import read_query

Query = Annotated[str, QueryParameter(description="The query language, as in the wire's search box.")]
Before = Annotated[int | None, QueryParameter(description="`sequence` of the last line of the answer before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=200, description="Lines in one answer.")]


class PictureLine(Struct, frozen=True, kw_only=True):
    """A picture in its current version. Of a held or killed one neither texts nor `digest` are given."""

    id: int
    sequence: int
    uri: str
    version: str
    origin: str
    agency: str
    state: ItemState
    language: str
    headline: str
    captions: dict[str, str]
    alts: dict[str, str]
    credit: str
    photographer: str
    copyright: str
    terms: str
    taken: WhenTaken | None
    width: int
    height: int
    digest: str
    file: FileState
    reason: str
    received: datetime


class PictureWhole(Struct, frozen=True, kw_only=True):
    """The line, and the renditions that have been made; each is at ``/api/v1/pictures/{id}/files/{name}``."""

    line: PictureLine
    renditions: list[Rendition]
    provenance: Provenance | None = None
    """What a C2PA manifest in the original says of itself."""


class Described(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said of a picture; absent: left as it is. `wrong`: what was wrong, if this is a correction."""

    language: str | None = None
    headline: str | None = None
    captions: dict[str, str] | None = None
    alts: dict[str, str] | None = None
    credit: str | None = None
    photographer: str | None = None
    taken: str | None = None
    place: str | None = None
    keywords: tuple[str, ...] | None = None
    copyright: str | None = None
    terms: str | None = None
    instructions: str | None = None
    wrong: Annotated[str, Meta(max_length=1000)] = ""


@get("/pictures", sync_to_thread=True)
def listed(request: Page, q: Query = "", before: Before = None, limit: Limit = 50) -> list[PictureLine]:
    """Pictures by their current versions, newest first."""
    tree, now = read_query(q), datetime.now(UTC)

    def answers(version: Version) -> bool:
        return tree is not None and matches(tree, version, now=now)

    with borrowed(site_of(request).newsroom) as conn:
        found = media.pictures(conn, matches=answers if tree else None, before=before, limit=limit)
    return [picture_line(row) for row in found]


@get("/pictures/{number:int}", sync_to_thread=True)
def shown(request: Page, number: FromPath[int]) -> PictureWhole:
    """One picture."""
    with borrowed(site_of(request).newsroom) as conn:
        row = media.picture(conn, number)
        made = media.renditions(conn, row.digest) if row.digest else []
        vouched = media.file(conn, row.digest).provenance if row.digest else None
    return PictureWhole(line=picture_line(row), renditions=made, provenance=vouched)


@post("/pictures", request_max_body_size=REQUEST_BYTES)
async def added(request: Page) -> desk.Done:
    """A file as a picture of ours: `multipart/form-data` with the file as `files`, and beside it what is said of it:
    `language`, `caption`, `credit`, `photographer`, `taken`, `place`, `keywords`, `copyright`, `terms`, `headline`. One a call.
    """
    request.user.must("picture")
    files = await files_of(request)
    if len(files) > 1:
        raise Refused("One file a call", f"{len(files)} were sent", hint="Send the others after it.", kept="Nothing.")
    form = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    sent = await read(files[0])

    def do() -> desk.Done:
        site = site_of(request)
        with borrowed(site.newsroom) as conn:
            by, now = request.user.person.name, datetime.now(UTC)
            done = desk.add(conn, site.files, sent.body, by=by, now=now, source=sent.name, said=said_of_new(form))
            copy.wake(conn)
        return done

    return await anyio.to_thread.run_sync(do)


@post("/pictures/{number:int}/describe", sync_to_thread=True, status_code=200)
def described(request: Page, number: FromPath[int], data: JSONBody[Described]) -> copy.Done:
    """A new version of our own picture, sent to everyone who has an earlier one."""
    request.user.must("picture")
    said = Wording(
        language=data.language,
        headline=data.headline,
        captions=data.captions or {},
        alts=data.alts or {},
        credit=data.credit,
        photographer=data.photographer,
        taken=data.taken,
        place=data.place,
        keywords=data.keywords,
        copyright=data.copyright,
        terms=data.terms,
        instructions=data.instructions,
    )
    with borrowed(site_of(request).newsroom) as conn:
        by, now = request.user.person.name, datetime.now(UTC)
        reason = data.wrong or desk.SAYS
        done = desk.describe(conn, str(number), said, by=by, now=now, reason=reason, wrong=bool(data.wrong))
        copy.wake(conn)
    return done


@get("/pictures/{number:int}/files/{name:str}", sync_to_thread=True, media_type="application/octet-stream")
def file(request: Page, number: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    """A rendition, with credit and caption written in; the `original` as it came, or `captioned`: the original with our
    caption, credit and terms in place of its own and no pixel changed. Both are written to the audit; the header
    `dragoman-lost` names what the captioned one no longer has (a C2PA manifest) or has no place for."""
    site = site_of(request)
    whole = name in (ORIGINAL, CAPTIONED)
    if whole:
        request.user.must("raw")
    with borrowed(site.newsroom) as conn:
        row = media.picture(conn, number)
        sent = media.sent(conn, site.files, row.digest, name, number=number)
        if whole:
            audit.record(conn, request.user.person.name, f"{name} saved", row.digest)
    headers = {"cache-control": "private, no-cache", "etag": sent.tag, "content-disposition": "attachment"}
    if sent.lost:
        headers["dragoman-lost"] = ", ".join(sent.lost)
    return Response(sent.body, media_type=sent.media_type, headers=headers)


def picture_line(row: PictureRow) -> PictureLine:
    return PictureLine(
        id=row.number,
        sequence=row.sequence,
        uri=row.uri,
        version=row.version,
        origin=row.origin,
        agency=row.agency,
        state=row.state,
        language=row.language,
        headline=row.headline,
        captions=row.captions,
        alts=row.alts,
        credit=row.credit,
        photographer=row.photographer,
        copyright=row.copyright,
        terms=row.terms,
        taken=row.taken,
        width=row.width,
        height=row.height,
        digest=row.digest,
        file=row.file,
        reason=row.reason,
        received=row.received,
    )


ROUTES: list[ControllerRouterHandler] = [listed, shown, added, described, file]
