"""The interfaces that are known: a row each. Sources: their own answers, and what Superdesk's readers of them assert. Pure."""

from dragoman.formats._json_item import Json, Told, at, rows, strings, text, whole_number
from dragoman.formats.vendor_json.event import ONCLUSIVE, SUPERDESK_AGENDA, SUPERDESK_EVENT, SUPERDESK_PLANNING
from dragoman.formats.vendor_json.row import NoCopy, Row
from dragoman.model.item import Body, Concept, Description, Headline, Rendition

_COMPONENTS = 500
_DEEPEST = 20


def _size(value: object) -> int:
    return whole_number(value, 0, 99_999) or 0


def _belga_copy(entry: Json, zone: str, told: Told) -> dict[str, object]:
    """Belga's copy is in components (lead, body), each in pieces of text; line breaks end paragraphs."""
    pieces = [
        text(proxy.get("varcharData")) or text(proxy.get("clobData"))
        for component in rows(entry.get("newsComponents"))
        for proxy in rows(component.get("proxies"))
        if proxy.get("assetFormat") == "Text"
    ]
    products = [(text(each.get("newsService")), text(each.get("newsProduct"))) for each in rows(entry.get("packages"))]
    body = "\n\n".join(line for piece in pieces for line in piece.split("\n") if line.strip())
    return {
        "bodies": (Body(value=body, content_type="text/plain"),) if body else (),
        "by": ", ".join(text(each.get("name")) for each in rows(entry.get("authors")) if text(each.get("name"))),
        "subjects": (
            *(
                Concept(name=f"{service}/{product}", literal=f"belga:{service}/{product}")
                for service, product in products
            ),
            *(Concept(name=word, rel="keyword") for word in strings(entry.get("keywords"))),
        ),
        "places": tuple(Concept(name=name) for key in ("city", "country") if (name := text(entry.get(key)))),
    }


def _belga_picture(entry: Json, zone: str, told: Told) -> dict[str, object]:
    width, height = _size(entry.get("width")), _size(entry.get("height"))
    names = {
        "original": "detailUrl",
        "grid": "gridUrl",
        "preview": "previewUrl",
        "small": "smallUrl",
        "thumbnail": "thumbnailUrl",
    }
    found = {name: text(entry.get(key)) for name, key in names.items()}
    return {
        "renditions": tuple(
            Rendition(
                name=name,
                href=href,
                content_type="image/jpeg",
                width=width if name == "original" else 0,
                height=height if name == "original" else 0,
            )
            for name, href in found.items()
            if href
        )
    }


def _orange_renditions(entry: Json, zone: str, told: Told) -> dict[str, object]:
    found = [(key.removeprefix("Path_"), each) for key, each in entry.items() if key.startswith("Path_")]
    return {
        "renditions": tuple(
            Rendition(name=name, href=href, width=_size(each.get("Width")), height=_size(each.get("Height")))
            for name, each in found
            if isinstance(each, dict) and (href := text(each.get("URI")))
        )
    }


def _ansa_subjects(entry: Json, zone: str, told: Told) -> dict[str, object]:
    def values(name: str) -> list[str]:
        return [text(each.get("value")) for each in rows(at(entry, f"metadataMap.{name}.fieldValues"))]

    codes = [("ansa", code) for key in ("categoryAnsa", "categorySupAnsa", "product") for code in values(key)]
    return {
        "subjects": tuple(Concept(literal=f"{scheme}:{code}") for scheme, code in codes if code),
        "places": tuple(Concept(name=name) for key in ("city", "statProv", "ctrName") for name in values(key) if name),
    }


def _reuters_subjects(entry: Json, zone: str, told: Told) -> dict[str, object]:
    return {
        "subjects": tuple(
            Concept(name=text(each.get("name")), literal=code)
            for each in rows(entry.get("subject"))
            if (code := text(each.get("code")))
        )
    }


def _apple_text(entry: Json, zone: str, told: Told) -> dict[str, object]:
    """Apple News Format: the texts of the components in order, however they are laid out."""
    parts: list[str] = []
    _apple_parts(entry.get("components"), parts, 0)
    subtitle = text(entry.get("subtitle"))
    return {
        "bodies": (Body(value="".join(parts)),) if parts else (),
        "headlines": (Headline(value=text(entry.get("title"))),) if text(entry.get("title")) else (),
        "descriptions": (Description(value=subtitle, role="summary"),) if subtitle else (),
        "by": ", ".join(strings(at(entry, "metadata.authors"))),
    }


def _apple_parts(value: object, parts: list[str], depth: int) -> None:
    for each in rows(value):
        words, role = text(each.get("text")), text(each.get("role"))
        if words and len(parts) < _COMPONENTS:
            tag = "h2" if role.startswith("heading") else "blockquote" if role in ("quote", "pullquote") else "p"
            is_markup = each.get("format") == "html" or words.lstrip().startswith("<")
            parts.append(words if is_markup else f"<{tag}>{_escaped(words)}</{tag}>")
        if depth < _DEEPEST:
            _apple_parts(each.get("components"), parts, depth + 1)


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace("\n\n", "</p><p>")


def _meta(name: str) -> str:
    return f"metadataMap.{name}.fieldValues[0].value"


