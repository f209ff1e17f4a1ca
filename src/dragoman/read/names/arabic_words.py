"""What names in Arabic are told by: ``data/arabic.tsv``, and a text laid out with what each word may be. Pure."""

import re
from functools import lru_cache
from typing import Final

from dragoman.lexicon import LANGUAGES, concepts
from dragoman.model.reading import NameKind, Reading
from dragoman.read.document import Document
from dragoman.read.names.candidates import Candidate, Surety
from dragoman.read.names.words import COMMON, FAMED, GIVEN, HEAD, HONORIFIC, PARTICLE, ROLE, STOP, VERB, is_proper, rows
from dragoman.text.analyse import stemmer, words
from dragoman.text.fold import fold

PLACE: Final = 1 << 20
CLASSED: Final = (1 << 21) - 1
"""Any class: what is above tells of the word's form alone."""
ARTICLE: Final = 1 << 21
NO_NAME: Final = 1 << 22
"""Shaped as a common word: too long or short, with particles, or with endings and beginnings that names do not have."""
PREFIXED: Final = 1 << 23
"""A body of one word with a particle written on to it."""
AIM: Final = 1 << 24
"""Says what a firm is for, or its legal form."""
LEADING: Final = 1 << 27
"""A name begins with it, or goes on."""
CUT: Final = 1 << 25
"""Times how many letters of the word are particles written on to it."""
SPEAKING: Final = FAMED | GIVEN | LEADING | ROLE | HONORIFIC | VERB
"""What tells of a person, at the name or beside it."""
_TELLING = SPEAKING | HEAD | AIM | PREFIXED
_KNOWN = STOP | VERB | COMMON | PLACE | HEAD
_CLASSES = {
    "honorific": HONORIFIC,
    "role": ROLE,
    "orghead": HEAD,
    "verb": VERB,
    "particle": PARTICLE,
    "adjective": COMMON,
    "noun": COMMON,
    "purpose": COMMON,
}
PREFIXES = ("و", "ف", "ب", "ل", "ك")
GLUED = frozenset(
    {"عبد", "ايت", "ابو", "ابي", "ال", "بن", "ابن", "بنت", "ام", "بو", "ولد", "فان", "فون", "دي", "دا", "ذو"}
)
"""Words that take the next one with them, whatever it is."""
OPENING = {'"': '"', "«": "»", "“": "”"}
_PLACES = frozenset({"country", "region", "city"})
LEGAL_FORMS = frozenset({"القابضة", "المحدودة"})
_REMEMBERED = 8_000
"""Words whose flags are kept."""
BODIES = frozenset({"organisation", "agency"})
COMMON_SHAPE = re.compile(
    r"^[يت].*ى$|^ل[تإأ]|^(?:لل|بال|وال|فال|كال|لال|ست|سي)|(?:هم|هما|كم|تين|تان|وا|يه|ًا|اً|ته|تها|ها)$|^(?!ال)...ت$|[\u064b-\u0652]|\d|[A-Za-z]"
)
"""How common words begin and end, which a name seldom does: with particles before the article, with pronouns behind."""
IMPERFECT = re.compile(r"^ي[^واي].{1,3}$|^ت[^وايرشس].(?!ي)..?$|^ت[^ا].ي.$")
"""How verbs of the present and nouns like تحميل begin, where what transcribes a name has a vowel or ر, ش, س behind the first letter."""


@lru_cache(maxsize=1)
def classes() -> dict[str, int]:
    table: dict[str, int] = {}
    for kind, said in rows("arabic.tsv"):
        for word in said.split() if kind in _CLASSES else ():
            for form in (word, "ال" + word) if kind in ("orghead", "role") and not word.startswith("ال") else (word,):
                table[fold(form)] = table.get(fold(form), 0) | _CLASSES[kind]
    for script, said in rows("given.tsv"):
        if script == "Arab":
            for word in said.split():
                table[fold(word)] = table.get(fold(word), 0) | GIVEN
    for script, said in rows("famed.tsv"):
        if script == "Arab":
            for word in said.split():
                table[fold(word)] = table.get(fold(word), 0) | FAMED
    return table


@lru_cache(maxsize=1)
def stops() -> frozenset[str]:
    """Function words as they are written: folded, على would be علي, and أن would be آن."""
    return frozenset(word for kind, said in rows("arabic.tsv") if kind == "stop" for word in said.split())


@lru_cache(maxsize=8)
def told_by(kind: str) -> frozenset[str]:
    """The words of one line about bodies, folded: `purpose`, what they are for, as behind a ل («لعلوم الفضاء»); `scene`, what
    makes a head a spot or a rank («موقع الحادث»); `bearer`, heads that bear a person's title and name («جامعة الأمير محمد»);
    `firm`, heads with a name of their own, to which a country is only added."""
    return frozenset(fold(word) for row, said in rows("arabic.tsv") if row == kind for word in said.split())


@lru_cache(maxsize=1)
def common_stems() -> frozenset[str]:
    """The stems of the lexicon's words that are no names."""
    place = LANGUAGES.index("ar")
    stem = stemmer("ar")
    kinds = _PLACES | BODIES
    terms = (term for one in concepts().values() if one.kind not in kinds for term in one.terms[place])
    return frozenset(stem(word) for term in terms for word, _ in words(term))


