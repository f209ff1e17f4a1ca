"""A picture's words in one language: what is printed, whether it fits, whether a second person has seen it. Pure."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.exhibition import Caption
from dragoman.model.project import ProjectTerms
from dragoman.planning.exhibition import Picture, Said, Whole
from dragoman.text.checks import Finding, Limits, findings
from dragoman.text.counting import count_characters
from dragoman.text.segments import Segment, stamp

_UNLIMITED = Limits(soft={})
Origin = Literal["caption", "item", "terms", ""]


class Worded(Struct, frozen=True, kw_only=True):
    """What is printed of a picture in `language`; `text_from` says whether it was written for the exhibition or stands in
    the item already. `characters` are counted as a reader counts them."""

    language: str
    text: str = ""
    alt: str = ""
    credit: str = ""
    text_from: Origin = ""
    alt_from: Origin = ""
    credit_from: Origin = ""
    written: str = ""
    reviewed: str = ""

    @property
    def characters(self) -> int:
        return count_characters(self.text)


def worded(whole: Whole, picture: Picture, language: str) -> Worded:
    """The words of `picture` in `language`: those written for the exhibition; where there are none, the item's own."""
    held = picture.captions.get(language)
    mine = held.record if held else Caption(picture=picture.id, language=language)
    lying = picture.lying if picture.lying and picture.lying.is_usable else None
    text = _first(("caption", mine.text), ("item", lying.captions.get(language, "") if lying else ""))
    alt = _first(("caption", mine.alt), ("item", lying.alts.get(language, "") if lying else ""))
    credit = _first(
        ("caption", mine.credit), ("item", _item_credit(picture)), ("terms", _agreed(whole, picture, language))
    )
    found = Worded(
        language=language,
        text=text[1],
        alt=alt[1],
        credit=credit[1],
        text_from=text[0],
        alt_from=alt[0],
        credit_from=credit[0],
        written=mine.written,
    )
    return replace(found, reviewed=mine.reviewed if mine.reviewed_words == stamp_of(found) else "")


def _first(*offers: tuple[Origin, str]) -> tuple[Origin, str]:
    return next(((origin, text.strip()) for origin, text in offers if text.strip()), ("", ""))


def _item_credit(picture: Picture) -> str:
    """Photographer and agency, each once, as wires print them."""
    lying = picture.lying
    if lying is None or not lying.is_usable or not lying.credit:
        return ""
    named = not lying.photographer or lying.photographer.casefold() in lying.credit.casefold()
    return lying.credit if named else f"{lying.photographer} / {lying.credit}"


def _agreed(whole: Whole, picture: Picture, language: str) -> str:
    line = credit_of(whole.terms, language)
    return line.replace("{agency}", whole.names.get(picture.agency, picture.agency))


def credit_of(terms: ProjectTerms, language: str) -> str:
    """The credit line that the project's members have agreed on."""
    return terms.credit.get(language) or terms.credit.get("*", "")


def source_of(picture: Picture) -> Said:
    """What the item itself says, in its own language: shown beside every translation."""
    lying = picture.lying
    if lying is None:
        return Said("", "")
    text = lying.captions.get(lying.language, "") or next(iter(lying.captions.values()), "")
    language = lying.language if lying.language in lying.captions else next(iter(lying.captions), lying.language)
    return Said(text, language)


def stamp_of(words: Worded) -> str:
    """What words are known by as they are printed: a review that saw others does not count for these."""
    return stamp("\x1f".join((words.text, words.alt, words.credit)))


def doubts(words: Worded, source: Said | None = None) -> tuple[Finding, ...]:
    """What looks wrong in the words themselves: another script than the language's, markup, numbers that the source has and
    they have not. The findings' ids are ``text`` and ``alt``."""
    translated = source is not None and words.text_from == "caption" and source.language != words.language
    pieces = (
        Segment(id="text", kind="caption", source=source.text if source and translated else "", target=words.text),
        Segment(id="alt", kind="alt", source="", target=words.alt),
    )
    found = findings(pieces, words.language, _UNLIMITED)
    return tuple(one for one in found if one.rule in ("script", "markup", "numbers", "untranslated"))


def languages_of(whole: Whole, also: Mapping[str, object] | None = None) -> tuple[str, ...]:
    """The exhibition's languages, and after them those in which there are words besides."""
    return tuple(dict.fromkeys((*whole.record.languages, *sorted(also or {}))))
