"""What partners' nodes and programs call: the inbox, the change feed, Atom, receipts."""

from litestar.types import ControllerRouterHandler

ROUTES: list[ControllerRouterHandler] = []
