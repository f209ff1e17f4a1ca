"""What a text is about, as Media Topics, with the evidence. Pure.

sender    the sender's own codes, categories and names, where they mean topics
terms     else the lexicon's concepts in the text, weighed and summed up the tree of topics
rules     what the agency itself has ruled, above both
"""

from dragoman.model.reading import Reading, Subject
from dragoman.read.document import Document
from dragoman.read.subjects.sender import mapped
from dragoman.read.subjects.terms import by_terms

__all__ = ["find_subjects", "mapped"]


def find_subjects(document: Document, so_far: Reading) -> tuple[Subject, ...]:
    """The subjects, the surest first: the sender's where they mean topics, else what the words speak for."""
    return mapped(document.sent, document.language) or by_terms(document)
