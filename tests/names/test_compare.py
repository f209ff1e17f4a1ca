"""Names across scripts: what is one, what is not, and why."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.names.compare import THRESHOLD, compare
from dragoman.names.forms import Entry, NamesFile

ONE = {
    "person": (
        (
            "Heydar Aliyev",
            "Гейдар Алиев",
            "Гейдара Алиева",
            "Heydər Əliyev",
            "حيدر علييف",
            "盖达尔·阿利耶夫",
            "Heydər Əliyevin",
        ),
        ("Zinnurov", "Zinnourov", "Зиннуров"),
        ("Guseynov", "Hüseynov", "Гусейнов", "Huseynov"),
        ("Ilham Aliyev", "Aliyev Ilham", "I. Aliyev", "Ильхам Гейдарович Алиев", "President Ilham Aliyev"),
        ("Ida Brandt", "Ида Брандт", "Иды Брандт", "Dr. Ida Brandt", "Brandt, Ida"),
        ("Abdul Rahman Khalil", "Abdurrahman Khalil", "عبد الرحمن خليل"),
        ("Li Wei", "李伟", "Wei Li"),
        ("Jürgen Müller", "Juergen Mueller", "Юрген Мюллер"),
        ("Orxan Rəşid oğlu Məmmədov", "Орхан Рашидович Мамедов", "Orkhan Mammadov"),
    ),
    "": (
        ("AZERTAC", "Azertag", "АЗЕРТАДЖ", "AZƏRTAC", "أذرتاج"),
        ("NATO", "НАТО", "OTAN", "حلف شمال الأطلسي", "北约"),
        ("Caspian Line LLC", "ООО «Каспиан Лайн»", "Caspian Line MMC", "CASPIAN LINE"),
        ("Nordlicht GmbH", "Nordlicht Gesellschaft mit beschränkter Haftung", "Нордлихт"),
        ("Quay Repair Fund", "QRF"),
    ),
}
OTHERS = (
    ("Heydar Aliyev", "Ilham Aliyev"),
    ("Heydar Aliyev", "Ильхам Гейдарович Алиев"),
    ("Гейдар Алиев", "Ilham Heydar oglu Aliyev"),
    ("Heydər Əliyev", "Mehriban Əliyeva"),
    ("Guseynov", "Гасанов"),
    ("Alan Marsh", "Alma Marsh"),
    ("H. Aliyev", "Ilham Aliyev"),
    ("Aliyev", "Heydar Aliyev"),
    ("NATO", "ОБСЕ"),
    ("Harbour Unit 1", "Harbour Unit 2"),
    ("Kapital Fund II", "Kapital Fund III"),
    ("Delta Bank", "Delta Media"),
    ("Heydar Aliyev", "Heydar Aliyev Foundation"),
    ("Jürgen Müller", "Jürgen Möller"),
)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [(kind, *pair) for kind, groups in ONE.items() for group in groups for pair in combinations(group, 2)],
)
def test_one_name_is_one_in_every_script_and_form(kind: str, one: str, other: str) -> None:
    found = compare(one, other, kind=kind)
    assert found.same, found
    assert found.score >= THRESHOLD
    assert found.reasons


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_two_names_stay_two(one: str, other: str) -> None:
    for found in (compare(one, other), compare(other, one)):
        assert not found.same, found
        assert found.reasons


def test_the_reasons_say_what_was_laid_beside_what_and_what_was_left_aside() -> None:
    found = compare("President Ida Brandt", "Иды Брандт", kind="person")
    assert "left aside: President" in found.reasons
    assert any(reason.startswith("Ida ~ Иды") for reason in found.reasons)
    assert compare("NATO", "北约").reasons == ("the lexicon: both are nato",)


def test_what_the_agency_decided_binds() -> None:
    names = NamesFile(
        (
            Entry(id="ida-brandt", forms={"en": ("Ida Brandt", "The Harbour Lady")}),
            Entry(id="ida-brand", forms={"en": ("Ida Brand",)}),
        )
    )
    assert compare("The Harbour Lady", "Ida Brandt", names=names).reasons == ("the names file: both are ida-brandt",)
    apart = compare("Ida Brandt", "Ida Brand", names=names)
    assert (apart.same, apart.score) == (False, 0.0)
    assert apart.reasons == ("the names file: ida-brandt is not ida-brand",)


def test_a_legal_form_alone_is_still_compared() -> None:
    assert compare("Ltd", "Ltd").same
    assert not compare("Ltd", "GmbH").same


HOSTILE = (
    "",
    " ",
    "\x00",
    "·",
    "...",
    "'",
    "1",
    "𝔄𝔩𝔦",
    "ـــ",
    "Ð\x93ÐµÐ¹",
    "\ud800",
    "A" * 100_000,
    "И. " * 5000,
    "王" * 5000,
)


@pytest.mark.parametrize("one", HOSTILE)
@pytest.mark.parametrize("other", [*HOSTILE, "Ida Brandt", "Ида"])
def test_no_text_is_too_strange(one: str, other: str) -> None:
    assert 0 <= compare(one, other).score <= 1


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["", "person", "organisation", "ship"]))
def test_any_two_texts_can_be_compared(one: str, other: str, kind: str) -> None:
    found = compare(one, other, kind=kind)
    assert 0 <= found.score <= 1
    assert found.same == (found.score >= THRESHOLD)
    if one.strip() and any(sign.isalnum() for sign in one):
        assert compare(one, one, kind=kind).same
