"""``GET /exchange/media/{digest}``: the file of a picture, for a partner that may read an item with it; or a rendition of it.

Who may not have it, and who asks for what is not here, get the same answer: a digest tells nobody whether we have the file.
"""

from typing import Any

import anyio
from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Response

from dragoman.model.errors import Gone, NotFound
from dragoman.model.picture import EDGES, ORIGINAL
from dragoman.store import audit, media
from dragoman.store.connect import borrowed
from dragoman.web.exchange.changes import reader
from dragoman.web.site import Site, site_of


@get(
    "/exchange/media/{digest:str}",
    tags=["exchange"],
    security=[{"token": []}],
    summary="The file of a picture, as it came",
    media_type="application/octet-stream",
)
async def read_original(request: Request[Any, Any, Any], digest: FromPath[str]) -> Response[bytes]:
    """The bytes whose SHA-256 is `digest`, for a partner that has been granted an item with this file."""
    return await _answer(request, digest, ORIGINAL)


@get(
    "/exchange/media/{digest:str}/{name:str}",
    tags=["exchange"],
    security=[{"token": []}],
    summary="A rendition of a picture",
    media_type="image/jpeg",
)
async def read_rendition(
    request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """`thumbnail`, `preview`, `large` or `print`: a JPEG with credit and caption, without what a camera wrote."""
    return await _answer(request, digest, name if name in EDGES else "")


async def _answer(request: Request[Any, Any, Any], digest: str, name: str) -> Response[bytes]:
    asked = request.headers.get("authorization", ""), request.method, request.scope["path"]
    found = await anyio.to_thread.run_sync(_read, site_of(request), asked, digest, name)
    return Response(
        found.body,
        media_type=found.media_type,
        headers={
            "cache-control": "private, no-cache",
            "content-disposition": "attachment",
            "content-security-policy": "default-src 'none'; sandbox",
        },
    )


def _read(site: Site, asked: tuple[str, str, str], digest: str, name: str) -> media.Sent:
    """The bytes.

    Raises:
        NotAccepted: it is not said who asks. NotFound: not here, or not for you.
    """
    who = reader(site, asked)
    with borrowed(site.newsroom) as conn:
        given = media.granted(conn, who.id, digest) if name and media.is_digest(digest) else None
        if given is None:
            raise _no(digest)
        try:
            found = media.sent(conn, site.files, digest, name, number=given)
        except Gone as error:
            raise _no(digest) from error
        if name == ORIGINAL:
            audit.record(conn, who.code, "file fetched", digest)
    return found


def _no(digest: str) -> NotFound:
    return NotFound("There is no such file for you", digest[:64], hint="Read your change feed again.")
