"""A text and its translation side by side, paragraph by paragraph: paired, carried over to a newer source. Pure.

A set of segments knows nothing of what it belongs to: an item, a transcript, the captions of an exhibition. Whoever owns
the texts makes the sources (`Source`), keeps the segments, and takes the targets back by their ids.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from dragoman.text.cleaning import clean
from dragoman.text.fold import fold

ALIKE = 0.5
"""From this share of common words on, a paragraph is the old one changed, not another."""


class Source(Struct, frozen=True, kw_only=True):
    """A piece of text to be translated. `kind` is a block's (paragraph, quote …), ``headline``, ``dateline``, ``caption``.

    `id` may be empty where the text is told by its place (`numbered` gives it one); a caption brings its own.
    """

    kind: str
    text: str
    id: str = ""


class Segment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One piece of the source and ours. `was` is the source as it was translated, where it has changed since."""

    id: str
    kind: str
    source: str
    target: str = ""
    was: str = ""

    @property
    def is_open(self) -> bool:
        """Does it wait for a person: not translated, or the source has changed under it?"""
        return not self.target.strip() or bool(self.was)

    @property
    def stamp(self) -> str:
        """What the target is known by: a form that shows it sends the stamp back, so that nobody overwrites unseen."""
        return stamp(self.target)


Segments = tuple[Segment, ...]


class Written(Struct, frozen=True, kw_only=True):
    """A target as somebody sends it. `seen` is the stamp of the text they began from; `accepted`: it holds for the new
    source as well."""

    id: str
    target: str
    seen: str = ""
    accepted: bool = False


class Clash(Struct, frozen=True, kw_only=True):
    """Two wrote the same paragraph: `theirs` is kept and stands, `mine` is kept beside it."""

    id: str
    mine: str
    theirs: str


def stamp(text: str) -> str:
    """Twelve characters that stand for `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def numbered(sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources, each with an id: its own, the kind for what is there once, else ``p1``, ``p2`` …"""
    found: list[Source] = []
    for source in sources:
        if source.id:
            found.append(source)
            continue
        single = source.kind in ("headline", "dateline") and not any(each.id == source.kind for each in found)
        name = source.kind if single else f"p{1 + sum(each.id.startswith('p') for each in found)}"
        found.append(Source(id=name, kind=source.kind, text=source.text))
    return tuple(found)


def paired(sources: Iterable[Source], targets: Mapping[str, str] | None = None) -> Segments:
    """A fresh set: each source beside the target of its id, or beside nothing."""
    known = targets or {}
    return tuple(
        Segment(id=each.id, kind=each.kind, source=each.text, target=known.get(each.id, ""))
        for each in numbered(sources)
    )


def aligned(segments: Segments, sources: Iterable[Source]) -> tuple[Segments, Segments]:
    """`segments` carried over to newer sources, and those whose source is gone (their targets are not lost: show them).

    What is unchanged keeps its target; what was changed keeps it too, with `was` set until a person has looked; what
    is new has none. Ids stay with their paragraphs. A caption is found by its id, a paragraph by its words.
    """
    new, old = numbered(sources), list(segments)
    match = _by_id(old, new) if any(not _is_place(each.id) for each in new) else _by_words(old, new)
    fresh = _fresh_ids(old)
    kept = tuple(
        _carried(old[match[at]], each) if at in match else _new(each, old, fresh) for at, each in enumerate(new)
    )
    used = set(match.values())
    return kept, tuple(one for at, one in enumerate(old) if at not in used)


def changed(segments: Segments, sources: Iterable[Source]) -> int:
    """How many paragraphs a newer source changes: altered, put in or taken out."""
    kept, gone = aligned(tuple(replace(one, target=one.target or "-", was="") for one in segments), sources)
    return sum(bool(one.was) for one in kept) + max(len(gone), sum(not one.target for one in kept))


