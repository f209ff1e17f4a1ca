"""Language versions at the command line: begun, written in a file, ready, published by somebody else."""

import json
from pathlib import Path

from cli_run import Desk


def test_a_translation_from_start_to_publication(desk: Desk, folder: Path) -> None:
    number = desk.file("urn:lna:tide", "Tide tables are out", text="<p>There are 12 of them.</p>")
    assert desk.ok("translate", "start", number, "ru", *desk.as_user("leyla"))[0]["open"] == 2
    rows = desk.ok("translate", "show", number, "ru")
    assert [(row["id"], row["finding"]) for row in rows] == [("headline", "empty"), ("p1", "empty")]
    rows[0]["target"], rows[1]["target"] = "Таблицы приливов вышли", "Их 12."
    file = folder / "tide.ru.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    assert desk.ok("translate", "save", number, "ru", file, *desk.as_user("leyla"))[0]["open"] == 0
    (line,) = [one for one in desk.ok("translate", "list", "--person", "leyla") if one["item"] == number]
    assert (line["waits"], line["done"], line["paragraphs"]) == ("draft", 2, 2)
    desk.ok("translate", "ready", number, "ru", *desk.as_user("leyla"))
    assert desk.run("translate", "publish", number, "ru").code == 2
    assert desk.run("translate", "publish", number, "ru", *desk.as_user("leyla")).code == 5
    back = desk.ok("translate", "return", number, "ru", "--note", "A full stop.", *desk.as_user("oskar"))
    assert (back[0]["state"], back[0]["note"]) == ("returned", "A full stop.")
    desk.ok("translate", "ready", number, "ru", *desk.as_user("leyla"))
    done = desk.ok("translate", "publish", number, "ru", *desk.as_user("oskar"))[0]
    assert (done["language"], done["version"], done["act"]) == ("ru", "1", "publish")
    desk.ok("item", "correct", number, "--headline", "Tide tables are late", "--reason", "They are not out.")
    changed = [one for one in desk.ok("translate", "list", "--waits", "changed") if one["item"] == number]
    assert changed[0]["changes"] == 1
    assert desk.ok("translate", "update", number, "ru", *desk.as_user("leyla"))[0]["open"] == 1


def test_a_file_that_is_no_draft_is_refused_and_says_how_one_looks(desk: Desk, folder: Path) -> None:
    number = desk.file("urn:lna:tide-2", "Tide tables again")
    desk.ok("translate", "start", number, "ru")
    file = folder / "draft.txt"
    file.write_text("Просто текст.\n")
    said = desk.run("translate", "save", number, "ru", file, "--json")
    assert (said.code, "translate show --json" in said.error["hint"]) == (2, True)
    assert desk.run("translate", "ready", number, "ru").code == 2
    assert desk.run("translate", "start", number, "en").code == 2
    assert desk.run("translate", "ready", number, "fr").code == 4


def test_the_agency_says_how_many_people_it_takes(desk: Desk) -> None:
    assert desk.ok("translate", "eyes")[0]["people"] == 2
    assert desk.run("translate", "eyes", "1", *desk.as_user("leyla")).code == 5
    assert desk.ok("translate", "eyes", "1", *desk.as_user("ayten"))[0]["people"] == 1
    assert desk.ok("translate", "eyes", "2")[0]["people"] == 2
