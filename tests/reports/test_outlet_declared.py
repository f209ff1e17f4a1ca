"""An outlet as it is declared: what cannot stand, what looks like another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.reports.outlet import Outlet, checked, host_of, look_alikes, name_key


def test_words_are_trimmed_and_tags_take_their_usual_form() -> None:
    made = checked(
        Outlet(
            name="  Delta   Radio ", country="de", languages=("DE", "de", "zh_hant"), home_page=" https://d.example/ "
        )
    )
    assert (made.name, made.country, made.languages) == ("Delta Radio", "DE", ("de", "zh-Hant"))
    assert made.host == "d.example"


def test_a_number_of_people_stands_only_with_its_source_and_day() -> None:
    with pytest.raises(BadInput, match="source and its day"):
        checked(Outlet(name="Delta Radio", audience=5))
    full = Outlet(name="Delta Radio", audience=0, audience_source="own count", audience_on=date(2026, 1, 1))
    assert checked(full).audience == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " … "},
        {"country": "Germany"},
        {"languages": ("a language",)},
        {"home_page": "ftp://d.example"},
        {"home_page": "javascript:alert(1)"},
        {"kind": "pigeon"},
        {"note": "x" * 2001},
        {"audience": -1, "audience_source": "x", "audience_on": date(2026, 1, 1)},
    ],
)
def test_what_cannot_stand_is_named(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        checked(Outlet(**({"name": "Delta Radio"} | wrong)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.Delta.example/news?x=1", "delta.example"),
        ("http://delta.example:8080", "delta.example"),
        ("https://[::1", ""),
        ("mailto:desk@delta.example", ""),
        ("https://localhost/", ""),
        ("", ""),
    ],
)
def test_the_host_is_what_two_addresses_of_one_outlet_share(address: str, host: str) -> None:
    assert host_of(address) == host


def test_names_that_differ_by_case_accents_and_signs_are_one_name() -> None:
    assert name_key("ÇAY Xəbərləri!") == name_key("çay  xəbərləri")


def test_a_name_that_looks_like_another_is_shown() -> None:
    there = {1: "Tidewater Press", 2: "Delta Radio", 3: "صحيفة المرفأ"}
    assert look_alikes("Tidewaters Press", there) == [1]
    assert look_alikes("DeltaRadio", there) == [2]
    assert look_alikes("صحيفه المرفأ", there) == [3]
    assert look_alikes("Mountain Post", there) == []


@given(st.text(max_size=60), st.dictionaries(st.integers(), st.text(max_size=60), max_size=5))
def test_any_name_may_be_compared_with_any(name: str, others: dict[int, str]) -> None:
    assert set(look_alikes(name, others)) <= set(others)
