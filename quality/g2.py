"""NewsML-G2: IPTC's examples and test files read, what we write judged by IPTC's schema, and how fast it is read."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from lxml import etree

from dragoman import formats
from dragoman.formats._xml import root_name
from dragoman.formats.newsml_g2.document import ITEMS
from dragoman.model.arrival import Hints
from dragoman.model.happening import (
    Address,
    ContactInfo,
    Dates,
    EventDetails,
    HappeningProfile,
    Organiser,
    PlannedCoverage,
    Point,
)
from dragoman.model.item import (
    TRANSLATION_OF,
    AltId,
    Association,
    Body,
    Concept,
    Correction,
    Description,
    Headline,
    Hop,
    Item,
    Profile,
    Rendition,
)
from quality.table import Row, share

SCHEMA = "standards/newsml-g2/specification/NewsML-G2_2.35-spec-All-Power.xsd"
_MADE = datetime(2026, 5, 13, 9, 30, tzinfo=UTC)
_TEXTS = {
    "en": "The ferry left the harbour at noon with sixty passengers on board & nobody knew when it would return.",
    "ru": "Мост через реку откроют весной, сообщили во вторник в управлении дорог области.",
    "az": "Limanda yeni terminalın tikintisi başa çatıb, bu barədə idarədən məlumat verilib.",
    "fr": "Le marché couvert ouvrira ses portes au printemps, a annoncé la mairie de la vallée.",
    "de": "Die Brücke über den Fluss wird im Frühjahr eröffnet, wie das Amt am Dienstag mitteilte.",
    "es": "El mercado de la costa abrirá en primavera, según anunció la autoridad portuaria.",
    "ar": "وصل القطار الأول إلى المدينة صباح اليوم بعد رحلة استمرت أربعة أيام.",
    "zh": "茶叶博物馆将于明年春天开放，三座城市共同承担费用。",
}


def rows(data: Path) -> Iterator[Row]:
    folder = data / "standards/newsml-g2"
    yield _read("NewsML-G2: IPTC's examples read, or told why not", folder / "examples")
    yield _read("NewsML-G2: IPTC's unit tests read", folder / "tests/unit_test_files")
    yield _read("NewsML-G2: test files of python-newsmlg2 read", folder / "python-newsmlg2-testfiles")
    yield _valid("NewsML-G2 as written, eight languages: valid", list(_generated()), data)
    yield _valid("NewsML-G2 as written, everything on the wire: valid", _on_the_wire(data), data)
    yield _speed("NewsML-G2: items a second, one a document", 1)
    yield _speed("NewsML-G2: items a second, 200 a message", 200)


def _read(what: str, folder: Path) -> Row:
    """A whole item gives items alone; a fragment says that it is one."""
    wrong: list[str] = []
    files = sorted(folder.rglob("*.xml"))
    for path in files:
        body = path.read_bytes()
        units = formats.decode(body, Hints(source=path.name, agency="iptc"))
        name = root_name(body)[0]
        if name in ITEMS or name == "newsmessage":
            good = bool(units) and all(unit.item for unit in units)
        else:
            good = all(unit.problem and "root" in unit.problem.detail for unit in units)
        if not good:
            problem = next((unit.problem for unit in units if unit.problem), None)
            wrong.append(
                f"{path.relative_to(folder)}: {problem.title + ': ' + problem.detail if problem else 'no items'}"
            )
    return Row(what, share(len(files) - len(wrong), len(files)), "100 %", len(files), tuple(wrong))


@lru_cache(maxsize=1)
def _schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


def _valid(what: str, items: list[Item], data: Path) -> Row:
    """Each item alone, and all in one message."""
    schema = _schema(data / SCHEMA)
    wrong: list[str] = []
    for item in items:
        wrong += [f"{item.type} {item.uri}: {error}" for error in _errors(schema, [item])]
    wrong += [f"the message: {error}" for error in _errors(schema, items)]
    return Row(what, share(len(items) + 1 - len(wrong), len(items) + 1), "100 %", len(items) + 1, tuple(wrong))


def _errors(schema: etree.XMLSchema, items: list[Item]) -> list[str]:
    document = etree.fromstring(formats.encode("newsml-g2", items).body)
    return [] if schema.validate(document) else [str(schema.error_log[0])]


def _on_the_wire(data: Path) -> list[Item]:
    files = [
        path for path in sorted((data / "wire").rglob("*")) if path.is_file() and path.suffix not in (".md", ".jsonl")
    ]
    return [
        unit.item for path in files for unit in formats.decode(path.read_bytes(), Hints(source=path.name)) if unit.item
    ]


# ------------------------------------------------------------------------------------------------------ generated


def _generated() -> Iterator[Item]:
    """Copy with everything an item can have, a kill, a correction, a picture, a package, an event and a plan, by language."""
    for language, text in _TEXTS.items():
        yield _full(language, text)
        yield _plain(language, text, version="8b", pub_status="canceled", dragoman=_kill(text))
        yield _plain(language, text, type="picture", renditions=_RENDITIONS, descriptions=_captions(text))
        yield _plain(language, text, type="package", associations=_PARTS)
        yield _event(language, text)
        yield _plan(language, text)
        yield Item(uri=f"urn:example:bare:{language}", language=language)


_RENDITIONS = (
    Rendition(name="original", href="https://quay.example/1.jpg", content_type="image/jpeg", width=3000, height=2000),
    Rendition(name="our own size", href="https://quay.example/1-small.jpg"),
)
_PARTS = (
    Association(
        name="a", rel="part", uri="urn:example:1", type="text", version="3", headlines=(Headline(value="One"),)
    ),
    Association(name="b", uri="https://quay.example/2.jpg", type="picture", renditions=_RENDITIONS[:1]),
    Association(name="original", rel=TRANSLATION_OF, uri="urn:example:original", language="az"),
)


def _plain(language: str, text: str, **fields: object) -> Item:
    made: dict[str, object] = {
        "uri": f"urn:example:{language}",
        "version": "7",
        "first_created": _MADE,
        "version_created": _MADE + timedelta(hours=1),
        "language": language,
        "headlines": (Headline(value=text[:30]),),
        "bodies": (
            Body(
                value=f'<p lang="{language}">{text.replace("&", "&amp;")}<br>{text[:9]}</p><ul><li>{text[:20]}</li></ul>'
            ),
        ),
    }
    return Item(**(made | fields))  # type: ignore[arg-type]


def _captions(text: str) -> tuple[Description, ...]:
    return (
        Description(value=text, role="caption"),
        Description(value=text, role="caption:ru"),
        Description(value=f"{text}\n{text}"),
    )


def _kill(text: str) -> Profile:
    return Profile(correction=Correction(kind="kill", reason=f"{text}\n{text}", replaces="7"), credit=text[:20])


def _full(language: str, text: str) -> Item:
    return _plain(
        language,
        text,
        embargoed_until=_MADE + timedelta(days=1),
        content_created=_MADE - timedelta(days=1),
        urgency=3,
        slugline=text[:12],
        by=text[:14],
        located=text[:5],
        usage_terms=f"{text}\n{text}",
        ed_note=f"{text}\n\n{text}",
        copyright_holder=text[:15],
        copyright_notice=text[:25],
        headlines=(Headline(value=text[:30]), Headline(value=text[:10], role="short form")),
        descriptions=_captions(text),
        subjects=(
            Concept(name="transport", uri="http://cv.iptc.org/newscodes/mediatopic/20000337"),
            Concept(name=text[:10], literal="XX:1"),
            Concept(name=text[:6], rel="keyword"),
            Concept(uri="https://quay.example/topics/a b"),
        ),
        places=(Concept(name=text[:8], geo=Point(coordinates=(49.8, 40.4))),),
        people=(Concept(name=text[:7], uri="http://www.wikidata.org/entity/Q1"),),
        organisations=(Concept(name=text[:6]),),
        genres=(Concept(name="Feature", uri="http://cv.iptc.org/newscodes/genre/Feature"), Concept(literal="own")),
        info_sources=(
            Concept(name=text[:9], role="provider"),
            Concept(name=text[:8], role="source"),
            Concept(literal="x"),
        ),
        alt_ids=(AltId(role="desk & wire", value="HA 17"), AltId(value="x")),
        renditions=_RENDITIONS,
        associations=_PARTS,
        events=(Concept(name=text[:9], uri="urn:example:event"),),
        dragoman=Profile(
            origin="harbour",
            advance=True,
            credit=text[:20],
            hops=(Hop(agency="harbour", at=_MADE), Hop(agency="quay")),
            correction=Correction(kind="correction", reason=text, replaces="6"),
        ),
    )


def _event(language: str, text: str) -> Item:
    return _plain(
        language,
        text,
        type="event",
        located=text[:5],
        by=text[:6],
        places=(
            Concept(
                name=text[:9],
                rel="venue",
                geo=Point(coordinates=(49.8, 40.4)),
                contact_info=(
                    ContactInfo(address=Address(lines=(text[:9],), locality=text[:5], country="AZ", postal_code="1")),
                    ContactInfo(type="url", value="https://quay.example/"),
                ),
            ),
        ),
        people=(Concept(name=text[:8], rel="speaker"),),
        organisations=(Concept(name=text[:8], rel="host"),),
        genres=(Concept(name="forum"),),
        subjects=(Concept(name=text[:4]), Concept(name=text[:5], rel="keyword")),
        events=(Concept(uri="urn:example:whole", rel="partOf"),),
        event_details=EventDetails(
            event_status="http://cv.iptc.org/newscodes/eventoccurstatus/eos5",
            planned_coverage_status="http://cv.iptc.org/newscodes/newscoveragestatus/int",
            dates=Dates(start_date=_MADE, end_date=_MADE + timedelta(hours=2)),
            organiser=Organiser(
                name=text[:9],
                contact_info=(
                    ContactInfo(type="email", name=text[:5], value="a@quay.example"),
                    ContactInfo(value=text[:8]),
                ),
            ),
        ),
        planned_coverage=(
            PlannedCoverage(type="text", title=text[:9], language=language, ed_note=text, dates=Dates(end_date=_MADE)),
        ),
        dragoman=Profile(
            credit=text[:5],
            happening=HappeningProfile(
                kind="forum",
                state="confirmed",
                zone="Asia/Baku",
                rule="FREQ=WEEKLY;UNTIL=20261231T090000Z;BYDAY=MO,TU",
                also=(_MADE + timedelta(days=3),),
                but=((_MADE + timedelta(days=7)).date(),),
                titles={language: text[:9], "eo": text[:8]},
                accreditation=f"{text}\n{text}",
                languages=(language, "eo"),
            ),
        ),
    )


def _plan(language: str, text: str) -> Item:
    planned = PlannedCoverage(
        type="picture", title=text[:9], ed_note=text, urgency=4, language=language, dates=Dates(end_date=_MADE)
    )
    return _plain(
        language, text, type="planning", bodies=(), planned_coverage=(planned, PlannedCoverage(title=text[:4]))
    )


# ---------------------------------------------------------------------------------------------------------- speed


def _speed(what: str, together: int) -> Row:
    """Items of some 2,500 characters of text, parsed and read to the canonical item, on one core; the best of five rounds, in the time of the process alone."""
    paragraph = " ".join([_TEXTS["en"]] * 3)
    body = "\n".join(f"<p>{paragraph.replace('&', '&amp;')}</p>" for _ in range(8))
    full = _full("en", _TEXTS["en"])
    items = [
        Item(
            uri=f"urn:example:{number}",
            version="7",
            first_created=_MADE,
            version_created=_MADE,
            language="en",
            urgency=3,
            headlines=(Headline(value=f"The ferry sails again, number {number}"),),
            bodies=(Body(value=body),),
            slugline="ferry-returns",
            by="Ada Placeholder",
            usage_terms="Own services only.",
            copyright_holder="Harbour Agency",
            subjects=full.subjects[:3],
            genres=full.genres[:1],
            dragoman=Profile(credit="Harbour Agency"),
        )
        for number in range(together)
    ]
    document = formats.encode("newsml-g2", items).body
    hints = Hints(format="newsml-g2")
    rounds = max(1, 400 // together)
    best = min(_seconds(document, hints, rounds) for _ in range(5))
    return Row(what, f"{rounds * together / best:,.0f}", "≥ 3,000", rounds * together)


def _seconds(document: bytes, hints: Hints, rounds: int) -> float:
    began = time.process_time()
    for _ in range(rounds):
        formats.decode(document, hints)
    return time.process_time() - began
