"""Credit: an item names the agency whose words it uses, in any field that says where copy is from, in the item's language."""

import pytest

from dragoman.link.credit import is_credited
from dragoman.model.item import Concept, Dateline, Headline, Item, Profile


def item(language: str = "en", **more) -> Item:
    return Item(uri="val:1", language=language, **more)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The pier opens in May, Oriel Agency reported."),
        ("az", "Bu barədə Oriel Agency-nin məlumatına görə körpü mayda açılır."),
        ("en", "The pier opens in May (ORI)."),
        ("zh", "据Oriel Agency报道，码头五月开放。"),
    ],
)
def test_a_text_that_names_the_agency_credits_it(language, text):
    assert is_credited(item(language), text, "ORI", "Oriel Agency")


@pytest.mark.parametrize("text", ["", "The orioles are back at the agency.", "A fresco: LORIS was here.", "ori said"])
def test_a_text_that_does_not_name_it_does_not(text):
    assert not is_credited(item(), text, "ORI", "Oriel Agency")


@pytest.mark.parametrize(
    "fields",
    [
        {"by": "Ada Quill, Oriel Agency"},
        {"headlines": (Headline(value="Oriel Agency: pier opens"),)},
        {"info_sources": (Concept(name="Oriel Agency"),)},
        {"info_sources": (Concept(literal="ORI"),)},
        {"copyright_holder": "Oriel Agency"},
        {"dragoman": Profile(credit="Oriel Agency / Valonia News")},
        {"dragoman": Profile(dateline=Dateline(text="MEREN, May 1 (ORI)", agency="ORI"))},
    ],
)
def test_the_fields_that_say_where_copy_is_from_count(fields):
    assert is_credited(item(**fields), "The pier opens in May.", "ORI", "Oriel Agency")


def test_an_agency_of_the_lexicon_is_known_by_what_each_language_calls_it():
    assert is_credited(item("ru"), "Об этом сообщило агентство Рейтер.", "RTR", "Reuters")
    assert is_credited(item("zh"), "据路透社报道，码头五月开放。", "RTR", "Reuters")
    assert not is_credited(item("ru"), "Об этом сообщило агентство Рейтер.", "ORI", "Oriel Agency")


def test_two_letters_are_no_code_that_is_looked_for():
    assert not is_credited(item(), "They met in the EU.", "EU", "Eastern Union Wire")
