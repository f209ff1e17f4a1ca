"""Which outlets of the register reported, when first and last, in which language and country, how much; and which did not.

Rows in, numbers out; every figure of a coverage report is made here. Pure.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo

from msgspec import Struct

from dragoman.reports.likeness import SAME_TEXT
from dragoman.reports.outlet import Outlet

UNKNOWN = ""
HOURS, DAYS, MONTHS = "hour", "day", "month"


class Finding(Struct, frozen=True, kw_only=True):
    """One report by one outlet. `likeness` is the share of text it has in common with ours; `counts` and `ours` are a
    person's word, None where nobody has spoken."""

    outlet: int
    at: datetime
    language: str
    likeness: float = 0.0
    credited: bool = False
    from_us: bool = False
    counts: bool | None = None
    ours: bool | None = None


class OutletLine(Struct, frozen=True, kw_only=True):
    """What one outlet did. `first` and `last` are None where it did not report."""

    outlet: Outlet
    count: int = 0
    ours: int = 0
    first: datetime | None = None
    last: datetime | None = None
    languages: tuple[str, ...] = ()


class Share(Struct, frozen=True, kw_only=True):
    """One country or language: outlets of it in the register, those that reported, how many reports, how many ours.

    Of a language `outlets` are those that declare it; one that reports in another language counts there as well.
    """

    key: str
    outlets: int = 0
    reported: int = 0
    count: int = 0
    ours: int = 0

    @property
    def others(self) -> int:
        return self.count - self.ours


class Bucket(Struct, frozen=True, kw_only=True):
    """An hour, a day or a month of the timeline, by its beginning. `outlets`: those heard for the first time in it."""

    start: datetime
    count: int = 0
    ours: int = 0
    outlets: int = 0


class Coverage(Struct, frozen=True, kw_only=True):
    """The whole answer. `lines` are those who reported, the first to report first; `silent` the others, by name."""

    register: int
    lines: tuple[OutletLine, ...]
    silent: tuple[Outlet, ...]
    countries: tuple[Share, ...]
    languages: tuple[Share, ...]
    timeline: tuple[Bucket, ...]
    step: str
    count: int
    ours: int
    denied: int
    first: datetime | None = None
    last: datetime | None = None

    @property
    def reported(self) -> int:
        return len(self.lines)

    @property
    def countries_reached(self) -> int:
        """Countries, of those known, in which an outlet reported."""
        return sum(1 for one in self.countries if one.reported and one.key != UNKNOWN)


def is_counted(finding: Finding) -> bool:
    return finding.counts is not False


def is_ours(finding: Finding) -> bool:
    """Is it our copy: by a person's word; else ours in origin, the same text, or with our name as its credit?"""
    if finding.ours is not None:
        return finding.ours
    return finding.from_us or finding.credited or finding.likeness >= SAME_TEXT


def coverage(
    register: Sequence[Outlet], findings: Iterable[Finding], since: datetime, until: datetime, zone: tzinfo
) -> Coverage:
    """The report over a register. Findings of outlets that are not in it, and those denied by hand, do not count."""
    outlets = {outlet.id: outlet for outlet in register}
    known = [finding for finding in findings if finding.outlet in outlets]
    counted = [finding for finding in known if is_counted(finding)]
    lines = _lines(outlets, counted)
    heard = {line.outlet.id for line in lines}
    step = step_of(since, until)
    return Coverage(
        register=len(outlets),
        lines=lines,
        silent=tuple(sorted((o for o in register if o.id not in heard), key=lambda o: o.name.casefold())),
        countries=_countries(register, lines),
        languages=_languages(register, counted),
        timeline=_timeline(counted, lines, since, until, step, zone),
        step=step,
        count=len(counted),
        ours=sum(map(is_ours, counted)),
        denied=len(known) - len(counted),
        first=min((line.first for line in lines if line.first), default=None),
        last=max((line.last for line in lines if line.last), default=None),
    )


