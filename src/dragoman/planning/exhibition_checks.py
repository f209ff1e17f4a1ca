"""What stands between an exhibition and its opening: one list, what blocks it first. Pure.

Each check is a function in a table and looks at one thing; whoever adds one adds a line.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from dragoman.planning.captions import doubts, source_of, worded
from dragoman.planning.exhibition import Picture, Whole, opening_day
from dragoman.planning.hanging import print_size
from dragoman.planning.rights_table import standings

Severity = Literal["blocks", "warns"]
KEYS: Final = (
    "nothing", "title", "introduction", "opening", "backwards", "venue", "undecided", "room_title", "room_empty",
    "absent", "stopped", "undeveloped", "embargo", "caption", "alt", "credit", "long", "script", "markup", "numbers",
    "untranslated", "unreviewed", "refused", "uncleared", "ends", "size", "soft", "nowhere",
)  # fmt: skip
"""What can be found; each has its words in every language."""


class Finding(Struct, frozen=True, kw_only=True):
    """`picture` is a proposal's id, empty where it concerns the whole; `detail` what was found, as a reader would write it
    (a number, a use, a day)."""

    severity: Severity
    key: str
    picture: str = ""
    language: str = ""
    detail: str = ""


def findings(whole: Whole, now: datetime) -> tuple[Finding, ...]:
    """Everything that is wrong, what blocks before what warns, each in the order of the hanging."""
    found = [one for check in _OF_THE_WHOLE for one in check(whole, now)]
    for picture in whole.selected:
        found += [one for check in _OF_A_PICTURE for one in check(whole, picture, now)]
    return tuple(sorted(found, key=lambda one: one.severity != "blocks"))


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that have to be put right before it is published."""
    return tuple(one for one in found if one.severity == "blocks")


# ---------------------------------------------------------------------------------------------- of the whole


def _selection(whole: Whole, now: datetime) -> Iterator[Finding]:
    if not whole.selected:
        yield Finding(severity="blocks", key="nothing")
    undecided = sum(one.record.selected is None for one in whole.pictures)
    if undecided:
        yield Finding(severity="warns", key="undecided", detail=str(undecided))


def _titles(whole: Whole, now: datetime) -> Iterator[Finding]:
    for language in whole.record.languages:
        if not whole.record.titles.get(language, "").strip():
            yield Finding(severity="blocks", key="title", language=language)
        if not whole.record.introduction.get(language, "").strip():
            yield Finding(severity="warns", key="introduction", language=language)


def _dates(whole: Whole, now: datetime) -> Iterator[Finding]:
    opens, until = opening_day(whole.record), whole.record.until
    if opens is None:
        yield Finding(severity="warns", key="opening")
    elif until is not None and until < opens:
        yield Finding(severity="blocks", key="backwards", detail=until.isoformat())
    if not whole.record.venue.name:
        yield Finding(severity="warns", key="venue")


def _rooms(whole: Whole, now: datetime) -> Iterator[Finding]:
    taken = {whole.room_of(one) for one in whole.selected}
    for room in whole.rooms:
        name = next((text for text in room.record.titles.values() if text.strip()), room.id)
        for language in whole.record.languages:
            if not room.record.titles.get(language, "").strip():
                yield Finding(severity="blocks", key="room_title", language=language, detail=name)
        if room.id not in taken:
            yield Finding(severity="warns", key="room_empty", detail=name)


_OF_THE_WHOLE: Final[tuple[Callable[[Whole, datetime], Iterator[Finding]], ...]] = (_selection, _titles, _dates, _rooms)


# ---------------------------------------------------------------------------------------------- of one picture


def _lies_here(whole: Whole, picture: Picture, now: datetime) -> Iterator[Finding]:
    lying = picture.lying
    if lying is None:
        yield Finding(severity="blocks", key="absent", picture=picture.id)
    elif not lying.is_usable:
        yield Finding(severity="blocks", key="stopped", picture=picture.id, detail=lying.state)
    elif not lying.is_shown:
        yield Finding(severity="blocks", key="undeveloped", picture=picture.id)


def _embargo(whole: Whole, picture: Picture, now: datetime) -> Iterator[Finding]:
    """An item's own embargo must have lifted when the public sees it."""
    lifts = picture.lying.embargoed_until if picture.lying else None
    if lifts is not None and lifts > max(now, whole.record.opens or now):
        yield Finding(severity="blocks", key="embargo", picture=picture.id, detail=lifts.isoformat(timespec="minutes"))


def _words(whole: Whole, picture: Picture, now: datetime) -> Iterator[Finding]:
    if picture.lying is not None and not picture.lying.is_usable:
        return
    for language in whole.record.languages:
        words = worded(whole, picture, language)
        for key in ("caption", "alt", "credit"):
            if not getattr(words, "text" if key == "caption" else key):
                yield Finding(severity="blocks", key=key, picture=picture.id, language=language)
        if words.characters > whole.record.caption_most:
            detail = f"{words.characters} / {whole.record.caption_most}"
            yield Finding(severity="blocks", key="long", picture=picture.id, language=language, detail=detail)
        if words.text and not words.reviewed:
            yield Finding(severity="warns", key="unreviewed", picture=picture.id, language=language)
        for doubt in doubts(words, source_of(picture)):
            yield Finding(severity="warns", key=doubt.rule, picture=picture.id, language=language, detail=doubt.detail)


def _rights(whole: Whole, picture: Picture, now: datetime) -> Iterator[Finding]:
    if picture.lying is not None and not picture.lying.is_usable:
        return
    for one in standings(whole, picture, _today(now)):
        if one.word != "yes":
            key = "refused" if one.word == "no" else "uncleared"
            yield Finding(severity="blocks", key=key, picture=picture.id, detail=one.use)
        elif one.ends is not None:
            detail = f"{one.use}, {one.ends.isoformat()}"
            yield Finding(severity="warns", key="ends", picture=picture.id, detail=detail)


def _prints(whole: Whole, picture: Picture, now: datetime) -> Iterator[Finding]:
    if whole.rooms and not whole.room_of(picture):
        yield Finding(severity="warns", key="nowhere", picture=picture.id)
    if "print" not in whole.record.uses or picture.lying is None or not picture.lying.is_usable:
        return
    record, lying = picture.record, picture.lying
    size = print_size(lying.width, lying.height, record.width_mm, record.height_mm)
    if size is None:
        yield Finding(severity="warns", key="size", picture=picture.id)
    elif size.is_soft:
        yield Finding(severity="warns", key="soft", picture=picture.id, detail=str(size.dpi))


_OF_A_PICTURE: Final[tuple[Callable[[Whole, Picture, datetime], Iterator[Finding]], ...]] = (
    _lies_here,
    _embargo,
    _words,
    _rights,
    _prints,
)


def _today(now: datetime) -> date:
    return now.date()
