"""The key: one for every script and form of a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.names.forms import Entry, NamesFile
from dragoman.names.key import name_key

GROUPS = (
    (
        "Heydar Aliyev",
        "Гейдар Алиев",
        "Гейдара Алиева",
        "Heydər Əliyev",
        "حيدر علييف",
        "盖达尔·阿利耶夫",
        "Aliyev, Heydar",
    ),
    ("Zinnurov", "Zinnourov", "Зиннуров", "Зиннурову"),
    ("Guseynov", "Hüseynov", "Гусейнов"),
    ("Ilham Aliyev", "Ильхам Гейдарович Алиев", "İlham Heydər oğlu Əliyev", "President Ilham Aliyev"),
    ("AZERTAC", "АЗЕРТАДЖ", "AZƏRTAC", "أذرتاج"),
    ("Caspian Line LLC", "ООО «Каспиан Лайн»", "Caspian Line"),
    ("Li Wei", "李伟", "Wei Li"),
)


@pytest.mark.parametrize("group", GROUPS)
def test_all_forms_of_a_name_share_a_key(group: tuple[str, ...]) -> None:
    assert len({name_key(form) for form in group}) == 1, [name_key(form) for form in group]


def test_other_names_have_other_keys() -> None:
    assert len({name_key(group[0]) for group in GROUPS}) == len(GROUPS)


def test_the_names_file_gives_its_id() -> None:
    names = NamesFile((Entry(id="ida-brandt", forms={"ru": ("Ида Брандт",)}),))
    assert name_key("Ида Брандт", "ru", names=names) == "=ida-brandt"


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_always_the_same(text: str) -> None:
    assert name_key(text) == name_key(text)
    assert "\t" not in name_key(text)
