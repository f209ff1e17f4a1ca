"""``make crash``: die at every durable step, at its first pass, its second … until a run passes without being hit.

python -m tests.crash.run --full [--point NAME] [--most N]
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .commands import ACTS, command_run
from .node import Made, make, scripts, short_folder
from .partner import Partners, serving
from .points import names
from .scenario import Ran, crash_run

BY_COMMAND = ("desk.", "agreement.")
"""Points in what a person does: they are hit in the command."""


def runner(point: str) -> Callable[[Made, str, int], Ran]:
    """What brings a run to this point."""
    if point.partition(".")[0] in ACTS:
        return command_run
    by_command = point.startswith(BY_COMMAND)
    return lambda made, name, passes: crash_run(made, name, passes, by_command=by_command)


def runs(made: Made, point: str, most: int) -> Iterator[Ran]:
    """Up to `most` runs that are hit, and the one that is not."""
    for passes in range(1, most + 1):
        ran = runner(point)(made, point, passes)
        yield ran
        if not ran.hit:
            return


@contextmanager
def a_node() -> Iterator[Made]:
    """A node made for the block, with its partners."""
    with short_folder() as folder, serving(Partners(scripts(), folder / "partners.jsonl")) as partners:
        yield make(folder, partners)


def table(points: list[str], most: int) -> int:
    """Run them all, print a line each; how many are broken."""
    began, deaths, broken = time.monotonic(), 0, 0
    sys.stdout.write(f"{'point':<28} {'passes hit':>10} {'seconds':>8}  result\n")
    with a_node() as made:
        for point in points:
            done = list(runs(made, point, most))
            hit = sum(ran.hit for ran in done)
            wrong = [(ran, violation) for ran in done for violation in ran.broken]
            never = "" if hit else "never passed"
            result = "broken" if wrong else never or ("holds" if hit < most else f"holds (stopped at {most})")
            deaths, broken = deaths + hit, broken + bool(wrong or never)
            sys.stdout.write(f"{point:<28} {hit:>10} {sum(ran.seconds for ran in done):>8.1f}  {result}\n")
            for ran, violation in wrong:
                sys.stdout.write(f"    pass {ran.passes}: {violation.rule}: {violation.said}\n")
            sys.stdout.flush()
    took = time.monotonic() - began
    sys.stdout.write(f"{len(points)} points, {deaths} deaths, {broken} broken, {took:.0f} s\n")
    return broken


def main() -> int:
    words = argparse.ArgumentParser(prog="python -m tests.crash.run", description=__doc__)
    words.add_argument("--full", action="store_true", help="every point, n = 1, 2, 3 …")
    words.add_argument("--point", action="append", default=[], help="only this point (repeatable)")
    words.add_argument("--most", type=int, default=5, metavar="N", help="passes of a point at most")
    given = words.parse_args()
    if not given.full and not given.point:
        words.error("say --full, or --point NAME")
    return 1 if table(given.point or names(), given.most) else 0


if __name__ == "__main__":
    raise SystemExit(main())
