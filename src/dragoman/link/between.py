"""What the words of one language mean in another, by way of English: where only lexicons into English were learned. Pure.

Out of English a lexicon is read the other way round: how sure it is holds both ways (`link.learned`). Between two other
languages what both say of English is joined, for the words of one text at a time.

Limits: what meets in an English word of two senses is taken for one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from dragoman.link.learned import NOTHING, SURE, Learned
from dragoman.link.translated import Told, tongue


class Between:
    """Lexicons into English, by language, as one lexicon from each of these languages, and English, into each other."""

    def __init__(self, into: Mapping[str, Learned] | None = None) -> None:
        self._into = into or {}
        self._out_of: dict[str, Learned] = {}

    def __call__(self, source: Told, item: Told) -> Learned:
        """What is known of the words of `source` in the language of `item`."""
        one, other = tongue(source.language), tongue(item.language)
        if other == "en":
            return self._into.get(one, NOTHING)
        if one == "en":
            return self._turned(other)
        if one not in self._into or other not in self._into:
            return NOTHING
        words = {word for sentence in source.sentences for word in sentence.words}
        return joined(self._into[one], self._turned(other), words)

    def _turned(self, language: str) -> Learned:
        if language not in self._out_of and language in self._into:
            self._out_of[language] = turned(self._into[language])
        return self._out_of.get(language, NOTHING)


def turned(lexicon: Learned) -> Learned:
    """The same, the other way round. A word weighs what the one weighs that most surely means it."""
    meanings: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for word, known in lexicon.meanings.items():
        for meaning, sure in known.items():
            meanings[meaning][word] = sure
    weight = {meaning: lexicon.weight[max(words, key=words.__getitem__)] for meaning, words in meanings.items()}
    return Learned(dict(meanings), weight, lexicon.pairs)


def joined(first: Learned, second: Learned, words: Iterable[str]) -> Learned:
    """What `words` mean by two lexicons one after another, as sure as the surest way is."""
    meanings: dict[str, dict[str, float]] = {}
    for word in words:
        found: dict[str, float] = {}
        for between, sure in first.meanings.get(word, {}).items():
            for meaning, surely in second.meanings.get(between, {}).items():
                if sure * surely > max(SURE, found.get(meaning, 0.0)):
                    found[meaning] = sure * surely
        if found:
            meanings[word] = found
    return Learned(meanings, {word: first.weight[word] for word in meanings}, min(first.pairs, second.pairs))
