"""What a story is about, where it is from, who made it, on which terms. Pure."""

from collections.abc import Callable, Mapping

from lxml import etree

from dragoman.formats import _newscodes
from dragoman.formats._identity import is_uri
from dragoman.formats.newsml_1.dialects import Dialect
from dragoman.formats.newsml_1.node import Node, child, children, formal, words_of
from dragoman.formats.newsml_1.said import Said, properties_of
from dragoman.model.item import AltId, Concept

Names = Mapping[str, str]
_LEVELS = frozenset({"subject", "subjectmatter", "subjectdetail", "subjectqualifier"})
_WHO = frozenset({"provider", "creator", "source", "contributor"})
_PLACES = ("SubLocation", "City", "Area", "CountryArea", "WorldRegion")
_PEOPLE, _ORGANISATIONS, _SITES = (
    ("person",),
    ("company", "organi", "party"),
    ("location", "geo", "country", "city", "place"),
)
_MOST = 200


def subjects_of(said: Said, dialect: Dialect, names: Names) -> tuple[Concept, ...]:
    codes = (
        each for block in said.descriptive for code in children(block, "subjectcode") for each in code.nodes[:_MOST]
    )
    found = [_subject(each, names) for each in codes if each.name in _LEVELS]
    words = [text for name in dialect.keyword_lines for text in said.lines.get(name, ())] + said.told("subjects")
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
        rel = place.get("HowPresent")
        about = dict(properties_of(place))
        found += [Concept(name=about[name], rel=rel) for name in _PLACES if about.get(name)]
        if code := about.get("Country", ""):
            country = _newscodes.country(code)
            found.append(Concept(name=country.name, uri=country.uri, rel=rel))
    return _once(found + _topics(said, names, lambda kind: _is_kind(kind, *_SITES)))


def located_in(said: Said) -> str:
    """The city the copy comes from, if it says so."""
    origins = (place for place in _locations(said) if place.get("HowPresent").lower() in ("origin", ""))
    return next((text for place in origins for name, text in properties_of(place) if name == "City"), "")


def genres_of(said: Said) -> tuple[Concept, ...]:
    found = [Concept(name=formal(each)) for block in said.descriptive for each in children(block, "genre")]
    return _once(found + [Concept(name=text) for text in said.told("genres")])


def sources_of(said: Said) -> tuple[Concept, ...]:
    makers = (each for block in said.administrative for each in block.nodes if each.name in _WHO)
    found = [
        Concept(name=formal(party).strip("()"), role=each.name) for each in makers for party in children(each, "party")
    ]
    return _once(found + [Concept(name=text, role=name.lower()) for name, text in said.told_by("info_sources")])


def alt_ids_of(said: Said) -> list[AltId]:
    found = [AltId(value=text, role=name) for name, text in said.told_by("alt_ids")]
    guids = (words_of(each) for block in said.descriptive for each in children(block, "guid"))
    return (found + [AltId(value=text, role="guid") for text in guids if text])[:_MOST]


def terms_of(said: Said) -> tuple[str, str]:
    """The copyright holder and the terms of use."""
    holders = (
        each
        for block in said.rights
        for one in children(block, "copyright")
        for each in children(one, "copyrightholder")
    )
    terms = [*said.lines.get("rightsline", ()), *said.told("usage_terms")]
    for rights in (each for block in said.rights for each in children(block, "usagerights")[:_MOST]):
        terms += [words_of(each) for name in ("usagetype", "limitations") for each in children(rights, name)]
        terms += [f"Territory: {text}." for each in children(rights, "geography") if (text := words_of(each))]
    return next(filter(None, map(words_of, holders)), ""), " ".join(dict.fromkeys(filter(None, terms)))


def ed_note_of(said: Said) -> str:
    return " ".join(dict.fromkeys([*said.told("ed_note"), *said.comments]))


def topic_names(root: etree._Element) -> dict[str, str]:
    """The names of topics by their FormalName and, behind ``#``, by their Duid; English before other languages."""
    names: dict[str, str] = {}
    for topic in map(Node, root.iter("{*}Topic")):
        code, duid = formal(child(topic, "formalname")), topic.get("Duid")
        name = _name(topic)
        if code and name:
            names.setdefault(code, name)
        if duid:
            names.setdefault(f"#{duid}", name or code)
            names.setdefault(f"#{duid}/type", formal(child(topic, "topictype")).lower())
    return names


def _name(topic: Node) -> str:
    """Its name, else its description; in English, else in the first language."""
    found: list[tuple[bool, bool, int, str]] = []
    for number, each in enumerate(children(topic, "description")[:_MOST]):
        kind, lang = each.get("Variant"), each.get("{http://www.w3.org/XML/1998/namespace}lang")
        if kind != "Category" and each.text:
            found.append((kind != "Name", not lang.startswith("en"), number, each.text))
    return min(found)[3] if found else ""


def _subject(code_element: Node, names: Names) -> Concept:
    code = formal(code_element)
    scheme = code_element.get("Scheme") or ("" if code.isdigit() else code_element.get("Vocabulary"))
    if is_uri(scheme):  # the scheme of a house, whose words are their own names
        return Concept(name=names.get(code, "") or code, literal=code)
    return _newscodes.subject(code, names.get(code, ""), scheme)


def _topics(said: Said, names: Names, wanted: Callable[[str], bool]) -> list[Concept]:
    found: list[Concept] = []
    for each in (one for block in said.descriptive for one in children(block, "topicoccurrence")[:_MOST]):
        key = each.get("Topic")
        if wanted(names.get(f"{key}/type", "")):
            name = names.get(key, "")
            found.append(Concept(name=name) if name or not is_uri(key) else Concept(uri=key))
    return found


def _is_kind(kind: str, *signs: str) -> bool:
    return any(sign in kind for sign in signs)


def _locations(said: Said) -> list[Node]:
    """Each ``Location``, and metadata that names a country or city without one."""
    found = [each for block in said.descriptive for each in children(block, "location")]
    loose = [
        block for block in said.descriptive if any(name in ("Country", "City") for name, _ in properties_of(block))
    ]
    return (found + loose)[:_MOST]


def _once(found: list[Concept]) -> tuple[Concept, ...]:
    kept: dict[tuple[str, str, str], Concept] = {}
    for each in found:
        if each.name or each.uri or each.literal:
            kept.setdefault((each.name, each.uri or each.literal, each.role), each)
    return tuple(kept.values())[:_MOST]
