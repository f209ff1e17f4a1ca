"""NewsML 1.0 to 1.2 (IPTC), in only: a NewsML document, or a NewsItem alone. Pure.

management  what a NewsItem says of itself     tree     its components: stories, parts, pictures
said        lines and metadata of a story      content  its texts and files
item        all that as an item                dialects what agencies do with it, a row each
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lxml import etree

from dragoman.formats._shape import Format, failed, suits, unforeseen, units
from dragoman.formats._xml import parse_xml, root_name, xml_text
from dragoman.formats.newsml_1.about import topic_names
from dragoman.formats.newsml_1.item import MOST_STORIES, Source, item_of, source_of, stories, too_many
from dragoman.formats.newsml_1.node import Node, child
from dragoman.model.arrival import Hints, Unit
from dragoman.model.errors import DragomanError, Undecodable
from dragoman.model.item import Item

MEDIA_TYPE = "text/vnd.iptc.newsml"
_G2 = "http://iptc.org/std/nar/"
_MOST_ITEMS = 2000


def detect(data: bytes, hints: Hints) -> float:
    """XML whose root is ``NewsML``, or a ``NewsItem`` that is none of NewsML-G2's."""
    name, space = root_name(data)
    if space.startswith(_G2) or name not in ("newsml", "newsitem"):
        return 0.0
    sure = 0.9 if name == "newsml" else 0.85 if b"NewsComponent" in data or b"NewsManagement" in data else 0.0
    return min(1.0, sure + suits(hints, FORMAT.media_types, FORMAT.suffixes)) if sure else 0.0


def decode(data: bytes, hints: Hints) -> Iterator[Unit]:
    """A unit a story: a NewsItem may hold several."""
    try:
        text, notes = xml_text(data, hints)
        makers = _makers(parse_xml(text), hints, notes)
    except DragomanError as error:
        yield failed(0, error)
    except Exception as error:  # the border to a foreign document
        yield failed(0, unforeseen(error))
    else:
        yield from units(makers)


PLACES: Mapping[str, str] = {
    "uri": "NewsIdentifier/PublicIdentifier without its revision; @Duid where a NewsItem holds several",
    "version": "NewsIdentifier/RevisionId",
    "type": "Role, ContentItem/MediaType",
    "pub_status": "NewsManagement/Status, Instruction",
    "first_created": "NewsManagement/FirstCreated",
    "version_created": "NewsManagement/ThisRevisionCreated",
    "embargoed_until": "Status Embargoed until StatusWillChange",
    "urgency": "NewsManagement/Urgency",
    "language": "DescriptiveMetadata/Language, xml:lang",
    "headline": "NewsLines/HeadLine",
    "headlines": "NewsLines/SubHeadLine",
    "slugline": "NewsLines/SlugLine",
    "by": "NewsLines/ByLine",
    "located": "Location[@HowPresent='Origin']/Property City",
    "summary": "NewsComponent of the role Lead, Abstract, Summary",
    "descriptions": "NewsComponent of the role Caption; the text of a picture or film",
    "body": "ContentItem/DataContent",
    "links and emphasis": "ContentItem/DataContent",
    "subjects": "SubjectCode, KeywordLine, Property Keyword, TopicOccurrence",
    "subjects.uri": "SubjectCode/*/@FormalName",
    "places": "Location",
    "people": "TopicOccurrence",
    "organisations": "TopicOccurrence",
    "genres": "DescriptiveMetadata/Genre",
    "info_sources": "AdministrativeMetadata: Provider, Creator, Source, Contributor",
    "copyright_holder": "RightsMetadata/Copyright/CopyrightHolder",
    "copyright_notice": "NewsLines/CopyrightLine",
    "usage_terms": "RightsMetadata/UsageRights, NewsLines/RightsLine",
    "ed_note": "Comment, NewsLine AdvisoryLine",
    "alt_ids": "PublicIdentifier, NewsItemId, @Duid, NameLabel",
    "renditions": "ContentItem/@Href of a picture, sound or film",
    "associations": "AssociatedWith, DerivedFrom, NewsItemRef, components of pictures and films",
    "versions": "components in other languages",
    "dateline": "NewsLines/DateLine",
    "credit": "NewsLines/CreditLine",
    "correction": "NewsManagement/Instruction",
    "correction.reason": "NewsManagement/Instruction/Comment",
}
"""Where each field of an item stands."""

FORMAT = Format(
    name="newsml-1",
    title="NewsML 1.0–1.2 (IPTC)",
    media_types=(MEDIA_TYPE, "application/xml", "text/xml"),
    suffixes=(".newsml", ".xml"),
    detect=detect,
    opens=b"<",
    decode=decode,
    places=PLACES,
    read_only=frozenset(PLACES),
)


def _makers(root: etree._Element, hints: Hints, notes: tuple[str, ...]) -> list[Callable[[], Item]]:
    document = Node(root)
    items = [document] if document.name == "newsitem" else document.called("newsitem")
    if not items:
        what = f"its root is <{document.name}>" if document.name != "newsml" else "it holds no NewsItem"
        raise Undecodable("This is no NewsML 1.x with news in it", what)
    envelope, names = child(document, "newsenvelope"), topic_names(root)
    sources = (source_of(item, envelope, names, hints, notes) for item in items[:_MOST_ITEMS])
    makers = [maker for source in sources for maker in _of_item(source, hints)]
    if len(items) > _MOST_ITEMS:
        error = Undecodable("A document with too many items", f"the first {_MOST_ITEMS} of {len(items)} are read")
        makers.append(partial(_raised, error))
    return makers


def _of_item(source: Source, hints: Hints) -> list[Callable[[], Item]]:
    """A maker for each story of the NewsItem; one that says what is wrong where it has none."""
    try:
        found = stories(source)
    except Undecodable as error:
        return [partial(_raised, error)]
    makers: list[Callable[[], Item]] = [partial(item_of, story, found, source, hints) for story in found[:MOST_STORIES]]
    if len(found) > MOST_STORIES:
        makers.append(partial(_raised, too_many(source, len(found))))
    return makers


def _raised(error: Undecodable) -> Item:
    raise error