def _lines(outlets: Mapping[int, Outlet], findings: Sequence[Finding]) -> tuple[OutletLine, ...]:
    of_outlet: dict[int, list[Finding]] = {}
    for finding in findings:
        of_outlet.setdefault(finding.outlet, []).append(finding)
    made = [
        OutletLine(
            outlet=outlets[number],
            count=len(found),
            ours=sum(map(is_ours, found)),
            first=min(one.at for one in found),
            last=max(one.at for one in found),
            languages=tuple(tag for tag, _ in Counter(primary(one.language) for one in found).most_common()),
        )
        for number, found in of_outlet.items()
    ]
    return tuple(sorted(made, key=lambda line: (line.first, line.outlet.name.casefold())))


def _countries(register: Sequence[Outlet], lines: Sequence[OutletLine]) -> tuple[Share, ...]:
    of_all = Counter(outlet.country for outlet in register)
    reported = Counter(line.outlet.country for line in lines)
    counts: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    for line in lines:
        counts[line.outlet.country] += line.count
        ours[line.outlet.country] += line.ours
    return _shares(of_all, reported, counts, ours)


def _languages(register: Sequence[Outlet], findings: Sequence[Finding]) -> tuple[Share, ...]:
    of_all = Counter(tag for outlet in register for tag in {primary(each) for each in outlet.languages})
    reported = Counter(tag for tag, _ in {(primary(one.language), one.outlet) for one in findings})
    counts = Counter(primary(one.language) for one in findings)
    ours = Counter(primary(one.language) for one in findings if is_ours(one))
    return _shares(of_all, reported, counts, ours)


def _shares(
    outlets: Mapping[str, int], reported: Mapping[str, int], counts: Mapping[str, int], ours: Mapping[str, int]
) -> tuple[Share, ...]:
    made = (
        Share(
            key=key,
            outlets=outlets.get(key, 0),
            reported=reported.get(key, 0),
            count=counts.get(key, 0),
            ours=ours.get(key, 0),
        )
        for key in {**outlets, **reported}
    )
    return tuple(sorted(made, key=lambda one: (-one.reported, -one.count, -one.outlets, one.key)))


def primary(tag: str) -> str:
    """The language itself of a tag, ``und`` where there is none."""
    return tag.split("-")[0].lower() or "und"


# ------------------------------------------------------------------------------------------------------ the timeline


def step_of(since: datetime, until: datetime) -> str:
    """How fine the timeline is: hours up to three days, days up to four months, months beyond."""
    length = until - since
    return HOURS if length <= timedelta(days=3) else DAYS if length <= timedelta(days=124) else MONTHS


def _timeline(
    findings: Sequence[Finding],
    lines: Sequence[OutletLine],
    since: datetime,
    until: datetime,
    step: str,
    zone: tzinfo,
) -> tuple[Bucket, ...]:
    begin = _BEGIN[step]
    counts = Counter(begin(one.at.astimezone(zone)) for one in findings)
    ours = Counter(begin(one.at.astimezone(zone)) for one in findings if is_ours(one))
    firsts = Counter(begin(line.first.astimezone(zone)) for line in lines if line.first)
    found = []
    at, end = begin(since.astimezone(zone)), until.astimezone(zone)
    while at < end:
        found.append(Bucket(start=at, count=counts[at], ours=ours[at], outlets=firsts[at]))
        at = _after(at, step)
    return tuple(found)


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _day(at: datetime) -> datetime:
    return _hour(at).replace(hour=0, fold=0)


_BEGIN: dict[str, Callable[[datetime], datetime]] = {
    HOURS: _hour,
    DAYS: _day,
    MONTHS: lambda at: _day(at).replace(day=1),
}


def _after(at: datetime, step: str) -> datetime:
    if (
        step == HOURS
    ):  # by the clock on the wall: an hour that comes twice is one column, one that is left out stays empty
        return (at.replace(tzinfo=None) + timedelta(hours=1)).replace(tzinfo=at.tzinfo)
    if step == DAYS:
        return (at.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=at.tzinfo)
    return at.replace(year=at.year + at.month // 12, month=at.month % 12 + 1)
