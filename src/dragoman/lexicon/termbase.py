"""The lexicon as a term base: what translators ask for and take into their tools. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from dragoman.lexicon.concepts import LANGUAGES, Concept, concepts
from dragoman.lexicon.index import found
from dragoman.lexicon.inflection import is_form
from dragoman.model.termbase import Term, TermEntry
from dragoman.text.analyse import forgetful_stems


def chosen(*, subject: str = "", ids: Sequence[str] = ()) -> Iterator[Concept]:
    """The concepts of a Media Topic's code, or of these ids; all of them without either."""
    for one in concepts().values():
        if (not subject or subject in one.subjects) and (not ids or one.id in ids):
            yield one


def entries(of: Iterable[Concept], languages: Sequence[str] = LANGUAGES) -> Iterator[TermEntry]:
    """Each of them as an entry: in each language the lemma as preferred, other terms as admitted; forms of a term that was
    said before are left out."""
    for one in of:
        terms = {language: tuple(_distinct(one.terms_in(language), language)) for language in languages}
        yield TermEntry(id=one.id, terms=terms, subjects=one.subjects)


def _distinct(terms: Sequence[str], language: str) -> Iterator[Term]:
    stems = forgetful_stems(language)
    told: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for term in terms:
        key = tuple(stems(term))
        if key in seen or (" " not in term and any(is_form(term, each, language) for each in told)):
            continue
        seen.add(key)
        yield Term(term, "admitted" if told else "preferred")
        told.append(term)


def meant(word: str, language: str = "") -> list[tuple[Concept, str]]:
    """The concepts called `word`, each with the language in which it is: in `language`, or in whichever of ours."""
    told = []
    for each in (language,) if language else LANGUAGES:
        for one in found(word.strip(), each):
            if one.start == 0 and one.end == len(word.strip()):
                told.append((one.concept, each))
    return told
