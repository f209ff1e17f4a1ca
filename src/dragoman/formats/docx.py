"""Word documents (.docx, ECMA-376), in only: the paragraphs of the main document as copy. Pure.

The first paragraph that is styled as a title or stands as a headline does is the headline. Kept are headings, lists, tables,
bold, italics and links to the web; what was deleted with changes tracked, hidden text, comments and fields' codes are not read.
"""

import io
import struct
import zipfile
from collections.abc import Iterator
from zlib import error as ZlibError

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._embargo import embargo_of
from dragoman.formats._identity import content_version, digest, made_uri
from dragoman.formats._shape import Format, unit
from dragoman.formats._times import read_time, zone_of
from dragoman.formats._xml import local, parse_xml, text_of, xml_text
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import Undecodable
from dragoman.model.item import Body, Concept, Headline, Item, Profile
from dragoman.read.body import plain
from dragoman.read.reading import shaped
from dragoman.read.structure import is_heading
from dragoman.text.cleaning import clean, squeeze

_DOCUMENT, _LINKS, _ABOUT = "word/document.xml", "word/_rels/document.xml.rels", "docProps/core.xml"
_MOST_ENTRIES, _MOST_BYTES, _MOST_PARAGRAPHS = 3_000, 6_000_000, 20_000
_END = b"PK\x05\x06"
_HEAD = 6  # paragraphs in which an embargo is announced
_SKIPPED = frozenset({"del", "movefrom", "instrtext", "deltext", "comment", "drawing", "pict", "object"})


def detect(data: bytes, hints: Hints) -> float:
    """A zip archive that names Word's main document."""
    if not data.startswith(b"PK\x03\x04"):
        return 0.0
    return 0.95 if _DOCUMENT.encode() in data[:8_000] or _DOCUMENT.encode() in data[-200_000:] else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """One unit."""
    yield unit(0, lambda: _item(data, hints))


FORMAT = Format(
    name="docx",
    title="Word documents (.docx)",
    media_types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
    suffixes=(".docx",),
    detect=detect,
    opens=b"P",
    decode=decode,
    places={
        "headline": "the first paragraph", "body": "w:p", "links and emphasis": "w:r", "subjects": "cp:keywords",
        "content_created": "dcterms:created", "version_created": "dcterms:modified",
    },
    read_only=frozenset({"headline", "body", "links and emphasis", "subjects", "content_created", "version_created"}),
)  # fmt: skip


def _item(data: bytes, hints: Hints) -> Item:
    files = _files(data)
    body = next((each for each in _tree(files[_DOCUMENT]).iter() if local(each) == "body"), None)
    links = {
        each.get("Id", ""): each.get("Target", "")
        for each in _tree(files.get(_LINKS))
        if each.get("TargetMode") == "External"
    }
    written = list(_blocks(body, links)) if body is not None else []
    title, blocks = _headline([one for one in written if squeeze(one[1])])
    if not any(text.strip() for text in (title, *(text for _, text in blocks))):
        raise Undecodable("There is no text in the document")
    about = {local(each): text_of(each) for each in _tree(files.get(_ABOUT))}
    created, _ = read_time(about.get("created", ""), "UTC")
    modified, _ = read_time(about.get("modified", ""), "UTC")
    keywords = [squeeze(clean(word)) for word in about.get("keywords", "").replace(";", ",").split(",")]
    pictures = sum(name.startswith("word/media/") for name in files)
    item = Item(
        uri=made_uri(hints.agency, "docx", digest(title, *(text for _, text in blocks))),
        version_created=modified,
        content_created=created,
        language=about.get("language", "")[:35],
        headlines=(Headline(value=title),) if title else (),
        bodies=(Body(value="\n".join(markup for markup, _ in blocks)),) if blocks else (),
        subjects=tuple(Concept(name=word[:200]) for word in keywords[:60] if word),
        dragoman=Profile(
            lost=("pictures in the document",) if pictures else (), notes=("no id: one made from the content",)
        ),
    )
    for line in (title, *(text for _, text in blocks[:_HEAD])):
        if found := embargo_of(squeeze(line), modified or hints.received, zone_of(hints.zone), hints.zone):
            item = replace(item, embargoed_until=found[0])
    item = shaped(item)
    return replace(item, version=content_version(item))


