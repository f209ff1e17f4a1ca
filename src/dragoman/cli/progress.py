"""Progress of long work: a bar with rate and time left on a terminal, silence elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol


class Progress(Protocol):
    def advance(self, count: int) -> None:
        """So many more are done."""


class _Silent:
    def advance(self, count: int) -> None:
        return


@contextmanager
def progress(what: str, total: int, *, quiet: bool = False) -> Iterator[Progress]:
    """Shows how much of `total` is done, on standard error, at most ten times a second."""
    if quiet or not sys.stderr.isatty():
        yield _Silent()
        return
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), refresh_per_second=8, transient=True) as bar:
        task = bar.add_task(what, total=total)

        class Bar:
            def advance(self, count: int) -> None:
                bar.advance(task, count)

        yield Bar()
