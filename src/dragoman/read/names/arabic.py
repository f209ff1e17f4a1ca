"""Names in Arabic, which writes none with a capital: told by titles, given names, head words, and what is no common word. Pure.

A person begins with a given name, or with the first unknown word behind an office and its attributes, or with two unknown
words beside a verb of saying; further parts follow until a common word, a verb or punctuation. An organisation is a head
word and the words of its attribute, which mostly begin with the article.

Limits: a name whose parts are common words and that has no title is not told from them.
"""

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.arabic_bodies import headed_bodies, known_bodies, prefixed_bodies, purposed_bodies
from dragoman.read.names.arabic_people import echoes, people
from dragoman.read.names.arabic_words import ArabicScene
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.lists import listed


def arabic_names(document: Document, so_far: Reading) -> list[Candidate]:
    """The candidates in order of finding."""
    scene = ArabicScene(document, so_far)
    found = known_bodies(scene) + prefixed_bodies(scene) + headed_bodies(scene) + purposed_bodies(scene)
    named = people(scene)
    listed_ = [span for span in listed(scene.text) if scene.at.get(span[0], 0) not in scene.taken]
    named += [Candidate(start, end, "person", "likely") for start, end in listed_]
    return found + named + echoes(scene, named)
