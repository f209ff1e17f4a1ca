"""What the lines and metadata of a story say, its own before what its surroundings say. Pure."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.formats import _newscodes
from dragoman.formats._identity import is_uri
from dragoman.formats.newsml_1.dialects import NEWS_LINES, PROPERTIES, TOLD_ELSEWHERE, Dialect
from dragoman.formats.newsml_1.node import Node, child, children, formal
from dragoman.formats.newsml_1.tree import Story
from dragoman.model.item import AltId, Concept
from dragoman.text.cleaning import squeeze
from dragoman.text.language import known_tag

Names = Mapping[str, str]
_LEVELS = ("subject", "subjectmatter", "subjectdetail", "subjectqualifier", "topicuse")
_WHO = ("provider", "creator", "source", "contributor")
_PLACES = ("SubLocation", "City", "Area", "CountryArea", "WorldRegion")
_PEOPLE, _ORGANISATIONS, _SITES = (
    ("person",),
    ("company", "organi", "party"),
    ("location", "geo", "country", "city", "place"),
)
_MOST = 200


class Said(NamedTuple):
    """The `NewsLines`, the metadata blocks and all `Property` elements of a story, by names in small letters."""

    lines: dict[str, list[str]]
    news_lines: list[tuple[str, str]]
    descriptive: list[Node]
    administrative: list[Node]
    rights: list[Node]
    properties: list[tuple[str, str]]
    language: str
    comments: list[str]


def said_of(story: Story, item: Node) -> Said:
    around = [*story.path, *story.parts]
    descriptive = [each for part in around for each in children(part, "descriptivemetadata")]
    administrative = [each for part in around for each in children(part, "administrativemetadata")]
    lines, news_lines = _lines(around)
    return Said(
        lines=lines,
        news_lines=news_lines,
        descriptive=descriptive,
        administrative=administrative,
        rights=[each for part in around for each in children(part, "rightsmetadata")],
        properties=[pair for block in (*administrative, *descriptive) for pair in _properties(block)],
        language=_language([*story.path, *story.parts], item, descriptive),
        comments=[
            text for part in (*story.path, item) for each in children(part, "comment") if (text := _comment(each))
        ],
    )


def line(said: Said, *names: str) -> str:
    return next((text for name in names for text in said.lines.get(name, ())), "")


def value(said: Said, *names: str) -> str:
    """The value of the first property called so, in small letters."""
    return next((text for name in names for found, text in said.properties if found.lower() == name), "")


def subjects_of(said: Said, dialect: Dialect, names: Names) -> tuple[Concept, ...]:
    found = [
        _subject(each, names)
        for block in said.descriptive
        for code in children(block, "subjectcode")
        for each in code
        if name_of(each) in _LEVELS
    ]
    words = [text for name in dialect.keyword_lines for text in said.lines.get(name, ())]
    words += [text for kind, text in said.news_lines if NEWS_LINES.get(kind.lower()) == "subjects"]
    words += [text for name, text in said.properties if PROPERTIES.get(name.lower()) == "subjects"]
    found += [Concept(name=part) for text in words for each in text.split(";") if (part := each.strip())]
    found += [Concept(name=text) for text in said.lines.get("item_keyword", ())]
    found += _topics(said, names, lambda kind: not _is_kind(kind, *_PEOPLE, *_ORGANISATIONS, *_SITES))
    return _once(found)


def people_of(said: Said, names: Names) -> tuple[Concept, ...]:
    return _once(_topics(said, names, lambda kind: _is_kind(kind, *_PEOPLE)))


def organisations_of(said: Said, names: Names) -> tuple[Concept, ...]:
    return _once(_topics(said, names, lambda kind: _is_kind(kind, *_ORGANISATIONS)))


def places_of(said: Said, names: Names) -> tuple[Concept, ...]:
    """The places named, with how they are present (``Origin``, ``Event``) as `rel`; countries by their codes."""
    found: list[Concept] = []
    for place in _locations(said):
        rel = place.get("HowPresent", "")
        about = dict(_properties(place))
        found += [Concept(name=about[name], rel=rel) for name in _PLACES if about.get(name)]
        if code := about.get("Country", ""):
            country = _newscodes.country(code)
            found.append(Concept(name=country.name, uri=country.uri, rel=rel))
    found += _topics(said, names, lambda kind: _is_kind(kind, *_SITES))
    return _once(found)


def located_in(said: Said) -> str:
    """The city the copy comes from, if it says so."""
    cities = [
        (place.get("HowPresent", "").lower(), text)
        for place in _locations(said)
        for name, text in _properties(place)
        if name == "City"
    ]
    return next((city for how, city in cities if how in ("origin", "")), "")


def genres_of(said: Said) -> tuple[Concept, ...]:
    found = [Concept(name=formal(each)) for block in said.descriptive for each in children(block, "genre")]
    found += [Concept(name=text) for kind, text in said.news_lines if NEWS_LINES.get(kind.lower()) == "genres"]
    return _once(found)


def sources_of(said: Said) -> tuple[Concept, ...]:
    found: list[Concept] = []
    for block in said.administrative:
        for who in block:
            if (role := name_of(who)) in _WHO:
                parties = (each for each in children(who, "party"))
                found += [Concept(name=formal(each).strip("()"), role=role) for each in parties]
    found += [
        Concept(name=text, role=name.lower())
        for name, text in said.properties
        if PROPERTIES.get(name.lower()) == "info_sources"
    ]
    return _once(found)


def alt_ids_of(said: Said) -> list[AltId]:
    found = [
        AltId(value=text, role=name) for name, text in said.properties if PROPERTIES.get(name.lower()) == "alt_ids"
    ]
    return found + [
        AltId(value=text_of(each), role="guid")
        for block in said.descriptive
        for each in children(block, "guid")
        if text_of(each)
    ]


def terms_of(said: Said) -> tuple[str, str]:
    """The copyright holder and the terms of use."""
    holder = next(
        (
            text
            for block in said.rights
            for each in block.iter()
            if name_of(each) == "copyrightholder" and (text := squeeze(text_of(each)))
        ),
        "",
    )
    terms: list[str] = list(said.lines.get("rightsline", ()))
    terms += [text for kind, text in said.news_lines if NEWS_LINES.get(kind.lower()) == "usage_terms"]
    for block in said.rights:
        for rights in children(block, "usagerights"):
            terms += [
                text
                for each in rights
                if name_of(each) in ("usagetype", "limitations") and (text := squeeze(text_of(each)))
            ]
            terms += [
                f"Territory: {text}." for each in children(rights, "geography") if (text := squeeze(text_of(each)))
            ]
    return holder, " ".join(dict.fromkeys(terms))


def ed_note_of(said: Said) -> str:
    notes = [text for kind, text in said.news_lines if NEWS_LINES.get(kind.lower()) == "ed_note"]
    notes += [text for name, text in said.properties if PROPERTIES.get(name.lower()) == "ed_note"]
    return " ".join(dict.fromkeys([*notes, *said.comments]))


def unread(said: Said) -> Iterator[str]:
    """What is said, and has no place in an item."""
    for name in dict.fromkeys(name for name, _ in said.properties):
        if name.lower() not in TOLD_ELSEWHERE and name.lower() not in PROPERTIES:
            yield f"Property {name[:60]}"
    for kind in dict.fromkeys(kind for kind, text in said.news_lines if text):
        if kind.lower() not in NEWS_LINES:
            yield f"NewsLine {kind[:60]}"
    if any(children(block, "ofinterestto") for block in said.descriptive):
        yield "OfInterestTo"


def topic_names(root: Node) -> dict[str, str]:
    """The names of topics by their FormalName and, behind ``#``, by their Duid; English before other languages."""
    names: dict[str, str] = {}
    for topic in root.iter("{*}Topic"):
        said = [
            (each.get("Variant", ""), _lang(each), squeeze(text_of(each))) for each in children(topic, "description")
        ]
        named = sorted(
            (
                (kind != "Name", not lang.startswith("en"), text)
                for kind, lang, text in said
                if text and kind != "Category"
            )
        )
        name = named[0][2] if named else ""
        for key in (formal(child(topic, "formalname")), f"#{topic.get('Duid', '')}"):
            if key not in ("", "#") and (name or key.startswith("#")):
                names.setdefault(key, name or formal(child(topic, "formalname")))
        if duid := topic.get("Duid"):
            names.setdefault(f"#{duid}/type", formal(child(topic, "topictype")).lower())
    return names


