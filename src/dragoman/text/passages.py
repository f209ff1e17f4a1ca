"""Which paragraphs of a text are in another language than the rest. Pure.

Paragraphs are lines. A short one is believed only beside longer ones of the same language: a quoted phrase, a title or a
list of names in another language is no passage.
"""

from collections.abc import Iterator

from dragoman.model.reading import Passage
from dragoman.text.language import UNKNOWN, Language, are_near, identify
from dragoman.text.script import scripts
from dragoman.text.tongues import STOP_WORDS
from dragoman.text.votes import plain_language

_AT_ALL = 96
"""Hundredths of a text in its language, as CLD2 counts: above it no paragraph is looked at for itself."""
_LETTERS = 40
"""A paragraph of fewer letters says nothing for itself; a Chinese sign counts for three."""
_SURE = 0.9
_SMALL_WORDS = 10
"""Words to one small word of the item's own language in a paragraph that is in it."""
_MOST = 400  # paragraphs that are looked at
_ALL = 100_000  # characters of the text that are looked at
_GLANCE = 1000  # characters that show the text's script
_LONGEST = 400  # characters of a paragraph that are looked at


def passages(text: str, main: str) -> tuple[Passage, ...]:
    """The runs of paragraphs of `text` whose language is not `main` (BCP 47), in order; none where `main` is unknown.

    Between neighbours that are easily confused (Azerbaijani and Turkish) only a paragraph surely in the other counts.
    """
    primary, text = main.split("-")[0], text[:_ALL]
    if primary in ("", UNKNOWN) or "\n" not in text.strip():
        return ()
    said, share = plain_language(text)
    if said == primary and share >= _AT_ALL:
        return ()
    script = _script(scripts(text[:_GLANCE]))
    return tuple(_runs([(start, end, _foreign(text[start:end], primary, script)) for start, end in _paragraphs(text)]))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start, found = 0, 0
    while start < len(text) and found < _MOST:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip():
            yield start, end
            found += 1
        start = end + 1


def _foreign(paragraph: str, main: str, script: str) -> Language | None:
    """The language of a paragraph where it is surely not `main`; `und` where it is too short to say; else None. `script` is
    the text's own: in it CLD2 must first think of another language."""
    shown = paragraph[:_LONGEST]
    said, _ = plain_language(shown)
    if said == main:
        return None
    counts = scripts(shown)
    if sum(counts.values()) + 2 * counts.get("Han", 0) < _LETTERS:
        return Language(UNKNOWN, 0.0)
    if not said and _script(counts) == script:
        return None
    found = identify(shown)
    if found.tag in (main, UNKNOWN) or _holds_latin_names(counts) or _has_small_words(shown, main, found.tag):
        return None
    needed = 0.97 if are_near(found.tag, main) else _SURE
    return found if found.confidence >= needed else None


def _script(counts: dict[str, int]) -> str:
    return max(counts, key=lambda name: counts[name], default="")


def _holds_latin_names(counts: dict[str, int]) -> bool:
    """Is the paragraph mostly in Latin letters, and not wholly? Then it is copy about foreign firms or people."""
    latin, all_ = counts.get("Latin", 0), sum(counts.values())
    return all_ < 2 * latin and latin * 20 < 19 * all_


def _has_small_words(paragraph: str, main: str, other: str) -> bool:
    """Do the small words of `main` hold the paragraph together, whatever the names in it are?"""
    words = paragraph.lower().split()
    known = (STOP_WORDS.get(word, ()) for word in words)
    return sum(main in tags and other not in tags for tags in known) * _SMALL_WORDS > len(words)


def _runs(judged: list[tuple[int, int, Language | None]]) -> Iterator[Passage]:
    """Neighbours of one language joined, short ones between them too; ends are where the last sure paragraph ends."""
    run: list[tuple[int, int, float]] = []
    tag = ""
    for start, end, language in judged:
        if language is not None and language.tag == UNKNOWN:
            continue  # goes with what stands around it
        if run and (language is None or language.tag != tag):
            yield _joined(tag, run)
            run = []
        if language is not None:
            tag = language.tag
            run.append((start, end, language.confidence))
    if run:
        yield _joined(tag, run)


def _joined(tag: str, run: list[tuple[int, int, float]]) -> Passage:
    """As sure as its parts are, by their length."""
    length = sum(end - start for start, end, _ in run)
    confidence = sum((end - start) * sure for start, end, sure in run) / length
    return Passage(language=tag, start=run[0][0], end=run[-1][1], confidence=round(confidence, 3))
