"""One text on its way through the readers: cut into words and sentences once, looked up in the lexicon once. Pure."""

import re
from datetime import datetime
from functools import cached_property

from dragoman.lexicon import Found, found
from dragoman.model.item import Concept, Dateline
from dragoman.names.forms import NamesFile
from dragoman.read.calendar import plain_digits
from dragoman.text.analyse import Term, stemmed, words_and_bounds
from dragoman.text.sentences import sentences

NO_NAMES = NamesFile()
_DIGITS = re.compile(r"\d\d*")
"""Runs of digits as they stand: a pattern that asked what follows would read a long run again from each of its digits. Written
so, and not with a plus, the search for the first digit takes half the time."""
LONGEST = 100_000
"""Characters that are read; what stands behind them is kept, and the reading says that it was cut."""


def _sound(text: str) -> str:
    """`text` with a question mark for each half of a surrogate pair: no library takes those, and no text means them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


class Document:
    """`text` is without its dateline where that was found; `language` is a primary BCP 47 tag or ``und``; `time` is the
    item's, for years that are not said; `agency` is the sender's name or code, `sent` the subjects the sender gave, `names`
    our own names file. Readers share what is computed here."""

    def __init__(
        self,
        text: str,
        *,
        language: str = "und",
        headline: str = "",
        time: datetime | None = None,
        agency: str = "",
        dateline: Dateline | None = None,
        sent: tuple[Concept, ...] = (),
        names: NamesFile = NO_NAMES,
    ) -> None:
        self.text = _sound(text[:LONGEST])
        self.cut = len(text) > LONGEST
        self.language = language.split("-")[0]
        self.headline = _sound(headline[:1000])
        self.time = time
        self.agency = agency
        self.dateline = dateline
        self.sent = sent
        self.names = names

    @cached_property
    def _cut(self) -> tuple[list[str], list[int], list[int]]:
        return words_and_bounds(self.text)

    @cached_property
    def words(self) -> list[Term]:
        """The words of the text with their stems, in order."""
        _, starts, ends = self._cut
        return list(map(Term, self.stems, starts, ends))

    @property
    def said(self) -> list[str]:
        """Each of the words as it stands."""
        return self._cut[0]

    @property
    def starts(self) -> list[int]:
        """Where each of the words begins."""
        return self._cut[1]

    @property
    def ends(self) -> list[int]:
        """Where each of them ends."""
        return self._cut[2]

    @cached_property
    def stems(self) -> list[str]:
        """The stems of the words alone."""
        return stemmed(self.said, self.language)

    @cached_property
    def plain(self) -> str:
        """The text with every digit as an ASCII one; positions stay."""
        others = any(not self.text[start:end].isascii() for start, end in self.digits)
        return plain_digits(self.text) if others else self.text

    @cached_property
    def digits(self) -> list[tuple[int, int]]:
        """Where each run of digits begins and ends."""
        return [run.span() for run in _DIGITS.finditer(self.text)]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        return list(sentences(self.text))

    @cached_property
    def terms(self) -> list[Found]:
        """The lexicon's concepts in the text, in order."""
        return found(self.text, self.language, self.words)

    @cached_property
    def headline_terms(self) -> list[Found]:
        """The lexicon's concepts in the headline."""
        return found(self.headline, self.language)
