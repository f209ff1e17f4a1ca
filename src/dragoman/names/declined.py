"""Where a text has a name in a case that the names file does not list: Гейдара Алиева, Əli Quliyevin. Pure.

Limits: people alone, two words or more, in languages that decline a name by its end (`forms_of`): of one word, «Иванова» is
as well a woman's name as a man's in another case. A name that several have is nobody's.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from msgspec import Struct

from dragoman.names.forms import Entry, NamesFile
from dragoman.names.forms_of import nominatives
from dragoman.names.letters import plain, script

_Key = tuple[str, ...]
_People = dict[str, list[tuple[_Key, Entry]]]


class Declined(Struct, frozen=True):
    """A person of the names file, from word `first` to word `last` of a text."""

    entry: Entry
    first: int
    last: int


def declined(file: NamesFile, words: Sequence[str], language: str) -> Iterator[Declined]:
    """The people of the file whom a text of these words names, as they stand in it or in another case."""
    tongue = language.split("-")[0]
    people = _people(file, tongue)
    for at, word in enumerate(words if people else ()):
        if not word[0].isupper():
            continue
        there = [one for form in _forms(word, tongue) for one in people.get(form, ())]
        here = [one for one in there if _goes_on(one[0], words[at : at + len(one[0])], tongue)]
        if here:
            key, entry = max(here, key=lambda one: len(one[0]))
            yield Declined(entry, at, at + len(key) - 1)


def _goes_on(key: _Key, words: Sequence[str], language: str) -> bool:
    return len(key) == len(words) and all(
        part in _forms(word, language) for part, word in zip(key[1:], words[1:], strict=True)
    )


def _forms(word: str, language: str) -> _Key:
    """`word`, plain, and what it may be a case of."""
    of = script(word, language)
    base = plain(word, of)
    return (base, *nominatives(base, of, language == "az"))


_built: list[tuple[NamesFile, dict[str, _People]]] = []


def _people(file: NamesFile, language: str) -> _People:
    """The people of the file with their names in `language`, by the first word; kept for the file asked for last."""
    kept = next(iter(_built), None)
    if kept is None or kept[0] is not file:
        kept = (file, {})
        _built[:] = [kept]
    known = kept[1]
    if language not in known:
        owners: defaultdict[_Key, list[Entry]] = defaultdict(list)
        for entry in file.entries:
            if entry.kind == "person":
                for key in {_key(form, language) for form in entry.forms_in(language)}:
                    owners[key].append(entry)
        people: defaultdict[str, list[tuple[_Key, Entry]]] = defaultdict(list)
        for key, each in owners.items():
            if len(key) > 1 and len(each) == 1:
                people[key[0]].append((key, each[0]))
        known[language] = dict(people)
    return known[language]


def _key(form: str, language: str) -> _Key:
    return tuple(plain(word, script(word, language)) for word in form.split())