def _lines(around: list[Node]) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """Each line as the nearest component says it; all the lines of other kinds."""
    lines: dict[str, list[str]] = {}
    other: list[tuple[str, str]] = []
    for part in around:
        own: dict[str, list[str]] = {}
        for each in (each for block in children(part, "newslines") for each in block):
            if name_of(each) == "newsline":
                text = squeeze(text_of(child(each, "newslinetext")))
                other += [(formal(child(each, "newslinetype")), text)] if text else []
            elif text := squeeze(text_of(each)):
                own.setdefault(name_of(each), []).append(text)
        words = (each for block in children(part, "item_keywords") for each in block)
        own.setdefault("item_keyword", []).extend(text for each in words if (text := squeeze(text_of(each))))
        for name, texts in own.items():
            lines.setdefault(name, texts or []) if not lines.get(name) else None
            lines[name] = lines[name] or texts
    return lines, other


def _language(around: list[Node], item: Node, descriptive: list[Node]) -> str:
    declared = (formal(each) for block in descriptive for each in children(block, "language"))
    spoken = (_lang(each) for each in (*around, item))
    return next((tag for each in (*declared, *spoken) if (tag := known_tag(each))), "")


def _lang(element: Node) -> str:
    """`xml:lang`, whatever its prefix has become on the way."""
    return next((str(value) for name, value in element.items() if str(name).rpartition("}")[2] == "lang"), "")


