"""Whatever the text: no exception, offsets that hold, and a cost that grows with the length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model.reading import Reading
from dragoman.read.document import Document
from dragoman.read.names import find_names

LANGUAGES = ("az", "en", "ru", "fr", "de", "es", "ar", "zh", "tr", "uk", "fa", "kk", "hy", "ka", "und", "")
HOSTILE = [
    "",
    " ",
    "\n\n\n",
    "\x00\x01\x02",
    "Ã©tÃ© Ð\x9fÑ\x83Ñ‚Ð¸Ð½",
    "A",
    "A.",
    "(A",
    "«",
    "»«»«",
    "’’’'''",
    "Mr",
    "Mr.",
    "министр",
    "президент «",
    "وزير",
    "بن",
    "زيدون بن",
    "عبد",
    "وزارة (",
    'شركة "',
    "部",
    "·",
    "张·",
    "（）公司",
    "S.A.",
    "& & &",
    "X & Y & Z &",
    "🙂 Ilham 🙂",
    "A" * 100_000,
    "é" * 50_000,
    "A B " * 2_000,
    "Mr. " * 2_000,
    "«A» " * 2_000,
    "部" * 2_000,
    "阿·" * 2_000,
    "بن " * 2_000,
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_odd_texts_have_names_or_none(language: str) -> None:
    for text in HOSTILE:
        for name in find_names(Document(text, language=language), Reading(version=1)):
            assert all(text[one.start : one.end] == one.text for one in name.mentions)


@given(
    st.text(alphabet=st.sampled_from("Ааİı’'\"«»“”(). ,:-–&·\nXyСуд部王وزع1"), max_size=80), st.sampled_from(LANGUAGES)
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(text: str, language: str) -> None:
    for name in find_names(Document(text, language=language), Reading(version=1)):
        assert name.text
        assert name.mentions


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Mayor Tevita Fonoti met Salote Pike of Kestrel Bank in Suva (KB). "),
        ("de", "Landrat Karsten Oelßner sprach mit der Mulde Chemie AG über das Werk. "),
        ("ru", "Мэр Геннадий Лютиков принял главу компании «Уют-Сервис» Ивана Щеглова. "),
        ("ar", "قال الوزير سامر الحلبي إن شركة النخيل ستبني مصنعا. "),
        ("zh", "部长刘建国表示，华星科技公司与保罗·格德斯会谈。"),
    ],
)
def test_the_cost_grows_with_the_length(language: str, text: str) -> None:
    def cost(times: int) -> float:
        document = Document(text * times, language=language)
        _ = document.words, document.sentences, document.terms
        start = time.perf_counter()
        find_names(document, Reading(version=1))
        return time.perf_counter() - start

    cost(10)
    short = min(cost(100) for _ in range(3))
    assert cost(1000) < 40 * short + 0.05
