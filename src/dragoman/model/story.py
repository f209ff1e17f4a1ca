"""A story: every agency's copy on the same event, in any language. Empty until items are linked."""

from msgspec import Struct


class Story(Struct, frozen=True, kw_only=True):
    id: int
    title: str = ""
