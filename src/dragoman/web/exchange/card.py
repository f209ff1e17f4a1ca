"""``/.well-known/dragoman``: who this node is, so that a person at the other end can compare the fingerprint."""

from typing import Any

from litestar import Request, get

from dragoman.desk.partners import Card, card
from dragoman.store.connect import borrowed
from dragoman.trust.keyfile import load_keyring
from dragoman.web.site import site_of


@get("/.well-known/dragoman", sync_to_thread=True, tags=["exchange"], security=[{}], summary="Who this node is")
def show_card(request: Request[Any, Any, Any]) -> Card:
    """The node's agency and current public key. It proves nothing by itself: a person confirms the fingerprint."""
    site = site_of(request)
    with borrowed(site.newsroom) as conn:
        return card(conn, load_keyring(site.config.keys), site.config.url)
