"""What the lexicon knows of a whole name: NATO, НАТО, OTAN, حلف شمال الأطلسي, 北约. Pure."""

from collections import defaultdict
from functools import lru_cache

from dragoman.lexicon import LANGUAGES, Concept, concepts
from dragoman.names.parts import Parts
from dragoman.text.fold import fold

_NAMED = frozenset({"agency", "organisation", "country", "region", "city", "document"})
_SHORT = 14


@lru_cache(maxsize=1)
def _owners() -> dict[str, tuple[str, ...]]:
    owners: dict[str, list[str]] = defaultdict(list)
    for one in concepts().values():
        if one.kind in _NAMED:
            for term in {_bare(term) for language in LANGUAGES for term in one.terms_in(language)}:
                owners[term].append(one.id)
    return {term: tuple(ids) for term, ids in owners.items()}


@lru_cache(maxsize=1)
def _meanings() -> dict[str, frozenset[str]]:
    """The concepts of single words (ministry, министерство, وزارة), for words of organisations."""
    told: dict[str, set[str]] = defaultdict(set)
    for one in concepts().values():
        for language in LANGUAGES:
            for term in one.terms_in(language):
                if " " not in term and len(term) > 1:
                    told[_bare(term)].add(one.id)
    return {term: frozenset(ids) for term, ids in told.items()}


def _bare(term: str) -> str:
    return fold(term).replace(".", "").removeprefix("the ")


def known(taken: Parts) -> tuple[str, ...]:
    """The ids of the lexicon's bodies and places that bear this name, by the whole of it or without its legal form."""
    found = _owners().get(_bare(taken.folded), ())
    if not found and taken.legal:
        found = _owners().get(" ".join(fold(word.text) for word in taken.words), ())
    return found


def meanings(word: str) -> frozenset[str]:
    """The concepts that a single word names."""
    return _meanings().get(_bare(word), frozenset())


@lru_cache(maxsize=256)
def short_names(id_: str) -> tuple[str, ...]:
    """The one-word names of a concept, such as acronyms, in all languages."""
    one: Concept = concepts()[id_]
    terms = {term for language in LANGUAGES for term in one.terms_in(language)}
    return tuple(sorted(term for term in terms if " " not in term and len(term) <= _SHORT))
