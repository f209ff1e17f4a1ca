"""What is printed beside the pictures: labels, panels and the printer's list, as pages for the browser and for a PDF."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from dragoman.planning.exhibition import Whole, said
from dragoman.planning.labels import Label, Sheet, labels, panels, print_list
from dragoman.text.script import direction
from dragoman.web.exhibition.shown import dates
from dragoman.web.render import STATIC, Clock, environment, static
from dragoman.web.words import Words
from dragoman.web.words import words as dictionary

Paper = Literal["a4", "letter"]
Kind = Literal["labels", "panels", "list"]
STYLES = ("tokens.css", "wall.css")
_ON_SHEET: Mapping[Sheet, int] = {"a6": 2, "a5": 1}
_SCREEN = re.compile(r"/\* on the screen \*/.*?/\* on the screen: end \*/", re.DOTALL)


class Choice(Struct, frozen=True, kw_only=True):
    """How it is printed. `together`: every language on one label or panel; `marks`: where to cut."""

    languages: tuple[str, ...]
    sheet: Sheet = "a6"
    paper: Paper = "a4"
    together: bool = False
    marks: bool = True


class Sheetful(Struct, frozen=True, kw_only=True):
    """The labels that are printed on one sheet of paper."""

    labels: tuple[Label, ...]


def choice_of(whole: Whole, asked: Mapping[str, str], languages: list[str], kind: Kind) -> Choice:
    """The choice in a page's address. What is not there is as usual: all languages, A6 labels on A4, with marks; panels
    with all languages together."""
    known = whole.record.languages
    chosen = tuple(code for code in known if code in languages) or known
    asked_for = bool(asked.get("chosen"))
    return Choice(
        languages=chosen,
        sheet="a5" if asked.get("sheet") == "a5" else "a6",
        paper="letter" if asked.get("paper") == "letter" else "a4",
        together=bool(asked.get("together")) if asked_for else kind == "panels",
        marks=bool(asked.get("marks")) if asked_for else True,
    )


def sheets(found: tuple[Label, ...], sheet: Sheet) -> tuple[Sheetful, ...]:
    """The labels as they come to lie on paper, in their order."""
    step = _ON_SHEET[sheet]
    return tuple(Sheetful(labels=found[at : at + step]) for at in range(0, len(found), step))


def paper_page(
    kind: Kind,
    whole: Whole,
    choice: Choice,
    words: Words,
    home: str,
    now: datetime,
    *,
    alone: bool = False,
    **more: Any,
) -> str:
    """The page to be printed, its own words in `words`. `alone`: with its styles inside it and nothing for the screen, as it
    lies in a folder or becomes a PDF."""
    record = whole.record
    return (
        environment()
        .get_template(f"exhibition/paper_{kind}.html")
        .render(
            t=words,
            words=words,
            home_name=home,
            whole=whole,
            exhibition=record,
            kind=kind,
            choice=choice,
            title=said(record.titles, words.language, record.languages),
            css=inlined() if alone else "",
            asset=static,
            alone=alone,
            clock=Clock(record.venue.zone or "UTC", words, now),
            direction_of=direction,
            **_CONTENTS[kind](whole, choice, words, now),
            **more,
        )
    )


def inlined() -> str:
    """The styles of paper as text, without what is for the screen."""
    return "\n".join(_SCREEN.sub("", (STATIC / name).read_text("utf-8")) for name in STYLES)


def _labels(whole: Whole, choice: Choice, words: Words, now: datetime) -> dict[str, Any]:
    found = labels(whole, choice.languages, sheet=choice.sheet, together=choice.together)
    return {
        "sheets": sheets(found, choice.sheet),
        "over": [(one.number, one.words[0].language) for one in found if one.setting == "over"],
    }


def _panels(whole: Whole, choice: Choice, words: Words, now: datetime) -> dict[str, Any]:
    groups = (choice.languages,) if choice.together else tuple((code,) for code in choice.languages)
    return {
        "pages": [panel for group in groups for panel in panels(whole, group)],
        "dates_in": lambda code: dates(whole.record, dictionary(code)),
        "country_in": lambda code: dictionary(code).locale.territories.get(
            whole.record.venue.country, whole.record.venue.country
        ),
        "agencies": list(
            dict.fromkeys(whole.names.get(one.record.origin, one.record.origin) for one in whole.selected)
        ),
    }


def _list(whole: Whole, choice: Choice, words: Words, now: datetime) -> dict[str, Any]:
    return {"lines": print_list(whole, words.language, now.date())}


_CONTENTS: Mapping[Kind, Callable[[Whole, Choice, Words, datetime], dict[str, Any]]] = {
    "labels": _labels,
    "panels": _panels,
    "list": _list,
}
