"""Whose name it is that a text has in a case the names file does not list: Гейдара Алиева, Əli Quliyevin. Pure.

Limits: people alone, two words or more, in languages that decline a name by its end (`forms_of`): of one word, «Иванова» is
as well a woman's name as a man's in another case.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice, product

from dragoman.names.forms import Entry, NamesFile
from dragoman.names.forms_of import nominatives
from dragoman.names.letters import plain, script

_MOST_WORDS, _MOST_TRIED = 5, 100


def entry_of(file: NamesFile, text: str, language: str) -> Entry | None:
    """The one person of the file whose name in `language` is `text`, or may be declined to it; None where several are."""
    tongue = language.split("-")[0]
    words = text.split()
    if not 1 < len(words) <= _MOST_WORDS:
        return None
    people = _people(file, tongue)
    for tried in islice(product(*(_forms(word, tongue) for word in words)), _MOST_TRIED):
        if owners := people.get(tried):
            return owners[0] if len(owners) == 1 else None
    return None


def _forms(word: str, language: str) -> Iterator[str]:
    base = plain(word, script(word, language))
    yield base
    yield from nominatives(base, script(word, language), language == "az")


_Names = dict[tuple[str, ...], list[Entry]]
_built: list[tuple[NamesFile, dict[str, _Names]]] = []


def _people(file: NamesFile, language: str) -> _Names:
    """The people of the file by the words of their names in `language`; kept for the file asked for last."""
    if not _built or _built[0][0] is not file:
        _built[:] = [(file, {})]
    known = _built[0][1]
    if language not in known:
        names: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in file.entries:
            if entry.kind == "person":
                for key in {_key(form, language) for form in entry.forms_in(language)}:
                    names[key].append(entry)
        known[language] = dict(names)
    return known[language]


def _key(form: str, language: str) -> tuple[str, ...]:
    return tuple(plain(word, script(word, language)) for word in form.split())
