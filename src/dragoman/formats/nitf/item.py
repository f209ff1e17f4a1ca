"""A NITF document as an item. Pure."""

from lxml import etree
from msgspec.structs import replace

from dragoman.formats._identity import content_version, digest, is_uri, made_uri
from dragoman.formats._nitf_body import nitf_markup, nitf_media, nitf_notes
from dragoman.formats._senders import Sender, sender_of, zone_for
from dragoman.formats._xml import local
from dragoman.formats.nitf import head
from dragoman.formats.nitf.dialects import METAS, USUAL, dialect_of
from dragoman.formats.nitf.front import Front, editors_notes, front_of, lead_taken_out
from dragoman.formats.nitf.tree import Tree, tree_of
from dragoman.model.arrival import Hints
from dragoman.model.errors import Undecodable
from dragoman.model.item import TRANSLATION_OF, AltId, Association, Body, Item, Profile
from dragoman.read.reading import shaped
from dragoman.text.language import known_tag

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def item_of(root: etree._Element, hints: Hints, notes: tuple[str, ...] = ()) -> Item:
    """`root` (a ``nitf``) as an item, read.

    Raises:
        Undecodable: it is none, says nothing, or has an embargo that cannot be read.
    """
    if local(root) != "nitf":
        raise Undecodable("This is not NITF", f"its root is <{local(root)}>")
    tree = tree_of(root)
    sender = _sender(tree, hints)
    dialect = USUAL if tree.is_ours else dialect_of(sender)
    times = head.times_of(tree, zone_for(hints.zone, sender))
    status, odd = head.status_of_copy(tree)
    front = front_of(tree)
    lead = lead_taken_out(tree) if dialect.lead_is_summary and not front.descriptions else None
    markup = "" if tree.body is None or status != "usable" else nitf_markup(tree.body).strip()
    slug = head.slug_of(tree, dialect)
    holder, notice, terms = head.terms_of(tree)
    guid, alt_ids = head.ids_of(tree)
    if not (front.headlines or markup or front.descriptions or lead or guid):
        raise Undecodable("A NITF document without headline, text and id")
    item = Item(
        uri="",
        version=_version(tree),
        first_created=times.first,
        version_created=times.version,
        content_created=times.content,
        embargoed_until=times.embargo,
        pub_status=status,
        urgency=_urgency(tree),
        language=_language(tree),
        headlines=front.headlines,
        slugline=slug,
        by=front.by,
        located=front.located,
        descriptions=(*front.descriptions, *((lead,) if lead else ())) if status == "usable" else (),
        bodies=(Body(value=markup),) if markup else (),
        subjects=head.subjects_of(tree, slug, dialect),
        places=head.places_of(tree),
        people=head.people_of(tree),
        organisations=head.organisations_of(tree),
        genres=head.genres_of(tree),
        info_sources=(*head.sources_of(tree), *front.signed),
        copyright_holder=holder,
        copyright_notice=notice,
        usage_terms=terms,
        ed_note=_ed_note(tree),
        events=head.events_of(tree),
        associations=(*_versions(tree), *_media(tree)),
        dragoman=_profile(tree, front, notes + times.notes + odd + front.notes),
    )
    item = shaped(_identified(item, guid, alt_ids, sender, hints))
    return item if item.version else replace(item, version=content_version(item))


def _sender(tree: Tree, hints: Hints) -> Sender:
    """Who sent it, by what names itself: the registrar of the id, holder, distributor; names of ``meta`` elements."""
    said = [
        *tree.every("doc-id", "regsrc"),
        *tree.every("doc-id", "id-string")[:1],
        *tree.every("doc.copyright", "holder"),
    ]
    said += [text for each in tree.body_head.get("distributor", ()) for text in each.itertext()]
    said += [each.agency for each in head.hops_of(tree)[-1:]]
    said += [name.split("-")[0] for name in tree.metas if name.startswith(("aap-", "efe-"))][:1]
    relayed = "ntb " if any(name.startswith("ntb") for name in tree.metas) else ""
    return sender_of(relayed, *map(str, said), hints.agency)


def _version(tree: Tree) -> str:
    return next(iter(tree.metas.get("dragoman-version", ())), "") or tree.data("du-key", "version")


def _urgency(tree: Tree) -> int | None:
    said = tree.data("urgency", "ed-urg")
    return int(said) if len(said) == 1 and said in "123456789" else None


def _language(tree: Tree) -> str:
    spoken = (each.get(_XML_LANG, "") for each in (tree.root, tree.body, *tree.contents[:1]) if each is not None)
    metas = (said for name, said in tree.metas.items() if METAS.get(name, ("",))[0] == "language")
    said = [tree.root.get("baselang", ""), *spoken, *(each for words in metas for each in words)]
    return next((tag for each in said if (tag := known_tag(each))), "")


def _ed_note(tree: Tree) -> str:
    inside = [note for content in tree.contents if (note := nitf_notes(content))]
    return " ".join([*head.ed_notes(tree), *editors_notes(tree), *inside])


def _media(tree: Tree) -> tuple[Association, ...]:
    return () if tree.body is None or not tree.contents else nitf_media(tree.body)


def _versions(tree: Tree) -> tuple[Association, ...]:
    found = [
        (METAS[name][1], said)
        for name in ("dragoman-original", "dragoman-translation")
        for said in tree.metas.get(name, ())
    ]
    return tuple(
        Association(name="original" if rel == TRANSLATION_OF else "translation", rel=rel, uri=said)
        for rel, said in found
        if is_uri(said)
    )


def _profile(tree: Tree, front: Front, notes: tuple[str, ...]) -> Profile:
    return Profile(
        dateline=front.dateline,
        credit=front.credit,
        correction=head.correction_in(tree),
        advance=any(each.get("msg-type") == "advance" for each in tree.docdata.get("ed-msg", ())),
        hops=head.hops_of(tree),
        notes=notes,
        lost=tuple(dict.fromkeys(head.unread(tree))),
    )


def _identified(item: Item, guid: str, alt_ids: list[AltId], sender: Sender, hints: Hints) -> Item:
    if is_uri(guid):
        return replace(item, uri=guid, alt_ids=tuple(alt_ids))
    scope = hints.agency or sender.name
    if guid:
        return replace(item, uri=made_uri(scope, guid), alt_ids=(AltId(value=guid, role="guid"), *alt_ids))
    made = made_uri(scope, digest(item.headline, *(body.value for body in item.bodies)))
    notes = (*item.ours.notes, "no id: one made from the content")
    return replace(item, uri=made, alt_ids=tuple(alt_ids), dragoman=replace(item.ours, notes=notes))
