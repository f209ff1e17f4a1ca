"""Copy of our own with its quotes, and a reading whose names are given: the quotes are tried alone."""

import json
from pathlib import Path
from typing import Any

from dragoman.model.reading import Mention, Name, Quote, Reading
from dragoman.read.document import Document
from dragoman.read.quotes import find_quotes

COPY = Path(__file__).with_name("copy")


def items() -> list[tuple[str, dict[str, Any]]]:
    """Every item with its language: ``people`` and ``bodies`` are names, each with its other forms behind ``|``; ``quotes``
    are direct or indirect, the speaker, the words."""
    return [
        (path.stem, json.loads(line))
        for path in sorted(COPY.glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]


def reading_of(text: str, people: list[str], bodies: list[str]) -> Reading:
    """A reading with these names, mentioned wherever one of their forms stands."""
    names = [_name(text, each, "person") for each in people] + [_name(text, each, "organisation") for each in bodies]
    return Reading(version=1, names=tuple(names))


def _name(text: str, forms: str, kind: Any) -> Name:
    first, *others = forms.split("|")
    return Name(first, kind, key=first.lower(), mentions=tuple(_mentions(text, [first, *others])))


def _mentions(text: str, forms: list[str]) -> list[Mention]:
    found = []
    for form in forms:
        at = text.find(form)
        while at >= 0:
            found.append(Mention(form, at, at + len(form)))
            at = text.find(form, at + 1)
    return found


def quoted(
    language: str, text: str, people: list[str] | None = None, bodies: list[str] | None = None, **more: str
) -> list[Quote]:
    return list(find_quotes(Document(text, language=language, **more), reading_of(text, people or [], bodies or [])))