def classed(word: str) -> tuple[int, int]:
    """What a word may be, and how many letters of it are particles written on to it: و, ف, ب, ل, ك."""
    if word in stops():
        return STOP, 0
    if word.startswith("عبدال") and len(word) > 6:
        return GIVEN, 0
    if word[:1] in ("و", "ف") and word[1:] in stops():
        return STOP, 0
    table = classes()
    folded = fold(word)
    if flag := table.get(folded, 0):
        return flag, 0
    if folded.startswith("لل") and (flag := table.get("ال" + folded[2:], 0)):
        return flag, 1
    for cut in (1, 2):
        if len(folded) > cut + 2 and folded[:1] in PREFIXES and (cut == 1 or folded[1] in PREFIXES):
            flag = table.get(folded[cut:], 0)
            if flag and not (flag == GIVEN and len(folded) - cut < 4):
                return flag, cut
    for own in ("ها", "هم", "ه"):  # «مديرها»: her director
        if folded.endswith(own) and table.get(folded.removesuffix(own), 0) & ROLE:
            return ROLE, 0
    return 0, 0


class _Flags(dict[str, int]):
    """What each word of a language may be, made when first asked for; all are forgotten when they are too many."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.stem = stemmer(language)

    def __missing__(self, said: str) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        flag, cut = classed(said)
        if self.stem(said) in common_stems() and not flag & (PARTICLE | ROLE | HEAD | FAMED):
            flag = (flag & ~GIVEN) | COMMON if cut or not flag & GIVEN else flag
        flag |= cut * CUT
        if said.startswith(("ال", "لل", "وال", "بال")):
            flag |= ARTICLE
        bare = fold(said) if said.endswith("ة") else said
        shaped = not flag & GIVEN and (COMMON_SHAPE.search(bare) or IMPERFECT.match(said))
        if shaped or cut or not 1 < len(said) < 14:
            flag |= NO_NAME
        if said[0] in "ولبف" and fold(said[1:]) in bodies_of_one_word():
            flag |= PREFIXED
        for_whom = said.startswith("لل") and not said.endswith("ين") and fold(said[2:]) in told_by("purpose")
        if for_whom or said in LEGAL_FORMS:
            flag |= AIM
        if said in ("عبد", "أبو", "بن", "بنت"):
            flag |= LEADING
        self[said] = flag
        return flag


@lru_cache(maxsize=4)
def _flags_of(language: str) -> _Flags:
    return _Flags(language)


@lru_cache(maxsize=1)
def bodies_of_one_word() -> dict[str, str]:
    """The bodies of one word, folded, by their ids: the lexicon does not look behind و, ل, ب and ف."""
    return {
        fold(term): one.id
        for one in concepts().values()
        if one.kind in BODIES and is_proper(one)
        for term in one.terms[LANGUAGES.index("ar")]
        if " " not in term and len(term) > 3
    }


class ArabicScene:
    """A text's words as they stand, what each may be, what stands between a word and the next, and the places."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.text = text = document.text
        self.starts, self.ends = document.starts, document.ends
        self.length = len(self.starts)
        self.said = [*document.said, ""]
        self.flags = [*map(_flags_of(document.language).__getitem__, document.said), 0]
        """As `said`, with what stands for no word behind the last, which is what stands before the first, too."""
        self.gaps = [*map(text.__getitem__, map(slice, self.ends, self.starts[1:])), "\n", "\n", "\n"]
        self.terms = document.terms
        self.at = dict(zip(self.starts, range(self.length), strict=True))
        spans = [(one.start, one.end) for place in so_far.places for one in place.mentions]
        spans += [(one.start, one.end) for one in document.terms if one.concept.kind in _PLACES]
        for start, end in spans:
            place = self.at.get(start, self.length)
            while place < self.length and self.ends[place] <= end:
                self.flags[place] |= PLACE
                place += 1
        self.taken: set[int] = set()
        self.telling = [at for at, flag in enumerate(self.flags) if flag & _TELLING]
        """The words that may begin a name or tell of one."""

    def cut(self, place: int) -> int:
        """How many letters of the word are particles written on to it."""
        return self.flags[place] // CUT & 3

    def start(self, place: int) -> int:
        """Where the name begins: behind a و, ف, ب or ك that is written on to it; ل stays."""
        return self.starts[place] + (0 if self.said[place].startswith("لل") else self.cut(place))

    def has_article(self, place: int) -> bool:
        return self.flags[place] & ARTICLE > 0


def is_unknown(scene: ArabicScene, at: int) -> bool:
    """Is it no word we know: so, beside a title, a name?"""
    flag = scene.flags[at]
    return not flag & NO_NAME and bool(flag & GIVEN or not flag & _KNOWN) and at not in scene.taken


def candidate(
    scene: ArabicScene,
    first: int,
    end: int,
    kind: NameKind,
    surety: Surety = "sure",
    *,
    role: str = "",
    known: str = "",
    stop: int = -1,
) -> Candidate:
    stop = scene.ends[end - 1] if stop < 0 else stop
    return Candidate(scene.start(first), stop, kind, surety, role, known)
