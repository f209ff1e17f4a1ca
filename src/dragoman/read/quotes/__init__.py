"""Who is quoted with what: direct and indirect speech, its verb and its speaker. Pure.

    words     the table of verbs and their like          marks   what stands between quotation marks
    cues      those that stand in a text                 copy    sentences with their marks and cues
    signs     commas and what else parts clauses
    told      the words told without marks (`before`, `nominal`, `ends`, `clauses` are its parts)
    who       whose words they are (`cases`, `roles`, `memory`)
    said      the cues that do report                    direct  the quotes

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
