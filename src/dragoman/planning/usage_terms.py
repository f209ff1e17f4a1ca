"""What a picture's own usage terms say of an exhibition, as far as the words have a fixed meaning. Pure.

A refusal that is understood refuses. A permission is taken only from words that mean the same everywhere: our own nodes'
sentences (`route.credit.usage_terms`) and licences by their name. Everything else says nothing, and is shown to a person.
"""

import re
from datetime import date
from typing import Final

from msgspec import Struct

from dragoman.model.exhibition import PictureUse

EVERY: Final[tuple[PictureUse, ...]] = ("web", "print", "catalogue", "poster")
_WEB: Final[tuple[PictureUse, ...]] = ("web",)
_PAPER: Final[tuple[PictureUse, ...]] = ("print", "catalogue", "poster")


class Stated(Struct, frozen=True, kw_only=True):
    """One thing the terms say: `words` are theirs."""

    use: PictureUse
    allowed: bool
    words: str
    territory: tuple[str, ...] = ()
    until: date | None = None


_SAYINGS: Final[tuple[tuple[str, bool, tuple[PictureUse, ...]], ...]] = (
    (r"for internal use only\b", False, EVERY),
    (r"not for publication\b", False, EVERY),
    (r"may be published on the open web\b", True, _WEB),
    (r"(?:no|not for(?: the)?) (?:web|internet|online)\b(?: use| publication)?", False, _WEB),
    (r"(?:print (?:use )?only|for print only)\b", False, _WEB),
    (r"(?:no|not for) print(?:ing)?\b(?: use)?", False, _PAPER),
    (r"(?:web|online|internet) (?:use )?only\b", False, _PAPER),
    (r"(?:no|not for) (?:exhibitions?|display|public display)\b", False, ("web", "print")),
    (r"(?:no|not for) (?:catalogues?|catalogs?|books?)\b", False, ("catalogue",)),
    (r"(?:no|not for) (?:posters?|advertising|commercial use|merchandis\w+|resale|sales?)\b", False, ("poster",)),
    (r"editorial use only\b", False, ("poster",)),
    (r"(?:in the )?public domain\b", True, EVERY),
    (r"\bcc0\b", True, EVERY),
    (r"\bcc[ -]by(?:[ -]sa)?(?:[ -][1-4]\.0)?(?![ -]?[a-z])", True, EVERY),
)
_FOUND = tuple((re.compile(rf"(?<!\w){pattern}", re.IGNORECASE), allowed, uses) for pattern, allowed, uses in _SAYINGS)
_UNTIL = re.compile(r"\buntil (\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_TERRITORY = re.compile(r"\bterritory: ((?:[A-Z]{2}(?:, )?)+)\.")
_DENIED = re.compile(r"\b(?:not|never)(?: be)?(?: in)?(?: the)? $", re.IGNORECASE)


def stated(terms: str) -> tuple[Stated, ...]:
    """What `terms` say, in their order. A permission holds where and as long as the same terms say; a refusal always."""
    until, territory = _until(terms), _territory(terms)
    found: list[tuple[int, Stated]] = []
    for finder, allowed, uses in _FOUND:
        for match in finder.finditer(terms):
            if allowed and _DENIED.search(terms[: match.start()]):
                continue
            for use in uses:
                limits = (territory, until) if allowed else ((), None)
                one = Stated(use=use, allowed=allowed, words=match[0], territory=limits[0], until=limits[1])
                found.append((match.start(), one))
    return tuple(one for _, one in sorted(found, key=lambda each: each[0]))


def _until(terms: str) -> date | None:
    days: list[date] = []
    for text in _UNTIL.findall(terms):
        try:
            days.append(date.fromisoformat(text))
        except ValueError:  # no such day: a person reads it in the terms themselves
            continue
    return min(days, default=None)


def _territory(terms: str) -> tuple[str, ...]:
    match = re.search(_TERRITORY.pattern, terms, re.IGNORECASE)
    return tuple(code.strip().upper() for code in match[1].split(",")) if match else ()
