"""Segments as a page shows them, side by side, and as its form sends them back: for whatever is translated.

`segments.html` draws what `pairs` makes. Each field is named for its segment: ``t.p3`` holds the text, ``s.p3`` the stamp
of the text that was shown, ``a.p3`` says that ours holds for a changed source as well.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dragoman.desk.suggestions import Suggestion
from dragoman.store.translations import Aside
from dragoman.text.checks import Finding
from dragoman.text.segments import Segment, Segments, Written
from dragoman.web.item.diff import Piece, changes
from dragoman.web.words import Words

_ROW = 52
"""Letters that fit a line of a column, about."""


class Said(Struct, frozen=True, kw_only=True):
    """A finding in the person's own words."""

    id: str
    weight: str
    text: str


class Pair(Struct, frozen=True, kw_only=True):
    """One segment on the page. `text` stands in the field, `stamp` is that of what is kept; where somebody else's text was
    there first, that is `theirs` and `text` is mine. `diff` shows what has changed in the source."""

    segment: Segment
    number: int
    text: str
    stamp: str
    rows: int
    theirs: str | None = None
    kept: tuple[Aside, ...] = ()
    diff: tuple[Piece, ...] = ()
    findings: tuple[Said, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


def pairs(
    segments: Segments,
    findings: Iterable[Finding],
    asides: Iterable[Aside],
    offers: Mapping[str, tuple[Suggestion, ...]],
    person: str,
    words: Words,
) -> tuple[Pair, ...]:
    """The segments as `person` sees them: paragraphs counted, each with what is said of it; `offers` by segment."""
    found, kept = list(findings), list(asides)
    made: list[Pair] = []
    number = 0
    for one in segments:
        number += one.kind not in ("headline", "dateline")
        mine = next((each.text for each in kept if each.segment == one.id and each.by == person), None)
        text = one.target if mine is None else mine
        made.append(
            Pair(
                segment=one,
                number=number,
                text=text,
                stamp=one.stamp,
                rows=max(2, 1 + max(len(text), len(one.source)) // _ROW + text.count("\n")),
                theirs=None if mine is None else one.target,
                kept=tuple(each for each in kept if each.segment == one.id and each.by != person),
                diff=tuple(changes(one.was, one.source)) if one.was else (),
                findings=tuple(said(each, words) for each in found if each.id == one.id),
                suggestions=offers.get(one.id, ()),
            )
        )
    return tuple(made)


def said(one: Finding, words: Words) -> Said:
    """A finding as it is told to a person."""
    detail = one.detail
    if one.rule == "script":
        detail = str(words.locale.scripts.get(_SCRIPTS.get(detail, ""), detail))
    return Said(id=one.id, weight=one.weight, text=words(f"translate.check.{one.rule}", detail=detail))


_SCRIPTS = {
    "Latin": "Latn",
    "Cyrillic": "Cyrl",
    "Arabic": "Arab",
    "Han": "Hani",
    "Kana": "Kana",
    "Hangul": "Hang",
    "Hebrew": "Hebr",
    "Greek": "Grek",
    "Armenian": "Armn",
    "Georgian": "Geor",
    "Devanagari": "Deva",
    "Thai": "Thai",
}
"""Our names of scripts and those of ISO 15924, by which CLDR names them in every language."""


def written(form: Mapping[str, str]) -> tuple[Written, ...]:
    """What a form with such fields sends."""
    return tuple(
        Written(
            id=name[2:],
            target=text.replace("\r\n", "\n"),
            seen=form.get("s." + name[2:], ""),
            accepted=bool(form.get("a." + name[2:])),
        )
        for name, text in form.items()
        if name.startswith("t.")
    )
