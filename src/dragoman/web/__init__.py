"""The web side of a node: pages for the newsroom, the API, and the doors that partners' nodes call.

site       what all of it stands on            asking    who is asking, and may they
words      the interface in eight languages    render    templates beside their routes
session wire item story partner operations     pages, one folder a noun
api        the same nouns as JSON              health    for those who watch the machine
exchange   partners' nodes and programs        static    design system and the little JavaScript there is
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar, Router
from litestar.datastructures import CacheControlHeader, State
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.static_files import create_static_files_router

import dragoman
from dragoman.web.alert import routes as alert
from dragoman.web.api import routes as api
from dragoman.web.asking import before_page
from dragoman.web.errors import HANDLERS
from dragoman.web.event import diary
from dragoman.web.event import routes as event
from dragoman.web.exchange import ROUTES
from dragoman.web.exhibition import gallery
from dragoman.web.exhibition import routes as exhibition
from dragoman.web.floor import guests as door
from dragoman.web.floor import routes as floor
from dragoman.web.floor.halls import Halls
from dragoman.web.headers import secure
from dragoman.web.health import routes as health
from dragoman.web.item import routes as item
from dragoman.web.operations import routes as operations
from dragoman.web.partner import routes as partner
from dragoman.web.picture import routes as picture
from dragoman.web.project import routes as project
from dragoman.web.relation import routes as relation
from dragoman.web.render import STATIC, static_version
from dragoman.web.report import routes as report
from dragoman.web.session import routes as session
from dragoman.web.site import Site, Stop
from dragoman.web.start import routes as start
from dragoman.web.story import routes as story
from dragoman.web.translate import routes as translate
from dragoman.web.vocabulary import routes as vocabulary
from dragoman.web.wire import routes as wire
from dragoman.web.wire.follower import Follower

__all__ = ["Site", "Stop", "build_app"]

PAGES = (
    wire,
    item,
    story,
    partner,
    diary,
    event,
    alert,
    project,
    exhibition,
    picture,
    relation,
    report,
    translate,
    operations,
    vocabulary,
    start,
)
"""The newsroom's nouns that have pages; each one's routes lie beside its templates."""
_FORM_BYTES = 2_000_000


def build_app(site: Site) -> Litestar:
    """The application of one node. Builds no thread and opens no connection before it is served."""
    follower, halls = Follower(site), Halls(site)
    return Litestar(
        route_handlers=[
            Router(
                "/",
                route_handlers=[route for noun in PAGES for route in noun.ROUTES],
                before_request=before_page,
                include_in_schema=False,
                request_max_body_size=_FORM_BYTES,
            ),
            Router(
                "/",
                route_handlers=[*session.ROUTES, *diary.OPEN],
                include_in_schema=False,
                request_max_body_size=64_000,
            ),
            floor.ROUTER,
            door.DOOR,
            api.ROUTER,
            Router("/", route_handlers=[*health.ROUTES, *gallery.ROUTES], include_in_schema=False),
            _static(),
            *ROUTES,
        ],
        exception_handlers=HANDLERS,
        before_send=[secure],
        lifespan=[_followed(follower), _followed(halls)],
        openapi_config=_openapi(),
        logging_config=None,  # Litestar's own starts a thread as soon as the application is built
        state=State({"site": site, "follower": follower, "halls": halls}),
    )


def _followed(follower: Follower | Halls) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def following(app: Litestar) -> AsyncIterator[None]:
        async with follower.following():
            yield

    return following


def _static() -> Router:
    return create_static_files_router(
        path=f"/static/{static_version()}",
        directories=[STATIC],
        cache_control=CacheControlHeader(public=True, max_age=31_536_000, immutable=True),
    )


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Dragoman",
        version=dragoman.__version__,
        description="The newsroom's side of a Dragoman node as JSON. Errors are problem+json (RFC 9457).",
        path="/api",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        use_handler_docstrings=True,
        components=Components(
            security_schemes={
                "token": SecurityScheme(type="http", scheme="bearer", description="A newsroom token, dgm_…"),
                "session": SecurityScheme(type="apiKey", name="dragoman", security_scheme_in="cookie"),
            }
        ),
        security=[{"token": []}, {"session": []}],
    )
