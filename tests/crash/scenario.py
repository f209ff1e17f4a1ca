"""One run: a morning of a small agency in two seconds, a death in the middle, and what everybody has at the end."""

import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from . import copy
from .evidence import evidence
from .history import Violation, check, tally
from .lines import Line, history
from .morning import Morning
from .node import Made, Waited, once_file, start, stop

DEADLINE_S = 45.0


class Ran(Struct, frozen=True, kw_only=True):
    """A run: was the point passed so often, which promises broke, how long it took, what was seen."""

    point: str
    passes: int
    hit: bool
    broken: list[Violation]
    seconds: float
    seen: dict[str, int] = field(default_factory=dict)


def crash_run(made: Made, point: str = "", passes: int = 1, *, by_command: bool = False) -> Ran:
    """Run the morning with a death at the `passes`-th pass of `point`; in the desk's commands where `by_command`."""
    once = once_file(made)
    deadly = {"DRAGOMAN_CRASH_AT": f"{point}:{passes}", "DRAGOMAN_CRASH_ONCE": str(once)} if point else {}
    deadly |= copy.IMPATIENT if point in POISONED else {}
    return run(
        made, point, passes, once, deadly, by_command=by_command, live=_poisoned if point in POISONED else Morning.live
    )


def _poisoned(morning: Morning) -> None:
    morning.poisoned = True
    morning.live()


POISONED = frozenset({"pipeline.parked"})
"""Points that are passed only when something takes the decoder too long."""


def failing_run(made: Made, point: str, error: str, passes: int = 1) -> Ran:
    """Run the morning with `error` (as in ``EIO``) raised at the point, once."""
    once = once_file(made)
    deadly = {"DRAGOMAN_FAIL_AT": f"{point}:{passes}:{error}", "DRAGOMAN_CRASH_ONCE": str(once)}
    return run(made, point, passes, once, deadly, by_command=False)


def run(
    made: Made,
    point: str,
    passes: int,
    once: Path,
    deadly: dict[str, str],
    *,
    by_command: bool,
    live: Callable[[Morning], None] = Morning.live,
) -> Ran:
    """One morning, and its verdict. `live` is what happens in it once the node is started."""
    began = time.monotonic()
    lines: list[Line] = []
    seen_before = len(made.partners.received)
    broken: list[Violation] = []
    morning = Morning(made, once, lines, until=began + DEADLINE_S, deadly=deadly if by_command else {})
    morning.lay_out()
    morning.watch.served = served = start(made, {} if by_command else deadly)
    try:
        broken += in_time(lambda: live(morning), "it comes to rest")
        broken += in_time(lambda: lines.extend(evidence(morning, made.partners.received[seen_before:])), "it answers")
        broken += in_time(morning.close, "it answers")
    finally:
        stop(morning.watch.served or served)
    broken += [Violation("signatures hold", said) for said in made.partners.forged]
    made.partners.forged.clear()
    broken += [Violation("nothing half is left", path.name) for path in made.outward.glob(".*")]
    broken += check(lines)
    return Ran(
        point=point,
        passes=passes,
        hit=once.exists(),
        broken=broken,
        seconds=time.monotonic() - began,
        seen=dict(tally(history(lines))),
    )


def in_time(act: Callable[[], None], rule: str) -> list[Violation]:
    """What was waited for in vain."""
    try:
        act()
    except Waited as error:
        return [Violation(rule, str(error))]
    return []
