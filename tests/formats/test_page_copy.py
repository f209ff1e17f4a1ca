"""Copy as it comes off a web page, in eight languages: our own samples, each beside what must be read from it."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.model.arrival import Hints
from dragoman.model.item import Item

SAMPLES = Path(__file__).parent.parent / "samples" / "copy"
NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))


def decoded(body: str | bytes, **hints: object) -> Item:
    data = body.encode() if isinstance(body, str) else body
    (unit,) = formats.decode(data, Hints(**hints))  # type: ignore[arg-type]
    assert unit.item is not None, unit.problem
    return unit.item


def test_there_is_copy_in_all_eight_languages() -> None:
    assert {name[:2] for name in NAMES} == {"az", "en", "ru", "fr", "de", "es", "ar", "zh"}


@pytest.mark.parametrize("name", NAMES)
def test_copy_off_a_page_is_read_as_an_editor_reads_it(name: str) -> None:
    item = decoded((SAMPLES / f"{name}.txt").read_bytes(), source=f"{name}.txt")
    expected = json.loads((SAMPLES / f"{name}.json").read_text())
    line = item.ours.dateline
    assert item.language == expected["language"]
    assert (item.headline, item.ours.headline_derived) == (expected["headline"], expected["headline_derived"])
    assert item.by == expected["by"]
    assert [[block.kind, block.text] for block in item.ours.blocks] == expected["blocks"]
    assert [[each.reason, each.text] for each in item.ours.removed] == expected["removed"]
    if expected["dateline"] is None:
        assert line is None
    else:
        assert line is not None
        told = {key: getattr(line, key) for key in expected["dateline"]}
        assert told | {"date": str(line.date)} == expected["dateline"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_removed_without_being_told(name: str) -> None:
    text = (SAMPLES / f"{name}.txt").read_text()
    item = decoded(text)
    ours = item.ours
    told = " ".join(
        (item.headline, item.by, ours.dateline.text if ours.dateline else "", *(block.text for block in ours.blocks))
        + tuple(each.text for each in ours.removed)
    )
    assert [word for word in re.findall(r"\w+", text) if word not in told and word != "By"] == []


def test_the_body_keeps_the_dateline_as_it_was_printed() -> None:
    item = decoded((SAMPLES / "en_bridge.txt").read_bytes())
    assert item.bodies[0].value.startswith("<p>TBILISI, January 1. /Caucasus Wire/. The council")
    assert "Share" not in item.bodies[0].value
    assert item.bodies[0].word_count == 153
    assert "<h2>A question of money</h2>" in item.bodies[0].value


def test_a_january_dateline_under_a_december_header_is_of_the_new_year() -> None:
    line = decoded((SAMPLES / "en_bridge.txt").read_bytes()).ours.dateline
    assert line is not None
    assert (line.date, line.year_from) == (date(2023, 1, 1), "header")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("date 2021", date(2021, 2, 19)),
        ("date 2021-02", date(2021, 2, 19)),
        ("date: 2021-02-20", date(2021, 2, 19)),
        ("Дата: 20.02.2021 14:05", date(2021, 2, 19)),
        ("date 20 février 2021", date(2021, 2, 19)),
        ("date février 2021", date(2021, 2, 19)),
        ("日期：2021年2月", date(2021, 2, 19)),
        ("date 2020-12-31 {{x}}", date(2020, 2, 19)),
    ],
)
def test_a_header_gives_the_year_however_little_it_says(header: str, expected: date) -> None:
    line = decoded(
        f" {header} Lyon, 19 février, Agence du Vallon\n\nLe pont est ouvert. Il mesure cent mètres."
    ).ours.dateline
    assert line is not None
    assert (line.place, line.date) == ("Lyon", expected)


def test_a_title_on_the_line_of_the_date_is_the_headline() -> None:
    item = decoded(
        " date 2023-05-23 Bridge opens at last\n\nTBILISI, May 23. /Caucasus Wire/. The bridge is open. It is long."
    )
    assert (item.headline, item.ours.headline_derived) == ("Bridge opens at last", False)


def test_a_text_without_title_has_a_headline_of_its_first_sentence_and_says_so() -> None:
    item = decoded(
        "Baku, 3 May, AZERTAC\n\nThe ferry of Mr. A. B. Example sails again. It had been away for 2.5 years."
    )
    assert item.headline == "The ferry of Mr. A. B. Example sails again"
    assert item.ours.headline_derived


@pytest.mark.parametrize(
    "expression",
    [
        "{{ post.date | date:'d MMM' }}", "{% if a %}", "<%= x.y %>", "<?php echo $d; ?>", "${a.b}", "#{bean.date}", "[[item.date]]",
        "[% date %]", "{$smarty.now|date_format}", "$date.format('d')", "##DATE##", "%PUBLISH_DATE%", "@Model.Title", "{title}",
        "{{{raw}}}", "&lt;%= x %&gt;", "[object Object]", "{{ unclosed", "{#if a}{/if}",
    ],
)  # fmt: skip
def test_left_over_template_expressions_of_any_engine_are_removed_and_told(expression: str) -> None:
    item = decoded(
        f" date 2024-05-13 {expression}\nBridge opens\n\nBERLIN, May 13 (Exprès) - The bridge is open. It is long.\n"
    )
    text = item.headline + item.bodies[0].value
    assert expression not in text
    assert any(each.reason == "left-over template expression" for each in item.ours.removed)
    assert item.headline == "Bridge opens"


@pytest.mark.parametrize(
    "kept",
    [
        "The price rose to $1.50 [sic] and 40% of shares.",
        "It cost $20m, or 15 %, he said.",
        "See [1] and {2}.",
        "The #bridge <3 of 7%.",
    ],
)
def test_prices_and_brackets_are_no_template_expressions(kept: str) -> None:
    item = decoded(f"Bridge opens\n\nBERLIN, May 13 (dpa) - The bridge is open.\n\n{kept}\n\nIt is long.")
    assert item.ours.removed == ()
    assert kept in [block.text for block in item.ours.blocks]


def test_copy_with_html_in_it_is_read_as_html() -> None:
    item = decoded(
        "<h1>Bridge opens</h1><p>TBILISI, May 23. /Caucasus Wire/. The bridge is open.</p><p>It is &laquo;long&raquo;.</p>"
    )
    assert item.ours.dateline is not None
    assert [block.text for block in item.ours.blocks][-1] == "It is «long»."


def test_a_day_in_the_header_is_a_time_in_the_feeds_zone() -> None:
    item = decoded(" date 2024-05-13 x\n\nBridge opens\n\nThe bridge is open. It is long.", zone="Asia/Baku")
    assert item.first_created is not None
    assert item.first_created.isoformat() == "2024-05-13T00:00:00+04:00"
    assert "the header gives the day, not the time" in item.ours.notes


def test_without_any_header_the_year_comes_from_the_day_it_was_received() -> None:
    received = datetime(2025, 1, 1, 0, 5, tzinfo=UTC)
    line = decoded("МОСКВА, 31 декабря. /ТАСС/. Мост открыт. Он длинный.", received=received).ours.dateline
    assert line is not None
    assert (line.date, line.year_from, line.agency) == (date(2024, 12, 31), "received", "TASS")


def test_the_same_text_has_the_same_identity_and_another_text_another() -> None:
    one, same, other = (
        decoded(f"Baku, 3 May, AZERTAC\n\nThe ferry sails{end}. It is red.") for end in ("", "", " again")
    )
    assert (one.uri, one.version) == (same.uri, same.version)
    assert one.uri != other.uri


@pytest.mark.parametrize(
    "body",
    [
        "",
        "   \n \n",
        "\x00\x01\x02\x03",
        "123 456\n--- \n",
        "<?xml version='1.0'?><nitf/>",
        "<html><body>502</body></html>",
    ],
)
def test_what_is_no_copy_is_a_problem_not_an_item(body: str) -> None:
    (unit,) = formats.decode(body.encode(), Hints())
    assert unit.item is None
    assert unit.problem is not None
    assert unit.problem.kept
    assert unit.problem.hint


def test_lines_broken_by_hand_are_one_paragraph() -> None:
    body = "\n".join(
        (
            "ROME, May 13 (dpa) - The bridge over the northern river was opened",
            "on Monday by the mayors of both towns, who walked towards each",
            "other and met in the middle, where a table had been laid for two",
            "hundred guests.",
            "",
            "It is long.",
        )
    )
    assert [block.text[:20] for block in decoded(body).ours.blocks] == ["The bridge over the ", "It is long."]


@pytest.mark.parametrize("name", NAMES)
def test_a_node_that_gets_the_copy_of_another_reads_the_same(name: str) -> None:
    item = decoded((SAMPLES / f"{name}.txt").read_bytes())
    for _ in range(2):
        sent = formats.encode("ninjs", [item], EncodeContext(native=True)).body
        (unit,) = formats.decode(sent, Hints())
        assert unit.item == item
        assert formats.encode("ninjs", [unit.item], EncodeContext(native=True)).body == sent
