"""Names in Chinese, which writes none with a capital: told by surnames, titles, transcription and head words. Pure.

Words and their parts of speech come from the segmenter. A person is a surname with one or two signs beside a title or a verb
of saying or met twice; a foreigner is written in the signs that transcribe, with a dot between given name and surname. An
organisation ends in its head word and begins where the nouns before it begin.

Limits: a Chinese name that stands once, with neither title nor verb beside it, is found only where the segmenter knows it.
"""

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names.candidates import Candidate
from dragoman.read.names.chinese_bodies import chinese_bodies
from dragoman.read.names.chinese_people import chinese_people
from dragoman.read.names.chinese_words import ChineseScene


def chinese_names(document: Document, so_far: Reading) -> list[Candidate]:
    """The candidates, organisations first."""
    scene = ChineseScene(document, so_far)
    bodies = chinese_bodies(scene)
    return bodies + chinese_people(scene, {at for one in bodies for at in range(one.start, one.end)})
