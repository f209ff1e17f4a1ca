"""The newsroom's nouns as JSON under ``/api/v1``; OpenAPI 3.1 at ``/api/openapi.json``."""

from litestar import Router

from dragoman.web.api import agreements, items, operations
from dragoman.web.asking import before_call

ROUTER = Router(
    "/api/v1",
    route_handlers=[*items.ROUTES, *agreements.ROUTES, *operations.ROUTES],
    before_request=before_call,
    request_max_body_size=2_000_000,
)
