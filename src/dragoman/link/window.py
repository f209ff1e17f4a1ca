"""The items of the last days and their stories, in memory, so that an item's likeness to any story is had at once. Pure.

    postings    which stories have a feature: the candidates of an item are found by its rarest features
    sums        of the vectors of a story's members: mean likeness is one dot product, whatever their number

All sums are whole numbers: the same members give the same answers, in whatever order they came.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, OrderedDict
from collections.abc import Container, Iterable, Sequence

from msgspec import Struct

from dragoman.link.likeness import ACROSS, OWN
from dragoman.link.weights import FEWEST, PRIOR, RAREST, UNIT, Frequencies, Vector

CANDIDATES, VISITS, CLOSE = 12, 1_200, 0.3
"""Stories looked at closely for one item; entries of postings visited to find them; what of the best one's weight in common
the others must have."""
KEPT_SUMS, FEW = 6_000, 5
"""Stories whose sums are kept ready; others are summed again when they are looked at, but for those of so few members."""


class Member(Struct, gc=False):
    """An item of the window: its features by number with their weights, first the `owned` ones that only items of its
    language can have. `at` is in seconds since 1970."""

    story: int
    language: str
    at: float
    features: array[int]
    weights: array[int]
    owned: int

    def sides(self) -> tuple[dict[int, int], dict[int, int]]:
        """Feature → weight: its own, and those that all languages share."""
        both = list(zip(self.features, self.weights, strict=True))
        return dict(both[: self.owned]), dict(both[self.owned :])

    def dot(self, other: dict[int, int], start: int, end: int) -> int:
        """The product of another's features with those from `start` to `end`."""
        mine = zip(self.features[start:end], self.weights[start:end], strict=True)
        return sum([weight * other[feature] for feature, weight in mine if feature in other])


class Story(Struct, gc=False):
    members: set[int]
    latest: float


class Sums(Struct):
    """Of the vectors of a story's members: feature → weight; of features that all languages share, for all languages together
    and for each of them."""

    own: dict[int, int]
    shared: dict[int, int]
    by_language: dict[str, dict[int, int]]
    languages: Counter[str]

    def add(self, member: Member) -> list[int]:
        """The features that are new here."""
        own, shared = member.sides()
        new = [feature for feature in own if feature not in self.own]
        new += [feature for feature in shared if feature not in self.shared]
        for mine, into in self._parts(member.language, own, shared):
            _added(into, mine)
        self.languages[member.language] += 1
        return new

    def take(self, member: Member) -> list[int]:
        """The features that are no longer here."""
        own, shared = member.sides()
        for mine, into in self._parts(member.language, own, shared):
            _taken(into, mine)
        self.languages[member.language] -= 1
        if not self.languages[member.language]:
            del self.languages[member.language], self.by_language[member.language]
        gone = [feature for feature in own if feature not in self.own]
        return gone + [feature for feature in shared if feature not in self.shared]

    def _parts(
        self, language: str, own: dict[int, int], shared: dict[int, int]
    ) -> tuple[tuple[dict[int, int], dict[int, int]], ...]:
        return (own, self.own), (shared, self.shared), (shared, self.by_language.setdefault(language, {}))

    def likeness(self, language: str, own: dict[int, int], shared: dict[int, int]) -> float:
        """Of an item to the members, on the mean."""
        mine = self.languages.get(language, 0)
        others = self.languages.total() - mine
        same = _dot(own, self.own) if mine else 0
        across = _dot(shared, self.shared) if others else 0
        if mine and others:
            across -= _dot(shared, self.by_language[language])
        return alike(mine, same, others, across)

    def between(self, other: Sums) -> float:
        """Of the members of two stories, on the mean."""
        common = self.languages.keys() & other.languages.keys()
        same = sum(self.languages[language] * other.languages[language] for language in common)
        others = self.languages.total() * other.languages.total() - same
        across = _dot(self.shared, other.shared) if others else 0
        if others:
            across -= sum(_dot(self.by_language[one], other.by_language[one]) for one in common)
        return alike(same, _dot(self.own, other.own) if same else 0, others, across)

    def has(self, feature: int) -> bool:
        return feature in self.own or feature in self.shared


def _nothing() -> Sums:
    return Sums({}, {}, {}, Counter())


def _added(into: dict[int, int], one: dict[int, int]) -> None:
    if not into:
        into.update(one)
        return
    for feature, weight in one.items():
        into[feature] = into.get(feature, 0) + weight


def _taken(into: dict[int, int], one: dict[int, int]) -> None:
    for feature, weight in one.items():
        if rest := into[feature] - weight:
            into[feature] = rest
        else:
            del into[feature]


