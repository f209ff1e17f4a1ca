"""Every page of the reports."""

from litestar.types import ControllerRouterHandler

from dragoman.web.report import coverage, exchange, register

ROUTES: list[ControllerRouterHandler] = [*coverage.ROUTES, *register.ROUTES, *exchange.ROUTES]
