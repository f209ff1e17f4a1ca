"""TT's own markup of a story (``application/ttnitf+xml``) as HTML: a table of its elements. Pure."""

from lxml import etree

from dragoman.formats._xml import local
from dragoman.formats.newsml_g2.said import Said, children, paragraphs, words
from dragoman.model.item import Association, Description, Headline, Rendition
from dragoman.text.cleaning import squeeze

_BLOCKS = {
    "rubrik": "h1",
    "mellis": "h2",
    "vinjett": "h3",
    "p": "p",
    "citat": "blockquote",
    "fotnot": "p",
    "fraga": "h3",
    "svar": "p",
    "ul": "ul",
    "ol": "ol",
    "li": "li",
    "b": "b",
    "i": "i",
    "a": "a",
}
"""TT's element → HTML's; any other is what stands in it."""
_LEFT_OUT = frozenset({"byline", "bild", "dat"})


def tt_markup(said: Said, root: etree._Element) -> str:
    """The texts of a story, its fact boxes behind it; byline and pictures go to the item."""
    out: list[str] = []
    for each in root.iter():
        name = local(each)
        if name == "byline":
            said.text("by", words(each))
        elif name == "bild":
            _picture(said, each)
        elif name == "ingress":
            _summary(said, each)
    _inside(root, out)
    return "".join(out)


def _inside(element: etree._Element, out: list[str]) -> None:
    out.append(_escaped(element.text))
    for child in element:
        name = local(child)
        tag = _BLOCKS.get(name)
        if name == "dat":
            line = " / ".join(word for part in child if (word := words(part)))
            out.append(f"<p>{_escaped(line)}</p>" if line else "")
        elif name not in _LEFT_OUT:
            out.append(f"<{tag}>" if tag else "")
            _inside(child, out)
            out.append(f"</{tag}>" if tag else "")
        out.append(_escaped(child.tail))


def _escaped(text: str | None) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if text else ""


def _summary(said: Said, ingress: etree._Element) -> None:
    """The lead whole, in the place of the description that is cut off after so many letters."""
    text = paragraphs(ingress)
    for at, each in enumerate(said.descriptions):
        if text and squeeze(text).startswith(each.value[:60]):
            said.descriptions[at] = Description(value=text, role="summary")


def _picture(said: Said, element: etree._Element) -> None:
    parts = {name: " ".join(map(words, children(element, name))) for name in ("BILDFIL", "BILDTEXT", "BILDSKAPARE")}
    if href := parts["BILDFIL"]:
        caption = " ".join(part for part in (parts["BILDTEXT"], parts["BILDSKAPARE"]) if part)
        said.associations.append(
            Association(
                name=f"picture-{len(said.associations) + 1}",
                type="picture",
                uri=href,
                headlines=(Headline(value=caption, role="caption"),) if caption else (),
                renditions=(Rendition(name="main", href=href),),
            )
        )
