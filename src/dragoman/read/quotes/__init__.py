"""Who is quoted with what: direct and indirect speech, its verb and its speaker. Pure."""

from dragoman.model.reading import Quote, Reading
from dragoman.read.document import Document


def find_quotes(document: Document, so_far: Reading) -> tuple[Quote, ...]:
    """The quotes in order. `so_far` has the names."""
    return ()