ROWS: tuple[Row, ...] = (
    ONCLUSIVE,
    Row(
        title="Belga 360 archive",
        marks=(b'"newsObjects"',),
        entries="newsObjects",
        sign=("newsObjectId",),
        id="newsObjectId",
        prefix="urn:belga.be:360archive:",
        type="assetType",
        kinds={"picture": "picture", "graphic": "graphic", "video": "video", "audio": "audio"},
        headline="headLine|name",
        credit="credit",
        source="source",
        texts={"slugline": "topic", "language": "language", "located": "city", "ed_note": "editorialInfo"},
        times={"first_created": "createDate", "version_created": "validateDate|createDate"},
        more=_belga_copy,
    ),
    Row(
        title="Belga image search",
        marks=(b'"nrImages"', b'"imageId"'),
        entries="images",
        sign=("imageId",),
        id="imageId",
        prefix="urn:belga.be:image:",
        usual="picture",
        headline="name",
        caption="caption",
        credit="credit",
        source="source|credit",
        keywords="keywords",
        zone="Europe/Brussels",
        has_false_z=True,
        texts={"by": "author|userId", "located": "city", "copyright_notice": "copyright"},
        times={"first_created": "createDate", "version_created": "createDate"},
        more=_belga_picture,
    ),
    Row(
        title="Belga press search",
        marks=(b'"mediumTypeGroup"', b'"publishDate"'),
        entries="data",
        sign=("uuid", "mediumType"),
        id="uuid",
        prefix="urn:belga.be:belgapress:",
        headline="title",
        summary="lead",
        body="body",
        source="source",
        keywords="tags",
        zone="Europe/Brussels",
        texts={"language": "language", "by": "authors[0].name|authors[0]"},
        times={"first_created": "createDate|publishDate", "version_created": "publishDate"},
    ),
    Row(
        title="Orange Logic search",
        marks=(b'"APIResponse"', b'"SystemIdentifier"'),
        entries="APIResponse.Items",
        sign=("SystemIdentifier",),
        id="SystemIdentifier",
        type="MediaType",
        kinds={"image": "picture", "video": "video", "audio": "audio", "graphic": "graphic"},
        usual="picture",
        headline="Title",
        caption="Caption|CaptionShort",
        texts={"by": "Photographer", "copyright_holder": "copyright"},
        times={
            "first_created": "CreateDate",
            "version_created": "EditDate|GlobalEditDate|CreateDate",
            "content_created": "MediaDate",
        },
        more=_orange_renditions,
    ),
    Row(
        title="ANSA photo search",
        marks=(b'"renderResult"', b'"metadataMap"'),
        entries="renderResult.documents",
        sign=("metadataMap",),
        id=f"{_meta('idAnsa')}|guid",
        usual="picture",
        headline=_meta("title_B"),
        caption=_meta("description_B"),
        credit=_meta("creditline"),
        status=_meta("status"),
        zone="Europe/Rome",
        texts={
            "by": f"{_meta('contentBy')}|{_meta('authorName')}",
            "located": _meta("city"),
            "language": _meta("language"),
            "copyright_holder": _meta("copyright"),
            "copyright_notice": _meta("copyrightNotice"),
            "usage_terms": _meta("usageTerms"),
        },
        times={"version_created": _meta("pubDate_N"), "first_created": _meta("pubDate_N")},
        more=_ansa_subjects,
    ),
    *(
        Row(
            title=title,
            marks=(b'"headLine"', b'"versionCreated"', mark),
            entries=entries,
            sign=("uri", "headLine"),
            id="uri",
            type="type",
            kinds={
                "text": "text",
                "picture": "picture",
                "video": "video",
                "graphic": "graphic",
                "composite": "composite",
            },
            headline="headLine",
            caption="caption",
            summary="fragment|intro",
            body="bodyXhtml|bodyXhtmlRich",
            urgency="urgency",
            status="pubStatus",
            embargo="embargoed",
            keywords="keyword",
            credit="creditLine",
            source="provider.name|provider",
            texts={
                "version": "version",
                "slugline": "slug",
                "language": "language",
                "by": "byLine",
                "located": "located",
                "ed_note": "editorNote|edNote",
                "copyright_notice": "copyrightNotice",
                "usage_terms": "usageTerms",
            },
            times={"first_created": "firstCreated", "version_created": "versionCreated"},
            more=_reuters_subjects,
        )
        for title, entries, mark in (
            ("Reuters Connect item", "data.item", b'"item"'),
            ("Reuters Connect search", "data.search.items", b'"search"'),
        )
    ),
    Row(
        title="Apple News Format",
        marks=(b'"componentTextStyles"', b'"components"'),
        sign=("identifier", "components"),
        id="metadata.canonicalURL|identifier",
        headline="title",
        texts={"language": "language"},
        times={
            "first_created": "metadata.dateCreated|metadata.datePublished",
            "version_created": "metadata.dateModified",
        },
        more=_apple_text,
    ),
    SUPERDESK_AGENDA,
    SUPERDESK_EVENT,
    SUPERDESK_PLANNING,
)
"""In the order in which they are tried."""

NO_COPY: tuple[NoCopy, ...] = (
    NoCopy(what="the reply to a sign-in", sign="APIResponse.Token", marks=(b'"APIResponse"', b'"Token"')),
    NoCopy(what="the record of a place", sign="geonameId", marks=(b'"geonameId"', b'"toponymName"')),
    NoCopy(what="an address book", sign="contactId", marks=(b'"contactId"', b'"lastName"')),
    NoCopy(what="a recorded exchange of requests", sign="requests", marks=(b'"requests"', b'"binary"')),
    NoCopy(what="a desk's assignment", sign="assigned_to", marks=(b'"assigned_to"', b'"planning_item"')),
    NoCopy(
        what="a vocabulary",
        sign="conceptSet",
        marks=(b'"conceptSet"',),
        hint="Import it with dragoman vocabulary import.",
    ),
)
"""What houses keep beside their copy."""
