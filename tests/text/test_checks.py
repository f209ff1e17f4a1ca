"""What blocks a translation and what only warns."""

import pytest

from dragoman.text.checks import Limits, blocking, findings, numbers
from dragoman.text.segments import Segment


def found(
    source: str, target: str, language: str = "fr", kind: str = "paragraph", was: str = ""
) -> list[tuple[str, str]]:
    one = Segment(id="p1", kind=kind, source=source, target=target, was=was)
    return [(each.rule, each.detail) for each in findings((one,), language)]


def test_a_good_translation_has_nothing_against_it():
    assert found("The bridge opens on 12 May.", "Le pont ouvre le 12 mai.") == []
    assert found("The bridge opens on 12 May.", "يفتتح الجسر في ١٢ مايو.", "ar") == []
    assert found("The bridge opens on 12 May.", "大桥于五月十二日开通。", "zh") == []


def test_an_empty_paragraph_blocks_and_one_whose_source_has_changed_does_too():
    assert found("Text.", "  ") == [("empty", "")]
    assert found("Text.", "Texte.", was="Test.") == [("changed", "")]
    assert len(blocking(findings((Segment(id="p1", kind="paragraph", source="Text."),), "fr"))) == 1


@pytest.mark.parametrize("target", ["Le <b>pont</b>.", "Le pont &nbsp; ouvre.", "{{ pont }}", "<script>x</script>"])
def test_markup_blocks(target: str):
    assert found("The bridge.", target)[0][0] == "markup"


def test_signs_of_more_and_less_are_no_markup_nor_is_what_stands_in_the_source():
    assert found("If a < b and c > d.", "Si a < b et c > d.") == []
    assert found("The <b> key.", "La touche <b>.") == []


@pytest.mark.parametrize(
    ("source", "target", "language", "missing"),
    [
        ("12 ships and 1,500 people", "12 navires et 1 500 personnes", "fr", ""),
        ("12 ships and 1,500 people", "douze navires et 1500 personnes", "fr", "12"),
        ("It grew by 3.5 per cent", "Рост составил 3,5 процента", "ru", ""),
        ("In 2026, 40 ships", "في عام ٢٠٢٦، ٤٠ سفينة", "ar", ""),
        ("In 2026, 40 ships", "في عام ٢٠٢٦، ٤١ سفينة", "ar", "40"),
        ("In 2026, 23 ships", "二〇二六年，二十三艘船", "zh", ""),
        ("105 ships", "一百零五艘船", "zh", ""),
        ("4 and 4 again", "4 und noch eine", "de", "4"),
        ("۱۲ کشتی", "12 ships", "en", ""),
    ],
)
def test_a_number_of_the_source_that_ours_has_not_warns(source: str, target: str, language: str, missing: str):
    assert [detail for rule, detail in found(source, target, language) if rule == "numbers"] == (
        [missing] if missing else []
    )


def test_a_number_in_any_digits_is_one_number():
    assert numbers("1,500 1.500 1 500 ١٥٠٠ 1’500") == ["1500"] * 5
    assert numbers("3,5 3.5 ٣٫٥") == ["3.5"] * 3


@pytest.mark.parametrize(
    ("target", "language", "script"),
    [
        ("Мост откроют весной", "ar", "Cyrillic"),
        ("Мост откроют весной", "fr", "Cyrillic"),
        ("The bridge opens in spring", "ru", "Latin"),
        ("يفتتح الجسر", "zh", "Arabic"),
        ("大桥开通", "en", "Han"),
        ("В Brest открыли мост, сообщил Reuters", "ru", ""),
        ("قالت شركة Siemens إن الجسر", "ar", ""),
        ("西门子公司 Siemens AG 表示", "zh", ""),
        ("12", "ar", ""),
    ],
)
def test_the_wrong_script_warns_and_a_name_in_latin_does_not(target: str, language: str, script: str):
    assert [detail for rule, detail in found("x", target, language) if rule == "script"] == ([script] if script else [])


def test_too_long_warns_in_a_headline_and_beyond_all_reason_blocks():
    assert found("Short", "x" * 121, kind="headline") == [("long", "121 > 120")]
    one = Segment(id="c", kind="caption", source="Short", target="x" * 30)
    assert [f.rule for f in findings((one,), "fr", Limits(soft={"caption": 20}))] == ["long"]
    assert ("endless", "20001") in found("Short", "x" * 20_001)


def test_the_source_itself_is_no_translation():
    assert found("The bridge opens in the spring.", "The bridge opens in the spring.") == [("untranslated", "")]
    assert found("Siemens AG", "Siemens AG") == []
