"""The people, organisations and places of a story, joined across languages and scripts, and who speaks of them. Pure.

Names are candidates where a part of their keys is one, and `names.compare` decides; places are one by their id. A surname
alone is the person of the story who bears it, where only one does.

Limits: of very many names those that most copy speaks of are joined, the others stand as each item has them.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from dragoman.link.narrative.told import Told, Where, where
from dragoman.model.reading import Mention
from dragoman.names.compare import compare
from dragoman.names.key import name_key
from dragoman.names.letters import script

_MOST = 600
"""Different names that are compared with each other."""
_CANDIDATES = 12  # earlier names with a like key that one is compared with
_PLACES = 200  # places where a name is told; each item gives its first


class Mentioned(Struct, frozen=True, kw_only=True):
    """Where an item first speaks of it, as it stands there, how often in all, and in which role."""

    text: str
    where: Where
    times: int = 1
    role: str = ""


class Party(Struct, frozen=True, kw_only=True):
    """One person or organisation. `text` is a usual form, `key` that of the fullest (`names.name_key`)."""

    text: str
    kind: str
    key: str
    agencies: tuple[str, ...]
    mentions: tuple[Mentioned, ...]


class Spot(Struct, frozen=True, kw_only=True):
    """One place. `id` is as in `model.reading.Place`; `name` as it stands first."""

    id: str
    name: str
    country: str
    agencies: tuple[str, ...]
    mentions: tuple[Mentioned, ...]


class Parties:
    """The names of a story's standing copy, joined."""

    def __init__(self, told: Told) -> None:
        self._told = told
        forms = Counter[tuple[str, str, str]](
            (name.text, one.tongue, name.kind) for one in told.copy for name in one.reading.names
        )
        self._groups: list[tuple[str, str, str, str]] = []  # text, language, kind, key of the fullest form of each
        self._of: dict[tuple[str, str, str], int] = {}
        by_part: dict[str, list[int]] = {}
        fullest = sorted(forms, key=lambda form: (-len(_parts(form)), -forms[form], form))
        for number, form in enumerate(fullest):
            same = self._joined(form, by_part) if number < _MOST else None
            if same is None:
                same = len(self._groups)
                self._groups.append((*form, _key(form)))
            self._of[form] = same
            for part in _parts(form):
                if same not in (known := by_part.setdefault(part, [])):
                    known.append(same)
        self._shown = self._usual(forms)

    def _usual(self, forms: Counter[tuple[str, str, str]]) -> dict[int, str]:
        """Of each group the form that stands for it: in Latin letters where there is one, of several words, said most often."""
        best: dict[int, tuple[tuple[bool, bool, int], str]] = {}
        for form, count in forms.items():
            number = self._of[form]
            rank = (script(form[0]) == "latn", len(form[0].split()) > 1, count)
            if number not in best or rank > best[number][0]:
                best[number] = (rank, form[0])
        return {number: text for number, (_, text) in best.items()}

    def _joined(self, form: tuple[str, str, str], by_part: dict[str, list[int]]) -> int | None:
        shared: dict[int, int] = {}
        for part in _parts(form):
            for number in by_part.get(part, ()):
                shared[number] = shared.get(number, 0) + 1
        likely = sorted(shared, key=lambda number: (-shared[number], number))[:_CANDIDATES]
        for number in likely:
            if self._same(form, number):
                return number
        bearers = [number for number in likely if self._groups[number][2] == "person"]
        if form[2] == "person" and len(_parts(form)) == 1 and len(bearers) == 1:
            return bearers[0]
        return None

    def _same(self, form: tuple[str, str, str], number: int) -> bool:
        text, language, kind, key = self._groups[number]
        if key == _key(form) and key.startswith("="):
            return True
        return kind == form[2] and compare(text, form[0], language, form[1], kind).same

    def key(self, text: str, language: str, kind: str = "person") -> str:
        """The key of the party that has this name in the story, else the name's own; ``""`` without a name."""
        number = self._of.get((text, language, kind))
        return self._groups[number][3] if number is not None else _key((text, language, kind)) if text else ""

    def name(self, key: str) -> str:
        """The usual form of the party with this key; ``""`` where nobody has it."""
        return next((self._shown[at] for at, group in enumerate(self._groups) if group[3] == key), "")

    def parties(self) -> list[Party]:
        """Those that most agencies speak of first."""
        spoken: dict[int, list[Mentioned]] = {}
        for telling in self._told.copy:
            for name in telling.reading.names:
                first = name.mentions[0] if name.mentions else Mention(text=name.text, start=0, end=0)
                spoken.setdefault(self._of[name.text, telling.tongue, name.kind], []).append(
                    Mentioned(
                        text=name.text,
                        where=where(telling, first.start, first.end),
                        times=len(name.mentions),
                        role=name.role,
                    )
                )
        found = []
        for number, mentions in spoken.items():
            _, _, kind, key = self._groups[number]
            found.append(
                Party(
                    text=self._shown[number], kind=kind, key=key, agencies=_whose(mentions), mentions=_shown(mentions)
                )
            )
        return sorted(found, key=lambda one: -len(one.agencies))


def places(told: Told) -> list[Spot]:
    """The places of the standing copy, those that most agencies speak of first."""
    spoken: dict[str, list[Mentioned]] = {}
    named: dict[str, tuple[str, str]] = {}
    for telling in told.copy:
        for place in telling.reading.places:
            id_ = place.id or name_key(place.text, telling.tongue) or place.text
            named.setdefault(id_, (place.name or place.text, place.country))
            first = place.mentions[0] if place.mentions else Mention(text=place.text, start=0, end=0)
            spoken.setdefault(id_, []).append(
                Mentioned(
                    text=place.text, where=where(telling, first.start, first.end), times=max(1, len(place.mentions))
                )
            )
    found = [
        Spot(id=id_, name=named[id_][0], country=named[id_][1], agencies=_whose(mentions), mentions=_shown(mentions))
        for id_, mentions in spoken.items()
    ]
    return sorted(found, key=lambda one: -len(one.agencies))


def _whose(mentions: Sequence[Mentioned]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.where.agency for one in mentions))


def _shown(mentions: Sequence[Mentioned]) -> tuple[Mentioned, ...]:
    return tuple(mentions[:_PLACES])


def _key(form: tuple[str, str, str]) -> str:
    return name_key(form[0], form[1], form[2])


def _parts(form: tuple[str, str, str]) -> tuple[str, ...]:
    return _split(_key(form))


@lru_cache(maxsize=4096)
def _split(key: str) -> tuple[str, ...]:
    return (key,) if key.startswith("=") else tuple(filter(None, key.split("-")))
