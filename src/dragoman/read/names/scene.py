"""A text laid out for the finders: its words with what each may be, the places, the organisations the lexicon knows. Pure."""

import re
from bisect import bisect_left
from functools import cached_property

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.words import FAMED, GIVEN, HEAD, LOW_HEAD, MODIFIER, ROLE, TAIL, beginnings, classes, famed, forms
from dragoman.read.subjects.tree import top
from dragoman.text.fold import fold

_QUOTES = " \t\u00a0\"'«“„‹‘‚(—–-‐•*[»”’"
_GERMAN_ROLE = re.compile(
    r"(?:minister|prasident|kanzler|sprecher|chef|direktor|leiter|fuhrer|vorsitzende|anwalt|anwalt|richter|trainer|meister"
    r"|experte?|forscher|wissenschaftler|okonom|historiker|kommissar|sekretar|beauftragte|vertreter|berater|politiker"
    r"|spieler|inhaber|grunder|redakteur|korrespondent|moderator|autor|regisseur|sieger|kandidat|abgeordnete|kommandeur"
    r"|inspekteur|manager|arzt|lehrer|koordinator|verteidiger|sturmer|laufer|fahrer|bewohner|analyst|botschafter|konsul"
    r"|general|pfarrer|bischof|ologe|iker|wart|hauptmann|kaufmann|obmann)(?:s|n|en|es|r|in|innen)?$|(?:er|ist|olog|ik|eur|or)in$"
)
"""Compounds of German roles end in what they are: Verkehrsminister, Bundesrichter, Vorstandsvorsitzende."""
_CHECKED = GIVEN | FAMED | TAIL | ROLE | HEAD | LOW_HEAD
_FEW_ENDINGS = frozenset({"en", "fr", "es"})
"""Languages whose nouns have hardly any endings: a word is what it is as it stands."""
_AGENT = re.compile(r"(?:olog(?:ist|ue|o|a|e|in)|олог(?:а|у|ом|и|ов)?|ographer|ographe|ógraf[oa])s?$")
_SPORT = "15000000"
_DATELINE = 120
"""Characters in which a dash may still part a dateline that nobody has read from its body."""
_PLACES = frozenset({"country", "region", "city"})


class Scene:
    """One text, laid out once. Words are told by their place in `words`."""

    def __init__(self, document: Document, so_far: Reading) -> None:
        self.document = document
        self.text = document.text
        self.language = document.language
        self.words = words = document.words
        self.length = len(words)
        table = classes(document.language)
        text = document.text
        self.capital = [text[word.start].isupper() for word in words]
        self.flags = [
            flag if not flag & _CHECKED else self._checked(flag, word.start, word.end, capital)
            for flag, word, capital in zip(
                (table.get(word.stem, 0) for word in words), words, self.capital, strict=True
            )
        ]
        self.starts = [word.start for word in words]
        self.placed = self._placed(so_far)
        self._mark_offices()

    def _checked(self, flag: int, start: int, end: int, capital: bool) -> int:
        """`flag` without what the word is by its stem alone."""
        folded = fold(self.text[start:end])
        if not capital:
            flag &= ~(GIVEN | FAMED)
        elif flag & FAMED and not any(folded[:size] in famed() for size in range(max(3, len(folded) - 3), len(folded) + 1)):
            flag &= ~FAMED
        if flag & TAIL and folded not in forms(self.language, TAIL):
            flag &= ~TAIL
        for kind in (ROLE, HEAD | LOW_HEAD):
            if flag & kind and not self._is_form(folded, kind):
                flag &= ~kind
        return flag

    def _is_form(self, folded: str, kind: int) -> bool:
        if self.language in _FEW_ENDINGS:
            known = forms(self.language, kind)
            return folded in known or folded[:-1] in known or folded[:-2] in known
        known = beginnings(self.language, kind)
        return any(folded[:size] in known for size in range(3, len(folded) + 1))

    def _placed(self, so_far: Reading) -> dict[int, int]:
        """The words that places are made of: the first of each, and the one after its last."""
        spans = [(one.start, one.end) for place in so_far.places for one in place.mentions]
        spans += [(one.start, one.end) for one in self.document.terms if one.concept.kind in _PLACES]
        found: dict[int, int] = {}
        for start, end in spans:
            first = bisect_left(self.starts, start)
            found[first] = max(found.get(first, 0), bisect_left(self.starts, end))
        return found

    def _mark_offices(self) -> None:
        """Every word of "minister of foreign affairs" is part of an office, but for the name in "Pope Leo"."""
        for one in self.document.terms:
            if one.concept.kind == "office":
                first = bisect_left(self.starts, one.start)
                places = range(first, bisect_left(self.starts, one.end))
                has_body = any(self.capital[at] and self.flags[at] & HEAD for at in places)
                for at in places:
                    # «presidenta de la Comisión Europea»: the body in the office is a name of its own
                    if not (has_body and self.capital[at]) or self.language == "de" or self.flags[at] & MODIFIER:
                        self.flags[at] |= ROLE if not self.flags[at] & GIVEN else 0

    @cached_property
    def is_sport(self) -> bool:
        """Is the item about sport, by the lexicon's terms?"""
        told = {
            one.concept.id for one in self.document.terms if any(top(code) == _SPORT for code in one.concept.subjects)
        }
        return len(told) > 2

    @cached_property
    def in_place(self) -> frozenset[int]:
        """Every word that is part of a place."""
        return frozenset(each for first, end in self.placed.items() for each in range(first, end))

    @cached_property
    def low(self) -> frozenset[str]:
        """The stems that the text also writes small: they are common words."""
        return frozenset(word.stem for word, capital in zip(self.words, self.capital, strict=True) if not capital)

    @cached_property
    def begins(self) -> frozenset[int]:
        """Where sentences begin."""
        return frozenset(start for start, _ in self.document.sentences)

    def said(self, place: int) -> str:
        """The word as it stands."""
        word = self.words[place]
        return self.text[word.start : word.end]

    def gap(self, place: int) -> str:
        """What stands between a word and the next; a line break at the ends of the text."""
        if not 0 <= place < self.length - 1:
            return self.text[self.words[-1].end : self.words[-1].end + 3] + "\n" if place == self.length - 1 else "\n"
        return self.text[self.words[place].end : self.words[place + 1].start]

    def is_head(self, place: int) -> bool:
        """Is the word the head of an organisation's name?"""
        return bool(self.flags[place] & (HEAD | LOW_HEAD)) and place not in self.in_place

    def flag(self, place: int) -> int:
        return self.flags[place] if 0 <= place < self.length else 0

    def opens(self, place: int) -> bool:
        """Is the word the first of its sentence, or of what is quoted?"""
        start = self.starts[place]
        if start in self.begins or place == 0:
            return True
        gap = self.gap(place - 1)
        if start < _DATELINE and gap[-3:] in (" - ", " – ", " — ") or gap == "\n":
            return True
        bare = gap.rstrip(_QUOTES)
        return bare[-1:] in {".", "!", "?", "…", ":", "\n"} or start - 1 in self.begins or start - 2 in self.begins

    def is_role(self, place: int) -> bool:
        """Is the word an office or occupation? German makes them up as it goes."""
        flag = self.flag(place)
        if flag & ROLE or not 0 <= place < self.length:
            return bool(flag & ROLE)
        if len(self.words[place].stem) > 5 and _AGENT.search(self.said(place)):
            return True
        if self.language != "de" or not self.capital[place] or flag & GIVEN:
            return False
        said = self.said(place)
        return len(said) > 6 and _GERMAN_ROLE.search(fold(said)) is not None
