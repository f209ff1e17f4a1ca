"""Charts say what their tables say; tables open in a spreadsheet and run nothing there."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dragoman.reports.chart import Chart, Series, bars, columns
from dragoman.reports.exchange import Line, days_in_force, languages, months
from dragoman.reports.sheet import csv_text, safe

SVG = "{http://www.w3.org/2000/svg}"


def chart(labels: tuple[str, ...], ours: tuple[int, ...], others: tuple[int, ...], **more: object) -> Chart:
    series = (Series(name="Ours", values=ours, style="ours"), Series(name="Others", values=others, style="others"))
    return Chart(id="c", title="Reports", description="Says", labels=labels, series=series, **more)  # type: ignore[arg-type]


def test_a_chart_is_an_image_with_a_title_and_a_description() -> None:
    root = etree.fromstring(columns(chart(("1 May", "2 May"), (1, 0), (2, 5))))
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    assert [root.find(f".//{SVG}*[@id='{one}']").text for one in named] == ["Reports", "Says"]


def test_time_runs_left_to_right_in_arabic_too() -> None:
    root = etree.fromstring(columns(chart(("1 مايو", "2 مايو"), (1, 1), (0, 0), language="ar")))
    assert root.get("direction") == "ltr"
    places = [float(one.get("x")) for one in root.iter(f"{SVG}rect") if one.find(f"{SVG}title") is not None]
    assert places == sorted(places)


def test_what_comes_from_outside_stays_text_in_a_drawing() -> None:
    hostile = '<script>alert(1)</script>"&'
    for draw in (columns, bars):
        root = etree.fromstring(draw(chart((hostile,), (1,), (0,), notes=(hostile,))))
        assert not list(root.iter(f"{SVG}script"))


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 10**9), st.integers(0, 10**9)), max_size=40))
def test_any_numbers_can_be_drawn(rows: list[tuple[str, int, int]]) -> None:
    clean = [("".join(c for c in label if c.isprintable()), one, other) for label, one, other in rows]
    labels, ours, others = (tuple(part) for part in zip(*clean, strict=True)) if clean else ((), (), ())
    for draw in (columns, bars):
        root = etree.fromstring(draw(chart(labels, ours, others)))
        for rect in root.iter(f"{SVG}rect"):
            assert float(rect.get("width")) >= 0
            assert float(rect.get("x")) + float(rect.get("width")) <= 720.1


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-2", "@x", "\tx", "  =1", "＝1"])
def test_nothing_in_a_sheet_is_taken_for_a_formula(cell: str) -> None:
    assert safe(cell) == f"'{cell}"


def test_numbers_stay_numbers_and_times_have_their_zone() -> None:
    assert safe(-5) == -5
    assert safe(datetime(2026, 5, 1, tzinfo=UTC)) == "2026-05-01T00:00:00+00:00"
    assert (safe(None), safe(True), safe(date(2026, 5, 1))) == ("", "yes", "2026-05-01")


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=10))
def test_a_sheet_is_read_back_as_it_was_written(rows: list[list[str]]) -> None:
    text = csv_text(("one", "two"), rows)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["one", "two"]
    assert read[1:] == [[safe(cell) for cell in row] for row in rows]


def line(month: int, language: str = "en", **more: object) -> Line:
    usual: dict[str, object] = {"agency": 1, "sent": True, "notice": False, "count": 3}
    return Line(month=date(2026, month, 1), language=language, **(usual | more))  # type: ignore[arg-type]


def test_an_empty_month_stands_between_two_that_are_not() -> None:
    made = months([line(1, delivered=2), line(3, sent=False)], date(2026, 1, 1), date(2026, 3, 1))
    assert [(one.month.month, one.sent, one.delivered, one.received) for one in made] == [
        (1, 3, 2, 0),
        (2, 0, 0, 0),
        (3, 0, 0, 3),
    ]


def test_a_kill_is_not_copy() -> None:
    made = months([line(1, notice=True, receipted=1)], date(2026, 1, 1), date(2026, 1, 1))[0]
    assert (made.sent, made.notices_sent, made.notices_receipted) == (0, 3, 1)
    assert languages([line(1, notice=True)]) == ()


def test_languages_are_told_by_their_primary_tag() -> None:
    made = languages([line(1, "zh-Hant"), line(1, "zh", sent=False), line(1, "az", count=9)])
    assert [(one.key, one.sent, one.received) for one in made] == [("az", 9, 0), ("zh", 3, 3)]


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "days"),
    [
        (date(2025, 1, 1), None, 15),  # today is the 15th: days to come allow nothing yet
        (date(2026, 10, 10), None, 6),
        (date(2025, 1, 1), date(2026, 10, 5), 4),
        (date(2025, 1, 1), date(2026, 10, 1), 0),
        (date(2026, 11, 1), None, 0),
    ],
)
def test_a_quota_counts_the_days_it_was_in_force(valid_from: date, valid_until: date | None, days: int) -> None:
    first, last, today = date(2026, 10, 1), date(2026, 10, 31), date(2026, 10, 15)
    assert days_in_force(valid_from, valid_until, first, last, today) == days
