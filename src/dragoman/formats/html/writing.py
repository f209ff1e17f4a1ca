"""An item as a page of its own: readable and printable as it is, with schema.org NewsArticle in JSON-LD. Pure.

Nothing in the page runs or loads but its pictures; its own policy says so. What the page has no element for stands in metas
of our own (``dragoman:usageTerms``); in a page of several items their number comes first (``dragoman:2:usageTerms``).
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dragoman.formats._carried import credit, is_gone, original, versions
from dragoman.formats._own_words import own_words
from dragoman.formats._shape import EncodeContext
from dragoman.formats._shown import clean_body, in_its_place, shown, shown_title
from dragoman.formats._times import rfc3339
from dragoman.model.item import Concept, Item, Rendition
from dragoman.read.body import plain
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.script import direction

_STYLE = (
    "body{margin:2rem auto;max-width:42rem;padding:0 1rem;font:1.06rem/1.55 Georgia,'Noto Serif',serif;color:#1a1a1a;background:#fff}"
    "h1{font-size:1.9rem;line-height:1.2}article+article{border-top:2px solid;margin-top:3rem}.notice{border:2px solid #a30000;padding:.6rem 1rem;font-weight:bold}"
    ".about,footer{font:.9rem/1.5 system-ui,sans-serif;color:#444}dt{font-weight:bold}dd{margin:0 0 .4rem}img{max-width:100%;height:auto}"
    "blockquote{border-inline-start:3px solid #888;margin-inline:0;padding-inline-start:1rem}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .5rem}"
    "@media print{body{margin:0;max-width:none}a{color:inherit}footer,.notice{break-inside:avoid}}"
)
_POLICY = (
    f"default-src 'none'; img-src https: http:; style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'; "
    "base-uri 'none'; form-action 'none'"
)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*\Z")
_TO_BE_SEEN = frozenset({"EMBARGO"})


def page(items: Sequence[Item], context: EncodeContext) -> str:
    """The page of `items`; of one item the page is its own."""
    alone = len(items) == 1
    numbers = [""] if alone else [str(number) for number in range(len(items))]
    title = shown_title(items[0]) if alone else squeeze(clean(context.title))
    language = items[0].language if items else context.language
    linked = [linked_data(item) for item in items]
    head = "\n".join(
        (
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_attribute(_POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{_text(title)}</title>",
            *(_about(items[0]) if alone else ()),
            *(
                _meta(_name(number, word), said)
                for item, number in zip(items, numbers, strict=True)
                for word, said in own_words(item)
            ),
            f'<script type="application/ld+json">{_script(linked[0] if alone else _graph(linked))}</script>',
            f"<style>{_STYLE}</style>",
        )
    )
    body = "\n".join(_article(item, number) for item, number in zip(items, numbers, strict=True))
    return f"<!DOCTYPE html>\n<html{_spoken(language)}>\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"


def linked_data(item: Item) -> Mapping[str, Any]:
    """The item as schema.org's NewsArticle; of copy taken back only its name and that it is withdrawn."""
    gone = is_gone(item)
    named, dateline = original(item), item.ours.dateline
    correction = item.ours.correction
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": item.uri,
        "url": item.uri if _is_web(item.uri) else "",
        "identifier": item.uri,
        "version": item.version,
        "headline": squeeze(clean(item.headline)),
        "alternativeHeadline": "" if gone else [squeeze(one.value) for one in item.headlines[1:]],
        "description": "" if gone or not item.descriptions else squeeze(plain(item.descriptions[0].value)),
        "dateline": dateline.text if dateline else item.located,
        "articleBody": "" if gone else "\n\n".join(squeeze(plain(one)) for one in clean_body(item).split("\n") if one),
        "datePublished": _time(item.first_created or item.version_created),
        "dateModified": _time(item.version_created or item.first_created),
        "dateCreated": _time(item.content_created),
        "inLanguage": item.language,
        "author": {"@type": "Person", "name": item.by} if item.by else "",
        "publisher": {"@type": "NewsMediaOrganization", "name": item.info_sources[0].name} if item.info_sources else "",
        "creditText": credit(item),
        "copyrightHolder": {"@type": "Organization", "name": item.copyright_holder} if item.copyright_holder else "",
        "copyrightNotice": item.copyright_notice,
        "usageInfo": item.usage_terms,
        "conditionsOfAccess": f"Not for publication before {_time(item.embargoed_until)}"
        if item.embargoed_until
        else "",
        "creativeWorkStatus": {"canceled": "Withdrawn", "withheld": "Withheld"}.get(item.pub_status, ""),
        "correction": correction.reason if correction and not gone else "",
        "genre": [one.name for one in item.genres if one.name],
        "keywords": [_term(one) for one in item.subjects if one.name],
        "contentLocation": [{"@type": "Place", "name": one.name} for one in item.places if one.name],
        "mentions": [
            *({"@type": "Person", "name": one.name} for one in item.people if one.name),
            *({"@type": "Organization", "name": one.name} for one in item.organisations if one.name),
        ],
        "about": [{"@type": "Event", "name": one.name} for one in item.events if one.name],
        "image": [] if gone else [_image(one) for one in _shown_pictures(item)],
        "translationOfWork": {"@type": "NewsArticle", "@id": named.uri, "inLanguage": named.language} if named else "",
        "workTranslation": [
            {"@type": "NewsArticle", "@id": one.uri, "inLanguage": one.language}
            for one in versions(item)
            if one is not named
        ],
        "isBasedOn": [one.uri for one in item.associations if one.rel == "isBasedOn" and one.uri],
    }
    return {name: value for name, value in said.items() if value}


