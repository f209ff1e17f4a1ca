"""``dragoman dateline``: ours in every language, theirs from texts."""

import json
from pathlib import Path

from cli_run import Desk, dragoman


def test_a_dateline_is_written_in_all_eight_languages(tmp_path: Path) -> None:
    said = dragoman("--data", tmp_path / "none", "dateline", "write", "Şuşa", "--date", "2026-02-19", "--json")
    assert said.code == 0
    told = {line["language"]: line["text"] for line in said.lines}
    assert list(told) == ["az", "en", "ru", "fr", "de", "es", "ar", "zh"]
    assert (told["en"], told["ru"], told["zh"]) == ("SHUSHA, February 19.", "ШУША, 19 февраля.", "舒沙2月19日电")


def test_a_place_that_stands_as_given_is_noted(tmp_path: Path) -> None:
    words = ("dateline", "write", "Qarabulaq", "--date", "2026-05-03", "--language", "ru", "--agency", "ТАСС")
    said = dragoman("--data", tmp_path / "none", *words)
    assert said.out == "ru\tQARABULAQ, 3 мая. /ТАСС/.\tthe place as given\n"


def test_our_own_agency_signs_where_there_is_a_node(desk: Desk) -> None:
    [written] = desk.ok("dateline", "write", "Baku", "--date", "2026-02-19", "--language", "az")
    assert written["text"] == "Bakı, 19 fevral, LNA"
    [unsigned] = desk.ok("dateline", "write", "Baku", "--date", "2026-02-19", "--language", "az", "--agency", "")
    assert unsigned["text"] == "Bakı, 19 fevral"


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    assert dragoman("--data", tmp_path / "none", "dateline", "write", " ").code == 2
    assert dragoman("--data", tmp_path / "none", "dateline", "write", "Baku", "--language", "xx").code == 2
    assert dragoman("--data", tmp_path / "none", "dateline", "write", "Baku", "--date", "soon").code == 2


def test_datelines_are_read_line_by_line() -> None:
    asked = [
        {"id": 1, "text": "MOSCOW, Dec 31. /TASS/. The", "time": "2026-01-01T02:00:00Z"},
        {"id": "b", "text": "Nothing."},
        {"id": 3, "text": "Es regnete. (APA, 11.9.2015)"},
        {"id": 4, "text": "LONDON, May 3 - The council", "agency": "Reuters"},
    ]
    said = dragoman("dateline", "read", typed="\n".join(map(json.dumps, asked)))
    first, second, third, fourth = said.lines
    assert (first["dateline"]["date"], first["dateline"]["agency"], first["dateline"]["body_start"]) == (
        "2025-12-31",
        "TASS",
        24,
    )
    assert second == {"id": "b", "dateline": None}
    assert (third["dateline"]["agency"], third["dateline"]["body_start"]) == ("APA", 0)
    assert fourth["dateline"]["agency"] == "Reuters"
