"""The names file: how an agency writes the people and bodies it writes of, in each language. Pure: it is kept elsewhere.

An entry is one person or organisation with its forms in each language, the preferred one first, inflected forms among them.
`add`, `merge`, `split` and `remove` give a new file; the one given stays as it was. As text, the file is JSON lines, one entry each:

    {"id": "heydar-aliyev", "kind": "person", "forms": {"en": ["Heydar Aliyev"], "ru": ["Гейдар Алиев", "Гейдара Алиева"]}}
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain, count

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dragoman.model.errors import BadInput
from dragoman.model.reading import NameKind
from dragoman.text.cleaning import clean
from dragoman.text.fold import fold
from dragoman.text.language import known_tag

MOST_FORMS = 200
"""Forms of one language: more than any name has."""
MOST_LANGUAGES = 100
MOST_IN_ALL = 100_000
"""Forms of a whole file: the readers hold it in memory, about 2 kB a form."""
LONGEST_FORM = 200
LONGEST_ID = 100
LONGEST_NOTE = 2_000


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One person or organisation. `forms` by language (BCP 47), the preferred form first; `note` is for people."""

    id: str
    kind: NameKind = "person"
    forms: Mapping[str, tuple[str, ...]] = {}
    note: str = ""

    def preferred(self, language: str) -> str:
        """How it is written in `language`, ``""`` where the file does not say."""
        return next(iter(self.forms_in(language)), "")

    def forms_in(self, language: str) -> tuple[str, ...]:
        """Its forms in `language`, else in its primary language; none where the file does not say."""
        return self.forms.get(language) or self.forms.get(language.split("-")[0]) or ()

    def all_forms(self) -> Iterator[str]:
        """Every form, language by language."""
        return chain.from_iterable(self.forms.values())

    def has(self, form: str) -> bool:
        wanted = _folded(form)
        return any(_folded(each) == wanted for each in self.all_forms())


class Conflict(Struct, frozen=True):
    """A form that several entries have in one language: who is meant, the file does not say."""

    form: str
    language: str
    ids: tuple[str, ...]


