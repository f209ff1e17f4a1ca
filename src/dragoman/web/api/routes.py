"""The newsroom's nouns as JSON under ``/api/v1``; OpenAPI 3.1 at ``/api/openapi.json``."""

from litestar import Router

from dragoman.web.api import (
    agreements,
    events,
    exhibitions,
    floor,
    items,
    names,
    operations,
    pictures,
    projects,
    relations,
    reports,
    stories,
    translations,
    vocabularies,
)
from dragoman.web.asking import before_call

NOUNS = (
    items,
    agreements,
    events,
    exhibitions,
    floor,
    pictures,
    names,
    operations,
    projects,
    relations,
    reports,
    stories,
    translations,
    vocabularies,
)
ROUTER = Router(
    "/api/v1",
    route_handlers=[route for noun in NOUNS for route in noun.ROUTES],
    before_request=before_call,
    request_max_body_size=2_000_000,
)
