"""Names of people and organisations in a text: found, told apart, short mentions joined to the full one. Pure."""

from dragoman.model.reading import Name, Reading
from dragoman.read.document import Document


def find_names(document: Document, so_far: Reading) -> tuple[Name, ...]:
    """The names in the order of their first mention. `so_far` has the places."""
    return ()
