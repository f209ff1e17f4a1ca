"""What a translator is offered: names as we write them, our own terms, the lexicon's, names of places."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import pytest

from dragoman.desk.references import References, references
from dragoman.desk.suggestions import MOST, suggestions
from dragoman.formats.tbx import write_tbx
from dragoman.lexicon.own import OwnTerms
from dragoman.model.termbase import Term, TermEntry
from dragoman.names import forms
from dragoman.names.forms import Entry, NamesFile
from dragoman.store import names
from newsdesk import Newsroom

IRMA = Entry(
    id="irma-brandt",
    forms={
        "en": ("Irma Brandt",),
        "ru": ("Ирма Брандт",),
        "az": ("İrma Brandt",),
        "ar": ("إيرما برانت",),
        "zh": ("伊尔玛·勃兰特",),
    },
)
KEEPER = TermEntry(
    id="keeper", terms={"en": (Term("lock keeper"),), "ru": (Term("шлюзовой"),), "zh": (Term("船闸管理员"),)}
)
SHELF = References(names=NamesFile((IRMA,)), terms=OwnTerms((KEEPER,)))


def told(sources: list[str], language: str, into: str, shelf: References = SHELF) -> list[list[tuple[str, str, str]]]:
    found = suggestions(sources, language, into, shelf)
    return [[(one.source, one.text, one.by) for one in each] for each in found]


def test_names_and_terms_are_offered_in_the_order_of_the_words() -> None:
    source = "President Irma Brandt met NATO officials in Marseille, the lock keepers said; inflation rose."
    [found] = told([source], "en", "ru")
    assert found == [
        ("President", "президент", "lexicon"),
        ("Irma Brandt", "Ирма Брандт", "names"),
        ("NATO", "НАТО", "lexicon"),
        ("Marseille", "Марсель", "lexicon"),
        ("lock keepers", "шлюзовой", "terms"),
        ("inflation", "инфляция", "lexicon"),
    ]


def test_a_short_name_is_known_by_the_full_one_of_another_paragraph() -> None:
    head, text = told(["Brandt to open harbour", "President Irma Brandt will open it. Brandt was mayor."], "en", "az")
    assert [one for one in text if one[2] == "names"] == [
        ("Irma Brandt", "İrma Brandt", "names"),
        ("Brandt", "İrma Brandt", "names"),
    ]
    assert ("Brandt", "İrma Brandt", "names") in head


@pytest.mark.parametrize(
    ("language", "source", "into", "expected"),
    [
        ("ru", "Ирмы Брандт не было, Ирму Брандт ждали", "az", ("Ирму Брандт", "İrma Brandt", "names")),
        ("ru", "В Сумгаите прошёл дождь", "az", ("Сумгаите", "Sumqayıt", "lexicon")),
        ("zh", "船闸管理员见到了伊尔玛·勃兰特。", "ar", ("伊尔玛·勃兰特", "إيرما برانت", "names")),
        ("ar", "قالت إيرما برانت في باكو", "zh", ("إيرما برانت", "伊尔玛·勃兰特", "names")),
        ("ar", "قالت إيرما برانت في باكو", "en", ("باكو", "Baku", "lexicon")),
        ("en", "The ship left Germany.", "tr", ("Germany", "Almanya", "places")),
        ("en", "The ship left Germany.", "zh-Hant", ("Germany", "德國", "places")),
    ],
)
def test_each_script_has_its_names(language: str, source: str, into: str, expected: tuple[str, str, str]) -> None:
    assert expected in told([source], language, into)[0]


@pytest.mark.parametrize(
    ("source", "into", "offered"),
    [
        ("The EU paid.", "ru", {"EU": "ЕС"}),
        ("The European Union paid.", "ru", {"European Union": "Европейский союз"}),
        ("The American ferry sank.", "ru", {}),
        ("He stressed that it rained.", "ru", {}),
    ],
)
def test_the_lexicon_offers_what_stands_for_just_these_words(source: str, into: str, offered: dict[str, str]) -> None:
    found = {words: text for words, text, _ in told([source], "en", into)[0]}
    assert {words: text for words, text in found.items() if words in source and words != "ferry"} == offered


def test_a_namesake_of_a_place_has_not_its_name() -> None:
    [caucasus] = told(["The fleet of Georgia left Tbilisi."], "en", "ru")
    assert ("Georgia", "Грузия", "lexicon") in caucasus
    [state] = told(["The fire began near Atlanta, Georgia, said the sheriff in Atlanta."], "en", "ru")
    assert "Грузия" not in [text for _, text, _ in state]


def test_what_a_source_above_says_is_not_said_again_below() -> None:
    baku = Entry(id="fund", kind="organisation", forms={"en": ("Baku Fund",), "ru": ("Бакинский фонд",)})
    [found] = told(["The Baku Fund paid."], "en", "ru", References(names=NamesFile((baku,))))
    assert [one for one in found if "Baku" in one[0]] == [("Baku Fund", "Бакинский фонд", "names")]


@pytest.mark.parametrize("source", ["", " ", "said " * 10_000, "\ud800 \x00 Baku", "12 345"])
def test_whatever_the_source_is_nothing_breaks(source: str) -> None:
    found = told(["A line.", source, "A line."], "en", "ru")
    assert [len(each) <= MOST for each in found] == [True] * 3
    assert told(["Irma Brandt"], "und", "fr") == [[]]
    assert told([], "en", "fr") == []


def test_a_paragraph_takes_less_than_thirty_milliseconds() -> None:
    paragraph = "President Irma Brandt met NATO officials in Marseille on Monday; inflation rose in Germany. " * 8
    told([paragraph], "en", "ru")  # the tables are loaded once
    begun = perf_counter()
    told([paragraph] * 20, "en", "ru")
    assert (perf_counter() - begun) / 20 < 0.03


def test_both_are_read_again_when_they_change(newsroom: Newsroom, tmp_path: Path) -> None:
    path = tmp_path / "terms.tbx"

    def offered() -> list[tuple[str, str, str]]:
        found = told(["Irma Brandt paid the lock keeper."], "en", "zh", references(newsroom.conn, path))[0]
        return [one for one in found if one[2] in ("names", "terms")]

    assert offered() == []
    path.write_text("".join(write_tbx((KEEPER,), "Ours")), "utf-8")
    with newsroom.conn.transaction():
        now = datetime(2026, 3, 1, tzinfo=UTC)
        names.change(newsroom.conn, "name added", "x", lambda file: forms.add(file, IRMA), by="os:ada", now=now)
    assert offered() == [
        ("Irma Brandt", "伊尔玛·勃兰特", "names"),
        ("lock keeper", "船闸管理员", "terms"),
    ]
    path.write_text("<html/>", "utf-8")
    assert [one[2] for one in offered()] == ["names"]