def _about(item: Item) -> Iterator[str]:
    """What other programs look for in a head."""
    if _is_web(item.uri):
        yield f'<link rel="canonical" href="{_attribute(item.uri)}">'
    if item.embargoed_until or item.ours.advance or is_gone(item):
        yield _meta("robots", "noindex, noarchive")
    summary = "" if is_gone(item) or not item.descriptions else squeeze(plain(item.descriptions[0].value))
    picture = next((one.href for one in _shown_pictures(item)), "")
    for name, said in (
        ("description", summary),
        ("author", item.by),
        ("keywords", ", ".join(one.name for one in item.subjects if one.name)),
        ("copyright", item.copyright_notice or credit(item)),
    ):
        yield from [_meta(name, said)] if said else []
    for name, said in (
        ("og:type", "article"),
        ("og:title", shown_title(item)),
        ("og:locale", item.language.replace("-", "_")),
        ("og:image", "" if is_gone(item) else picture),
        ("article:published_time", _time(item.first_created)),
        ("article:modified_time", _time(item.version_created)),
    ):
        yield from [f'<meta property="{name}" content="{_attribute(squeeze(clean(said)))}">'] if said else []


def _article(item: Item, number: str) -> str:
    mark = f"-{number}" if number else ""
    labels = shown(item)
    notices = [f"{label}: {said}" for label, said in labels if label in _TO_BE_SEEN]
    if is_gone(item):
        notices, body = [*notices, squeeze(in_its_place(item))], ""
    else:
        body = clean_body(item)
    moment = item.version_created or item.first_created
    about = [item.by, item.located, f'<time datetime="{_time(moment)}">{_time(moment)}</time>' if moment else ""]
    parts = [
        f"<article{_spoken(item.language)}>",
        *(f'<p class="notice">{_text(said)}</p>' for said in notices),
        f'<h1 id="title{mark}">{_text(shown_title(item))}</h1>',
        f'<p class="about">{" · ".join(one if one.startswith("<time") else _text(one) for one in about if one)}</p>',
        *(
            []
            if is_gone(item)
            else [f"<p><strong>{_text(squeeze(plain(one.value)))}</strong></p>" for one in item.descriptions[:1]]
        ),
        *([] if is_gone(item) else [_figure(one) for one in _shown_pictures(item)]),
        f'<div id="copy{mark}">\n{body}\n</div>' if body else "",
        "<footer><dl>",
        *(f"<dt>{label}</dt><dd>{_text(said)}</dd>" for label, said in labels),
        "</dl></footer>",
        "</article>",
    ]
    return "\n".join(filter(None, parts))


def _figure(rendition: Rendition) -> str:
    caption = squeeze(clean(rendition.title))
    size = "".join(
        f' {name}="{value}"' for name, value in (("width", rendition.width), ("height", rendition.height)) if value > 0
    )
    shown_below = f"<figcaption>{_text(caption)}</figcaption>" if caption else ""
    return f'<figure><img src="{_attribute(rendition.href)}" alt="{_attribute(caption)}"{size}>{shown_below}</figure>'


def _shown_pictures(item: Item) -> list[Rendition]:
    """The pictures with an address in the web: of the item itself, then of what belongs to it."""
    own = item.renditions if item.type in ("picture", "graphic") else ()
    others = (
        one.renditions[0] for one in item.associations if one.renditions and one.type in ("picture", "graphic", "")
    )
    return [one for one in (*own[:1], *others) if _is_web(one.href)][:20]


def _image(one: Rendition) -> Mapping[str, Any]:
    said = {"@type": "ImageObject", "url": one.href, "caption": one.title, "width": one.width, "height": one.height}
    return {name: value for name, value in said.items() if value}


def _term(one: Concept) -> Any:
    return {"@type": "DefinedTerm", "name": one.name, "url": one.uri} if one.uri else one.name


def _graph(linked: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    return {
        "@context": "https://schema.org",
        "@graph": [{k: v for k, v in one.items() if k != "@context"} for one in linked],
    }


def _script(value: object) -> str:
    """JSON that no parser of HTML finds an end or a comment in."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _name(number: str, word: str) -> str:
    return f"dragoman:{number}:{word}" if number else f"dragoman:{word}"


def _meta(name: str, said: str) -> str:
    return f'<meta name="{_attribute(name)}" content="{_attribute(clean(said))}">'


def _attribute(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;")


def _text(text: str) -> str:
    return html.escape(squeeze(clean(text)), quote=False)


def _spoken(language: str) -> str:
    tag = language if _TAG.match(language) else "und"
    return f' lang="{tag}" dir="{direction(tag)}"'


def _time(moment: Any) -> str:
    return rfc3339(moment) if moment else ""


def _is_web(address: str) -> bool:
    return address.startswith(("http://", "https://")) and not re.search(r"[\s<>\"]", address)
