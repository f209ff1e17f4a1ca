"""The texts and files of a story: its title, summary and body by their roles, its pictures and films. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from dragoman.formats._nitf_body import nitf_markup, nitf_media
from dragoman.formats._xml import local, parse_xml
from dragoman.formats.newsml_1.node import Node, child, children, formal, role_of
from dragoman.formats.newsml_1.tree import MEDIA_ROLES, Story, headline_of, is_media, kind_of, text_contents
from dragoman.model.errors import Undecodable
from dragoman.model.item import Association, Body, Headline, Rendition
from dragoman.read.body import plain
from dragoman.text.cleaning import squeeze

_ROLES = {
    "title": "title",
    "headline": "title",
    "lead": "summary",
    "abstract": "summary",
    "summary": "summary",
    "teaser": "summary",
    "standfirst": "summary",
    "subheadline": "subtitle",
    "subtitle": "subtitle",
    "caption": "caption",
    "legend": "caption",
    "contact": "closing",
    "about": "closing",
    "boilerplate": "closing",
}
"""The role of a component in small letters → what its text is; any other is the body, what is called closing its end."""
_NAMES = ("imageuse", "multimediause", "title", "name")
_SIDES = {"width": ("pixelwidth", "width"), "height": ("pixelheight", "height")}
_MOST_FILES = 100


class Texts(NamedTuple):
    """What the parts of a story say: lines in plain, the body with its type, pictures that stood in it."""

    title: str
    subtitle: str
    summary: str
    caption: str
    body: Body | None
    associations: tuple[Association, ...]


def texts_of(story: Story) -> Texts:
    """A component that offers its text in several forms counts by the richest of them."""
    said: dict[str, list[Body]] = {}
    inside: list[Association] = []
    lines: dict[str, str] = {}
    for component in (story.component, *story.parts):
        best = max((_text(each) for each in text_contents(component)), key=_richness, default=None)
        if best is None:
            continue
        said.setdefault(_ROLES.get(role_of(component), "body"), []).append(best.body)
        inside += best.media
        lines = best.lines | lines
    if not said.get("body") and not story.media and "title" in said:
        said["body"] = said["title"]  # an alert whose whole text is its title
    words = {role: " ".join(_plain(each) for each in bodies) for role, bodies in said.items()}
    return Texts(
        title=words.get("title", "") or lines.get("title", ""),
        subtitle=words.get("subtitle", ""),
        summary=words.get("summary", "") or _if_new(lines.get("summary", ""), words.get("body", "")),
        caption=words.get("caption", ""),
        body=_joined([*said.get("body", []), *said.get("closing", [])]),
        associations=tuple(inside),
    )


def files_of(story: Story) -> tuple[tuple[Rendition, ...], tuple[Association, ...]]:
    """The files of a story that is itself a picture, sound or film; and those that go with it."""
    own = is_media(story.component)
    contents = [each for each in children(story.component, "contentitem") if each.get("Href")]
    if own:
        contents += [each for part in story.media for each in children(part, "contentitem") if each.get("Href")]
        return tuple(map(_rendition, contents[:_MOST_FILES])), ()
    loose = [
        _file(each)
        for part in (story.component, *story.parts)
        for each in children(part, "contentitem")
        if each.get("Href")
    ]
    found = [*(_association(each) for each in story.media), *loose]
    return (), tuple(_numbered(found[:_MOST_FILES]))


class _Text(NamedTuple):
    body: Body
    lines: dict[str, str]
    media: tuple[Association, ...]


def _text(content: Node) -> _Text:
    found = child(content, "datacontent")
    if found is None:
        return _Text(Body(value=""), {}, ())
    data = found.element
    if not len(data):
        return _written(content, data.text or "")
    inner = next((each for each in data if local(each) == "nitf"), None)
    if inner is None:
        return _Text(Body(value=nitf_markup(data).strip()), {}, nitf_media(data))
    return _Text(Body(value=nitf_markup(inner).strip()), _lines(inner), nitf_media(inner))


def _written(content: Node, text: str) -> _Text:
    """Text as characters: markup where it is called so or is nothing else, NITF where it is that, else plain."""
    text = text.strip()
    if text.startswith(("<nitf", "<?xml")):
        try:
            inner = parse_xml(text[text.find("?>") + 2 :] if text.startswith("<?") else text)
        except Undecodable:
            return _Text(Body(value=text), {}, ())
        return _Text(Body(value=nitf_markup(inner).strip()), _lines(inner), nitf_media(inner))
    called = f"{formal(child(content, 'format'))} {formal(child(content, 'mimetype'))}".lower()
    is_markup = "html" in called or (text.startswith("<") and text.endswith(">"))
    return _Text(Body(value=text, content_type="text/html" if is_markup else "text/plain"), {}, ())


def _lines(nitf: etree._Element) -> dict[str, str]:
    """The headline and the abstract of NITF that stands inside."""
    found: dict[str, str] = {}
    for element in nitf.iter("{*}hl1", "{*}abstract"):
        name = "title" if local(element) == "hl1" else "summary"
        if said := squeeze(plain(nitf_markup(element))):
            found.setdefault(name, said)
    return found


def _richness(text: _Text) -> tuple[bool, int]:
    return text.body.content_type == "text/html", len(text.body.value)


def _plain(body: Body) -> str:
    return squeeze(plain(body.value) if body.content_type == "text/html" else body.value)


def _if_new(summary: str, body: str) -> str:
    """`summary`, unless it is only how the text begins."""
    return "" if body.startswith(summary[:80].rstrip(" .")) else summary


def _joined(bodies: list[Body]) -> Body | None:
    kept = [body for body in bodies if body.value]
    if len(kept) < 2:
        return next(iter(kept), None)
    return Body(
        value="\n".join(body.value if body.content_type == "text/html" else _as_markup(body.value) for body in kept)
    )


def _as_markup(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"<p>{line}</p>" for line in escaped.split("\n") if line.strip())


def _properties(content: Node) -> dict[str, str]:
    listed = children(child(content, "characteristics"), "property")
    return {each.get("FormalName").lower(): squeeze(each.get("Value")) for each in listed}


def _rendition(content: Node) -> Rendition:
    about = _properties(content)
    sides = {side: next((_number(about[name]) for name in names if name in about), 0) for side, names in _SIDES.items()}
    role = "" if content.outer is None else role_of(content.outer)
    return Rendition(
        name=next((about[name] for name in _NAMES if about.get(name)), "") or role or "main",
        href=content.get("Href"),
        content_type=formal(child(content, "mimetype")),
        title=about.get("title", ""),
        width=sides["width"],
        height=sides["height"],
    )


def _file(content: Node) -> Association:
    one = _rendition(content)
    return Association(name="", type=_type(kind_of(content)), uri=one.href, renditions=(one,))


def _association(component: Node) -> Association:
    contents = [each for part in _with_parts(component) for each in children(part, "contentitem")]
    renditions = tuple(_rendition(each) for each in contents if each.get("Href"))[:_MOST_FILES]
    kind = MEDIA_ROLES.get(role_of(component), "") or next((kind_of(each) for each in contents if each.get("Href")), "")
    return Association(
        name="",
        type=_type(kind),
        uri=renditions[0].href if renditions else "",
        headlines=tuple(_captions(component)),
        renditions=renditions,
    )


def _captions(component: Node) -> Iterator[Headline]:
    if said := headline_of(component):
        yield Headline(value=said)
    for part in _with_parts(component):
        for each in text_contents(part):
            if (said := _plain(_text(each).body)) and _ROLES.get(role_of(part)) != "title":
                yield Headline(value=said, role="caption")


def _with_parts(component: Node) -> Iterator[Node]:
    yield component
    for inner in children(component, "newscomponent"):
        yield from _with_parts(inner)


def _numbered(found: list[Association]) -> Iterator[Association]:
    for number, each in enumerate(found, 1):
        yield Association(
            name=f"{each.type or 'attachment'}-{number}",
            type=each.type,
            uri=each.uri,
            headlines=each.headlines,
            renditions=each.renditions,
        )


def _type(kind: str) -> str:
    return kind if kind != "text" else ""


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else 0