def merged(segments: Segments, written: Iterable[Written]) -> tuple[Segments, tuple[Clash, ...]]:
    """The targets sent, put in; and the clashes: paragraphs that somebody else changed after they were shown.

    A paragraph that was sent back as it was shown is no change. Ids that are not there are left out.
    """
    sent = {each.id: each for each in written}
    clashes: list[Clash] = []
    found: list[Segment] = []
    for one in segments:
        each = sent.get(one.id)
        found.append(one if each is None else _put(one, each, clashes))
    return tuple(found), tuple(clashes)


def _put(one: Segment, each: Written, clashes: list[Clash]) -> Segment:
    target = clean(each.target).strip()
    was = "" if each.accepted else one.was
    if stamp(target) == each.seen or target == one.target:
        return replace(one, was=was)
    if each.seen and each.seen != one.stamp:
        clashes.append(Clash(id=one.id, mine=target, theirs=one.target))
        return one
    # Whoever rewrites a paragraph has looked at its new source.
    return replace(one, target=target, was="")


def _is_place(name: str) -> bool:
    return name in ("headline", "dateline") or (name[:1] == "p" and name[1:].isdecimal())


def _fresh_ids(old: Sequence[Segment]) -> Iterator[str]:
    highest = max((int(one.id[1:]) for one in old if one.id[:1] == "p" and one.id[1:].isdecimal()), default=0)
    return (f"p{number}" for number in count(highest + 1))


def _new(source: Source, old: Sequence[Segment], fresh: Iterator[str]) -> Segment:
    counted = _is_place(source.id) and (source.id[:1] == "p" or any(one.id == source.id for one in old))
    return Segment(id=next(fresh) if counted else source.id, kind=source.kind, source=source.text)


def _by_id(old: Sequence[Segment], new: Sequence[Source]) -> dict[int, int]:
    places = {one.id: at for at, one in enumerate(old)}
    return {at: places[each.id] for at, each in enumerate(new) if each.id in places}


def _by_words(old: Sequence[Segment], new: Sequence[Source]) -> dict[int, int]:
    """The place of each new source's old one. Headline meets headline; paragraphs keep their order."""
    before, after = [_key(one.kind, one.source) for one in old], [_key(each.kind, each.text) for each in new]
    found: dict[int, int] = {}
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found |= dict(zip(range(k, m), range(i, j), strict=True))
        elif tag == "replace":
            found |= _nearest(old, new, range(i, j), range(k, m))
    # What was only moved is the same paragraph at another place.
    free = {key: at for at, key in enumerate(before) if at not in found.values()}
    return found | {at: free.pop(key) for at, key in enumerate(after) if at not in found and key in free}


def _nearest(old: Sequence[Segment], new: Sequence[Source], mine: range, theirs: range) -> dict[int, int]:
    """Of paragraphs that were replaced by others: which are the old ones changed, in order."""
    found: dict[int, int] = {}
    start = mine.start
    for at in theirs:
        scores = [(_likeness(old[i], new[at]), -i) for i in range(start, mine.stop)]
        best, place = max(scores, default=(0.0, 0))
        if best >= ALIKE:
            found[at], start = -place, -place + 1
    return found


def _likeness(one: Segment, other: Source) -> float:
    if one.kind != other.kind:
        return 0.0
    if one.kind in ("headline", "dateline"):
        return 1.0
    return SequenceMatcher(None, _pieces(one.source), _pieces(other.text), autojunk=False).ratio()


def _pieces(text: str) -> list[str]:
    """Words; where nothing parts them, signs."""
    folded = fold(text)
    words = folded.split()
    return words if len(words) * 12 > len(folded) else list(folded)


def _key(kind: str, text: str) -> tuple[str, str]:
    return kind, " ".join(text.split())


def _carried(before: Segment, source: Source) -> Segment:
    same = _key(before.kind, before.source) == _key(source.kind, source.text)
    # What has been changed twice is shown against the source that was translated.
    was = before.was if same else before.was or before.source
    if not before.target or _key(source.kind, was) == _key(source.kind, source.text):
        was = ""
    return replace(before, kind=source.kind, source=source.text, was=was)
