"""The doors that partners call: the inbox, pushes into a feed, the change feed, Atom, pictures' files, and this node's card."""

from litestar.types import ControllerRouterHandler

from dragoman.web.exchange.card import show_card
from dragoman.web.exchange.changes import read_atom, read_changes
from dragoman.web.exchange.inbox import take_envelope
from dragoman.web.exchange.media import read_original, read_rendition
from dragoman.web.exchange.project import read_acts, read_file
from dragoman.web.exchange.push import take_push

ROUTES: list[ControllerRouterHandler] = [
    show_card,
    take_envelope,
    take_push,
    read_changes,
    read_atom,
    read_acts,
    read_file,
    read_original,
    read_rendition,
]
