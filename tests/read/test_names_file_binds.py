"""What the agency's names file says binds the reader: its forms are found wherever they stand, and are one."""

from dragoman.names.forms import Entry, NamesFile
from dragoman.read.reader import read_text

FILE = NamesFile(
    (
        Entry(
            id="ida-brandt",
            forms={
                "en": ("Ida Brandt", "Mrs B.", "Brandt"),
                "ru": ("Ида Брандт", "Иды Брандт"),
                "zh": ("伊达·勃兰特", "勃兰特"),
                "ar": ("إيدا براندت",),
            },
        ),
        Entry(id="quay-fund", kind="organisation", forms={"en": ("quay fund",), "ru": ("фонд Причал",)}),
        Entry(id="sven", forms={"en": ("Sven Dahl", "the captain")}),
        Entry(id="olof", forms={"en": ("Olof Dahl", "the captain")}),
    )
)


def known(text: str, language: str) -> dict[str, list[str]]:
    reading, _ = read_text(text, language=language, names=FILE)
    return {name.known: [mention.text for mention in name.mentions] for name in reading.names if name.known}


def test_a_form_no_finder_would_know_is_found():
    assert known("On Monday the quay fund gave money to the port.", "en") == {"quay-fund": ["quay fund"]}


def test_forms_of_one_entry_are_one_name_whatever_they_look_like():
    found = known("Minister Ida Brandt came late. Nobody asked Mrs B. about the storm, and Brandt left.", "en")
    assert list(found) == ["ida-brandt"]
    assert found["ida-brandt"][0] == "Ida Brandt"
    assert len(found["ida-brandt"]) == 3


def test_inflected_forms_and_other_scripts_are_found():
    assert known("Выступление Иды Брандт отложили.", "ru") == {"ida-brandt": ["Иды Брандт"]}
    assert list(known("港口理事长勃兰特星期一辞职。", "zh")) == ["ida-brandt"]
    assert list(known("وصلت إيدا براندت إلى الميناء يوم الاثنين.", "ar")) == ["ida-brandt"]


def test_a_form_of_two_entries_is_nobodys():
    assert known("Then the captain spoke.", "en") == {}


def test_without_a_file_nothing_is_known_by_it():
    reading, _ = read_text("Minister Ida Brandt came late.", language="en")
    assert not any(name.known == "ida-brandt" for name in reading.names)
