"""What a text is about, as Media Topics, with the evidence. Pure."""

from dragoman.model.reading import Reading, Subject
from dragoman.read.document import Document


def find_subjects(document: Document, so_far: Reading) -> tuple[Subject, ...]:
    """The subjects, the surest first."""
    return ()
