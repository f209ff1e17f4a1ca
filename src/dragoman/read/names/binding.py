"""What the agency's names file says, over what was found: its forms are found wherever they stand, and bind. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from dragoman.model.reading import Mention, Name
from dragoman.names.forms import Entry, NamesFile
from dragoman.names.key import name_key
from dragoman.read.document import Document
from dragoman.text.analyse import words
from dragoman.text.fold import fold


class _Stands(Struct, frozen=True):
    """A form of `entry` in the text; `whole`: it is more than one word, and says where the name ends."""

    start: int
    end: int
    entry: Entry
    whole: bool


def bound(document: Document, found: Sequence[Name]) -> tuple[Name, ...]:
    """`found` as the names file has it: names of one entry are one, with all its forms in the text; others stay."""
    stands = list(_stands(document)) if document.names.entries else []
    if not stands:
        return tuple(found)
    told: list[Name] = []
    own: defaultdict[str, list[Name]] = defaultdict(list)
    starts = [one.start for one in stands]
    for name in found:
        owner = _owner(name, stands, starts)
        (told if owner is None else own[owner]).append(name)
    places: defaultdict[str, list[_Stands]] = defaultdict(list)
    for one in stands:
        places[one.entry.id].append(one)
    told += [_joined(document.text, there[0].entry, own[id_], there) for id_, there in places.items()]
    return tuple(sorted(told, key=lambda name: name.mentions[0].start if name.mentions else len(document.text)))


def _owner(name: Name, stands: Sequence[_Stands], starts: Sequence[int]) -> str | None:
    """The entry whose longest form meets a mention of `name`."""
    over = [one for mention in name.mentions for one in _met(stands, starts, mention.start, mention.end)]
    return max(over, key=lambda one: one.end - one.start).entry.id if over else None


def _met(stands: Sequence[_Stands], starts: Sequence[int], start: int, end: int) -> Sequence[_Stands]:
    """Those of `stands` that meet the span; they lie in order and apart, so those that begin inside it and the one before."""
    first = bisect_left(starts, start)
    first -= first > 0 and stands[first - 1].end > start
    return stands[first : bisect_left(starts, end)]


def _joined(text: str, entry: Entry, own: Sequence[Name], stands: Sequence[_Stands]) -> Name:
    """One name of all that was found of `entry`: a whole form of the file stands in the place of what was found around it, a
    single word only where nothing was."""
    found = ((mention.start, mention.end) for name in own for mention in name.mentions)
    whole = [one for one in stands if one.whole]
    spans = _apart(
        [
            *((one.start, one.end) for one in whole),
            *found,
            *((one.start, one.end) for one in stands if not one.whole),
        ],
        len(text),
    )
    mentions = tuple(Mention(text=text[start:end], start=start, end=end) for start, end in spans)
    fullest = max(mentions, key=lambda mention: mention.end - mention.start).text
    role = next((name.role for name in own if name.role), "")
    return Name(text=fullest, kind=entry.kind, key=_key(fullest, entry), role=role, known=entry.id, mentions=mentions)


def _apart(spans: Sequence[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """Those of `spans` that meet none before them in the sequence, in the order of the text."""
    taken = bytearray(length)
    kept = []
    for start, end in spans:
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append((start, end))
    return sorted(kept)


def _key(text: str, entry: Entry) -> str:
    """One key for all that the entry has: that of its first form."""
    language, own = next(iter(entry.forms.items()))
    return name_key(own[0], language, entry.kind) or name_key(text)


def _stands(document: Document) -> Iterator[_Stands]:
    """Every form of the file that stands in the text, the longest at each place; a form that several entries have is
    nobody's."""
    index, units = _index(document.names), _units(document)
    at = 0
    while at < len(units):
        there = index.get(units[at][0], ())
        here = next((one for one in there if tuple(unit[0] for unit in units[at : at + len(one[0])]) == one[0]), None)
        if here is None:
            at += 1
            continue
        longest, form = here
        if entry := document.names.find(form, document.language):
            yield _Stands(units[at][1], units[at + len(longest) - 1][2], entry, whole=len(longest) > 1)
        at += len(longest)


def _units(document: Document) -> list[tuple[str, int, int]]:
    """The text as it is compared: folded words, single signs in Chinese; where each stands."""
    text = document.text
    if document.language == "zh":
        return [(sign, at, at + 1) for at, sign in enumerate(text) if sign.isalnum()]
    folded = ((fold(text[term.start : term.end]), term.start, term.end) for term in document.words)
    return [one for one in folded if one[0]]


_Forms = dict[str, tuple[tuple[tuple[str, ...], str], ...]]
_built: list[tuple[NamesFile, _Forms]] = []


def _index(file: NamesFile) -> _Forms:
    """The file's forms, each in units and as written, by their first unit, the longest first; kept for the file asked for last."""
    if _built and _built[0][0] is file:
        return _built[0][1]
    forms: defaultdict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for form in chain.from_iterable(own for entry in file.entries for own in entry.forms.values()):
        spoken = tuple(filter(None, (fold(word) for word, _ in words(form))))
        for units in (spoken, tuple(sign for sign in form if sign.isalnum())):
            if len("".join(units)) > 1:
                forms[units[0]].setdefault(units, form)
    built = {first: tuple(sorted(each.items(), key=lambda one: -len(one[0]))) for first, each in forms.items()}
    _built[:] = [(file, built)]
    return built
