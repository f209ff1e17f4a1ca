"""The metadata of an item, element by element: itemMeta, contentMeta, rightsInfo, hopHistory, assert. Pure.

Each element has a reader in the tables at the end; an element that is in none is named as lost. (NewsML-G2 2.35)
"""

import re
from collections.abc import Callable, Hashable
from functools import lru_cache
from itertools import islice

from lxml import etree

from dragoman.formats.newsml_g2.codes import OURS, last_part
from dragoman.formats.newsml_g2.dialects import STANDARD, SUBJECT_TYPES
from dragoman.formats.newsml_g2.said import (
    XML_LANG,
    Said,
    bare,
    children,
    concept_of,
    name_of,
    paragraphs,
    role_of,
    with_place,
    words,
)
from dragoman.model.item import TRANSLATION_OF, AltId, Association, Concept, Description, Headline, Hop, Rendition

Reader = Callable[[Said, etree._Element], None]
GENERATOR = "Dragoman"
MOST = 2000
_TIME = re.compile(r"\d{4}-\d\d-\d\d\b")
_MEDIA = {"image": "picture", "audio": "audio", "video": "video"}
_ITEMS = {"packageitem": "package", "planningitem": "planning", "conceptitem": "event"}
_KINDS = frozenset({"text", "picture", "graphic", "audio", "video", "composite"})
_PHOTO = frozenset({"photographer", "photog", "phot"})
_MAIN = frozenset({"", "main", "headline", "hlmain", "title"})
_RELATIONS = {"translatedfrom": TRANSLATION_OF, "translationof": TRANSLATION_OF, "istranslationof": TRANSLATION_OF}


def read_section(said: Said, element: etree._Element) -> None:
    """Every child of a section (itemMeta, contentMeta, rightsInfo …), in order; of too many the first `MOST`."""
    if len(element) > MOST:
        said.lost[f"{bare(element.tag)}: what stands behind {MOST} elements"] = None
    for child in islice(element, MOST):
        reader = _reader(child.tag)
        if reader is not None:
            reader(said, child)
        else:
            said.lost[f"{bare(element.tag)}/{bare(child.tag)}"[:80]] = None


@lru_cache(maxsize=512)
def _found(tag: Hashable) -> Reader | None:
    if not isinstance(tag, str):
        return _nothing
    space, _, name = tag.rpartition("}")
    return READERS.get(name.lower()) if "reuters" not in space and "stt-" not in space else _nothing


_reader: Callable[[object], Reader | None] = _found
"""The reader of an element; what is an agency's own, or no element, says nothing here. None: nobody knows it."""


def kind_of(code: str) -> str:
    """The item's kind for a class (``ninat:photo``), or empty."""
    word = last_part(code).lower()
    word = {"photo": "picture", "image": "picture", "animated": "graphic"}.get(word, word)
    return word if word in _KINDS else ""


# ------------------------------------------------------------------------------------------------- about the item


def _nothing(said: Said, element: etree._Element) -> None:
    """What is for machines, or says the same again."""


def _item_class(said: Said, element: etree._Element) -> None:
    said.kind = said.kind or kind_of(element.get("qcode") or element.get("uri") or "")


def _provider(said: Said, element: etree._Element) -> None:
    said.add("info_sources", concept_of(said, element, role="provider"))


def _time(said: Said, element: etree._Element) -> None:
    name = bare(element.tag).lower()
    said.times.setdefault(name, words(element))


def _status(said: Said, element: etree._Element) -> None:
    said.status = said.status or element.get("qcode") or element.get("uri") or element.get("literal") or ""


def _signal(said: Said, element: etree._Element) -> None:
    if code := element.get("qcode") or element.get("uri") or element.get("literal"):
        said.signals.append(code)


def _note(said: Said, element: etree._Element) -> None:
    if text := paragraphs(element):
        said.notes_to_editors.append((role_of(element), text))


def _generator(said: Said, element: etree._Element) -> None:
    if words(element) == GENERATOR:
        said.is_ours, said.dialect = True, STANDARD  # what the agency means by its words has been read before


def _title(said: Said, element: etree._Element) -> None:
    if not element.get("role"):
        said.text("title", words(element))


def _file_name(said: Said, element: etree._Element) -> None:
    if name := words(element):
        said.alt_ids.append(AltId(value=name, role="fileName"))


def _link(said: Said, element: etree._Element) -> None:
    if found := association_of(said, element):
        said.associations.append(found)