def _files(data: bytes) -> dict[str, bytes]:
    """The parts that are read, unpacked within bounds; of pictures the name alone.

    Raises:
        Undecodable: it is damaged, protected by a password, or larger than a document is.
    """
    end = data.rfind(_END, max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22 or struct.unpack_from("<H", data, end + 10)[0] > _MOST_ENTRIES:
        raise Undecodable("The Word document is damaged, or holds too many parts")
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist()[:_MOST_ENTRIES]:
                if entry.filename.startswith("word/media/"):
                    found[entry.filename] = b""
                if entry.filename not in (_DOCUMENT, _LINKS, _ABOUT):
                    continue
                with archive.open(entry) as part:
                    found[entry.filename] = part.read(_MOST_BYTES + 1)
                if len(found[entry.filename]) > _MOST_BYTES:
                    raise Undecodable(
                        "The Word document is too large", f"{entry.filename}: more than {_MOST_BYTES:,} bytes"
                    )
    except (zipfile.BadZipFile, ZlibError, RuntimeError, NotImplementedError, OSError, ValueError, EOFError) as error:
        raise Undecodable("The Word document cannot be opened", str(error)[:200]) from error
    if _DOCUMENT not in found:
        raise Undecodable("The archive is no Word document", f"it has no {_DOCUMENT}")
    return found


def _tree(part: bytes | None) -> etree._Element:
    """The part's tree; an empty one where it is missing."""
    return parse_xml(xml_text(part, Hints())[0]) if part else etree.Element("none")


def _headline(written: list[tuple[str, str]]) -> tuple[str, list[tuple[str, str]]]:
    """The headline and what stands behind it."""
    if not written:
        return "", []
    first, text = written[0]
    stands = first.startswith(("<h1>", "<h2>")) or (
        len(written) > 1 and first.startswith("<p>") and is_heading(squeeze(text))
    )
    return (squeeze(text), written[1:]) if stands else ("", written)


def _blocks(body: etree._Element, links: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each paragraph and table as HTML and as text; entries of a list are put together."""
    entries: list[str] = []
    for number, each in enumerate(body.iter("{*}p", "{*}tbl")):
        if number > _MOST_PARAGRAPHS:
            raise Undecodable("The Word document is too long", f"more than {_MOST_PARAGRAPHS:,} paragraphs")
        if local(each) == "p" and next(each.iterancestors("{*}tbl", "{*}txbxContent"), None) is not None:
            continue
        tag, inner = ("table", _table(each, links)) if local(each) == "tbl" else (_tag(each), _inline(each, links))
        if entries and tag != "li":
            yield _listed(entries)
            entries = []
        if tag == "li":
            entries.append(inner)
        else:
            yield f"<{tag}>{inner}</{tag}>", plain(inner)
    if entries:
        yield _listed(entries)


def _listed(entries: list[str]) -> tuple[str, str]:
    return f"<ul>{''.join(f'<li>{one}</li>' for one in entries)}</ul>", " ".join(map(plain, entries))


def _table(table: etree._Element, links: dict[str, str]) -> str:
    rows = []
    for row in table.iterchildren("{*}tr"):
        cells = (
            "<br>".join(_inline(one, links) for one in cell.iterchildren("{*}p")) for cell in row.iterchildren("{*}tc")
        )
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
    return f"<tbody>{''.join(rows)}</tbody>"


def _tag(paragraph: etree._Element) -> str:
    style = next((_value(each).lower() for each in paragraph.iter("{*}pStyle")), "")
    if style in ("title", "heading1", "berschrift1", "titre1", "titel", "titre"):
        return "h1"
    if style.startswith(("heading", "berschrift", "titre", "subtitle")):
        return "h3"
    if next(paragraph.iter("{*}numPr"), None) is not None:
        return "li"
    return "blockquote" if "quote" in style else "p"


def _inline(paragraph: etree._Element, links: dict[str, str]) -> str:
    parts: list[str] = []
    for run in paragraph.iter("{*}r"):
        if any(local(above) in _SKIPPED for above in run.iterancestors()):
            continue
        marks = {local(each) for each in run.iterfind("{*}rPr/*") if _value(each) not in ("0", "false", "none")}
        text = "" if "vanish" in marks else "".join(map(_run, run))
        if not text:
            continue
        for mark, tag in (("i", "em"), ("b", "strong")):
            text = f"<{tag}>{text}</{tag}>" if mark in marks and text.strip() else text
        link = next((links.get(_attribute(above, "id"), "") for above in run.iterancestors("{*}hyperlink")), "")
        parts.append(f'<a href="{_escaped(link)}">{text}</a>' if link else text)
    return "".join(parts).replace("</strong><strong>", "").replace("</em><em>", "")


def _run(element: etree._Element) -> str:
    name = local(element)
    if name == "t":
        return _escaped(element.text or "")
    return {"tab": " ", "br": "<br>", "cr": "<br>", "nobreakhyphen": "\u2011"}.get(name, "")


def _attribute(element: etree._Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def _value(element: etree._Element) -> str:
    return _attribute(element, "val")


def _escaped(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
