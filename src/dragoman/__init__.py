"""Dragoman, a news exchange for news agencies."""

__version__ = "0.1.0"
