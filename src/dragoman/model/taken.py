"""When a picture was taken, as far as anybody knows: a day, a year, "c. 1970", "before 1969", "1984 or 1985"."""

import datetime as dt
from typing import Literal

from msgspec import Struct

Precision = Literal["moment", "day", "month", "season", "year", "decade", "century", "span", "either", "unknown"]
Season = Literal["spring", "summer", "autumn", "winter"]


class WhenTaken(Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Taken on some day from `earliest` to `latest`, both included; None: open at that end.

    `words` are those that were given; they are printed where nothing of them was understood (`unknown`). `at` is set for a
    ``moment`` alone. ``span`` lies anywhere between two days, ``either`` in the year of the one or of the other. `season` is
    that of the place: the months are the northern ones only where nobody says otherwise.
    """

    earliest: dt.date | None = None
    latest: dt.date | None = None
    precision: Precision = "unknown"
    circa: bool = False
    season: Season | None = None
    at: dt.datetime | None = None
    words: str = ""

    @property
    def is_known(self) -> bool:
        """Is there anything to go by but the words?"""
        return self.earliest is not None or self.latest is not None

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key, oldest first: the middle of the time it may have been, the surer before the vaguer; those of which
        nothing is known come last. What is open at one end stands just beyond the other."""
        if self.earliest is None and self.latest is None:
            return 2**31, 0, 0
        if self.earliest is None or self.latest is None:
            known = self.earliest or self.latest
            assert known is not None
            return known.toordinal(), 10**6, -1 if self.earliest is None else 1
        middle = (self.earliest.toordinal() + self.latest.toordinal()) // 2
        return middle, self.latest.toordinal() - self.earliest.toordinal() + self.circa, 0
