"""Stories: which event each item is about, decided as items come, whatever their languages. Pure.

A stream is clustered by mean likeness: an item joins the story to whose members it is most alike on the mean, or opens one
of its own; stories that prove to be one are merged in sweeps. The mean, not the nearest member, keeps a story from growing
along a chain of items that are each like the next. A feature is as rare as the stories that have it, not the items: what
an event much told is told with is no common word (both measured, docs/how-tested.md).
"""

import math
from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from dragoman.link.weights import Vector
from dragoman.link.window import Member, Telling, Window

JOINS = 0.22
"""An item joins a story, and two are one, from this mean likeness on: less than two texts alone need, as what they have in common
by chance is less with several."""
STAYS = 0.5
"""A new version stays in its item's story, and two groups of members in one, while they are so alike: as a share of that."""
SILENCE = 0.15
"""A story silent for a day needs an item to be so much more like it: news of the same kind comes every day."""
SWEEP = 4
"""Items between two sweeps."""
NEAR, REASONS = 3, 8
"""Stories kept as near to an item; features that tell why."""
SPLIT_FROM, SPLIT_TO = 8, 32
"""Members from which on, and up to which, a story is looked at for being two, each time that it has doubled."""
_DAY_S = 86_400.0


class Near(Struct, frozen=True):
    """A story an item is like, and how much (0 to 1)."""

    story: int
    likeness: float


class Linked(Struct, frozen=True):
    """An item's story; `likeness` is to its other members on the mean, 0 where the item opens it. `reasons` are the features
    in common with their share, the heaviest first."""

    story: int
    likeness: float = 0.0
    opened: bool = False
    reasons: tuple[tuple[str, float], ...] = ()


class Changed(Struct, frozen=True):
    """A sweep's: these items went over from one story to another, new or not; `likeness` is between the two on the mean."""

    story: int
    into: int
    items: tuple[int, ...]
    likeness: float


class Recent(Struct):
    """What the next sweep looks at: how many items were linked since the last, which stories they are near to besides their
    own, which stories they came into."""

    items: int = 0
    near: set[tuple[int, int]] = field(default_factory=set)
    grown: set[int] = field(default_factory=set)