class Window:
    """Items by number, each in one story, by number as well."""

    def __init__(self) -> None:
        self.members: dict[int, Member] = {}
        self.stories: dict[int, Story] = {}
        self._numbers: dict[str, dict[str, int]] = {}
        self._features: list[str] = []
        self._first = array("I")
        self._more: dict[int, array[int]] = {}
        """The stories that have a feature: the first of them, and any others. Most features have one."""
        self.having: list[int] = []
        self._sums: OrderedDict[int, Sums] = OrderedDict()
        self.telling: Counter[str] = Counter()
        """How many stories have items of a language."""

    def member(self, vector: Vector, at: float) -> Member:
        """An item made ready for the window; it is in no story yet."""
        numbers = self._numbered(vector.language, vector.own) + self._numbered("", vector.shared)
        weights = array("H", vector.own.values())
        weights.extend(vector.shared.values())
        return Member(0, vector.language, at, array("I", numbers), weights, len(vector.own))

    def numbers(self, language: str) -> dict[str, int]:
        """The numbers of the features that only items of a language can have; without one, of those that all can have."""
        return self._numbers.setdefault(language, {})

    def _numbered(self, language: str, features: Iterable[str]) -> list[int]:
        known = self.numbers(language)
        return [
            self._new(known, one) if number is None else number
            for one, number in zip(features, map(known.get, features), strict=True)
        ]

    def _new(self, known: dict[str, int], feature: str) -> int:
        number = known[feature] = len(self._features)
        self._features.append(feature)
        self._first.append(0)
        self.having.append(0)
        return number

    def restore(self, items: Iterable[tuple[int, Vector, float, int]]) -> None:
        """Fill an empty window: (item, vector, time, story)."""
        for item, vector, at, story in items:
            member = self.members[item] = self.member(vector, at)
            member.story = story
            known = self.stories.setdefault(story, Story(set(), at))
            known.members.add(item)
            known.latest = max(known.latest, at)
        having, first, more = self.having, self._first, self._more
        for number, story_ in self.stories.items():
            members = [self.members[item] for item in story_.members]
            self.telling.update({member.language for member in members})
            features = members[0].features if len(members) == 1 else set().union(*(one.features for one in members))
            for feature in features:  # as `_enter` does, without a call for each of millions
                many = having[feature]
                having[feature] = many + 1
                if not many:
                    first[feature] = number
                elif many == 1:
                    more[feature] = array("I", (number,))
                else:
                    more[feature].append(number)

    def put(self, item: int, member: Member, story: int) -> None:
        """The item, which is in no story, is in this one, new or not."""
        known = self.stories.get(story)
        if known is None:
            known = self.stories[story] = Story(set(), member.at)
            self._keep(story, _nothing())
        sums = self.sums(story)
        self.telling[member.language] += member.language not in sums.languages
        for feature in sums.add(member):
            self._enter(feature, story)
        member.story = story
        self.members[item] = member
        known.members.add(item)
        known.latest = max(known.latest, member.at)

    def take(self, item: int) -> Member:
        """The item is in the window no more."""
        sums = self.sums(self.members[item].story)
        member = self.members.pop(item)
        story = self.stories[member.story]
        story.members.discard(item)
        for feature in sums.take(member):
            self._leave(feature, member.story)
        self.telling[member.language] -= member.language not in sums.languages
        if story.members:
            story.latest = max(self.members[one].at for one in story.members)
        else:
            del self.stories[member.story], self._sums[member.story]
        return member

    def like(self, member: Member, barred: Container[int], least: float, most: int) -> list[tuple[int, float]]:
        """The stories that the item is most like on the mean, but for those `barred`: at most so many, from `least` up, the
        likest first; of two alike the older."""
        own, shared = member.sides()
        found = [
            (-alike, story)
            for story in self._candidates(member)
            if story not in barred and (alike := self._likeness(member.language, own, shared, story)) >= least
        ]
        return [(story, -alike) for alike, story in sorted(found)[:most]]

    def _candidates(self, member: Member) -> list[int]:
        """Stories that share the item's rarest features: those with most weight in common, of two alike the older."""
        having = self.having
        rarest = sorted(zip([having[one] for one in member.features], member.features, member.weights, strict=True))
        shared: dict[int, int] = {}
        visited = before = 0
        for many, feature, weight in rarest:
            if visited > VISITS and many > before:  # all that are as rare, or none: whatever their numbers
                break
            if many:
                visited, before = visited + many, many
                for story in self._posting(feature):
                    shared[story] = shared.get(story, 0) + weight
        least = CLOSE * max(shared.values(), default=0)
        best = sorted((-worth, story) for story, worth in shared.items() if worth >= least)
        return [story for _, story in best[:CANDIDATES]]

    def _enter(self, feature: int, story: int) -> None:
        """The story has this feature from now on."""
        many = self.having[feature]
        self.having[feature] = many + 1
        if not many:
            self._first[feature] = story
        elif many == 1:
            self._more[feature] = array("I", (story,))
        else:
            self._more[feature].append(story)

    def _leave(self, feature: int, story: int) -> None:
        """The story has this feature no more."""
        more = self._more.get(feature)
        if more is not None:
            if self._first[feature] == story:
                self._first[feature] = more.pop()
            else:
                more.remove(story)
            if not more:
                del self._more[feature]
        self.having[feature] -= 1

    def _posting(self, feature: int) -> Iterable[int]:
        """The stories that have this feature, one at least."""
        return (self._first[feature], *self._more.get(feature, ()))

    def likeness(self, member: Member, story: int) -> float:
        """To the members of the story, on the mean."""
        return self._likeness(member.language, *member.sides(), story)

    def _likeness(self, language: str, own: dict[int, int], shared: dict[int, int], story: int) -> float:
        """From the story's sums, or where they are not kept and its members are few, from these."""
        members = self.stories[story].members
        if story in self._sums or len(members) > FEW:
            return self.sums(story).likeness(language, own, shared)
        mine = same = across = 0
        for item in members:
            other = self.members[item]
            if other.language == language:
                mine += 1
                same += other.dot(own, 0, other.owned)
            else:
                across += other.dot(shared, other.owned, len(other.features))
        return alike(mine, same, len(members) - mine, across)

    def between(self, one: int, other: int) -> float:
        """Of the members of two stories, on the mean; 0 where one is no more."""
        if one not in self.stories or other not in self.stories:
            return 0.0
        return self.sums(one).between(self.sums(other))

    def pairs(self, items: Sequence[int]) -> dict[tuple[int, int], float]:
        """The likeness of every two of these items, by their places, the later first."""
        members = [self.members[item] for item in items]
        sides = [member.sides() for member in members]
        found = {}
        for x, (own, shared) in enumerate(sides):
            for y in range(x):
                if members[x].language == members[y].language:
                    found[x, y] = alike(1, _dot(own, sides[y][0]), 0, 0)
                else:
                    found[x, y] = alike(0, 0, 1, _dot(shared, sides[y][1]))
        return found

    def reasons(self, member: Member, story: int, most: int) -> tuple[tuple[str, float], ...]:
        """What the item has in common with the members of the story: features as in a vector, with their share in the
        likeness, the heaviest first."""
        sums = self.sums(story)
        own, shared = member.sides()
        worth = {feature: own[feature] * sums.own[feature] for feature in own.keys() & sums.own.keys()}
        mine = sums.by_language.get(member.language, {})
        for feature in shared.keys() & sums.shared.keys():
            if there := sums.shared[feature] - mine.get(feature, 0):
                worth[feature] = shared[feature] * there
        total = sum(worth.values())
        best = sorted(worth.items(), key=lambda each: (-each[1], self._features[each[0]]))[:most]
        return tuple((self._features[feature], round(value / total, 3)) for feature, value in best)

    def sums(self, story: int) -> Sums:
        found = self._sums.get(story)
        if found is None:
            found = _nothing()
            for item in self.stories[story].members:
                found.add(self.members[item])
            self._keep(story, found)
        else:
            self._sums.move_to_end(story)
        return found

    def _keep(self, story: int, sums: Sums) -> None:
        self._sums[story] = sums
        if len(self._sums) > KEPT_SUMS:
            self._sums.popitem(last=False)


class Telling(Frequencies):
    """How rare a feature is: what the package ships, and the stories of a window that have it."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window

    def weights(self, features: Iterable[str], language: str = "") -> dict[str, float]:
        window, prior = self._window, self._having.get(language, {}).get
        stories = window.telling[language] if language else len(window.stories)
        most = math.log(max(self._items.get(language, 0) + stories, PRIOR * FEWEST))
        number, having, log = window.numbers(language).get, window.having, math.log
        found = {}
        for feature in features:
            at = number(feature)
            weight = most - log(prior(feature, 0) + PRIOR + (having[at] if at is not None else 0))
            found[feature] = RAREST if weight > RAREST else max(weight, 0.0)
        return found


def alike(same: int, own: int, others: int, across: int) -> float:
    """The mean likeness of pairs of items: so many `same` of one language, whose dot products come to `own`, and so many
    `others`, whose come to `across`."""
    square = UNIT * UNIT
    own_sum = OWN[0] * same + OWN[1] * own / square
    across_sum = ACROSS[0] * others + ACROSS[1] * across / square
    return (own_sum + across_sum) / (same + others)


def _dot(one: dict[int, int], other: dict[int, int]) -> int:
    return sum([one[feature] * other[feature] for feature in one.keys() & other.keys()])
