"""The names most like one, of thousands: candidates are chosen by their sounds, and ranked by the aligner. Pure."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable

from dragoman.names.aligner import likely, logit, table
from dragoman.names.letters import plain, romanised, script
from dragoman.names.sounds import first_sound, skeleton
from dragoman.names.word_score import spelled

CHOSEN = 300
"""Candidates the aligner is asked about, 0.1 ms each: nineteen of twenty right ones are among them, and more in most scripts."""


class Candidates:
    """Names of one word, indexed once by their sounds."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(dict.fromkeys(names))
        self._plain = [plain(name, script(name)) for name in self.names]
        self._script = [script(name) for name in self.names]
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        self._sounds = []
        for number, (word, of) in enumerate(zip(self._plain, self._script, strict=True)):
            sounds = _sounds(romanised(word, of))
            self._sounds.append(len(sounds))
            for sound in sounds:
                self._by_sound[sound].append(number)

    def ranked(self, name: str, language: str = "", most: int = 10) -> list[str]:
        """The `most` names most like `name`, the best first."""
        of = script(name, language)
        word = plain(name, of)
        if not word:
            return []
        chosen = self._chosen(_sounds(romanised(word, of)) | _sounds(likely(word, of)))
        scored = [(self._score(word, of, number), number) for number in chosen]
        return [self.names[number] for _, number in heapq.nlargest(most, scored, key=lambda each: (each[0], -each[1]))]

    def _chosen(self, sounds: set[str]) -> list[int]:
        shared: Counter[int] = Counter()
        for sound in sounds:
            weight = 3 if len(sound) > 1 else 1
            for number in self._by_sound.get(sound, ()):
                shared[number] += weight
        likeness = {number: count / (self._sounds[number] + len(sounds)) for number, count in shared.items()}
        return heapq.nlargest(CHOSEN, likeness, key=lambda number: likeness[number])

    def _score(self, word: str, of: str, number: int) -> float:
        other, beside = self._plain[number], self._script[number]
        if of != "latn" and beside == "latn":
            return logit(other, word, table(of))
        if of == "latn" and beside != "latn":
            return logit(word, other, table(beside))
        return spelled(word, of, other, beside)


def _sounds(latin: str) -> set[str]:
    """The classes of a word, its neighbours in pairs and threes, and where it begins and ends."""
    if not latin:
        return set()
    bare = skeleton(latin)
    line = f"^{first_sound(latin)}{bare[1:] if first_sound(latin) == bare[:1] else bare}$"
    return (
        {line[at : at + 2] for at in range(len(line) - 1)}
        | {line[at : at + 3] for at in range(len(line) - 2)}
        | set(bare)
    )
