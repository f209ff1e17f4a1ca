"""An item in every wire format there is, to be saved: what each cannot carry is said before anybody takes it."""

from urllib.parse import quote

from litestar import Response, get
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman import formats
from dragoman.formats import EncodeContext, Encoded, Format
from dragoman.model.item import Item
from dragoman.store import audit, items
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.site import Site, site_of


class Wire(Struct, frozen=True):
    """The item as one format would have it: how large, and what would not be in it."""

    name: str
    title: str
    media_type: str
    size: int
    lost: tuple[str, ...]


def wires(site: Site, item: Item) -> list[Wire]:
    """The item in each format in which it can be written, in the order of the table."""
    made = ((each, encoded(site, each.name, item)) for each in formats.WRITTEN.values())
    return [Wire(each.name, each.title, one.media_type, len(one.body), one.lost) for each, one in made]


def encoded(site: Site, name: str, item: Item) -> Encoded:
    """
    Raises:
        NotFound: there is no such format. BadInput: it is only read.
    """
    return formats.encode(name, [item], EncodeContext(title=site.home.name, language=item.language))


def download(request: Page, number: int, name: str) -> Response[bytes]:
    """The item in its current version as a file of the format `name`; of one taken back, the notice that says so.

    Raises:
        NotFound: there is no such item or format. BadInput: the format is only read.
    """
    site = site_of(request)
    wire = formats.writable(name)
    with borrowed(site.newsroom) as conn:
        item = items.current(conn, number).item
        made = encoded(site, name, item)
        audit.record(conn, request.user.person.name, "copy downloaded", item.uri, format=name, version=item.version)
    return Response(
        made.body,
        media_type=made.media_type,
        headers={
            "content-disposition": f'attachment; filename="{_file_name(number, wire)}"',
            "cache-control": "no-store",
            "content-security-policy": "default-src 'none'; sandbox",
            "x-dragoman-lost": quote(", ".join(made.lost), safe=", ."),
        },
    )


def _file_name(number: int, wire: Format) -> str:
    return f"item-{number}-{wire.name}{wire.suffixes[0]}"


@get("/item/{number:int}/as/{name:str}", sync_to_thread=True)
def saved(request: Page, number: FromPath[int], name: FromPath[str]) -> Response[bytes]:
    """The file."""
    return download(request, number, name)


ROUTES: list[ControllerRouterHandler] = [saved]
