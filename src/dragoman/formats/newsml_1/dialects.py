"""What agencies do with NewsML 1.x that the standard does not say, a row each. Pure."""

import re
from collections.abc import Mapping

from msgspec import Struct

from dragoman.formats._senders import Sender


class Dialect(Struct, frozen=True, kw_only=True):
    """`slug` and `urgency` name the line or property they stand in; `by` the line of the byline.

    `each_story`: the components of a NewsItem are stories of their own, named by their Duid.
    `dated_id`: is its DateId the day of the item, not of the revision?
    `keyword_lines`: lines that are keywords, whatever they are called.
    `closing`: a last paragraph that is the terms of use, and no part of the copy.
    """

    slug: tuple[str, ...] = ("slugline",)
    by: tuple[str, ...] = ("byline",)
    urgency: tuple[str, ...] = ()
    each_story: bool = False
    dated_id: bool = True
    keyword_lines: tuple[str, ...] = ("keywordline",)
    closing: re.Pattern[str] | None = None


USUAL = Dialect()

DIALECTS: Mapping[str, Dialect] = {
    "Belga": Dialect(
        slug=("topic",), by=("byline", "creditline"), urgency=("priority",), each_story=True, dated_id=False
    ),
    "TASS": Dialect(slug=(), keyword_lines=("keywordline", "slugline")),  # its slugline says URGENT
    "ANP": Dialect(slug=()),  # its slugline is the desk's name
    "ANA-MPA": Dialect(closing=re.compile("© ΑΠΕ-ΜΠΕ.{1,300}", re.DOTALL)),
}
"""By the sender's name in `_senders.SENDERS`; who is not here does what is usual."""

NAMES: Mapping[str, str] = {
    "descriptivemetada": "descriptivemetadata",
    "descriptivemeta": "descriptivemetadata",
    "administrativemetada": "administrativemetadata",
    "rightsmetada": "rightsmetadata",
}
"""Element names as misspelt, in small letters → as meant."""

NEWS_LINES: Mapping[str, str] = {
    "advisoryline": "ed_note",
    "advisory": "ed_note",
    "productline": "ed_note",
    "attention": "ed_note",
    "ednote": "ed_note",
    "editorsnote": "ed_note",
    "note": "ed_note",
    "catchword": "subjects",
    "keyword": "subjects",
    "storytype": "genres",
    "subheadline": "headlines",
    "usageterms": "usage_terms",
}
"""NewsLineType in small letters → the field its text goes to."""

PROPERTIES: Mapping[str, str] = {
    "keyword": "subjects",
    "keywords": "subjects",
    "editorialinfo": "ed_note",
    "foreignid": "alt_ids",
    "author": "info_sources",
    "newspackage": "subjects",
}
"""Property in small letters → the field its value goes to, with the property's name as role where there is one."""

TOLD_ELSEWHERE = frozenset({
    "city", "country", "countryarea", "sublocation", "worldregion", "area", "generatorsoftware", "topic",
    "priority", "validationdate", "componentclass", "rank", "providerprofile", "providerprofileversion",
    "organization", "department", "author", "wordcount", "words", "characters", "format", "routeto",
    "newsobjectid", "validator",
})  # fmt: skip
"""Properties that are read by name, or say nothing of the copy."""


def dialect_of(sender: Sender) -> Dialect:
    return DIALECTS.get(sender.name, USUAL)
