"""Texts of one story are alike, whatever their languages; the reasons are words an editor can read."""

import pytest

from dragoman.link.learned import learn
from dragoman.link.likeness import SAME, likeness, reasons
from dragoman.link.pivot import Pivot
from dragoman.link.traits import traits_of
from dragoman.link.weights import MOST, UNIT, Frequencies, Vector, vector

HARBOUR = {
    "en": (
        "Fire closes harbour of Lindholm",
        "A fire in a warehouse closed the harbour of Lindholm on Monday. Ida Brandt, who runs the port, said that 12 ships "
        "were waiting outside. Nobody was injured.",
    ),
    "de": (
        "Brand legt Hafen von Lindholm still",
        "Ein Brand in einer Lagerhalle hat am Montag den Hafen von Lindholm geschlossen. Ida Brandt, die den Hafen leitet, "
        "sagte, 12 Schiffe warteten draußen. Verletzt wurde niemand.",
    ),
    "ru": (
        "Пожар закрыл порт Линдхольм",
        "Пожар на складе закрыл порт Линдхольм в понедельник. Ида Брандт, которая руководит портом, сказала, что 12 судов "
        "ждут у входа. Никто не пострадал.",
    ),
    "ar": (
        "حريق يغلق ميناء ليندهولم",
        "أغلق حريق في مستودع ميناء ليندهولم يوم الاثنين. وقالت إيدا براندت مديرة الميناء إن 12 سفينة تنتظر في الخارج. ولم يصب أحد.",
    ),
    "zh": (
        "火灾导致林德霍尔姆港口关闭",
        "周一，一座仓库发生火灾，林德霍尔姆港口关闭。港口负责人伊达·布兰特说，有12艘船在外面等待。无人受伤。",
    ),
}
PARLIAMENT = {
    "en": (
        "Parliament votes on pensions",
        "The parliament of Norland raised the retirement age to 66 years in a vote on Wednesday. The opposition left the "
        "chamber in protest. Trade unions announced a strike.",
    ),
    "az": (
        "Parlament pensiya yaşını artırdı",
        "Norland parlamenti çərşənbə günü səsvermə ilə pensiya yaşını 66 yaşa qaldırdı. Müxalifət etiraz olaraq zalı tərk "
        "etdi. Həmkarlar ittifaqları tətil elan etdi.",
    ),
    "fr": (
        "Le Parlement vote sur les retraites",
        "Le parlement de Norland a porté mercredi par un vote l'âge de la retraite à 66 ans. L'opposition a quitté la salle en "
        "signe de protestation. Les syndicats ont annoncé une grève.",
    ),
}


def told(language: str, story: dict[str, tuple[str, str]], pivot: Pivot | None = None) -> Vector:
    headline, text = story[language]
    return vector(traits_of(text, headline=headline, language=language), Frequencies(), pivot or Pivot())


@pytest.mark.parametrize("language", ["de", "ru", "ar", "zh"])
def test_one_event_in_two_languages_is_one_story(language: str) -> None:
    english = told("en", HARBOUR)
    assert likeness(english, told(language, HARBOUR)) >= SAME
    assert likeness(english, told(language, HARBOUR)) == likeness(told(language, HARBOUR), english)


def test_other_events_are_other_stories_in_any_language() -> None:
    for one in HARBOUR:
        for other in PARLIAMENT:
            assert likeness(told(one, HARBOUR), told(other, PARLIAMENT)) < SAME


def test_headlines_alone_are_enough_where_names_and_words_agree() -> None:
    def headline(language: str, story: dict[str, tuple[str, str]]) -> Vector:
        return told(language, {language: (story[language][0], "")})

    alike = [likeness(headline("en", PARLIAMENT), headline(other, PARLIAMENT)) for other in ("az", "fr")]
    assert min(alike) > likeness(headline("en", PARLIAMENT), headline("ru", HARBOUR))


def test_the_reasons_are_readable_and_add_up() -> None:
    found = reasons(told("en", HARBOUR), told("de", HARBOUR), most=100)
    said = [feature for feature, _ in found]
    assert "f:12" in said
    assert "w:fire" in said or "c:fire" in said
    assert any(feature.startswith("n:") and "lindhol" in feature for feature in said)
    assert sum(share for _, share in found) == pytest.approx(1, abs=0.05)
    assert reasons(told("en", HARBOUR), told("en", PARLIAMENT), most=0) == []


def test_a_text_is_all_alike_to_itself_and_nothing_is_like_nothing() -> None:
    one, nothing = told("en", HARBOUR), told("en", {"en": ("", "")})
    assert likeness(one, one) == pytest.approx(1, abs=0.01)
    assert likeness(nothing, one) == likeness(nothing, nothing) == 0
    assert nothing.own == nothing.shared == {}


def test_a_language_nobody_taught_us_is_compared_by_its_names_and_figures() -> None:
    other = ("Brand stänger hamnen i Lindholm", "Ida Brandt sade att 12 fartyg väntar utanför Lindholm.")
    alike = likeness(told("en", HARBOUR), told("sv", {"sv": other}))
    assert alike > likeness(told("en", PARLIAMENT), told("sv", {"sv": other}))


def test_the_archives_own_translations_teach() -> None:
    harbour = {"en": ("", "The quokka slept."), "az": ("", "Zurbat yatdı.")}
    pairs = [
        (["zurbat", "yat"], ["quokka", "slept"]),
        (["zurbat", "gəl"], ["quokka", "came"]),
        (["yat"], ["slept"]),
        (["gəl"], ["came"]),
    ] * 3
    taught = Pivot()
    taught.teach("az", learn(pairs))
    assert dict(taught.meanings("az", "zurbat")).keys() == {"quokka"}
    without, after = (likeness(told("en", harbour, one), told("az", harbour, one)) for one in (Pivot(), taught))
    assert after > without


def test_vectors_are_short_whole_and_of_one_length() -> None:
    long = " ".join(f"word{number} Name{number}" for number in range(500))
    found = vector(traits_of(long, language="en"), Frequencies(), Pivot())
    assert len(found.own) <= MOST
    assert len(found.shared) <= MOST
    assert all(isinstance(weight, int) and weight > 0 for weight in [*found.own.values(), *found.shared.values()])
    assert sum(weight**2 for weight in found.shared.values()) == pytest.approx(UNIT**2, rel=0.01)


def test_what_is_common_weighs_less_than_what_is_rare() -> None:
    found = Frequencies()
    assert found.weight("the", "en") < found.weight("fire", "en") < found.weight("zeppelin", "en")
