"""Chinese characters for names: the simplified form and one reading of each. Pure.

``tables/han.tsv``: a syllable (pinyin, without tone) and its characters, a line each; ``tables/simplified.tsv``: traditional
characters and their simplified forms in the same order. Both from Unicode's own data (Unicode License v3).
"""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _readings() -> dict[str, str]:
    lines = (line.split("\t") for line in _text("han.tsv").splitlines())
    return {character: syllable for syllable, characters in lines for character in characters}


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    traditional, simple = _text("simplified.tsv").splitlines()
    return str.maketrans(traditional, simple)  # type: ignore[return-value]


def _text(name: str) -> str:
    return files("dragoman.names").joinpath("tables", name).read_text("utf-8")


def simplified(text: str) -> str:
    """`text` with each traditional character in its simplified form."""
    return text.translate(_simplified())


def syllable(character: str) -> str:
    """Its usual reading in pinyin without tone, ``""`` where there is none."""
    return _readings().get(character, "")
