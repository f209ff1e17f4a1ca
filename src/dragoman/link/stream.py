"""Texts into stories as they come, with nothing behind them but what the package ships. Pure."""

import itertools

from dragoman.link.pivot import Pivot
from dragoman.link.stories import Linked, Stories
from dragoman.link.traits import traits_of
from dragoman.link.weights import vector


class Stream:
    """The window of texts that nobody stored: numbered from 0 as they come."""

    def __init__(self) -> None:
        numbers = itertools.count(1)
        self.stories = Stories(lambda: next(numbers))
        self._pivot, self._texts = Pivot(), 0

    def link(self, text: str, at: float, *, headline: str = "", language: str = "") -> Linked:
        """The story of the next text. `at` is in seconds since 1970; `language` as declared may be empty."""
        made = vector(traits_of(text, headline=headline, language=language), self.stories.frequencies, self._pivot)
        linked = self.stories.link(self._texts, made, at)
        self._texts += 1
        if self.stories.due:
            self.stories.sweep()
        return linked

    def final(self) -> list[int | None]:
        """The story of each text after a last sweep."""
        self.stories.sweep()
        return [self.stories.story_of(number) for number in range(self._texts)]
