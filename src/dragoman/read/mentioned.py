"""Places that a text speaks of. Pure."""

from dragoman.model.reading import Place, Reading
from dragoman.read.document import Document


def find_places(document: Document, so_far: Reading) -> tuple[Place, ...]:
    """The places in the order of their first mention."""
    return ()
