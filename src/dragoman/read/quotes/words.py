"""The words that quote, by language: reporting verbs with their forms, "according to", "that", pronouns. Our own table.

``words.tsv``: language, kind, terms parted by `` | ``; ``stem+CLASS`` takes the endings of the class of that name, a row above;
``_`` is a blank. Kinds:

    say      a verb that quotes by itself         after    "according to": the speaker follows
    note     needs "that", a colon or marks       before   the speaker stands before it
    ask      needs marks: what is asked or called is not said
    tell     who follows is spoken to             that     what opens the words told
    as       "as X said"                          aux      parts of a verb's form
    for      "for X, …": at a sentence's beginning only, and of a person
    he she they, woman man: who may be meant      to       before somebody who is no subject
    also     may stand between comma and verb     source   says, but is not named
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, reduce
from importlib.resources import files
from operator import or_

from msgspec import Struct

from dragoman.text.analyse import words

CUES = ("say", "note", "ask", "tell", "after", "before", "for")

_KINDS = (
    "also", "and", "article", "as", "aux", "body", "but", "conditional", "figures", "he", "her", "his", "house", "it", "not",
    "paper", "reporter", "she", "source", "that", "their", "they", "third", "to", "voice", "we", "which", "while",
)  # fmt: skip
_FLAGS = {kind: 1 << number for number, kind in enumerate(_KINDS)}
(
    ALSO, AND, ARTICLE, AS, AUX, BODY, BUT, CONDITIONAL, FIGURES, HE, HER, HIS, HOUSE, IT, NOT,
    PAPER, REPORTER, SHE, SOURCE, THAT, THEIR, THEY, THIRD, TO, VOICE, WE, WHICH, WHILE,
) = _FLAGS.values()  # fmt: skip
BEGINS = 1 << len(_KINDS)
"""The word begins a cue, whatever other kinds it is of: the highest of the bits."""

Term = tuple[str, ...]


class Words(Struct, frozen=True):
    """Those of one language. `cues`: the kind of each that is one word; `phrases`: by their first two words the longer ones
    and their kinds, the longest first; `openers`: the first words of those; `single`: by kind the terms of one word; `flags`:
    of such a word, and of one that begins a cue, all its kinds as bits, for asking often."""

    cues: dict[str, str]
    phrases: dict[tuple[str, str], tuple[tuple[Term, str], ...]]
    openers: frozenset[str]
    single: dict[str, frozenset[str]]
    flags: dict[str, int]

    def of(self, kind: str) -> frozenset[str]:
        return self.single.get(kind, _NONE)


_NONE: frozenset[str] = frozenset()


def together(flags: Sequence[int]) -> int:
    """The kinds that `flags` are of, all as bits."""
    return reduce(or_, filter(None, flags), 0)


def lowered(text: str) -> str:
    """`text` in small letters, as long as it was: İ alone would grow."""
    small = text.replace("İ", "i").lower()
    return small if len(small) == len(text) else "".join(sign.lower()[:1] for sign in text)


@cache
def words_of(language: str) -> Words:
    """The words of `language`, a primary tag; none where it has no rows."""
    told: list[tuple[Term, str]] = []
    single: dict[str, set[str]] = defaultdict(set)
    for kind, terms in _rows().get(language, {}).items():
        for term in terms:
            cut = tuple(word for word, _ in words(lowered(term)))
            for form in _prefixed(cut) if language == "ar" else (cut,):
                if kind in CUES:
                    told.append((form, kind))
                elif len(form) == 1:
                    single[kind].add(form[0])
    # The longer term decides on a word that begins two; the stricter kind on a term that has two, else the earlier row.
    told.sort(key=lambda one: (-len(one[0]), one[1] != "ask"))
    cues: dict[str, str] = {}
    phrases: dict[tuple[str, str], tuple[tuple[Term, str], ...]] = {}
    for form, kind in told:
        if len(form) == 1:
            cues.setdefault(form[0], kind)
        else:
            phrases[form[0], form[1]] = (*phrases.get((form[0], form[1]), ()), (form, kind))
    flags = dict.fromkeys((form[0] for form, _ in told), BEGINS)
    for kind, each in single.items():
        for word in each:
            flags[word] = flags.get(word, 0) | _FLAGS.get(kind, 0)
    openers = frozenset(first for first, _ in phrases)
    return Words(cues, phrases, openers, {kind: frozenset(each) for kind, each in single.items()}, flags)


def _prefixed(cut: Term) -> tuple[Term, ...]:
    """Arabic writes "and" and "so" to the word."""
    return cut, *((sign + cut[0], *cut[1:]) for sign in "وف")


@cache
def _rows() -> dict[str, dict[str, list[str]]]:
    classes: dict[tuple[str, str], list[str]] = {}
    rows: dict[str, dict[str, list[str]]] = {}
    for line in files(__package__).joinpath("words.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        language, kind, terms = line.split("\t")
        cut = [term.strip().replace("_", " ") for term in terms.split(" |")]
        if kind.startswith("+"):
            classes[language, kind[1:]] = cut
            continue
        forms = rows.setdefault(language, {}).setdefault(kind, [])
        for term in cut:
            stem, plus, rest = term.partition("+")
            name, _, tail = rest.partition(" ")
            endings = classes[language, name] if plus else [""]
            forms += [f"{stem}{ending} {tail}".strip() for ending in endings]
    return rows
