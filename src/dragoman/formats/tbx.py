"""Term bases as TBX: written as TBX-Basic, read in every edition and style. Pure.

    written    ISO 30042:2019 (third edition), style DCA: data categories are attributes; or the second edition (2008,
               ``martif``), which OmegaT, translate-toolkit and older tools read
    read       both, and style DCT, where data categories are elements of their own

Kept: subject fields, definition, note; of a term its status, type and part of speech. Other data categories are named in the
notes of what was read. Limits: terms of equal status keep their order; marks inside a term (``hi``) are lost.
"""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from msgspec import Struct

from dragoman.formats._xml import local, parse_xml, text_of, xml_text
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.termbase import Term, TermBase, TermEntry, TermStatus
from dragoman.text.cleaning import clean, squeeze

MOST_BYTES = 50_000_000
_LONGEST = 2_000
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _Edition(Struct, frozen=True):
    """What an edition calls its parts."""

    opening: str
    closing: str
    header: str
    entry: str
    section: str
    term: str
    sources: str


EDITIONS = {
    "tbx": _Edition(
        opening='<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">',
        closing="</tbx>",
        header="tbxHeader",
        entry="conceptEntry",
        section="langSec",
        term="termSec",
        sources="TBXBasicXCSV02.xcs",
    ),
    "tbx2": _Edition(
        opening='<martif type="TBX-Basic" xml:lang="en">',
        closing="</martif>",
        header="martifHeader",
        entry="termEntry",
        section="langSet",
        term="tig",
        sources="TBXBasicXCSV02.xcs",
    ),
}
_STATUS: dict[str, TermStatus] = {
    "preferredterm": "preferred",
    "preferred": "preferred",
    "admittedterm": "admitted",
    "admitted": "admitted",
    "legalterm": "preferred",
    "standardizedterm": "preferred",
    "deprecatedterm": "deprecated",
    "deprecated": "deprecated",
    "supersededterm": "deprecated",
    "obsolete": "deprecated",
}
_RANK: dict[str, int] = {"preferred": 0, "": 1, "admitted": 2, "deprecated": 3}


def write_tbx(entries: Iterable[TermEntry], title: str, edition: str = "tbx") -> Iterator[str]:
    """The document, an entry a piece, so that a large base is never in memory as a whole."""
    names = EDITIONS[edition]
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{names.opening}\n<{names.header}><fileDesc><titleStmt><title>'
        f"{_text(title)}</title></titleStmt><sourceDesc><p>{_text(title)}</p></sourceDesc></fileDesc>"
        f'<encodingDesc><p type="XCSURI">{names.sources}</p></encodingDesc></{names.header}>\n<text><body>\n'
    )
    for number, entry in enumerate(entries, 1):
        yield "".join(_entry(entry, number, names))
    yield f"</body></text>\n{names.closing}\n"


def _entry(entry: TermEntry, number: int, names: _Edition) -> Iterator[str]:
    yield f"<{names.entry} id={quoteattr(_id(entry.id) or f'c{number}')}>"
    for subject in entry.subjects:
        yield f'<descrip type="subjectField">{_text(subject)}</descrip>'
    if entry.definition:
        yield f'<descrip type="definition">{_text(entry.definition)}</descrip>'
    if entry.note:
        yield f"<note>{_text(entry.note)}</note>"
    for language, terms in entry.terms.items():
        yield f"\n <{names.section} xml:lang={quoteattr(language)}>"
        yield from (_term(term, names) for term in terms)
        yield f"</{names.section}>"
    yield f"\n</{names.entry}>\n"


def _term(term: Term, names: _Edition) -> str:
    said = {
        "partOfSpeech": term.part_of_speech,
        "termType": term.type,
        "administrativeStatus": f"{term.status}Term-admn-sts" if term.status else "",
    }
    notes = "".join(f'<termNote type="{name}">{_text(value)}</termNote>' for name, value in said.items() if value)
    return f"<{names.term}><term>{_text(term.text)}</term>{notes}</{names.term}>"


