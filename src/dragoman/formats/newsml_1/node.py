"""An element of NewsML by the names of its children: looked up often, so found once. Pure."""

from collections.abc import Iterator

from lxml import etree

from dragoman.formats._xml import local, text_of
from dragoman.formats.newsml_1.dialects import NAMES
from dragoman.text.cleaning import squeeze


class Node:
    """`name` is the element's, in small letters, as it is meant where it is misspelt; `outer` what it stands in."""

    __slots__ = ("_inner", "_nodes", "element", "kept", "name", "outer")

    def __init__(self, element: etree._Element, outer: "Node | None" = None) -> None:
        self.element = element
        self.outer = outer
        name = local(element)
        self.name = NAMES.get(name, name)
        self._nodes: list[Node] | None = None
        self._inner: dict[str, list[Node]] = {}
        self.kept: dict[str, object] = {}
        """What was found out of it, by the name of what did."""

    @property
    def nodes(self) -> "list[Node]":
        """The children, in order."""
        if self._nodes is None:
            self._nodes = [Node(child, self) for child in self.element]
            for node in self._nodes:
                self._inner.setdefault(node.name, []).append(node)
        return self._nodes

    def called(self, name: str) -> "list[Node]":
        """The children called `name`, in order."""
        return self._inner.get(name, []) if self.nodes else []

    @property
    def text(self) -> str:
        """All the text inside, on one line."""
        return squeeze(text_of(self.element))

    def get(self, name: str) -> str:
        """An attribute, trimmed; empty where there is none."""
        return str(self.element.get(name, "")).strip()

    def around(self) -> "Iterator[Node]":
        """What it stands in, the nearest first."""
        node = self.outer
        while node is not None:
            yield node
            node = node.outer


def children(node: Node | None, name: str) -> list[Node]:
    return [] if node is None else node.called(name)


def child(node: Node | None, *names: str) -> Node | None:
    """The first child called by the first name, of that the first by the second …"""
    for name in names:
        node = next(iter(children(node, name)), None)
    return node


def formal(node: Node | None) -> str:
    """What an element says by its FormalName, or where a sender writes it as text."""
    return "" if node is None else squeeze(node.get("FormalName")) or node.text


def words_of(node: Node | None) -> str:
    """The text of an element, empty where there is none."""
    return "" if node is None else node.text


def role_of(component: Node) -> str:
    return formal(child(component, "role")).lower()
