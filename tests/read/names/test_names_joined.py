"""Short mentions are joined to the full one: surname, initials, patronymic, other cases. All copy is invented."""

import pytest

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names import find_names

SAME = [
    ("en", "Prime Minister Tevita Fonoti spoke. Fonoti left. Mr Fonoti smiled.", "Tevita Fonoti", 3),
    ("ru", "Министр Рауф Мехтиевич Гаджизаде прибыл. Гаджизаде встретили. Рауф Мехтиевич улыбнулся.", "Рауф Мехтиевич Гаджизаде", 3),
    ("ru", "Глава Ерлана Сапаргалиева вызвал. Ерлан Сапаргалиев согласился с ним.", "Ерлан Сапаргалиев", 2),
    ("az", "Direktor Lalə İbadova danışıb. L.İbadovanın sözlərinə görə, İbadova razıdır.", "Lalə İbadova", 3),
    ("de", "Landrat Karsten Oelßner kam. Oelßners Sprecher schwieg. Oelßner ging.", "Karsten Oelßner", 3),
    ("fr", "La directrice Solène Le Goff est venue. Mme Le Goff a parlé.", "Solène Le Goff", 2),
    ("es", "El alcalde Nicasio Pulido llegó. Pulido habló.", "Nicasio Pulido", 2),
    ("ar", "وقالت الناشطة مريم الكندري إن القانون غير عادل. وأضافت الكندري أنها متفائلة.", "مريم الكندري", 2),
    ("zh", "总统助理希克梅特·哈吉耶夫接受采访。哈吉耶夫说，进展顺利。", "希克梅特·哈吉耶夫", 2),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "full", "mentions"), SAME)
def test_every_mention_of_a_person_is_one_name(language: str, text: str, full: str, mentions: int) -> None:
    found = [one for one in find_names(Document(text, language=language), Reading(version=1)) if one.kind == "person"]
    assert [(one.text, len(one.mentions)) for one in found] == [(full, mentions)]
    assert found[0].key


def test_two_of_one_surname_stay_two() -> None:
    text = "Mayor Tevita Fonoti met coach Salote Fonoti. Fonoti left."
    found = find_names(Document(text, language="en"), Reading(version=1))
    assert [one.text for one in found] == ["Tevita Fonoti", "Salote Fonoti"]


def test_a_firm_is_known_by_its_first_word() -> None:
    text = "Brightwell Foods Plc cut its forecast. Analysts called Brightwell cautious."
    (found,) = find_names(Document(text, language="en"), Reading(version=1))
    assert [one.text for one in found.mentions] == ["Brightwell Foods Plc", "Brightwell"]
