"""The places of the world by their names: countries, regions and cities of more than 15,000 people. Pure.

``data/gazetteer.txt.gz`` is made by ``tools/make-gazetteer`` from GeoNames (CC BY 4.0), Unicode CLDR and our own lists: a table
of places, then the names in groups by their first letters. A group is kept as one string and searched as such: 34,000
places and their names take some 12 MB instead of 60 as Python's own objects, and load in a tenth of a second.
"""

import zlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from msgspec import Struct

from dragoman.model.reading import PlaceKind

_KINDS: dict[str, PlaceKind] = {"c": "country", "r": "region", "t": "city"}
_FILE = "gazetteer.txt.gz"
GROUP, GROUP_HAN = 3, 2
"""Letters that the names of a group share."""


class Known(Struct, frozen=True, gc=False):
    """A place of the table. `admin` is its first-level division (GeoNames; a state's letters in the United States);
    `people` is how many live there, 0 where nobody counts."""

    id: str
    kind: PlaceKind
    country: str
    admin: str
    latitude: float | None
    longitude: float | None
    people: int
    name: str


class Named(Struct, frozen=True, gc=False):
    """One meaning of a name. `rest` is what the key left off; `sure`: so well known by this name that nothing else need
    speak for it; `capitals`: an abbreviation; `languages`: the only ones in which it has this meaning, empty for all."""

    rest: str
    place: int
    sure: int
    capitals: bool
    languages: frozenset[str]


class Gazetteer(Struct, frozen=True):
    """`places` are lines of the table; `groups` are names by their first letters."""

    places: list[str]
    groups: dict[str, str]

    def place(self, number: int) -> Known:
        """The place in that line of the table."""
        return _place(self.places[number])

    def named(self, key: str) -> tuple[Named, ...]:
        """The meanings of `key`, the largest places first."""
        return tuple(self._named(key))

    def _named(self, key: str) -> Iterator[Named]:
        group = self.groups.get(group_of(key), "")
        at = group.find(f"\n{key}\t")
        while at >= 0:
            _, rest, *meanings = group[at + 1 : group.index("\n", at + 1)].split("\t")
            for meaning in meanings:
                number, _, languages = meaning.partition("@")
                yield Named(
                    rest,
                    int(number.rstrip("!^"), 36),
                    number.count("!"),
                    "^" in number,
                    frozenset(languages.split("+") if languages else ()),
                )
            at = group.find(f"\n{key}\t", at + 1)

    def begins(self, key: str) -> bool:
        """Does a longer name begin with the word or words `key`?"""
        return f"\n{key} " in self.groups.get(group_of(key + " "), "")

    def following(self, key: str) -> frozenset[str]:
        """The words that stand second in names whose first is `key`."""
        group = self.groups.get(group_of(key + " "), "")
        found, begun, at = set(), f"\n{key} ", 0
        while (at := group.find(begun, at)) >= 0:
            at += len(begun)
            found.add(group[at : group.index("\t", at)].partition(" ")[0])
        return frozenset(found)


def group_of(key: str) -> str:
    """The letters under which `key` is kept."""
    return key[:GROUP_HAN] if key >= "\u2e80" else key[:GROUP]


@lru_cache(maxsize=4096)
def _place(line: str) -> Known:
    id_, kind, country, admin, latitude, longitude, people, name = line.split("\t")
    north, east = (float(latitude), float(longitude)) if latitude else (None, None)
    return Known(id_, _KINDS[kind], country, admin, north, east, int(people), name)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The table, read once."""
    text = zlib.decompress(files(__package__).joinpath("data", _FILE).read_bytes(), wbits=31).decode()
    places, *groups = text.split("\f")
    return Gazetteer(places.splitlines()[1:], {group_of(group[1 : group.index("\t")]): group for group in groups})