class Stories:
    """The window's stories. The numbers of new ones are given by `opened`.

    What editors decided binds: an item is pinned to its story or kept out of one, two stories are kept apart.
    """

    def __init__(self, opened: Callable[[], int], joins: float = JOINS) -> None:
        self.window = Window()
        self._opened = opened
        self._joins, self._stays = joins, joins * STAYS
        self._pinned: set[int] = set()
        self._rejected: dict[int, set[int]] = {}
        self._apart: set[tuple[int, int]] = set()
        self.recent = Recent()
        """Set where a window is made again."""
        self.frequencies = Telling(self.window)

    def __len__(self) -> int:
        return len(self.window.members)

    def __contains__(self, item: int) -> bool:
        return item in self.window.members

    def story_of(self, item: int) -> int | None:
        member = self.window.members.get(item)
        return member.story if member else None

    def members(self, story: int) -> frozenset[int]:
        found = self.window.stories.get(story)
        return frozenset(found.members) if found else frozenset()

    # items come and go

    def link(self, item: int, vector: Vector, at: float) -> Linked:
        """Put the item where it belongs. `at` is in seconds since 1970. A new version of an item in the window stays where
        it is, unless it tells something else now; a pinned one stays in any case."""
        member = self.window.member(vector, at)
        linked = self._again(item, member)
        if linked is None:
            near = self._nearest(item, member)
            linked = self._joined(member, near) or Linked(self._opened(), opened=True)
            self.recent.near |= {_pair(linked.story, one.story) for one in near if one.story != linked.story}
        self.window.put(item, member, linked.story)
        self.recent.items += 1
        self.recent.grown.add(linked.story)
        return linked

    def put(self, item: int, vector: Vector, at: float, story: int) -> None:
        """The item is in this story, because somebody said so or it was so before."""
        self.drop(item)
        self.window.put(item, self.window.member(vector, at), story)

    def restore(self, items: Iterable[tuple[int, Vector, float, int, bool]]) -> None:
        """Fill an empty window as it was left: (item, vector, time, story, is it pinned)."""

        def unpinned() -> Iterator[tuple[int, Vector, float, int]]:
            for item, vector, at, story, pinned in items:
                self.pin(item, pinned)
                yield item, vector, at, story

        self.window.restore(unpinned())

    def drop(self, item: int) -> None:
        """The item is in the window no more. Nothing where it is not there."""
        if item in self.window.members:
            self.window.take(item)

    def move(self, item: int, story: int) -> None:
        """The item goes over to this story, new or not."""
        self.window.put(item, self.window.take(item), story)

    def older(self, than: float) -> list[int]:
        """The items before this time, which are to leave the window."""
        return [item for item, member in self.window.members.items() if member.at < than]

    def pin(self, item: int, pinned: bool = True) -> None:
        """The item stays where it is, or does so no more."""
        (self._pinned.add if pinned else self._pinned.discard)(item)

    def decided(self, rejected: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]) -> None:
        """What editors decided against, all of it: (item, story) that the item never joins again, (story, story) that no
        sweep merges."""
        self._rejected = {}
        for item, story in rejected:
            self._rejected.setdefault(item, set()).add(story)
        self._apart = {_pair(one, other) for one, other in apart}

    def _again(self, item: int, member: Member) -> Linked | None:
        before = self.window.members.get(item)
        if before is None:
            return None
        story = self.window.take(item).story
        if story not in self.window.stories:  # it is alone in it, and stays so unless another story fits
            return None if self._joined(member, self._nearest(item, member)) else Linked(story)
        alike = self.window.likeness(member, story)
        if item in self._pinned or alike >= self._stays:
            return self._told(member, story, alike)
        return None

    def _joined(self, member: Member, near: Iterable[Near]) -> Linked | None:
        for one in near:
            silent = max(0.0, member.at - self.window.stories[one.story].latest) / _DAY_S
            if one.likeness >= self._joins * (1 + SILENCE * silent):
                return self._told(member, one.story, one.likeness)
        return None

    def _told(self, member: Member, story: int, alike: float) -> Linked:
        return Linked(story, round(alike, 4), False, self.window.reasons(member, story, REASONS))

    def _nearest(self, item: int, member: Member, beside: tuple[int, ...] = ()) -> list[Near]:
        """The stories that an item is most like, the likest first; of two alike the older."""
        barred = self._rejected.get(item, set()).union(beside)
        return [Near(*one) for one in self.window.like(member, barred, self._joins, NEAR)]

    def nearest(self, item: int) -> list[Near]:
        """The stories beside its own that an item of the window is most like."""
        member = self.window.members[item]
        return self._nearest(item, member, (member.story,))

    # sweeps

    @property
    def due(self) -> bool:
        """Is it time for a sweep?"""
        return self.recent.items >= SWEEP

    def sweep(self) -> list[Changed]:
        """Merge the stories that proved to be one, the likest first; then split those that proved to be two."""
        recent, self.recent = self.recent, Recent()
        done = self._merged(recent.near - self._apart)
        for story in sorted(recent.grown):
            done += self._split(story)
        return done

    def _merged(self, pairs: set[tuple[int, int]]) -> list[Changed]:
        done: list[Changed] = []
        while True:
            judged = sorted(((-self.window.between(one, other), one, other) for one, other in pairs))
            if not judged or -judged[0][0] < self._joins:
                return done
            alike, one, other = judged[0]
            gone, into = sorted((one, other), key=lambda story: (len(self.members(story)), -story))
            done.append(Changed(gone, into, tuple(sorted(self.members(gone))), round(-alike, 4)))
            self.merge(gone, into)
            pairs = {
                _pair(a, b) for a, b in (map(_instead(gone, into), pair) for pair in pairs) if a != b
            } - self._apart

    def merge(self, story: int, into: int) -> None:
        """All members of `story` go over to `into`; what was decided about it follows."""
        for item in sorted(self.members(story)):
            self.move(item, into)
        for barred in self._rejected.values():
            if story in barred:
                barred.add(into)
        for one, other in [pair for pair in self._apart if story in pair]:
            rest = other if one == story else one
            if rest != into:
                self._apart.add(_pair(into, rest))

    def _split(self, story: int) -> list[Changed]:
        members = sorted(self.members(story))
        if not (SPLIT_FROM <= len(members) <= SPLIT_TO and math.log2(len(members)).is_integer()):
            return []
        others = self._groups(members)[1:]
        done = []
        for group in others:
            new = self._opened()
            for item in group:
                self.move(item, new)
            done.append(Changed(story, new, tuple(group), 0.0))
        return done

    def _groups(self, members: list[int]) -> list[list[int]]:
        """The members in groups that tell one story each, by average linkage; the largest first, and with it whoever is
        pinned."""
        groups = [[item] for item in members]
        alike = self.window.pairs(members)
        sizes = dict.fromkeys(range(len(members)), 1)
        while len(sizes) > 1:
            (x, y), best = max(alike.items(), key=lambda each: (each[1], each[0]))
            if best < self._stays:
                break
            for z in sizes:
                if z not in (x, y):
                    one, other = (max(x, z), min(x, z)), (max(y, z), min(y, z))
                    alike[other] = (alike.pop(one) * sizes[x] + alike[other] * sizes[y]) / (sizes[x] + sizes[y])
            del alike[x, y]
            groups[y] += groups[x]
            sizes[y] += sizes.pop(x)
        found = sorted((sorted(groups[x]) for x in sizes), key=lambda group: (-len(group), group))
        first = sorted(item for at, group in enumerate(found) for item in group if not at or item in self._pinned)
        rest = [[item for item in group if item not in self._pinned] for group in found[1:]]
        return [first, *(group for group in rest if group)]


def _pair(one: int, other: int) -> tuple[int, int]:
    return (min(one, other), max(one, other))


def _instead(gone: int, into: int) -> Callable[[int], int]:
    return lambda story: into if story == gone else story
