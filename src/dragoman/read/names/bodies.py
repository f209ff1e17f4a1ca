"""The organisations of one text as they are found, and the words they take. Pure."""

import re

from dragoman.read.names.candidates import Candidate
from dragoman.read.names.scene import Scene
from dragoman.read.names.words import GIVEN

_LEGAL = re.compile(
    r"H & Co\.? KG(?:aA)?|(?:S\.\s?[AL]\.(?:\s?de C\.\s?V\.)?|A\.\s?Ş\.)|.\s(?:S\.\s?[AL]\.|A\.\s?Ş\.|e\.\s?V\.|gGmbH\b|eG\b|mbH\b|S\.\s?p\.\s?A\.)"
)
"""Legal forms with full stops, from the last sign of the name on."""
_AZ_ENDING = re.compile(r"-(?:n?[ıiuü]n|d[əa]n?|[ys]?[əaıiuü]|n?[ıiuü]|l[əa])(?!\w)")
_DOTTED = re.compile(r"(?:[A-ZА-Я]\.)+[A-ZА-Я]")


class Bodies:
    """Where an organisation is taken, its legal form, case ending and the abbreviation in brackets come with it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.taken: set[int] = set()
        self.found: list[Candidate] = []

    def take(self, first: int, end: int, *, known: str = "", alias: int = -1, start: int = -1, stop: int = -1) -> None:
        scene = self.scene
        start = scene.starts[first] if start < 0 else start
        stop = scene.ends[end - 1] if stop < 0 else stop
        if scene.language == "az" and (ending := _AZ_ENDING.match(scene.text, stop)):
            stop = ending.end()
        if scene.text[stop : stop + 1] == "+":
            stop += 1
        if legal := _LEGAL.match(scene.text, stop - 1):
            stop = legal.end()
        if scene.text[stop : stop + 1] == "." and _DOTTED.fullmatch(scene.text, start, stop):
            stop += 1
        self.found.append(Candidate(start, stop, "organisation", "sure", "", known, alias))
        self.taken.update(range(first, end))
        self._bracketed(end, start)

    def _bracketed(self, end: int, owner: int) -> None:
        """ "World Health Organization (WHO)": the abbreviation is the same."""
        scene = self.scene
        if scene.gaps[end - 1].strip('»”“"') != " (" or end >= scene.length or end in self.taken:
            return
        behind = scene.gaps[end]
        if behind[:1] in (")", ",", "-", ";") and scene.capital[end] and not scene.flags[end] & GIVEN:
            self.found.append(Candidate(scene.starts[end], scene.ends[end], "organisation", "sure", alias=owner))
            self.taken.add(end)


def is_legal_form(scene: Scene, at: int) -> bool:
    """Does "S.A." or "A.Ş." begin with the word, behind a name?"""
    return scene.gaps[at - 1] == " " and _LEGAL.match(scene.text, scene.ends[at] - 1) is not None