def association_of(said: Said, element: etree._Element) -> Association | None:
    """What a link or an item reference leads to; None where it leads nowhere."""
    target = (element.get("residref") or element.get("guidref") or "").strip()
    href, media_type = element.get("href", "").strip(), element.get("contenttype", "").strip()
    if not target and not href:
        return None
    rel = role_of(element, "rel")
    hint = {bare(child.tag): child for child in reversed(element)}
    title = next((words(hint[name]) for name in ("headline", "title", "description") if name in hint), "")
    kind = kind_of(hint["itemClass"].get("qcode", "")) if "itemClass" in hint else ""
    kind = (
        kind
        or _MEDIA.get(media_type.partition("/")[0], "")
        or _ITEMS.get(media_type.rpartition(".")[2].partition("+")[0], "")
    )
    is_media = media_type.partition("/")[0] in _MEDIA
    rendition = Rendition(name="main", href=href, content_type=media_type) if href and (is_media or target) else None
    number = len(said.associations) + 1
    translates = _RELATIONS.get(rel.lower())
    return Association(
        name="original" if translates else f"{kind or 'item'}-{number}",
        rel=translates or rel,
        uri=target or href,
        version=element.get("version", "").strip(),
        type=kind,
        language=_tag(hint["language"]) if "language" in hint else element.get("hreflang", ""),
        headlines=(Headline(value=title),) if title else (),
        renditions=(rendition,) if rendition else (),
    )


def _tag(element: etree._Element) -> str:
    return element.get("tag", "")


# ---------------------------------------------------------------------------------------------- about the content


def _urgency(said: Said, element: etree._Element) -> None:
    said.text("urgency", words(element))


def _located(said: Said, element: etree._Element) -> None:
    place = concept_of(said, element, rel="located")
    said.text("located", place.name or place.literal)
    if place.uri or place.geo:
        said.add("places", place)


def _source(said: Said, element: etree._Element) -> None:
    said.add("info_sources", concept_of(said, element, role=role_of(element)))


def _creator(said: Said, element: etree._Element) -> None:
    role = role_of(element)
    person = concept_of(said, element, role=role or "creator")
    if person.name and (said.dialect.creator_is_author or role.lower() in _PHOTO):
        said.authors.append(person.name)
    said.add("info_sources", person)


def _contributor(said: Said, element: etree._Element) -> None:
    said.add("info_sources", concept_of(said, element, role=role_of(element) or "contributor"))


def _alt_id(said: Said, element: etree._Element) -> None:
    value = words(element) or element.get("id", "").strip()
    kind = element.get("type") or element.get("typeuri") or element.get("role") or element.get("roleuri") or ""
    where = element.get("environment", "")
    role = last_part(kind) if kind.startswith(OURS) else "/".join(part for part in (kind, where) if part)
    if value:
        said.alt_ids.append(AltId(value=value, role=role))


def _language(said: Said, element: etree._Element) -> None:
    said.text("language", element.get("tag", "").strip())


def _genre(said: Said, element: etree._Element) -> None:
    said.add("genres", concept_of(said, element))


def _keyword(said: Said, element: etree._Element) -> None:
    said.add("subjects", Concept(name=words(element), rel="keyword" if words(element) else ""))


def _subject(said: Said, element: etree._Element) -> None:
    kind = (element.get("type") or element.get("typeuri") or "").lower()
    field = said.dialect.subject_types.get(kind) or SUBJECT_TYPES.get(last_part(kind)) or "subjects"
    said.add(field, concept_of(said, element))


def _slugline(said: Said, element: etree._Element) -> None:
    said.text("slugline", words(element))


def _headline(said: Said, element: etree._Element) -> None:
    if value := words(element):
        role = role_of(element)
        role = _with_language(said, "" if role.lower() in _MAIN else role, element)
        headline = Headline(value=value, role=role)
        if headline.role or any(not each.role for each in said.headlines):
            said.headlines.append(headline)
        else:
            said.headlines.insert(0, headline)


def _dateline(said: Said, element: etree._Element) -> None:
    text = words(element)
    if not _TIME.match(text):  # Reuters writes the time of filing there
        said.text("dateline", text)


def _by(said: Said, element: etree._Element) -> None:
    said.text("by", words(element))


def _credit(said: Said, element: etree._Element) -> None:
    said.text("credit", words(element).rstrip("–—- "))


def _description(said: Said, element: etree._Element) -> None:
    role = role_of(element)
    value = paragraphs(element)
    if not value or role.lower() in said.dialect.skipped_descriptions:
        return
    said.descriptions.append(Description(value=value, role=_with_language(said, role, element)))


