"""Datelines in every style: place, date, agency, reporter, and where the text begins."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dragoman.model.item import Dateline
from dragoman.read.calendar import PartialDate
from dragoman.read.completion import complete_dateline
from dragoman.read.dateline import find_dateline
from dragoman.read.signoff import find_sign_off
from dragoman.text.fold import fold

AFTER = "Nothing of this is true."

LINES = [
    # line, place, country, day, month, agency, reporter
    ("Baku, December 19, AZERTAC", "Baku", "AZ", 19, 12, "AZERTAC", ""),
    ("Bakı, 19 fevral, AZƏRTAC", "Bakı", "AZ", 19, 2, "AZERTAC", ""),
    ("Bakı, 25 noyabr, Leyla Sınaqlı, AZƏRTAC", "Bakı", "AZ", 25, 11, "AZERTAC", "Leyla Sınaqlı"),
    ("Bakou, 1er mars, AZERTAC", "Bakou", "AZ", 1, 3, "AZERTAC", ""),
    ("Baku, 13. März, AZERTAC", "Baku", "AZ", 13, 3, "AZERTAC", ""),
    ("Bakú, 19 de febrero, AZERTAC", "Bakú", "AZ", 19, 2, "AZERTAC", ""),
    ("Баку, 19 февраля, АЗЕРТАДЖ", "Баку", "AZ", 19, 2, "AZERTAC", ""),
    ("باكو، 19 فبراير، أذرتاج", "باكو", "AZ", 19, 2, "AZERTAC", ""),
    ("巴库，2月19日，阿塞通社", "巴库", "AZ", 19, 2, "AZERTAC", ""),
    ("阿塞通社巴库2月19日电", "巴库", "AZ", 19, 2, "AZERTAC", ""),
    ("MOSCOW, January 21. /TASS/.", "MOSCOW", "RU", 21, 1, "TASS", ""),
    ("МОСКВА, 18 декабря. /Корр. ТАСС Иван Образцов/.", "МОСКВА", "RU", 18, 12, "TASS", "Иван Образцов"),
    ("MOSKAU, 23. Mai. /TASS/.", "MOSKAU", "RU", 23, 5, "TASS", ""),
    ("塔斯社莫斯科5月23日电。", "莫斯科", "RU", 23, 5, "TASS", ""),
    ("МОСКВА, 13 дек — РИА Новости.", "МОСКВА", "RU", 13, 12, "RIA Novosti", ""),
    ("МОСКВА, 13 дек - РИА Новости, Иван Образцов.", "МОСКВА", "RU", 13, 12, "RIA Novosti", "Иван Образцов"),
    ("Москва. 22 ноября. INTERFAX.RU -", "Москва", "RU", 22, 11, "Interfax", ""),
    ("10 июня, Минск /Корр. БЕЛТА/.", "Минск", "BY", 10, 6, "BelTA", ""),
    ("LIMA, Jan 21 (Reuters) -", "LIMA", "PE", 21, 1, "Reuters", ""),
    ("Jan 30 (Reuters) -", "", "", 30, 1, "Reuters", ""),
    ("NEW YORK, March 2 -", "NEW YORK", "US", 2, 3, "", ""),
    ("FORT EXAMPLE, Pa. (AP) —", "FORT EXAMPLE, Pa.", "US", None, None, "AP", ""),
    ("STOCKHOLM, Aug 29, 2014 (AFP) -", "STOCKHOLM", "SE", 29, 8, "AFP", ""),
    ("لوس أنجلوس (أ ف ب) -", "لوس أنجلوس", "US", None, None, "AFP", ""),
    ("Berlin (dpa) -", "Berlin", "DE", None, None, "dpa", ""),
    ("ANKARA (AA) -", "ANKARA", "TR", None, None, "Anadolu", ""),
    ("Nueva Delhi, 21 ene (EFE).-", "Nueva Delhi", "IN", 21, 1, "EFE", ""),
    ("(ANSA) - ROMA, 22 MAR -", "ROMA", "IT", 22, 3, "ANSA", ""),
    ("新华社北京9月2日电（记者张样本、李示例）", "北京", "CN", 2, 9, "Xinhua", "张样本、李示例"),
    ("新华社北京９月２日电 ", "北京", "CN", 2, 9, "Xinhua", ""),
    ("BEIJING, May 9 (Xinhua) --", "BEIJING", "CN", 9, 5, "Xinhua", ""),
    ("SAITAMA, Japan, Dec. 9 Kyodo -", "SAITAMA", "JP", 9, 12, "Kyodo", ""),
    ("【ワシントン共同】", "ワシントン", "", None, None, "Kyodo", ""),
    ("(서울=연합뉴스) 김견본 기자 =", "서울", "KR", None, None, "Yonhap", "김견본"),
    ("دبي في 21 أكتوبر/ وام /", "دبي", "AE", 21, 10, "WAM", ""),
    ("ABU DABI, 9 de septiembre de 2025 (WAM) —", "ABU DABI", "AE", 9, 9, "WAM", ""),
    ("الرياض 04 ذو القعدة 1444 هـ الموافق 24 مايو 2023 م واس", "الرياض", "SA", 24, 5, "SPA", ""),
    ("الكويت - 24 - 5 (كونا) --", "الكويت", "KW", 24, 5, "KUNA", ""),
    ("عمان ٢٤ أيار (بترا)-", "عمان", "JO", 24, 5, "Petra", ""),
    ("BAKU, Azerbaijan, August 19.", "BAKU", "AZ", 19, 8, "", ""),
    ("Baku. 5 December. REPORT.AZ/", "Baku", "AZ", 5, 12, "Report", ""),
    ("København /ritzau/:", "København", "DK", None, None, "Ritzau", ""),
    ("Qarabulaq, 3 may, BULAQXƏBƏR", "Qarabulaq", "", 3, 5, "BULAQXƏBƏR", ""),
    ("Lyon, 3 mai, Agence du Vallon", "Lyon", "FR", 3, 5, "Agence du Vallon", ""),
    ("ВЕРХНЕРЕЧЕНСК, 3 мая. /Вестник/.", "ВЕРХНЕРЕЧЕНСК", "", 3, 5, "Вестник", ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "place", "country", "day", "month", "agency", "reporter"), LINES)
def test_a_dateline_is_read_in_the_style_of_its_agency(
    line: str, place: str, country: str, day: int, month: int, agency: str, reporter: str
) -> None:
    own_line = line[-1].isalpha() and not line.endswith("-")
    text = line + ("\n" if own_line else " ") + AFTER
    found = find_dateline(text)
    assert found is not None
    told = found.dateline
    assert (told.place, told.country, told.day, told.month, told.agency, told.reporter) == (
        place,
        country,
        day,
        month,
        agency,
        reporter,
    )
    assert text[found.body :] == AFTER
    assert line.startswith(told.text)


@pytest.mark.parametrize(
    "text",
    [
        "In Baku, Azerbaijan, January 16 was a holiday.",
        "London, 5 May was the day on which it began.",
        "On May 23 the council met again.",
        "23 мая в Москве открылась выставка.",
        "Paris is the capital of France - and of fashion.",
        "The Association of Example Agencies (AEA) said on Monday that it would meet.",
        "The State News Agency (AZERTAC) has signed an agreement.",
        "The State News Agency (AZERTAC) - the oldest in the valley - has signed an agreement.",
        "May and June 2021 were cold.",
        "北京9月2日举行会议，讨论桥梁建设。",
        "في 21 أكتوبر افتتح السوق الجديد.",
        "Madame Exemple, 43 ans, (photo) est arrivée à Lyon, le 3 mai 2021.",
        "Berlin, Hamburg und München (alle Deutschland) nehmen teil.",
        "1/ One. 2/ Two.",
        "",
        "-",
        "(",
        "10",
        "A (B) /C/ 1 May",
    ],
)
def test_a_sentence_that_begins_with_a_place_or_a_date_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_a_headline_glued_in_front_is_not_part_of_the_dateline() -> None:
    text = "First night train in a decade - Great interest in the valley Berlin (dpa) - Nothing of this is true."
    found = find_dateline(text)
    assert found is not None
    assert (found.dateline.place, text[: found.start]) == (
        "Berlin",
        "First night train in a decade - Great interest in the valley ",
    )


@pytest.mark.parametrize(
    ("day", "month", "header", "item", "received", "expected", "source"),
    [
        (31, 12, PartialDate(2021, 1, 1), None, None, date(2020, 12, 31), "header"),
        (1, 1, PartialDate(2020, 12, 31), None, None, date(2021, 1, 1), "header"),
        (31, 12, PartialDate(2021, 1), None, None, date(2020, 12, 31), "header"),
        (31, 12, PartialDate(2021), None, None, date(2021, 12, 31), "header"),
        (19, 2, None, datetime(2024, 2, 20, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC), date(2024, 2, 19), "item"),
        (31, 12, None, None, datetime(2026, 1, 1, tzinfo=UTC), date(2025, 12, 31), "received"),
        (29, 2, None, None, datetime(2025, 1, 15, tzinfo=UTC), date(2024, 2, 29), "received"),
        (30, None, None, None, datetime(2025, 5, 2, tzinfo=UTC), date(2025, 4, 30), "received"),
        (19, 2, None, None, None, None, ""),
    ],
)
def test_the_year_is_the_one_that_puts_the_dateline_nearest(
    day: int,
    month: int | None,
    header: PartialDate | None,
    item: datetime | None,
    received: datetime | None,
    expected: date | None,
    source: str,
) -> None:
    done = complete_dateline(Dateline(text="x", day=day, month=month), header=header, item_time=item, received=received)
    assert (done.date, done.year_from) == (expected, source)


def test_a_year_in_the_line_itself_is_believed_first() -> None:
    done = complete_dateline(Dateline(text="x", day=9, month=9, year=2019), header=PartialDate(2025, 9, 9))
    assert (done.date, done.year_from) == (date(2019, 9, 9), "line")


def test_a_dateline_without_a_day_stays_without_a_date() -> None:
    line = Dateline(text="Berlin (dpa)", place="Berlin")
    assert complete_dateline(line, header=PartialDate(2025, 9, 9)) == line


@pytest.mark.parametrize(
    ("text", "agency", "day"),
    [("Es regnete. (APA, 11.9.2015)", "APA", 11), ("Es regnete. (APA/dpa, 1.11.2015)", "APA/dpa", 1), ("Es regnete. (Anna, 11.9.2015)", None, None), ("Es regnete.", None, None)],
)  # fmt: skip
def test_a_sign_off_stands_for_a_dateline_if_an_agency_signed(text: str, agency: str | None, day: int | None) -> None:
    found = find_sign_off(text)
    assert (found and found.agency, found and found.day) == (agency, day)


SHARED = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
def test_real_datelines_of_thirty_agencies_are_read() -> None:
    """Of 458 labelled lines 427 are read as labelled (0.93); most of the rest are labelled with a byline in the place."""
    rows = [json.loads(line) for line in (SHARED / "datelines" / "datelines.jsonl").read_text().splitlines()]
    right = 0
    for row in rows:
        found = find_dateline(row["text"])
        told = found.dateline if found else find_sign_off(row["text"])
        if told is None:
            continue
        place, expected = fold(told.place), fold(row["place"] or "")
        same_place = place == expected or place.split(",")[0].strip() == expected.split(",")[0].strip()
        right += same_place and (told.day, told.month) == (row["day"], row["month"])
    assert right / len(rows) >= 0.92


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the development data is not beside the project")
def test_plain_sentences_have_no_datelines() -> None:
    folder = SHARED / "bench" / "lid" / "lingua" / "sentences"
    lines = [line for path in folder.glob("*.txt") for line in path.read_text().splitlines() if line.strip()]
    found = [line for line in lines if find_dateline(line) and "(يونهاب)" not in line]  # four do have one
    assert len(lines) > 10_000
    assert found == []