def _comment(element: Node) -> str:
    """A comment for people: what is called something else than a note is the software's."""
    kind = element.get("FormalName", "").lower()
    return squeeze(text_of(element)) if not kind or "note" in kind or "advis" in kind else ""


def _properties(block: Node) -> Iterator[tuple[str, str]]:
    """Name and value of each property; one that holds others as their values, parted by a slash."""
    for each in children(block, "property"):
        inner = [text for one in children(each, "property") if (text := squeeze(one.get("Value", "")))]
        text = squeeze(each.get("Value", "")) or "/".join(inner)
        if text:
            yield each.get("FormalName", ""), text


def _subject(element: Node, names: Names) -> Concept:
    code = formal(element)
    scheme = element.get("Scheme") or ("" if code.isdigit() else element.get("Vocabulary") or "")
    if is_uri(scheme):
        return Concept(name=names.get(code, "") or code, literal=code) if code else Concept()
    return _newscodes.subject(code, names.get(code, ""), scheme) if code else Concept()


def _topics(said: Said, names: Names, wanted: object) -> list[Concept]:
    found: list[Concept] = []
    for block in said.descriptive:
        for each in children(block, "topicoccurrence"):
            key = each.get("Topic", "")
            if callable(wanted) and wanted(names.get(f"{key}/type", "")):
                name = names.get(key, "")
                found.append(Concept(name=name) if name or not is_uri(key) else Concept(uri=key))
    return found


def _is_kind(kind: str, *signs: str) -> bool:
    return any(sign in kind for sign in signs)


def _locations(said: Said) -> list[Node]:
    """Each ``Location``, and metadata that names a country or city without one."""
    found = [each for block in said.descriptive for each in children(block, "location")]
    loose = [block for block in said.descriptive if any(name in ("Country", "City") for name, _ in _properties(block))]
    return found + loose


def _once(found: list[Concept]) -> tuple[Concept, ...]:
    kept: dict[tuple[str, str, str], Concept] = {}
    for each in found:
        if each.name or each.uri or each.literal:
            kept.setdefault((each.name, each.uri or each.literal, each.role), each)
    return tuple(kept.values())[:_MOST]
