"""What is written in a picture about it: one struct, whichever of its three blocks said so, and the three made one. Pure.

Where the blocks contradict each other XMP counts before IIM and IIM before Exif (IPTC Photo Metadata Standard, Metadata
Working Group guidance), and the item says that they did.
"""

from typing import Any

import msgspec
from msgspec import Struct

from dragoman.model.happening import ContactInfo
from dragoman.model.item import AltId, Concept


class Said(Struct, frozen=True, kw_only=True):
    """The words of one block, as they stand there. `captions`, `alts` and `extended` are by language, ``x-default`` where
    the block does not say which; `taken` as written, to be read by `read.taken`; places from the large to the small."""

    headline: str = ""
    title: str = ""
    captions: dict[str, str] = {}
    alts: dict[str, str] = {}
    extended: dict[str, str] = {}
    by: tuple[str, ...] = ()
    position: str = ""
    writer: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    terms: str = ""
    mining: str = ""
    instructions: str = ""
    keywords: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    event: str = ""
    country: str = ""
    country_code: str = ""
    region: str = ""
    city: str = ""
    spot: str = ""
    taken: str = ""
    language: str = ""
    reference: str = ""
    urgency: int = 0
    made_by: str = ""
    """How it came about: a NewsCode of the scheme digitalsourcetype."""
    embargo: str = ""
    """Not before: a day or a moment in ISO 8601, or what stands where one belongs."""
    owners: tuple[str, ...] = ()
    """Who owns the copyright."""
    sources: tuple[Concept, ...] = ()
    """Who else had a part in it, each with a role: supplier, licensor, contributor."""
    contact: tuple[ContactInfo, ...] = ()
    """How to reach the photographer."""
    guid: str = ""
    ids: tuple[AltId, ...] = ()
    subjects: tuple[Concept, ...] = ()
    """What it is about by somebody's codes: topics, scenes, things and works of art in it."""
    genres: tuple[Concept, ...] = ()
    persons: tuple[Concept, ...] = ()
    """People shown, with an id where there is one; those by name alone are `people`."""
    organisations: tuple[Concept, ...] = ()
    events: tuple[str, ...] = ()
    """Ids of the event."""
    shown: tuple[Concept, ...] = ()
    """Places shown, or where it was taken, as far as they are told part by part; a role says which part it is."""
    limits: tuple[str, ...] = ()
    """What else restricts its use, each as a line ``Name: value``."""
    lost: tuple[str, ...] = ()
    """What is said in it that an item has no place for."""
    provenance: str = ""
    """Where a C2PA manifest is kept that is not in the file; ``inside`` where it is."""
    notes: tuple[str, ...] = ()


_COMPARED = ("headline", "captions", "by", "credit", "copyright", "terms", "city", "taken")
_NAMES = {"captions": "caption", "by": "photographer", "taken": "date taken"}


def one_of(blocks: list[tuple[str, Said]]) -> Said:
    """The blocks, each with its name and the one that counts most first, as one; what differs is noted."""
    found: dict[str, Any] = {}
    notes: list[str] = []
    for name in (field.name for field in msgspec.structs.fields(Said)):
        if name == "notes":
            continue
        spoken = [(block, getattr(said, name)) for block, said in blocks if getattr(said, name)]
        if not spoken:
            continue
        found[name] = spoken[0][1]
        if name in _COMPARED:
            notes += _differing(name, spoken)
    told = [note for _, said in blocks for note in said.notes]
    return Said(**found, notes=(*told, *notes))


def _differing(name: str, spoken: list[tuple[str, Any]]) -> list[str]:
    (first, chosen), *others = spoken
    return [
        f"{_NAMES.get(name, name)}: {first} and {block} differ, {first} counts; {block} has {_shown(value)!r}"
        for block, value in others
        if not _agree(name, chosen, value)
    ]


def _agree(name: str, one: Any, other: Any) -> bool:
    """Do both say the same? IIM cuts what is too long for it; of a date the one may know more than the other."""
    mine, theirs = _words(one), _words(other)
    if name == "taken":
        return any(a.startswith(b) for a in mine for b in theirs) or any(b.startswith(a) for a in mine for b in theirs)
    return bool(mine & theirs) or any(a.startswith(b) and len(b) >= 32 for a in mine for b in theirs)


def _words(value: Any) -> set[str]:
    if isinstance(value, dict):
        value = tuple(value.values())
    texts = value if isinstance(value, tuple) else (value,)
    plain = {" ".join(str(text).split()).rstrip(".").casefold() for text in texts}
    digits = {"".join(c for c in text if c.isdigit()) for text in plain}
    return plain | {text for text in digits if len(text) >= 4 and all(not c.isalpha() or c in "tz" for c in min(plain))}


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return str(next(iter(value.values())))[:80]
    return (", ".join(value) if isinstance(value, tuple) else str(value))[:80]
