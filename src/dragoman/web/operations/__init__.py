"""Operations: is everything running, what waits, what is parked, and the few switches there are."""

from dragoman.web.operations.routes import ROUTES

__all__ = ["ROUTES"]
