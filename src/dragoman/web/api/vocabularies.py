"""Vocabularies over the API: what has been taken in, its concepts, what codes are called."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.model.errors import BadInput
from dragoman.model.vocabulary import VocabularyConcept
from dragoman.store import vocabularies
from dragoman.store.connect import borrowed
from dragoman.store.vocabularies import Kept, Listed
from dragoman.web.asking import Page
from dragoman.web.site import site_of

MOST_NAMES = 100
Query = Annotated[
    str, QueryParameter(description="Words of labels, in any language, or of a code; every one must be there.")
]
Names = Annotated[list[str], QueryParameter(description="Addresses or codes (`medtop:15000000`); up to 100.")]
Language = Annotated[str, QueryParameter(description="The language of the labels.")]
After = Annotated[str, QueryParameter(description="`code` of the last concept of the answer before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Concepts in one answer.")]


class VocabularyLine(Struct, frozen=True, kw_only=True):
    """A vocabulary that has been taken in: `retired` counts the concepts no longer to be used."""

    id: int
    uri: str
    alias: str
    title: dict[str, str]
    authority: str
    licence: str
    released: str
    concepts: int
    retired: int
    languages: list[str]
    imported: datetime


class ConceptLine(Struct, frozen=True, kw_only=True):
    """A concept; `retired` is since when it is no longer to be used, empty while it is."""

    vocabulary: int
    qcode: str
    concept: VocabularyConcept


@get("/vocabularies", sync_to_thread=True)
def listed(request: Page) -> list[VocabularyLine]:
    """The vocabularies that have been taken in."""
    with borrowed(site_of(request).newsroom) as conn:
        return [_vocabulary(one) for one in vocabularies.vocabularies(conn)]


@get("/vocabularies/concepts", sync_to_thread=True)
def found(request: Page, q: Query, limit: Limit = 100) -> list[ConceptLine]:
    """Concepts of all of them, by the words of their labels."""
    with borrowed(site_of(request).newsroom) as conn:
        return [_concept(one) for one in vocabularies.find(conn, q, limit=limit)]


@get("/vocabularies/labels", sync_to_thread=True)
def called(request: Page, name: Names, language: Language = "en") -> dict[str, str]:
    """What codes are called; what nobody knows is left out. Media Topics of the top two levels are always known."""
    if len(name) > MOST_NAMES:
        raise BadInput("These are too many codes", f"{len(name)}", hint=f"Ask for {MOST_NAMES} at a time.")
    with borrowed(site_of(request).newsroom) as conn:
        return vocabularies.labels(conn, name, language)


@get("/vocabularies/{number:int}/concepts", sync_to_thread=True)
def concepts(
    request: Page, number: FromPath[int], q: Query = "", after: After = "", limit: Limit = 100
) -> list[ConceptLine]:
    """The concepts of one, by their codes; those that answer a query."""
    with borrowed(site_of(request).newsroom) as conn:
        one = vocabularies.vocabulary(conn, str(number))
        lines = vocabularies.find(conn, q, vocabulary=one.id, after=after, limit=limit)
    return [_concept(line) for line in lines]


def _vocabulary(one: Kept) -> VocabularyLine:
    own = one.vocabulary
    return VocabularyLine(
        id=one.id,
        uri=own.uri,
        alias=own.alias,
        title=dict(own.title),
        authority=own.authority,
        licence=own.licence,
        released=own.released,
        concepts=one.concepts,
        retired=one.retired,
        languages=list(one.languages),
        imported=one.imported,
    )


def _concept(one: Listed) -> ConceptLine:
    code = one.concept.code
    return ConceptLine(
        vocabulary=one.vocabulary, qcode=f"{one.alias}:{code}" if one.alias else code, concept=one.concept
    )


ROUTES: list[ControllerRouterHandler] = [listed, found, called, concepts]
