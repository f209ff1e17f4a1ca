"""An agency's own terms are found in a text as it writes them, and told in the other language."""

import pytest

from dragoman.lexicon.own import OwnTerms, usual
from dragoman.model.termbase import Term, TermEntry
from dragoman.text.analyse import analyse

KEEPER = TermEntry(
    id="keeper",
    terms={
        "en-GB": (Term("lock keeper"), Term("lockkeeper", "deprecated")),
        "ru": (Term("смотритель шлюза"),),
        "zh": (Term("船闸管理员"),),
        "tr": (Term("liman idaresi"),),
        "fr": (Term("gardien", "deprecated"), Term("éclusier", "admitted")),
    },
)
LOCK = TermEntry(id="lock", terms={"en": (Term("lock"),), "ru": (Term("шлюз"),), "zh": (Term("船闸"),)})
FUND = TermEntry(id="fund", terms={"en": (Term("Fund"),), "de": (Term("Fonds"),)})
OWN = OwnTerms((KEEPER, LOCK, FUND))


def found(text: str, language: str) -> list[tuple[str, str]]:
    told = OWN.found(text, language, analyse(text, language))
    return [(one.entry.id, text[one.start : one.end]) for one in told]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two lock keepers opened the locks.", [("keeper", "lock keepers"), ("lock", "locks")]),
        ("ru", "Смотрители шлюзов у шлюза", [("keeper", "Смотрители шлюзов"), ("lock", "шлюза")]),
        ("zh", "船闸管理员打开了船闸。", [("keeper", "船闸管理员"), ("lock", "船闸")]),
        ("tr", "Liman idaresi açıkladı", [("keeper", "Liman idaresi")]),
        ("en", "to fund the Fund", [("fund", "Fund")]),
        ("de", "lock keeper", []),
        ("und", "lock keeper", []),
        ("en", "", []),
    ],
)
def test_the_longest_term_counts_in_any_form(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


def test_the_usual_term_is_the_first_that_is_not_deprecated() -> None:
    assert usual(KEEPER, "en") == "lock keeper"
    assert usual(KEEPER, "en-US") == "lock keeper"
    assert usual(KEEPER, "fr") == "éclusier"
    assert usual(KEEPER, "de") == ""
    both = TermEntry(id="x", terms={"zh": (Term("软件"),), "zh-Hant": (Term("軟體"),)})
    assert (usual(both, "zh"), usual(both, "zh-hant")) == ("软件", "軟體")
