"""The concepts as they are written down, and those of them a newsroom asks for. Pure.

``data/*.tsv``: one concept a line, eleven fields parted by tabs: id, kind, subjects (Media Topic codes), then az en ru fr de
es ar zh, each the terms parted by `` | ``: first the lemma, then synonyms and forms no stemmer reaches.
"""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

LANGUAGES = ("az", "en", "ru", "fr", "de", "es", "ar", "zh")
KINDS = frozenset(
    {
        "agency",
        "city",
        "concept",
        "country",
        "document",
        "event-type",
        "measure",
        "office",
        "organisation",
        "people",
        "region",
    }
)


class Concept(Struct, frozen=True, gc=False):
    """`subjects` are Media Topic codes, eight digits; `written` is what stands in the eight fields of `LANGUAGES`, in UTF-8:
    a fifth of the memory its terms would take apart."""

    id: str
    kind: str
    subjects: tuple[str, ...]
    written: bytes

    @property
    def terms(self) -> tuple[tuple[str, ...], ...]:
        """In the order of `LANGUAGES`, the lemma first."""
        return tuple(tuple(each.split(" | ")) for each in self.written.decode().split("\t"))

    def lemma(self, language: str) -> str:
        """The usual term in `language`. Raises: ValueError, where it is none of the eight."""
        return self.terms_in(language)[0]

    def terms_in(self, language: str) -> tuple[str, ...]:
        """Its terms in `language`, the lemma first. Raises: ValueError, where it is none of the eight."""
        return tuple(self.written.split(b"\t")[LANGUAGES.index(language)].decode().split(" | "))


@lru_cache(maxsize=1)
def concepts() -> dict[str, Concept]:
    """Every concept by its id, in the order of the files."""
    return {one.id: one for one in _lines()}


def _lines() -> Iterator[Concept]:
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # a few hundred of them serve all
    for path in sorted(files(__package__).joinpath("data").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".tsv"):
            for line in path.read_bytes().splitlines():
                name, kind, codes, written = line.split(b"\t", 3)
                subjects = tuple(codes.decode().split())
                yield Concept(name.decode(), kind.decode(), same.setdefault(subjects, subjects), written)
