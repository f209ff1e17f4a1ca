"""What an item speaks of, as features that can be weighed and compared. Pure.

    own      the stems of its words: compared with items of the same language
    shared   what every language can say: c:earthquake (lexicon), n:lombok (a word that may be a name), f:832 (figure),
             p:ID (place), d:2018-09-30 (date)

Both by how often it is said; what the headline says counts more. Cheap: everything was found by the readers before.
"""

from collections.abc import Iterator

from msgspec import Struct

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.reader import READERS, read_text
from dragoman.text.analyse import Term, analyse

HEADLINE = 2.0
"""What a word of the headline counts, beside one of the text."""
_READ = ("places", "dates", "figures")
"""What is needed of a reading here."""


class Traits(Struct, frozen=True, array_like=True):
    """`own` and `shared`: feature → how much of the item speaks of it."""

    language: str
    own: dict[str, float]
    shared: dict[str, float]


def traits(document: Document, reading: Reading) -> Traits:
    """The features of an item read. A headline that stands again at the head of the text is no harm."""
    headline = analyse(document.headline, document.language)
    own: dict[str, float] = {}
    shared: dict[str, float] = {}
    for text, words, worth in ((document.headline, headline, HEADLINE), (document.text, document.words, 1.0)):
        for word in words:
            own[word.stem] = own.get(word.stem, 0.0) + worth
        for stem in _names(text, words):
            feature = f"n:{stem}"
            shared[feature] = shared.get(feature, 0.0) + worth
    for found, worth in ((document.headline_terms, HEADLINE), (document.terms, 1.0)):
        for one in found:
            feature = f"c:{one.concept.id}"
            shared[feature] = shared.get(feature, 0.0) + worth
    for feature in _read(reading):
        shared[feature] = shared.get(feature, 0.0) + 1.0
    return Traits(document.language, own, shared)


def traits_of(text: str, *, headline: str = "", language: str = "") -> Traits:
    """The features of a text that nobody has read before. `language` as declared may be empty."""
    wanted = {part: READERS[part] for part in _READ}
    reading, body = read_text(text, headline=headline, language=language, readers=wanted)
    return traits(Document(" " * body + text[body:], language=reading.language, headline=headline), reading)


def _names(text: str, words: list[Term]) -> Iterator[str]:
    """The stems of the words that may be names: written with a capital, or in a script that has none; and figures."""
    for word in words:
        first = text[word.start]
        if not first.islower() and first.isalnum():
            yield word.stem


def _read(reading: Reading) -> Iterator[str]:
    for figure in reading.figures:
        yield f"f:{figure.value:g}"
    for place in reading.places:
        yield f"p:{place.id or place.name}"
    for date in reading.dates:
        yield f"d:{date.value}"