def _text(text: str) -> str:
    return escape(clean(text).strip())


def _id(text: str) -> str:
    """The id as XML has it: a name (xsd:ID)."""
    name = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in text)
    return name if not name or name[0].isalpha() or name[0] == "_" else f"_{name}"


def read_tbx(body: bytes) -> TermBase:
    """The term base in `body`.

    Raises:
        Undecodable: it is no XML, or no TBX; it is too large.
    """
    if len(body) > MOST_BYTES:
        raise Undecodable("The term base is too large", f"{len(body):,} bytes; {MOST_BYTES:,} are read")
    text, notes = xml_text(body, Hints())
    root = parse_xml(text)
    if local(root) not in ("tbx", "martif"):
        raise Undecodable("This is no term base", f"its first element is {local(root) or 'none'}, not tbx or martif")
    left: dict[str, int] = {}
    entries = tuple(
        _read_entry(one, number, left)
        for number, one in enumerate(
            (each for each in root.iter("{*}conceptEntry", "{*}termEntry") if isinstance(each.tag, str)), 1
        )
    )
    title = next((text_of(one) for one in root.iter("{*}title")), "")
    lost = tuple(f"{name}: not kept, {count} times" for name, count in sorted(left.items()))
    return TermBase(title=_short(title), entries=entries, notes=(*notes, *lost))


def _read_entry(element: etree._Element, number: int, left: dict[str, int]) -> TermEntry:
    said = _said(element, {"langsec", "langset"})
    terms: dict[str, tuple[Term, ...]] = {}
    for section in element.iterchildren("{*}langSec", "{*}langSet"):  # children alone: what is nested is read once
        language = _short(section.get(_LANGUAGE) or section.get("lang") or "und")
        found = [_read_term(one, left) for one in section.iterchildren("{*}termSec", "{*}tig", "{*}ntig")]
        below = _said(section, {"termsec", "tig", "ntig"})
        said = {name: [*said.get(name, []), *below.get(name, [])] for name in {*said, *below}}
        terms[language] = (*terms.get(language, ()), *(term for term in found if term.text))
    _count(left, said, {"subjectfield", "definition", "note"})
    return TermEntry(
        id=_short(element.get("id") or "") or f"c{number}",
        terms={name: tuple(sorted(all_, key=lambda one: _RANK[one.status])) for name, all_ in terms.items() if all_},
        subjects=tuple(dict.fromkeys(said.get("subjectfield", ()))),
        definition=next(iter(said.get("definition", ())), ""),
        note="\n".join(said.get("note", ())),
    )


def _read_term(element: etree._Element, left: dict[str, int]) -> Term:
    said = _said(element, set())
    _count(left, said, {"term", "administrativestatus", "normativeauthorization", "termtype", "partofspeech"})
    status = _first(said, "administrativestatus") or _first(said, "normativeauthorization")
    return Term(
        text=_first(said, "term"),
        status=_STATUS.get(status.split("-")[0].lower(), ""),
        type=_first(said, "termtype"),
        part_of_speech=_first(said, "partofspeech"),
    )


def _said(element: etree._Element, without: set[str]) -> dict[str, list[str]]:
    """The data categories in `element` by name: a ``type`` of style DCA, an element of style DCT; not those in `without`."""
    told: dict[str, list[str]] = {}
    for child in element:
        name = local(child)
        if not name or name in without:
            continue
        if name.endswith("grp"):
            for inner, texts in _said(child, without).items():
                told.setdefault(inner, []).extend(texts)
        elif text := _short(text_of(child)):
            told.setdefault(str(child.get("type") or name).lower(), []).append(text)
    return told


def _count(left: dict[str, int], said: dict[str, list[str]], kept: set[str]) -> None:
    for name in said.keys() - kept:
        left[name] = left.get(name, 0) + len(said[name])


def _first(said: dict[str, list[str]], name: str) -> str:
    return next(iter(said.get(name, ())), "")


def _short(text: str) -> str:
    return squeeze(clean(text))[:_LONGEST]
