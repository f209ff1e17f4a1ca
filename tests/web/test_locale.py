"""The interface's dictionaries: whole in every language, used in full, their plurals those of CLDR."""

import re

import pytest

from dragoman.web.render import FOLDER
from dragoman.web.words import LANGUAGES, entries, wanted, words

ENGLISH = entries("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_exists_in_every_language(language: str) -> None:
    assert entries(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_takes_the_same_values(language: str) -> None:
    for key, entry in entries(language).items():
        english = ENGLISH[key]
        if isinstance(entry, dict):
            assert isinstance(english, dict), key
            assert set(entry) <= words(language).locale.plural_form.tags | {"other"}, key
            allowed = _values(english["other"])
            assert all(_values(form) <= allowed for form in entry.values()), key
            assert _values(entry["other"]) == allowed, key
        else:
            assert isinstance(english, str), key
            assert _values(entry) == _values(english), key


def _values(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_key_a_template_names_exists() -> None:
    named = {key for path in FOLDER.rglob("*.html") for key in re.findall(r"\bt\('([\w.]+)'[,)]", path.read_text())}
    assert named
    assert named <= ENGLISH.keys()


def test_plurals_follow_the_language() -> None:
    assert words("ru")("row.words", count=1) == "1 слово"
    assert words("ru")("row.words", count=3) == "3 слова"
    assert words("ru")("row.words", count=11) == "11 слов"
    assert words("ar")("row.words", count=2) == "كلمتان"
    assert words("zh")("live.new", count=5) == "5条新稿"


def test_the_browsers_favourite_of_ours_is_spoken() -> None:
    assert wanted("tr,az;q=0.8,en;q=0.5") == "az"
    assert wanted("zh-Hans-CN,zh;q=0.9") == "zh"
    assert wanted("ja;q=x, ,;q=") == "en"
    assert wanted("en;q=0.1, ar-EG;q=0.7") == "ar"
