"""Partners: who they are, their keys and channels, and what has been agreed with each."""

from dragoman.web.partner.routes import ROUTES

__all__ = ["ROUTES"]
