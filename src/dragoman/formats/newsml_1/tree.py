"""The components of a NewsML 1.x item: which are stories, which their parts, which pictures and films. Pure.

A NewsItem holds a tree of NewsComponents, and no two agencies build the same. A story is the nearest component with a
headline over a text; what stands below it is its parts, what stands above it is said of it as well.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dragoman.formats.newsml_1.node import Node, child, children, formal, role_of, words_of

MEDIA_ROLES = {
    "photo": "picture",
    "picture": "picture",
    "image": "picture",
    "thumbnail": "picture",
    "preview": "picture",
    "quicklook": "picture",
    "logo": "picture",
    "sketch": "graphic",
    "graphic": "graphic",
    "graphics": "graphic",
    "infographic": "graphic",
    "infography": "graphic",
    "video": "video",
    "clip": "video",
    "audio": "audio",
    "sound": "audio",
}
"""The role of a component in small letters → what it is besides text."""
_BESIDE_TEXT = frozenset({
    "title", "headline", "lead", "abstract", "summary", "caption", "legend",
})  # fmt: skip
"""Roles of texts that stand with a picture as well, and do not make a story of it."""
_UNREAD_ROLES = frozenset({"stylesheet", "script", "xsl", "template", "schema"})
_KINDS_BY_MIME = {"image": "picture", "video": "video", "audio": "audio", "text": "text"}
_KINDS_BY_WORD = (
    ("text", ("nitf", "html", "text", "complexdata", "xml")),
    ("picture", ("jpeg", "jpg", "png", "gif", "tiff", "photo", "image", "picture")),
    ("graphic", ("graphic", "svg", "eps")),
    ("video", ("mpeg4", "mpeg-4", "mp4", "video", "quicktime", "wmv", "mpeg2")),
    ("audio", ("mpeg3", "mp3", "wav", "audio", "sound")),
)
_DEEPEST = 60
_MOST_BESIDE = 100


class Story(NamedTuple):
    """`path` is the component and those it stands in, the nearest first; `media` are components of pictures and films."""

    component: Node
    path: tuple[Node, ...]
    parts: tuple[Node, ...]
    media: tuple[Node, ...]


def stories_of(item: Node) -> list[Story]:
    """The stories of a NewsItem, in order; its whole component where nothing in it is one."""
    top = child(item, "newscomponent")
    if top is None:
        return []
    heads = _stories(top, 0) or [top]
    within = set(heads)
    pictures = (each for each in _below(top) if is_media(each) and headline_of(each))
    beside = [each for each in pictures if each not in within and within.isdisjoint(each.around())][:_MOST_BESIDE]
    return [_story(component, top, beside) for component in heads]


def kind_of(content: Node) -> str:
    """What a ContentItem is: text, picture, graphic, video, audio; empty for anything else (a PDF, a style sheet)."""
    mime = formal(child(content, "mimetype")).lower()
    if mime in ("text/css", "text/javascript"):
        return ""
    if kind := _KINDS_BY_MIME.get(mime.partition("/")[0], ""):
        return kind
    if mime.startswith("application/") and not mime.endswith(("xml", "html")):
        return ""
    words = " ".join((formal(child(content, "mediatype")), formal(child(content, "format")), mime)).lower()
    for kind, signs in _KINDS_BY_WORD:
        if any(sign in words for sign in signs):
            return kind
    return "" if content.get("Href") else "text"


def text_contents(component: Node) -> list[Node]:
    """The ContentItems of `component` that are text and say something."""
    found = (each for each in children(component, "contentitem") if not each.get("Href") and kind_of(each) == "text")
    return [each for each in found if _says(child(each, "datacontent"))]


def is_media(component: Node) -> bool:
    """Is it a picture, a sound or a film, with or without a caption?"""
    return bool(media_kind(component))


def media_kind(component: Node) -> str:
    """What `component` is besides text: by its role, or by its files where it has no text but title, summary and caption."""
    if kind := MEDIA_ROLES.get(role_of(component), ""):
        return kind
    has_text, kind = _content_of(component)
    return "" if has_text else kind


def headline_of(component: Node) -> str:
    lines = (line for block in children(component, "newslines") for line in children(block, "headline"))
    return next(filter(None, map(words_of, lines)), "")


def _says(data: Node | None) -> bool:
    return data is not None and (len(data.element) > 0 or bool((data.element.text or "").strip()))


def _content_of(component: Node) -> tuple[bool, str]:
    """Does a text of its own stand in it, or below; and the kind of its first file."""
    known = component.kept.get("content")
    if isinstance(known, tuple):
        return known
    role = role_of(component)
    has_text = role not in _BESIDE_TEXT and role not in MEDIA_ROLES and bool(text_contents(component))
    files = (kind_of(each) for each in children(component, "contentitem") if each.get("Href"))
    kind = MEDIA_ROLES.get(role, "") or next((kind for kind in files if kind not in ("text", "")), "")
    for inner in children(component, "newscomponent"):
        below = _content_of(inner)
        has_text, kind = has_text or below[0], kind or below[1]
    component.kept["content"] = (has_text, kind)
    return has_text, kind


def _stories(component: Node, depth: int) -> list[Node]:
    if text_contents(component) or depth > _DEEPEST:
        return [component]
    found = [story for inner in children(component, "newscomponent") for story in _stories(inner, depth + 1)]
    headed = [story for story in found if headline_of(story)]
    texts = [story for story in headed if not is_media(story)]
    if texts:
        return texts
    if any(not headline_of(story) and not is_media(story) for story in found):
        return [component]
    if headed:
        return headed
    return [component] if found or children(component, "contentitem") else []


def _story(component: Node, top: Node, beside: list[Node]) -> Story:
    path = [component]
    path += [] if component is top else [each for each in component.around() if each.name == "newscomponent"]
    parts: list[Node] = []
    media: list[Node] = []
    for each in _below(component):
        (media if is_media(each) else parts).append(each)
    if not is_media(component):
        media += beside
    return Story(component, tuple(path), tuple(parts), tuple(media))


def _below(component: Node) -> Iterator[Node]:
    """The components below, in order; below a picture stand only its own parts."""
    for inner in children(component, "newscomponent"):
        if role_of(inner) in _UNREAD_ROLES:
            continue
        yield inner
        if not is_media(inner):
            yield from _below(inner)
