"""Subjects and language by a model that labels texts: Media Topics by code or English name, languages by tag."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dragoman.model.errors import Misconfigured
from dragoman.model.reading import Reading, Subject
from dragoman.neural.folder import ModelFolder
from dragoman.neural.model import Model, Window
from dragoman.read.document import Document
from dragoman.read.reader import Reader
from dragoman.read.subjects import mapped
from dragoman.read.topics import TOPICS, label, topic_of, topics
from dragoman.text.language import UNKNOWN, Identifier, Language, known_tag

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
else:
    Scores = Any

WINDOWS = 4
"""An item says what it is about in its first two thousand tokens, or not at all."""
LIKELY = 0.5
"""What is less likely than not is not said."""


def topics_of(folder: ModelFolder) -> tuple[str, ...]:
    """The Media Topic that each label means, by its code; empty for those that mean none.

    Raises:
        Misconfigured: none does.
    """
    codes = tuple((topic_of(each).removeprefix(TOPICS) or _named().get(each.casefold(), "")) for each in folder.labels)
    return _some(codes, folder, "a Media Topic", "medtop:15000000 or an English name such as sport")


def languages_of(folder: ModelFolder) -> tuple[str, ...]:
    """The language that each label means, as a primary BCP 47 tag; empty for those that mean none.

    Raises:
        Misconfigured: none does.
    """
    tags = tuple(known_tag(each).split("-")[0] for each in folder.labels)
    return _some(tags, folder, "a language", "az or az-Latn")


def _some(meanings: tuple[str, ...], folder: ModelFolder, what: str, such_as: str) -> tuple[str, ...]:
    if not any(meanings):
        raise Misconfigured(
            f"None of the model's labels is {what}",
            f"{folder.path}: {', '.join(folder.labels[:12])}",
            hint=f"Its id2label must have labels such as {such_as}.",
        )
    return meanings


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    """The codes of the topics that are built in, by their English names."""
    return {topic.labels["en"].casefold(): code for code, topic in topics().items()}


def subjects_reader(model: Model) -> Reader:
    """The reader of subjects that asks `model`; the sender's own codes go before it, as before the built-in one."""
    codes = topics_of(model.folder)

    def neural_subjects(document: Document, so_far: Reading) -> tuple[Subject, ...]:
        """What the sender says; else the topics that are more likely than not, the likeliest first."""
        if sent := mapped(document.sent, document.language):
            return sent
        text = f"{document.headline}\n{document.text}"
        told = sorted(_told(model, text, codes, least=LIKELY), key=lambda each: -each[1])
        return tuple(
            Subject(
                code=code, label=label(f"medtop:{code}", document.language), score=round(score, 2), by=model.folder.name
            )
            for code, score in told
        )

    return neural_subjects


def identifier(model: Model) -> Identifier:
    """The identifier of languages that asks `model`."""
    tags = languages_of(model.folder)

    def neural(text: str, candidates: tuple[str, ...] = ()) -> Language:
        """The likeliest language among `candidates`; ``und`` where there is no letter or none is more likely than not."""
        if not any(map(str.isalpha, text)):
            return Language(UNKNOWN, 0.0)
        allowed = tuple(tag if not candidates or tag in candidates else "" for tag in tags)
        tag, score = max(_told(model, text, allowed), key=lambda each: each[1], default=(UNKNOWN, 0.0))
        return Language(tag, round(score, 3)) if score >= LIKELY else Language(UNKNOWN, 0.0)

    return neural


def _told(model: Model, text: str, meanings: Iterable[str], *, least: float = 0.0) -> Iterator[tuple[str, float]]:
    """Each meaning with its likelihood over the windows of `text`, where it has at least `least`; labels of one meaning
    together."""
    likely = _likelihoods(list(model.windows(text, WINDOWS)), several=model.folder.several)
    together: dict[str, float] = {}
    for meaning, score in zip(meanings, likely, strict=True):
        together[meaning] = (
            max(together.get(meaning, 0.0), score) if model.folder.several else together.get(meaning, 0.0) + score
        )
    yield from ((meaning, score) for meaning, score in together.items() if meaning and score >= least)


def _likelihoods(windows: list[Window], *, several: bool) -> list[float]:
    """0 to 1 for each label: the mean over the windows, by how much text each holds."""
    import numpy as np

    total: Scores = np.zeros(len(windows[0].scores))
    for window in windows:
        scores = np.asarray(window.scores, dtype=np.float64)
        if several:
            likely = 1 / (1 + np.exp(-scores))
        else:
            powers = np.exp(scores - scores.max())
            likely = powers / powers.sum()
        total += likely * len(window.offsets)
    mean: list[float] = (total / sum(len(window.offsets) for window in windows)).tolist()
    return mean
