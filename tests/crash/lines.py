"""A history: what was done to a node and what its partners received, as JSON lines in any order of kinds.

Times are seconds since 1970, all of one machine's clock.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct, field


class _Line(Struct, frozen=True, kw_only=True, tag_field="did"):
    """One line of a history."""


class Agreed(_Line, frozen=True, kw_only=True, tag="agreed"):
    """What a partner may have: copy of these origins in these languages, with this credit line."""

    partner: str
    origins: list[str]
    languages: list[str]
    credit: str


class Given(_Line, frozen=True, kw_only=True, tag="given"):
    """A version handed to the node; `acknowledged` once it said that it has it."""

    item: str
    version: str
    origin: str
    language: str
    acknowledged: bool
    embargo: float = 0.0


class Stored(_Line, frozen=True, kw_only=True, tag="stored"):
    """A version in the node's database. `current` is the item's last one, `act` what made it."""

    item: str
    version: str
    origin: str
    act: str
    language: str
    current: bool = False


class Counted(_Line, frozen=True, kw_only=True, tag="counted"):
    """How many units came in, by whoever sent them; and what the database says became of each."""

    received: int
    stored: int
    duplicate: int
    parked: int
    refused: int


class Killed(_Line, frozen=True, kw_only=True, tag="killed"):
    """The kill of an item was committed, at the latest, at `at`."""

    item: str
    at: float


class Died(_Line, frozen=True, kw_only=True, tag="died"):
    """A role was killed at `at`; or the ``supervisor`` with all of them, or the ``database``."""

    role: str
    at: float


class Received(_Line, frozen=True, kw_only=True, tag="received"):
    """A partner got a delivery. `begun` is when it was packed, `answered` what the partner said (0: it hung up)."""

    partner: str
    id: str
    item: str
    version: str
    action: str
    text: bool
    credit: str
    begun: float
    at: float
    answered: int = 200


Line = Agreed | Given | Stored | Counted | Killed | Died | Received


class History(Struct, kw_only=True):
    """The lines, indexed."""

    agreed: dict[str, Agreed] = field(default_factory=dict)
    given: dict[tuple[str, str], Given] = field(default_factory=dict)
    stored: dict[tuple[str, str], Stored] = field(default_factory=dict)
    current: dict[str, Stored] = field(default_factory=dict)
    counted: list[Counted] = field(default_factory=list)
    killed: dict[str, float] = field(default_factory=dict)
    died: list[Died] = field(default_factory=list)
    received: dict[tuple[str, str], list[Received]] = field(default_factory=lambda: defaultdict(list))
    """By partner and item, in the order of their times."""

    def add(self, line: Line) -> None:
        match line:
            case Agreed():
                self.agreed[line.partner] = line
            case Given():
                before = self.given.get((line.item, line.version))
                if before is None or line.acknowledged:
                    self.given[line.item, line.version] = line
            case Stored():
                self.stored[line.item, line.version] = line
                if line.current:
                    self.current[line.item] = line
            case Counted():
                self.counted.append(line)
            case Killed():
                self.killed[line.item] = line.at
            case Died():
                self.died.append(line)
            case Received():
                self.received[line.partner, line.item].append(line)


def read(lines: Iterable[bytes]) -> Iterator[Line]:
    decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
    return (decoder.decode(line) for line in lines if line.strip())


def history(lines: Iterable[Line]) -> History:
    found = History()
    for line in lines:
        found.add(line)
    for received in found.received.values():
        received.sort(key=lambda one: one.at)
    return found
