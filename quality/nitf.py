"""NITF out against IPTC's schema, NITF in and out again, and how fast it is read.

Copy in eight languages, each with every field an item may have and every shape of body; and whatever the wire files give.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from lxml import etree
from msgspec.structs import replace

from dragoman import formats
from dragoman.model.arrival import Hints
from dragoman.model.item import (
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Dateline,
    Description,
    Headline,
    Hop,
    Item,
    Profile,
    Rendition,
)
from dragoman.read.body import html_blocks
from quality.table import Row, share

SCHEMA = "standards/newsml-g2/examples/nitf-3-6.xsd"
LINES = {
    "az": "Gölün iki sahili arasında bərə iki il fasilədən sonra yenidən işləyəcək.",
    "en": "Ferries are to cross the lake again after a pause of nearly two years, the harbour office said.",
    "ru": "Паромы снова пойдут через озеро после двухлетнего перерыва, сообщили в управлении порта.",
    "fr": "Le bac traversera de nouveau le lac après deux ans d'arrêt, a annoncé l'office du port.",
    "de": "Nach fast zwei Jahren fahren wieder Fähren über den See, wie das Hafenamt mitteilte.",
    "es": "El transbordador volverá a cruzar el lago tras casi dos años, informó la oficina del puerto.",
    "ar": "تعود العبارة إلى عبور البحيرة بعد توقف دام قرابة عامين، حسبما أعلن مكتب الميناء.",
    "zh": "港务办公室表示，停航近两年的湖上渡轮将于周一恢复通航。",
}
SHAPES = (
    "<p>{0}</p>",
    '<p dir="auto"><strong>{0}</strong> <em>{0}</em> <a href="https://quay.example/?a=1&amp;b=2">{0}</a><br>x<sub>2</sub></p>',
    "<h2>{0}</h2><h3>{0}</h3><p>{0}</p><blockquote><p>{0}</p><p>{0}</p></blockquote>",
    "<ul><li>{0}</li><li>{0}<ul><li>{0}</li></ul></li></ul><ol start='3'><li>{0}</li></ol>",
    "<table><caption>{0}</caption><thead><tr><th>{0}</th></tr></thead><tbody><tr><td>{0}</td></tr></tbody></table>",
    "<table><tr><td colspan='2'>{0}</td></tr><tr></tr></table><blockquote>{0}<ul><li>{0}</li></ul></blockquote>",
    "{0}",
)
_MADE = datetime(2026, 5, 13, 9, 30, tzinfo=UTC)


def measures(data: Path) -> Iterator[Row]:
    schema = etree.XMLSchema(etree.parse(str(data / SCHEMA)))
    yield _valid("nitf: copy in eight languages written as 3.6, valid", list(_generated()), schema)
    yield _valid("nitf: what the wire files give written as 3.6, valid", list(_wired(data / "wire")), schema)
    yield _read_again(list(_generated()))
    yield from (_speed(declared) for declared in (True, False))


def _generated() -> Iterator[Item]:
    for (language, line), shape, changed in product(LINES.items(), SHAPES, range(len(_CHANGES))):
        item = Item(
            uri="urn:example:ferry",
            version="7",
            first_created=_MADE,
            version_created=_MADE + timedelta(hours=2),
            language=language,
            headlines=(Headline(value=line[:40]),),
            bodies=(Body(value=shape.format(line)),),
        )
        yield _CHANGES[changed](item, line)


def _full(item: Item, line: str) -> Item:
    """Everything an item may say."""
    one = Rendition(name="main", href="https://quay.example/1.jpg", content_type="image/jpeg", width=640, height=480)
    named = (Concept(name=line[:20], uri="http://cv.iptc.org/newscodes/subjectcode/04015001"), Concept(name=line[:9]))
    return replace(
        item,
        headlines=(*item.headlines, Headline(value=line, role="short")),
        descriptions=(Description(value=line, role="summary"),),
        content_created=_MADE,
        embargoed_until=_MADE + timedelta(days=1),
        urgency=4,
        slugline=line[:12],
        by=line[:15],
        located=line[:10],
        subjects=(*named, Concept(name=line[:5], uri="http://cv.iptc.org/newscodes/mediatopic/20000337")),
        places=named,
        people=named,
        organisations=named,
        genres=named,
        events=named,
        info_sources=(Concept(name=line[:9], role="source"),),
        copyright_holder=line[:9],
        copyright_notice=line,
        usage_terms=line,
        ed_note=line,
        alt_ids=(AltId(role="desk", value=line[:9]),),
        associations=(
            Association(name="picture-1", type="picture", headlines=(Headline(value=line),), renditions=(one,)),
        ),
        dragoman=Profile(
            credit=line[:15],
            dateline=Dateline(text=line[:15]),
            advance=True,
            hops=(Hop(agency="harbour"),),
            correction=Correction(kind="correction", reason=line),
        ),
    )


_CHANGES = (
    lambda item, line: item,
    _full,
    lambda item, line: replace(_full(item, line), pub_status="canceled"),
    lambda item, line: replace(item, headlines=(), bodies=(), version="", first_created=None, version_created=None),
)


def _wired(folder: Path) -> Iterator[Item]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".md", ".jsonl"):
            for unit in formats.decode(path.read_bytes(), Hints(source=path.name, agency="partner", received=_MADE)):
                if unit.item:
                    yield unit.item


def _valid(what: str, items: list[Item], schema: etree.XMLSchema) -> Row:
    misses = []
    for item in items:
        document = etree.fromstring(formats.encode("nitf", [item]).body)
        if not schema.validate(document):
            misses.append(f"{item.uri}: {schema.error_log.last_error}")
    return Row(what, share(len(items) - len(misses), len(items)), "100 %", len(items), tuple(misses))


def _read_again(items: list[Item]) -> Row:
    """Does the text come back, block by block?"""
    told = [item for item in items if item.bodies and item.pub_status == "usable"]
    misses = [
        f"{item.language}: {item.bodies[0].value[:90]}" for item in told if _letters(item) != _letters(_through(item))
    ]
    return Row(
        "nitf: text written and read again",
        share(len(told) - len(misses), len(told)),
        "100 %",
        len(told),
        tuple(misses),
    )


def _letters(item: Item) -> str:
    blocks = html_blocks(item.bodies[0].value)[0] if item.bodies else []
    return "".join("".join(block.text.split()) for block in blocks)


def _through(item: Item) -> Item:
    (unit,) = formats.decode(formats.encode("nitf", [item]).body, Hints(format="nitf"))
    return unit.item or Item(uri="")


def _speed(declared: bool) -> Row:
    """Items a second, one core, from bytes to item: what a desk usually fills, 2 to 3 kB of text."""
    line = LINES["en"]
    body = "".join(
        f"<p>{line} {number} passengers and twelve cars have room on the first boat.</p>" for number in range(16)
    )
    item = Item(
        uri="urn:example:ferry",
        version="7",
        first_created=_MADE,
        version_created=_MADE,
        urgency=4,
        language="en" if declared else "",
        headlines=(Headline(value=line[:60]),),
        slugline="ferry-returns",
        by="Ben Sample",
        located="Salt Quay",
        descriptions=(Description(value=line, role="summary"),),
        bodies=(Body(value=body),),
        subjects=(
            Concept(name="transport", uri="http://cv.iptc.org/newscodes/subjectcode/04015001"),
            Concept(name="lake"),
        ),
        genres=(Concept(name="Current"),),
        copyright_holder="Harbour Agency",
        usage_terms="Own services only.",
        dragoman=Profile(credit="Harbour Agency"),
    )
    data, hints = formats.encode("nitf", [item]).body, Hints(format="nitf")
    rates = []
    for _ in range(5):
        start, count = time.process_time(), 300
        for _ in range(count):
            formats.decode(data, hints)
        rates.append(count / (time.process_time() - start))
    how = "its language declared" if declared else "its language found out"
    return Row(f"nitf: items a second, {len(body) / 1000:.1f} kB of text, {how}", f"{max(rates):,.0f}", "≥ 3,000")
