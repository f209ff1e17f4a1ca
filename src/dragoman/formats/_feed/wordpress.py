"""WordPress's export (WXR): what its elements say of a post. Pure.

A post's text is stored without paragraphs: an empty line parts them (WordPress, `wpautop`), and [shortcodes] stand for
what its plug-ins would draw. Menu entries, revisions, templates and the like are no copy.
"""

import re
from collections.abc import Mapping

from lxml import etree

from dragoman.formats._feed.elements import Found, children, first

_COPY = frozenset({"post", "page", "attachment", "article", "news", "story", "press-release", "pressrelease"})
_NO_COPY = frozenset({"nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request"})
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|blockquote|pre|figure|figcaption|hr|form|address|section|"
    r"article|aside|header|footer|iframe|video|audio|script|style)[\s>/]",
    re.IGNORECASE,
)
_SHORTCODE = re.compile(
    r"\[/?(?:caption|wp_caption|gallery|embed|audio|video|playlist)\b[^\[\]\n]{0,500}\]"
    r"|\[[A-Za-z][\w-]{0,40}\s+[\w-]{1,40}=[^\[\]\n]{0,500}\]|\[[A-Za-z]+[_-][\w-]{0,40}\]"
)
_CLOSED = re.compile(r"\[/([A-Za-z][\w-]{0,40})\]")
_MOST = 50  # kinds of shortcodes in one post
_EMPTY_LINE = re.compile(r"\n[ \t]*\n\s*")


def is_export(root: etree._Element) -> bool:
    return any(str(space).startswith("http://wordpress.org/export/") for space in root.nsmap.values())


def is_copy(element: etree._Element) -> bool:
    """Is an ``item`` copy, and not what a site keeps beside it?"""
    kind = first(children(element), "wp:post_type")
    return kind in _COPY or not (kind in _NO_COPY or kind.startswith("wp_"))


def attachments(items: list[etree._Element]) -> Mapping[str, str]:
    """The addresses of the files in the export, by their ids."""
    found = (children(element) for element in items)
    return {first(each, "wp:post_id"): address for each in found if (address := first(each, "wp:attachment_url"))}


def thumbnail(found: Found, files: Mapping[str, str]) -> str:
    """The address of a post's own picture, where the export holds it."""
    for meta in found.get("wp:postmeta", ()):
        inner = children(meta)
        if first(inner, "wp:meta_key") == "_thumbnail_id":
            return files.get(first(inner, "wp:meta_value"), "")
    return ""


def paragraphs(text: str) -> tuple[str, bool]:
    """The text of a post with its paragraphs as elements, and whether shortcodes were taken out of it."""
    closed = {found[1] for found in _CLOSED.finditer(text)}
    bare = _SHORTCODE.sub("", text)
    for name in sorted(closed)[:_MOST]:
        bare = bare.replace(f"[{name}]", "").replace(f"[/{name}]", "")
    bare = bare.replace("\r\n", "\n")
    parts = [part.strip() for part in _EMPTY_LINE.split(bare) if part.strip()]
    made = (part if _BLOCK.search(part) else f"<p>{'<br>'.join(part.splitlines())}</p>" for part in parts)
    return "\n".join(made), bare != text.replace("\r\n", "\n")
