"""Words that people wrote: the names CLDR has for things (Unicode-3.0), and the terms of our own lexicon."""

import json
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dragoman.lexicon import LANGUAGES, concepts

_WORD = re.compile(r"[^\W\d_]+")


def words_of(text: str) -> list[str]:
    """The words of `text` in small letters, as the identifier cuts them."""
    return _WORD.findall(text.replace("İ", "i").lower())


def cldr(package: Path, language: str) -> set[str]:
    """Of a package of the cldr-…-full family, as npm packs it."""
    with tarfile.open(package) as packed:
        inside = [one for one in packed if one.name.endswith(".json") and f"/{language}/" in one.name]
        told = [json.load(file) for one in inside if (file := packed.extractfile(one))]
    return {word for each in told for text in _strings(each) for word in words_of(text)}


def lexicon(language: str) -> set[str]:
    """None for a language that is not one of our eight."""
    if language not in LANGUAGES:
        return set()
    at = LANGUAGES.index(language)
    return {word for one in concepts().values() for term in one.terms[at] for word in words_of(term)}


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _strings(each)
