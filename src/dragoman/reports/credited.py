"""Does a text name an agency as its source? The agency's name anywhere, its short forms only as a signature. Pure."""

import re
from functools import lru_cache

from msgspec import Struct

from dragoman.query.reading import needle
from dragoman.read.agencies import AGENCIES, agency_name

_LONG_ENOUGH = 3
"""A code of two letters is too often a word."""


class Names(Struct, frozen=True):
    """How an agency is named: `folded` as whole words in folded text, `signed` in brackets or slashes, `codes` as printed."""

    folded: tuple[str, ...]
    signed: tuple[str, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=64)
def names_of(code: str, name: str) -> Names:
    """The spellings of the agency `code`, called `name`, with those its datelines are known by."""
    known = agency_name(name) or agency_name(code)
    entry = next((one for one in AGENCIES if one.name == known), None) if known else None
    bare = entry.bare if entry else ()
    return Names(
        folded=tuple(dict.fromkeys(found for one in (name, *bare) if (found := needle(one).strip()))),
        signed=entry.marked if entry else (),
        codes=(code,) if len(code) >= _LONG_ENOUGH else (),
    )


def credits(names: Names, spaced: str, printed: str) -> bool:
    """Is the agency named? `spaced` is the text in the query language's form, `printed` as it stands."""
    return any(f" {one} " in spaced for one in names.folded) or bool(_pattern(names).search(printed))


@lru_cache(maxsize=64)
def _pattern(names: Names) -> re.Pattern[str]:
    signed = "|".join(map(re.escape, names.signed))
    codes = "|".join(map(re.escape, names.codes))
    parts = [rf"[(（/\[]\s*(?:{signed})\s*[)）/\]]"] if signed else []
    parts += [rf"(?<!\w)(?:{codes})(?!\w)"] if codes else []
    return re.compile("|".join(parts) or r"(?!)")
