"""What a finder hands on: a stretch of text that names somebody or something, before mentions are joined. Pure."""

from typing import Literal

from msgspec import Struct

from dragoman.model.reading import NameKind

Surety = Literal["sure", "likely", "perhaps"]


class Candidate(Struct, frozen=True, gc=False):
    """A possible name, from `start` to `end` in code points.

    A ``sure`` one stands for itself. A ``likely`` one does unless it is a part of another. A ``perhaps`` is kept only where
    it repeats a part of another: a surname alone, a firm's first word. `alias` is the start of the organisation that it
    abbreviates, as in "World Health Organization (WHO)"; -1 without one.
    """

    start: int
    end: int
    kind: NameKind
    surety: Surety = "sure"
    role: str = ""
    known: str = ""
    alias: int = -1
