"""What may be done with each picture of an exhibition: yes, no, or nobody has said so. Pure.

Three things are asked: what the members have written down, the project's own terms, the picture's own. A refusal beats
every permission, whoever gave either; what nobody has allowed is not cleared.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from dragoman.model.exhibition import Exhibition, PictureUse, Right
from dragoman.model.project import ProjectTerms
from dragoman.planning.exhibition import Picture, Whole, first_day
from dragoman.planning.usage_terms import stated

Word = Literal["yes", "no", "uncleared"]
Effect = Literal["allows", "refuses", "ended", "elsewhere"]
Where = Literal["row", "project", "item", "stopped"]


class Ground(Struct, frozen=True, kw_only=True):
    """One thing that somebody says, and what it comes to here: ``ended`` is over before the pictures are shown,
    ``elsewhere`` holds in other countries only. `row` is the id of the right, where it was written down as one."""

    effect: Effect
    where: Where
    words: str = ""
    agency: str = ""
    territory: tuple[str, ...] = ()
    until: date | None = None
    row: str = ""


class Standing(Struct, frozen=True, kw_only=True):
    """May the picture be used so? `ends`: the last day of the permission, where the exhibition lasts longer or has no end."""

    use: PictureUse
    word: Word
    grounds: tuple[Ground, ...] = ()
    ends: date | None = None

    @property
    def is_cleared(self) -> bool:
        return self.word == "yes"


class Occasion(Struct, frozen=True, kw_only=True):
    """When and where the pictures are shown. The web is everywhere; `country` is the venue's, empty where nobody knows."""

    day: date
    until: date | None = None
    country: str = ""


def occasion(exhibition: Exhibition, today: date) -> Occasion:
    country = exhibition.venue.country.upper()
    return Occasion(day=first_day(exhibition, today), until=exhibition.until, country=country)


def standings(whole: Whole, picture: Picture, today: date, uses: Iterable[PictureUse] = ()) -> tuple[Standing, ...]:
    """How each of `uses` stands (the exhibition's, unless told)."""
    when = occasion(whole.record, today)
    rows = [(held.id, held.made.agency, held.record) for held in picture.rights]
    usage = picture.lying.terms if picture.lying and picture.lying.is_usable else ""
    stopped = picture.lying.state if picture.lying and not picture.lying.is_usable else ""
    return tuple(
        standing(use, rows, whole.terms, usage, when, stopped=stopped) for use in (tuple(uses) or whole.record.uses)
    )


def standing(
    use: PictureUse,
    rows: Iterable[tuple[str, str, Right]],
    terms: ProjectTerms,
    usage: str,
    when: Occasion,
    *,
    stopped: str = "",
) -> Standing:
    """How one use stands. `rows`: id, agency and right; `usage`: the item's own terms; `stopped`: held, killed, or empty."""
    grounds = [_of_row(id, agency, right, when) for id, agency, right in rows if right.use == use]
    grounds += _of_project(use, terms, when)
    grounds += [
        _ground("item", each.allowed, use, when, each.words, territory=each.territory, until=each.until)
        for each in stated(usage)
        if each.use == use
    ]
    if stopped:
        grounds.append(Ground(effect="refuses", where="stopped", words=stopped))
    refused = any(ground.effect == "refuses" for ground in grounds)
    permits = [ground for ground in grounds if ground.effect == "allows"]
    word: Word = "no" if refused else "yes" if permits else "uncleared"
    return Standing(use=use, word=word, grounds=tuple(grounds), ends=_ends(permits, when) if word == "yes" else None)


def _of_row(id: str, agency: str, right: Right, when: Occasion) -> Ground:
    return _ground(
        "row",
        right.allowed,
        right.use,
        when,
        right.source,
        agency=agency,
        territory=right.territory,
        until=right.until,
        row=id,
    )


def _of_project(use: PictureUse, terms: ProjectTerms, when: Occasion) -> list[Ground]:
    """The project's terms speak of the web alone: what members give for the free web may be shown there."""
    if use != "web" or terms.use != "free web" or "picture" not in terms.kinds:
        return []
    until = terms.valid_until.date() if terms.valid_until else None
    return [_ground("project", True, use, when, terms.use, until=until)]


def _ground(
    where: Where,
    allowed: bool,
    use: PictureUse,
    when: Occasion,
    words: str,
    *,
    agency: str = "",
    territory: tuple[str, ...] = (),
    until: date | None = None,
    row: str = "",
) -> Ground:
    effect: Effect = "allows" if allowed else "refuses"
    if until is not None and until < when.day:
        effect = "ended"
    elif not (_covers(use, territory, when) if allowed else _touches(use, territory, when)):
        effect = "elsewhere"
    return Ground(effect=effect, where=where, words=words, agency=agency, territory=territory, until=until, row=row)


def _covers(use: PictureUse, territory: tuple[str, ...], when: Occasion) -> bool:
    """A permission has to reach everywhere the picture is shown."""
    return not territory or (use != "web" and when.country in territory)


def _touches(use: PictureUse, territory: tuple[str, ...], when: Occasion) -> bool:
    """A refusal counts where it touches any place the picture may be shown: in doubt it does."""
    return not territory or use == "web" or not when.country or when.country in territory


def _ends(permits: list[Ground], when: Occasion) -> date | None:
    if any(ground.until is None for ground in permits):
        return None
    last = max(ground.until for ground in permits if ground.until)
    return last if when.until is None or last < when.until else None
