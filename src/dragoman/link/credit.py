"""Whether an item says whose words it uses: does it name the source's agency? Pure.

Looked for in the text and the headline, in the byline, the credit line, the sources and the copyright fields: the
agency's name in any of its forms (by stems, so that endings do no harm), its code in capitals, and what the lexicon calls
it in the item's language.

Limits: an agency with a name of everyday words is found where those stand in this order; "local media" credits nobody.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.lexicon import LANGUAGES, concepts, found
from dragoman.model.item import Item
from dragoman.text.analyse import analyse
from dragoman.text.fold import fold

_CODE = 3
"""Letters of the shortest code that is looked for: two in capitals may be anything."""


def is_credited(item: Item, text: str, code: str, name: str) -> bool:
    """Does `item` name the agency of this `code` and `name`? `text` is its body in plain."""
    if len(code) >= _CODE and any(_code(code).search(each) for each in (text, *_fields(item))):
        return True
    known = _known(code, name)
    for each in (text, *_fields(item)):
        if _has(each, name, item.language):
            return True
        if known and any(one.concept.id in known for one in found(each, item.language)):
            return True
    return False


def _fields(item: Item) -> Iterator[str]:
    """What is said of an item's source beside its text."""
    dateline = item.ours.dateline
    sources = [word for one in item.info_sources for word in (one.name, one.literal)]
    yield from filter(
        None,
        (
            item.headline,
            item.by,
            item.ours.credit,
            dateline.agency if dateline else "",
            item.copyright_holder,
            item.copyright_notice,
            *sources,
        ),
    )


@lru_cache(maxsize=256)
def _code(code: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])")


def _has(text: str, name: str, language: str) -> bool:
    """Do the words of `name` stand in `text`, one after another, whatever their endings?"""
    tongue = language.split("-")[0]
    if tongue == "zh" and fold(name) in fold(text):
        return True
    wanted = [term.stem for term in analyse(name, tongue)]
    stems = [term.stem for term in analyse(text, tongue)]
    size = len(wanted)
    return size > 0 and any(stems[at : at + size] == wanted for at in range(len(stems) - size + 1))


@lru_cache(maxsize=256)
def _known(code: str, name: str) -> frozenset[str]:
    """The lexicon's concepts of the agency that is called so in one of its languages."""
    wanted = {fold(code), fold(name)} - {""}
    return frozenset(
        one.id
        for one in concepts().values()
        if one.kind == "agency"
        and any(fold(term) in wanted for language in LANGUAGES for term in one.terms_in(language))
    )
