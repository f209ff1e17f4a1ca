"""Who is quoted with what: direct and indirect speech, its verb and its speaker. Pure.

    marks    what stands between quotation marks        who      whose words they are
    words    reporting verbs and their like             told     words told without marks
    copy     the sentences with both                    direct   which marks quote, and which name a title

A quote that its attribution parts ("…", said X, "…") is two quotes of one speaker, and so is one that runs on in a new
paragraph behind a new mark; quotes without an attribution of their own belong to who spoke before.
"""

from dragoman.model.reading import Quote, Reading
from dragoman.read.document import Document
from dragoman.read.quotes.copy import Copy
from dragoman.read.quotes.direct import quotes_of


def find_quotes(document: Document, so_far: Reading) -> tuple[Quote, ...]:
    """The quotes in order. `so_far` has the names. Cost grows with the length of the text."""
    return tuple(quotes_of(Copy(document, so_far)))
