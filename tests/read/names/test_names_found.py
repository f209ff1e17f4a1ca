"""Names of people and organisations are found in eight languages, with what says who they are. All copy is invented."""

import pytest

from dragoman.model.reading import Name, Reading
from dragoman.read.document import Document
from dragoman.read.names import find_names


def names_in(text: str, language: str, agency: str = "") -> tuple[Name, ...]:
    return find_names(Document(text, language=language, agency=agency), Reading(version=1))


def said(text: str, language: str) -> tuple[list[str], list[str]]:
    found = names_in(text, language)
    people = [name.text for name in found if name.kind == "person"]
    return people, [name.text for name in found if name.kind == "organisation"]


PEOPLE = [
    ("en", 'Governor Ana Castellanos signed the bill, "a first step", she said.', ["Ana Castellanos"]),
    ("en", "A jury heard that Darren Pike, 44, had lied to police.", ["Darren Pike"]),
    ("en", "Bangor geologist Sioned Pryce said the slip was old.", ["Sioned Pryce"]),
    ("fr", "Le ministre de l'Intérieur, Gilles Ferrandi, a reçu le maire, Jean-Luc Toupin.", ["Gilles Ferrandi", "Jean-Luc Toupin"]),
    ("de", "Landwirt Hinrich Tönjes verlor 40 Schafe.", ["Hinrich Tönjes"]),
    ("de", "Die Forscherin Tuulikki Saarinen widersprach.", ["Tuulikki Saarinen"]),
    ("es", "«No vamos a ceder», advirtió el dirigente sindical Evaristo Quispe.", ["Evaristo Quispe"]),
    ("ru", "«Мы готовы к зиме», — сказал мэр Вязьмы Геннадий Лютиков.", ["Геннадий Лютиков"]),
    ("ru", "Шивон О'Рурк приехала.", ["Шивон О'Рурк"]),
    ("az", "Milli komandanın məşqçisi Samir Tağı oğlu Hüseynzadə danışıb.", ["Samir Tağı oğlu Hüseynzadə"]),
    ("ar", "وأشاد المدرب وليد الركراكي بأداء اللاعبين.", ["وليد الركراكي"]),
    ("ar", "قال وزير الزراعة المغربي عزيز بنسليمان إن الموسم كان جيدا.", ["عزيز بنسليمان"]),
    ("zh", "巴西经济部长保罗·格德斯说，产量将增加。", ["保罗·格德斯"]),
    ("zh", "特别代表郑维国表示，谈判顺利。", ["郑维国"]),
]  # fmt: skip

BODIES = [
    ("en", "Kenya's Ministry of Water and Irrigation confirmed the date.", ["Ministry of Water and Irrigation"]),
    ("en", "The startup Lumenary, backed by Foxglove Ventures, raised money.", ["Lumenary", "Foxglove Ventures"]),
    ("fr", "La Banque centrale de Tunisie a relevé son taux.", ["Banque centrale de Tunisie"]),
    ("fr", "Selon la préfecture de la Gironde, 300 hectares ont brûlé.", ["préfecture de la Gironde"]),
    ("de", "Das Amtsgericht Gelnhausen sprach ihn frei.", ["Amtsgericht Gelnhausen"]),
    ("de", "Die Gewerkschaft Verdanza rief zum Streik auf.", ["Verdanza"]),
    ("es", "La Universidad Nacional de Rosario abrió un centro.", ["Universidad Nacional de Rosario"]),
    ("ru", "Прокуратура Калужской области проверит работу компании «Уют-Сервис».", ["Прокуратура Калужской области", "Уют-Сервис"]),
    ("az", "Təhsil Nazirliyinin yanında şura yaradılıb.", ["Təhsil Nazirliyinin"]),
    ("ar", "وأفادت المديرية العامة للأمن الوطني بتوقيف شخصين.", ["المديرية العامة للأمن الوطني"]),
    ("zh", "广东省高级人民法院维持原判。", ["广东省高级人民法院"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "people"), PEOPLE)
def test_people_are_told_by_titles_given_names_and_verbs_of_saying(language: str, text: str, people: list[str]) -> None:
    assert said(text, language)[0] == people


@pytest.mark.parametrize(("language", "text", "bodies"), BODIES)
def test_organisations_are_told_by_their_head_words(language: str, text: str, bodies: list[str]) -> None:
    assert said(text, language)[1] == bodies


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On Monday the ministry said the World Cup would open in Paris in March."),
        ("de", "Der Minister sprach am Montag über die Entscheidung der Regierung."),
        ("ru", "Во вторник министерство сообщило о заседании правительства в Баку."),
        ("fr", "Lundi, le ministère a parlé de la Coupe du monde."),
        ("zh", "昨天，政府公布了新的计划。"),
        ("ar", "وقالت الحكومة إن الأسعار ستنخفض قريبا."),
    ],
)
def test_days_nouns_and_bodies_that_are_only_meant_are_no_names(language: str, text: str) -> None:
    assert said(text, language) == ([], [])


def test_who_somebody_is_stands_beside_the_name() -> None:
    (name,) = names_in("Foreign Minister Tevita Fonoti left.", "en")
    assert name.role == "Foreign Minister"
    (name,) = names_in("Priya Raman, chief economist at the bank, left.", "en")
    assert name.role == "chief economist at the bank"


def test_an_abbreviation_in_brackets_is_the_same_body() -> None:
    text = "The Coastal Farmers Alliance (CFA) met. The CFA elected nobody."
    (name,) = names_in(text, "en")
    assert (name.text, [one.text for one in name.mentions]) == (
        "Coastal Farmers Alliance",
        ["Coastal Farmers Alliance", "CFA", "CFA"],
    )


def test_a_line_up_is_a_list_of_people() -> None:
    text = "Firth Rovers: McAllister; Boyle, Wrona, Adeyemi, Pratt (Osei 81); Hughes."
    assert {"McAllister", "Boyle", "Wrona", "Adeyemi", "Pratt", "Osei", "Hughes"} <= set(said(text, "en")[0])


def test_what_the_lexicon_knows_says_so() -> None:
    (name,) = names_in("The talks at the United Nations went on.", "en")
    assert (name.known, name.kind) == ("united-nations", "organisation")


def test_the_agency_that_signs_is_none_of_its_names() -> None:
    assert not names_in("Fonoti told Kestrel News Agency nothing.", "en", agency="Kestrel News Agency")


def test_mentions_say_where_they_stand() -> None:
    text = "Мэр Геннадий Лютиков приехал. Лютикова встретили."
    (name,) = names_in(text, "ru")
    assert [text[one.start : one.end] for one in name.mentions] == ["Геннадий Лютиков", "Лютикова"]
    assert all(text[one.start : one.end] == one.text for one in name.mentions)
