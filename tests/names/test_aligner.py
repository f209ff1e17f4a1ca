"""The aligner and its tables: small, complete, and quick to choose among thousands."""

from importlib.resources import files

import pytest

from dragoman.names.aligner import agreement, logit, table
from dragoman.names.letters import plain, romanised, script
from dragoman.names.rank import Candidates

TABLES = ("cyrl", "arab", "pers", "hani", "armn", "geor", "grek", "hebr", "latn")


def test_all_tables_together_are_small() -> None:
    assert sum(len(path.read_bytes()) for path in files("dragoman.names").joinpath("tables").iterdir()) < 1_500_000


@pytest.mark.parametrize("name", TABLES)
def test_a_table_holds_probabilities(name: str) -> None:
    of = table(name)
    total = sum(of.native(part)[0] for part in of._lines if len(part) < 3 and part[:1] not in "/#")
    assert 0.9 < total < 1.1
    for part in list(of._lines)[:300]:
        alone, chunks, best, longest = of.native(part)
        assert sum(chunks.values()) <= alone * 1.05
        assert best == max(chunks.values(), default=0)
        assert longest <= 7


@pytest.mark.parametrize(
    ("latin", "native", "other"),
    [
        ("Brandt", "Брандт", "Брунс"),
        ("Kessler", "كيسلر", "كاستيلو"),
        ("Kessler", "کسلر", "کاستیلو"),
        ("Kessler", "凯斯勒", "卡斯蒂略"),
        ("Sargsyan", "Սարգսյան", "Հակոբյան"),
        ("Lomidze", "ლომიძე", "ბერიძე"),
        ("Papadakis", "Παπαδάκης", "Νικολάου"),
        ("Brandt", "Brand", "Brunner"),
    ],
)
def test_a_name_agrees_with_its_own_form_and_not_with_another(latin: str, native: str, other: str) -> None:
    of = script(native)
    right, wrong = (agreement(plain(latin, "latn"), plain(form, of), of) for form in (native, other))
    assert right > 0.4 > wrong


def test_nothing_agrees_with_nothing() -> None:
    assert logit("", "брандт", table("cyrl")) < -10
    assert agreement("brandt" * 40, "щ" * 300, "cyrl") < 0.01


def test_the_right_one_of_many_comes_first() -> None:
    names = [
        f"{first}{middle}{last}"
        for first in "bdgklmnprst"
        for middle in ("a", "ori", "enda")
        for last in ("n", "ck", "dov")
    ]
    many = Candidates([*names, "Brandt", "Zinnurov", "Kessler"])
    assert many.ranked("Зиннуров")[0] == "Zinnurov"
    assert many.ranked("凯斯勒")[0] == "Kessler"
    assert many.ranked("برانت", "ar")[0] == "Brandt"
    assert many.ranked("Zinnourov", most=1) == ["Zinnurov"]
    assert many.ranked("") == []


def test_letters_have_one_plain_form_and_one_in_latin() -> None:
    assert plain("Şükür", "latn") == "sukur"
    assert plain("إلهام", "arab") == plain("الهام", "arab")
    assert plain("陳偉", "hani") == "陈伟"
    assert romanised("зиннуров", "cyrl") == "zinnurov"
    assert romanised("陈伟", "hani") == "chenwei"
    assert [script(word) for word in ("a", "я", "پ", "س", "王", "1", "")] == [
        "latn",
        "cyrl",
        "pers",
        "arab",
        "hani",
        "",
        "",
    ]
