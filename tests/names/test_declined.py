"""People of the names file, found in a case that the file does not list."""

import pytest

from dragoman.names.declined import declined
from dragoman.names.forms import Entry, NamesFile
from dragoman.read.document import Document

FILE = NamesFile(
    (
        Entry(id="brandt", forms={"ru": ("Ирма Брандт",), "az": ("İrma Brandt",), "en": ("Irma Brandt",)}),
        Entry(id="guliyev", forms={"ru": ("Эльвин Гулиев", "Гулиев"), "az": ("Elvin Quliyev",)}),
        Entry(id="anna", forms={"ru": ("Анна Смирнова",)}),
        Entry(id="smirnov", forms={"ru": ("Пётр Смирнов",)}),
    )
)


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("ru", "Приняли Эльвина Гулиева, затем Ирму Брандт.", ["guliyev", "brandt"]),
        ("ru", "Вместе с Эльвином Гулиевым пришла Анна Смирнова.", ["guliyev", "anna"]),
        ("ru", "Он встретил Петра Смирнова и Анну Смирнову.", ["anna"]),
        ("az", "Elvin Quliyevin çıxışı, İrma Brandtın cavabı", ["guliyev", "brandt"]),
        ("en", "Irma Brandt spoke.", ["brandt"]),
        ("ru", "Гулиеву ответили: гулиев эльвин.", []),
        ("fr", "Irma Brandt a parlé.", []),
        ("ru", "", []),
    ],
)
def test_a_declined_name_is_its_entrys(language: str, text: str, ids: list[str]) -> None:
    found = list(declined(FILE, Document(text, language=language).said, language))
    assert [one.entry.id for one in found] == ids


def test_it_is_said_where_the_name_stands() -> None:
    words = Document("Приняли Эльвина Гулиева.", language="ru").said
    [one] = declined(FILE, words, "ru")
    assert words[one.first : one.last + 1] == ["Эльвина", "Гулиева"]


def test_a_name_that_two_have_is_nobodys() -> None:
    twice = NamesFile((*FILE.entries, Entry(id="other", forms={"ru": ("Эльвин Гулиев",)})))
    assert not list(declined(twice, ["Эльвина", "Гулиева"], "ru"))