class NamesFile(Struct, frozen=True, dict=True):
    """Entries in their order, each id once."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    @cached_property
    def _by_form(self) -> dict[str, tuple[tuple[str, Entry], ...]]:
        owners: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for entry in self.entries:
            for language, forms in entry.forms.items():
                for form in dict.fromkeys(map(_folded, forms)):
                    owners[form].append((language, entry))
        return {form: tuple(known) for form, known in owners.items()}

    @property
    def size(self) -> int:
        """Its forms, all together."""
        return sum(len(forms) for entry in self.entries for forms in entry.forms.values())

    def entry(self, id_: str) -> Entry:
        """Raises: BadInput: there is none of this id."""
        try:
            return self._by_id[id_]
        except KeyError:
            raise BadInput(f"The names file has no {id_!r}") from None

    def get(self, id_: str) -> Entry | None:
        """The entry of this id."""
        return self._by_id.get(id_)

    def find(self, text: str, language: str = "") -> Entry | None:
        """The entry that has this form, in `language` if it is given and the form is one of it. None, too, where several
        have it: the file then does not say who is meant."""
        owners = self._by_form.get(_folded(text), ())
        tongue = language.split("-")[0]
        spoken = [entry for own, entry in owners if tongue and own.split("-")[0] == tongue]
        found = {entry.id: entry for entry in spoken or (entry for _, entry in owners)}
        return next(iter(found.values())) if len(found) == 1 else None

    def having(self, text: str) -> tuple[Entry, ...]:
        """The entries with a form in which every word of `text` stands, in any language; all of them where it is empty."""
        wanted = fold(text).split()
        if not wanted:
            return self.entries
        return tuple(one for one in self.entries if any(_has_words(form, wanted) for form in one.all_forms()))

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """The forms that more than one entry has in one language."""
        told = []
        for form, owners in self._by_form.items():
            by_language: dict[str, list[str]] = defaultdict(list)
            for language, entry in owners:
                by_language[language].append(entry.id)
            told += [Conflict(form, language, tuple(ids)) for language, ids in by_language.items() if len(ids) > 1]
        return tuple(told)


def _has_words(form: str, wanted: list[str]) -> bool:
    folded = fold(form)
    return all(word in folded for word in wanted)


def _folded(form: str) -> str:
    return " ".join(fold(form[: LONGEST_FORM + 1]).replace("·", " ").split())


def add(file: NamesFile, entry: Entry) -> NamesFile:
    """The file with `entry`; one of the same id gets its forms behind its own.

    Raises: BadInput: without an id or a form, too many or too long ones, or of another kind than the entry there is.
    """
    entry = _checked(entry)
    there = file._by_id.get(entry.id)
    if there is None:
        return NamesFile((*file.entries, entry))
    return _put(file, _joined(there, entry))


def merge(file: NamesFile, id_: str, other: str) -> NamesFile:
    """The file with `other`'s forms in the entry `id_`, and without `other`.

    Raises: BadInput: one of them is not there, both are one, or their kinds differ.
    """
    if id_ == other:
        raise BadInput(f"{id_!r} cannot be merged with itself")
    joined = _joined(file.entry(id_), file.entry(other))
    return _put(remove(file, other), joined)


def remove(file: NamesFile, id_: str) -> NamesFile:
    """The file without the entry `id_`. Raises: BadInput: there is none."""
    file.entry(id_)
    return NamesFile(tuple(entry for entry in file.entries if entry.id != id_))


def split(file: NamesFile, id_: str, forms: Iterable[str], new: str = "") -> NamesFile:
    """The file with `forms` taken from the entry `id_` into one of their own, `new` or the next free id.

    Raises: BadInput: a form is not there, none would be left, or `new` is taken.
    """
    entry = file.entry(id_)
    wanted = {_folded(form) for form in forms}
    have = {_folded(form) for own in entry.forms.values() for form in own}
    if not wanted or wanted - have:
        raise BadInput(f"{id_!r} has no such form", ", ".join(sorted(wanted - have)))
    if wanted == have:
        raise BadInput(f"Nothing would be left of {id_!r}")
    new = new or next(f"{id_}-{at}" for at in count(2) if f"{id_}-{at}" not in file._by_id)
    if new in file._by_id:
        raise BadInput(f"There is a {new!r} already")
    apart = Entry(id=new, kind=entry.kind, forms=_sorted_out(entry, wanted, True), note=entry.note)
    return add(_put(file, replace(entry, forms=_sorted_out(entry, wanted, False))), apart)


def _sorted_out(entry: Entry, wanted: set[str], inside: bool) -> dict[str, tuple[str, ...]]:
    chosen = {
        language: tuple(form for form in forms if (_folded(form) in wanted) == inside)
        for language, forms in entry.forms.items()
    }
    return {language: forms for language, forms in chosen.items() if forms}


def _joined(one: Entry, other: Entry) -> Entry:
    if one.kind != other.kind:
        raise BadInput(f"{one.id!r} is a {one.kind}, {other.id!r} a {other.kind}")
    languages = dict.fromkeys((*one.forms, *other.forms))
    forms = {each: (*one.forms.get(each, ()), *other.forms.get(each, ())) for each in languages}
    note = "; ".join(dict.fromkeys(filter(None, (one.note, other.note))))
    return _checked(replace(one, forms=forms, note=note))


def _put(file: NamesFile, entry: Entry) -> NamesFile:
    return NamesFile(tuple(entry if each.id == entry.id else each for each in file.entries))


def _checked(entry: Entry) -> Entry:
    """`entry` as it is kept: ids that can stand in an address, languages as BCP 47 writes them, each form once, none without
    a letter or digit, no control characters. Raises: BadInput."""
    id_, note = entry.id.strip(), clean(entry.note).strip()
    if not id_ or len(id_) > LONGEST_ID or not id_.isprintable() or " " in id_ or "/" in id_:
        raise BadInput(
            f"{id_[:LONGEST_ID]!r} cannot be an id",
            f"Letters, digits and signs, {LONGEST_ID} at most; no space, no slash.",
        )
    forms: dict[str, tuple[str, ...]] = {}
    for language, own in entry.forms.items():
        if not (tag := known_tag(language)):
            raise BadInput(f"{language[:40]!r} is no language tag", f"of {id_!r}; as in en, ru, zh-Hant")
        cleaned = (" ".join(clean(form).split()) for form in own)
        forms[tag] = tuple(dict.fromkeys((*forms.get(tag, ()), *(form for form in cleaned if _says(form)))))
    forms = {language: own for language, own in forms.items() if own}
    if not forms:
        raise BadInput(f"{id_!r} has no form", "An entry has an id, and a form in some language.")
    too_long = any(len(own) > MOST_FORMS or max(map(len, own)) > LONGEST_FORM for own in forms.values())
    if too_long or len(forms) > MOST_LANGUAGES or len(note) > LONGEST_NOTE:
        raise BadInput(
            f"{id_!r} has too much",
            f"{MOST_FORMS} forms in a language, {MOST_LANGUAGES} languages; a form of {LONGEST_FORM} signs, a note of"
            f" {LONGEST_NOTE}",
        )
    return replace(entry, id=id_, forms=forms, note=note)


def _says(form: str) -> bool:
    return any(map(str.isalnum, form))


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Entry)


def written(file: NamesFile) -> str:
    """The file as JSON lines."""
    return "".join(_encoder.encode(entry).decode() + "\n" for entry in file.entries)


def read(text: str) -> NamesFile:
    """The file of JSON lines; entries of one id are joined. Raises: BadInput, with the line's number."""
    entries: dict[str, Entry] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                entry = _checked(_decoder.decode(line))
                there = entries.get(entry.id)
                entries[entry.id] = _joined(there, entry) if there else entry
            except (ValueError, RecursionError, BadInput) as error:
                raise BadInput(f"Line {number} of the names file cannot be read", str(error)) from error
    return NamesFile(tuple(entries.values()))
