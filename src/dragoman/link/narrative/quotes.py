"""The quotes of a story by speaker, each once, in whatever languages it is carried, with who carries it. Pure.

Two wordings are one quote where their speaker is one, or one of them names none, and the words or what they say are shared:
by the shorter of them, as agencies cut.

Limits: within one text each quote stands for itself; of very many the first are compared.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from dragoman.link.narrative.compared import NO_LEXICONS, Compared, Lexicons, Span, contained, marks
from dragoman.link.narrative.known import Parties
from dragoman.link.narrative.told import LeftOut, Telling, Told, Where, shown, where
from dragoman.model.reading import Quote

SAME, SAME_ACROSS = 0.6, 0.15
"""Contained in each other so far, two wordings of one speaker are one quote: in the same language, and across languages."""
UNNAMED = 1.5
"""As many times that is asked where one side names no speaker."""
_MOST = 2_000
_MARKS, _LATEST, _LIKELY = 8, 100, 12
"""Words and features of a quote by which its like are looked for; of the rows that have one the latest; rows then compared."""


class Wording(Struct, frozen=True, kw_only=True):
    """A quote as one item has it. `direct`: between quotation marks; `verb` and `role` as they stand."""

    text: str
    where: Where
    verb: str = ""
    role: str = ""
    direct: bool = True


class Quoted(Struct, frozen=True, kw_only=True):
    """One quote. `agencies` carry it, the first to tell first."""

    agencies: tuple[str, ...]
    wordings: tuple[Wording, ...]


class Speaker(Struct, frozen=True, kw_only=True):
    """Who is quoted, in the fullest form of the name; without one, where nobody names who speaks."""

    name: str
    key: str
    role: str
    quotes: tuple[Quoted, ...]


class Quotes(Struct, frozen=True, kw_only=True):
    """By speaker, those that most agencies carry first. `more`: quotes that were too many to be compared."""

    speakers: tuple[Speaker, ...] = ()
    more: int = 0
    left_out: tuple[LeftOut, ...] = ()


class _Said(NamedTuple):
    telling: Telling
    quote: Quote
    key: str
    span: Span


def quotes(
    tellings: Sequence[Telling],
    lexicons: Lexicons = NO_LEXICONS,
    told: Told | None = None,
    compared: Compared | None = None,
    parties: Parties | None = None,
) -> Quotes:
    """The quotes of the standing copy. The last three are of the same tellings, where they were made before."""
    told = told or Told(tellings)
    compared, parties = compared or Compared(told, lexicons), parties or Parties(told)
    every = [
        _Said(one, quote, parties.key(quote.speaker, one.tongue), compared.span(one, quote.start, quote.end))
        for one in told.copy
        for quote in one.reading.quotes
    ]
    rows = _rows(every[:_MOST])
    by_speaker: dict[str, list[list[_Said]]] = {}
    for row in rows:
        by_speaker.setdefault(next((one.key for one in row if one.key), ""), []).append(row)
    speakers = [_speaker(key, said, parties) for key, said in by_speaker.items()]
    speakers.sort(key=lambda one: (not one.key, -max(len(each.agencies) for each in one.quotes)))
    return Quotes(speakers=tuple(speakers), more=max(0, len(every) - _MOST), left_out=told.left_out)


def _rows(every: Sequence[_Said]) -> list[list[_Said]]:
    """Each quote with its wordings; those whose speaker is named are laid first."""
    rows: list[list[_Said]] = []
    having: dict[str, list[int]] = {}
    for one in sorted(every, key=lambda each: not each.key):
        likely = _likely(one, rows, having)
        best = max(((_alike(one, rows[at]), -at) for at in likely), default=(0.0, 0))
        if best[0] >= 1.0:
            at = -best[1]
            rows[at].append(one)
        else:
            at = len(rows)
            rows.append([one])
        for mark in marks(one.span, _MARKS):
            if not (known := having.setdefault(mark, [])) or known[-1] != at:
                known.append(at)
    return rows


def _likely(one: _Said, rows: Sequence[Sequence[_Said]], having: dict[str, list[int]]) -> list[int]:
    """The rows that share most of the rarest words and features of `one`, where the speakers may be one."""
    counted = Counter(at for mark in marks(one.span, _MARKS) for at in set(having.get(mark, ())[-_LATEST:]))
    may_be = [at for at in counted if not one.key or rows[at][0].key in ("", one.key)]
    return sorted(may_be, key=lambda at: (-counted[at], at))[:_LIKELY]


def _alike(one: _Said, row: Sequence[_Said]) -> float:
    """From 1.0 on, `one` is a wording of the row's quote."""
    if any(each.telling is one.telling for each in row):
        return 0.0
    asked = UNNAMED if not (one.key and row[0].key) else 1.0
    best = 0.0
    for each in row[:8]:
        least = SAME if one.span.language == each.span.language else SAME_ACROSS
        best = max(best, contained(one.span, each.span) / (least * asked))
    return best


def _speaker(key: str, rows: Sequence[Sequence[_Said]], parties: Parties) -> Speaker:
    said = [one.quote for row in rows for one in row]
    named = [one.speaker for one in said if one.speaker]
    given = [_quoted(row) for row in rows]
    return Speaker(
        name=(parties.name(key) or max(named, key=len, default="")) if key else "",
        key=key,
        role=next((one.role for one in said if one.role), "") if key else "",
        quotes=tuple(sorted(given, key=lambda one: -len(one.agencies))),
    )


def _quoted(row: Sequence[_Said]) -> Quoted:
    return Quoted(
        agencies=tuple(dict.fromkeys(one.telling.agency for one in row)),
        wordings=tuple(
            Wording(
                text=shown(one.telling, one.quote.start, one.quote.end),
                where=where(one.telling, one.quote.start, one.quote.end),
                verb=one.quote.verb,
                role=one.quote.role,
                direct=one.quote.direct,
            )
            for one in row
        ),
    )