def _with_language(said: Said, role: str, element: etree._Element) -> str:
    """The role of a text; behind it its language, where that is not the item's."""
    language = element.get(XML_LANG)
    if language and said.language and language[:2].lower() != said.language[:2].lower():
        return f"{role}:{language}"
    return role


def _property(said: Said, element: etree._Element) -> None:
    """An extension of ours; others' are lost."""
    rel = element.get("reluri", "")
    if rel.startswith(OURS):
        said.text(f"our {last_part(rel)}", element.get("value", ""))
    else:
        said.lost["extension properties"] = None


# ------------------------------------------------------------------------------------------------ rights and ways


def _holder(said: Said, element: etree._Element) -> None:
    holder = concept_of(said, element)
    said.text("copyright_holder", holder.name or holder.literal or holder.uri)


def _notice(said: Said, element: etree._Element) -> None:
    _in_its_language(said, "copyright_notice", element)


def _terms(said: Said, element: etree._Element) -> None:
    _in_its_language(said, "usage_terms", element)


def _in_its_language(said: Said, field: str, element: etree._Element) -> None:
    """The text in the item's language counts; of several in it each; in another only where there is nothing else."""
    text = paragraphs(element)
    language = element.get(XML_LANG, "")
    foreign = bool(language and said.language and language[:2].lower() != said.language[:2].lower())
    if text and foreign:
        said.text(f"foreign {field}", text)
    elif text and text not in (listed := said.rights.setdefault(field, [])):
        listed.append(text)


def _mining(said: Said, element: etree._Element) -> None:
    policy = concept_of(said, element)
    if word := policy.name or last_part(policy.uri or policy.literal):
        said.text("data_mining", f"Data mining: {word}.")


def read_hops(said: Said, element: etree._Element) -> None:
    """The hops in their order (hopHistory/hop/@seq)."""
    found: list[tuple[int, str, str]] = []
    for number, hop in enumerate(children(element, "hop")):
        seq = hop.get("seq", "")
        for party in children(hop, "party"):
            agency = (
                name_of(party, said.language)
                or party.get("literal")
                or last_part(party.get("qcode") or party.get("uri") or "")
            )
            found.append(
                (
                    int(seq) if seq.isascii() and seq.isdigit() and len(seq) < 6 else number,
                    agency,
                    hop.get("timestamp", ""),
                )
            )
    for number, (_, agency, at) in enumerate(sorted(found, key=lambda one: one[0])):
        if agency:
            said.times[f"hop {number}"] = at
            said.hops.append(Hop(agency=agency))


def read_assert(said: Said, element: etree._Element) -> None:
    """What is said of a concept that subjects refer to: its name, its place on the earth, its address."""
    key = element.get("qcode") or element.get("uri") or element.get("literal") or ""
    said.asserted += 1
    if said.asserted > MOST:
        said.lost[f"what stands behind {MOST} assertions"] = None
        return
    known = said.keys.get(key)
    found = concept_of(said, element)
    is_place = found.geo or found.contact_info or "locmeta" in key
    if known is None:
        if is_place and found.name:
            said.add("places", found)
        return
    better = with_place(said, known if known.name else found, element)
    for listed in said.concepts.values():
        if known in listed:
            listed[listed.index(known)] = better


READERS: dict[str, Reader] = {
    "itemclass": _item_class,
    "provider": _provider,
    **dict.fromkeys(("versioncreated", "firstcreated", "embargoed", "contentcreated", "contentmodified"), _time),
    "pubstatus": _status,
    "signal": _signal,
    "ednote": _note,
    "generator": _generator,
    "title": _title,
    "filename": _file_name,
    "link": _link,
    **dict.fromkeys(("profile", "hash", "icon", "metadatacreator", "versionedid", "incomingfeedid"), _nothing),
    "urgency": _urgency,
    "located": _located,
    "infosource": _source,
    "creator": _creator,
    "contributor": _contributor,
    "altid": _alt_id,
    "language": _language,
    "genre": _genre,
    "keyword": _keyword,
    "subject": _subject,
    "slugline": _slugline,
    "headline": _headline,
    "dateline": _dateline,
    "by": _by,
    "creditline": _credit,
    "description": _description,
    "copyrightholder": _holder,
    "copyrightnotice": _notice,
    "usageterms": _terms,
    "datamining": _mining,
    "contentmetaextproperty": _property,
    "itemmetaextproperty": _property,
}
"""The reader of each element, by its name in small letters."""
