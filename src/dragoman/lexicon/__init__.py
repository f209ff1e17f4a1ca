"""The newsroom lexicon: concepts of the news with their usual terms in our eight languages. Ours, as plain data. Pure.

    concepts      all of them            found     those a text speaks of, where, longest terms first

Limits: a word of several meanings is found for each concept that has it; short names in capitals (WHO, US) only in capitals.
"""

from dragoman.lexicon.concepts import KINDS, LANGUAGES, Concept, concepts
from dragoman.lexicon.index import Found, found

__all__ = ["KINDS", "LANGUAGES", "Concept", "Found", "concepts", "found"]
