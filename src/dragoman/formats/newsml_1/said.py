"""The lines, properties and metadata blocks that hold for a story: its own before those of what it stands in. Pure."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dragoman.formats.newsml_1.dialects import NEWS_LINES, PROPERTIES, TOLD_ELSEWHERE
from dragoman.formats.newsml_1.node import Node, child, children, formal, words_of
from dragoman.formats.newsml_1.tree import Story
from dragoman.text.cleaning import squeeze
from dragoman.text.language import known_tag

_MOST = 2000
"""Lines, properties and blocks of one story: more are not read."""


class Said(NamedTuple):
    """`lines` by name in small letters; `news_lines` and `properties` as kind and text, in order."""

    lines: dict[str, list[str]]
    news_lines: list[tuple[str, str]]
    descriptive: list[Node]
    administrative: list[Node]
    rights: list[Node]
    properties: list[tuple[str, str]]
    language: str
    comments: list[str]

    def line(self, *names: str) -> str:
        """The first line called so that says something."""
        return next((text for name in names for text in self.lines.get(name, ())), "")

    def value(self, *names: str) -> str:
        """The value of the first property called so, in small letters."""
        return next((text for name in names for found, text in self.properties if found.lower() == name), "")

    def told(self, field: str) -> list[str]:
        """What the lines and properties say that go to the field called so."""
        return [text for _, text in self.told_by(field)]

    def told_by(self, field: str) -> list[tuple[str, str]]:
        """The same with the name of the property; lines have none."""
        found = [("", text) for kind, text in self.news_lines if NEWS_LINES.get(kind.lower()) == field]
        return found + [(name, text) for name, text in self.properties if PROPERTIES.get(name.lower()) == field]


def said_of(story: Story, item: Node) -> Said:
    around = [*story.path, *story.parts][:_MOST]
    descriptive = _blocks(around, "descriptivemetadata")
    administrative = _blocks(around, "administrativemetadata")
    lines, news_lines = _lines(around)
    return Said(
        lines=lines,
        news_lines=news_lines,
        descriptive=descriptive,
        administrative=administrative,
        rights=_blocks(around, "rightsmetadata"),
        properties=[pair for block in (*administrative, *descriptive) for pair in properties_of(block)][:_MOST],
        language=_language(around, item, descriptive),
        comments=[
            text for part in (*story.path, item) for each in children(part, "comment")[:9] if (text := _note(each))
        ],
    )


def language_around(component: Node) -> str:
    """The language of a component by its `xml:lang`, or that of what it stands in."""
    return next((tag for each in (component, *component.around()) if (tag := known_tag(_lang(each)))), "")


def properties_of(block: Node) -> list[tuple[str, str]]:
    """Name and value of each property; one that holds others as their values, parted by a slash."""
    known = block.kept.get("properties")
    if not isinstance(known, list):
        known = block.kept["properties"] = list(_properties(block))
    return known


def unread(said: Said) -> Iterator[str]:
    """What is said, and has no place in an item."""
    for name in dict.fromkeys(name for name, _ in said.properties):
        if name.lower() not in TOLD_ELSEWHERE and name.lower() not in PROPERTIES:
            yield f"Property {name[:60]}"
    for kind in dict.fromkeys(kind for kind, _ in said.news_lines):
        if kind.lower() not in NEWS_LINES:
            yield f"NewsLine {kind[:60]}"
    if any(children(block, "ofinterestto") for block in said.descriptive):
        yield "OfInterestTo"


def _blocks(around: Iterable[Node], name: str) -> list[Node]:
    return [each for part in around for each in children(part, name)][:_MOST]


def _lines(around: list[Node]) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Each line as the nearest component says it; all the lines of other kinds."""
    lines: dict[str, list[str]] = {}
    other: list[tuple[str, str]] = []
    for part in around:
        own: dict[str, list[str]] = {}
        for each in [line for block in children(part, "newslines") for line in block.nodes][:_MOST]:
            if each.name == "newsline":
                other += [
                    (formal(child(each, "newslinetype")), text)
                    for text in [words_of(child(each, "newslinetext"))]
                    if text
                ]
            elif text := each.text:
                own.setdefault(each.name, []).append(text)
        for each in [word for block in children(part, "item_keywords") for word in block.nodes][:_MOST]:
            own.setdefault("item_keyword", []).append(each.text)
        lines = own | lines
    return lines, other[:_MOST]


def _language(around: list[Node], item: Node, descriptive: list[Node]) -> str:
    declared = (formal(each) for block in descriptive for each in children(block, "language"))
    spoken = (_lang(each) for each in (*around, item))
    return next((tag for words in (declared, spoken) for each in words if (tag := known_tag(each))), "")


def _lang(node: Node) -> str:
    """`xml:lang`, whatever its prefix has become on the way."""
    return next((str(value) for name, value in node.element.items() if str(name).rpartition("}")[2] == "lang"), "")


def _note(comment: Node) -> str:
    """A comment for people: what is called something else than a note is the software's."""
    kind = comment.get("FormalName").lower()
    return comment.text if not kind or "note" in kind or "advis" in kind else ""


def _properties(block: Node) -> Iterator[tuple[str, str]]:
    for each in children(block, "property")[:_MOST]:
        inner = [text for one in children(each, "property") if (text := squeeze(one.get("Value")))]
        if text := squeeze(each.get("Value")) or "/".join(inner):
            yield each.get("FormalName"), text
