"""The elements of a NITF document by name, without their namespace: found once, then looked up. Pure."""

from typing import NamedTuple

from lxml import etree

from dragoman.formats._xml import local, text_of
from dragoman.text.cleaning import squeeze

GENERATOR = "Dragoman"
"""The ``meta`` generator of what we write."""

_MOST = 300
"""Elements of one name in a head: more are not read."""

Elements = dict[str, list[etree._Element]]


class Tree(NamedTuple):
    """`metas` by their name in small letters; the rest are the children of an element by their names."""

    root: etree._Element
    body: etree._Element | None
    metas: dict[str, list[str]]
    head: Elements
    docdata: Elements
    about: Elements
    body_head: Elements
    contents: list[etree._Element]

    def data(self, name: str, attribute: str) -> str:
        """The first `attribute` said by a child of ``docdata`` called `name`, or empty."""
        return next(iter(self.every(name, attribute)), "")

    def every(self, name: str, attribute: str) -> list[str]:
        """All of them, in order, without empty ones."""
        return [said for element in self.docdata.get(name, ()) if (said := element.get(attribute, "").strip())]

    @property
    def is_ours(self) -> bool:
        """Did we write it? Then it says what the standard says, whoever the copy is from."""
        return GENERATOR in self.metas.get("generator", ())

    def status(self, attribute: str) -> str:
        """An attribute of ``docdata`` itself."""
        return next((said for each in self.head.get("docdata", ()) if (said := each.get(attribute, "").strip())), "")


def tree_of(root: etree._Element) -> Tree:
    """`root` is the ``nitf``."""
    parts = by_name(root)
    head = _merged(parts.get("head", ()))
    docdata = _merged(head.get("docdata", ()))
    body = next(iter(parts.get("body", ())), None)
    inside = {} if body is None else by_name(body)
    return Tree(
        root=root,
        body=body,
        metas=_metas(head.get("meta", ())),
        head=head,
        docdata=docdata,
        about=_merged(docdata.get("identified-content", ())),
        body_head=_merged(inside.get("body.head", ())),
        contents=inside.get("body.content", []),
    )


def by_name(element: etree._Element) -> Elements:
    """The children of `element` by name, in order."""
    found: Elements = {}
    for child in element:
        found.setdefault(local(child), []).append(child)
    return found


def texts(elements: list[etree._Element] | None) -> list[str]:
    """What each says, on one line; without those that say nothing."""
    return [said for element in elements or () if (said := squeeze(text_of(element)))]


def _merged(elements: list[etree._Element] | tuple[()]) -> Elements:
    found: Elements = {}
    for element in elements:
        for name, children in by_name(element).items():
            found.setdefault(name, []).extend(children[:_MOST])
    return found


def _metas(elements: list[etree._Element] | tuple[()]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in elements[:_MOST]:
        name = (element.get("name") or element.get("http-equiv") or "").strip().lower()
        said = element.get("content", "").strip()
        if name and said:
            found.setdefault(name, []).append(said)
    return found
