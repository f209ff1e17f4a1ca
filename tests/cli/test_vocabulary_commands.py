"""Vocabularies at the command line: taken in, listed, shown, searched."""

from pathlib import Path

from cli_run import Desk

from vocabulary_files import QUAYS, vocabulary_file


def test_a_vocabulary_is_taken_in_shown_and_searched(desk: Desk, folder: Path) -> None:
    path = folder / "quays.json"
    path.write_bytes(vocabulary_file())
    [made] = desk.ok("vocabulary", "import", path)
    assert (made["alias"], made["concepts"], made["retired"], made["is_new"], made["changed"]) == (
        "quay",
        3,
        1,
        True,
        3,
    )
    [again] = desk.ok("vocabulary", "import", path)
    assert (again["is_new"], again["changed"]) == (False, 0)
    assert [one["uri"] for one in desk.ok("vocabulary", "list")] == [QUAYS]
    [shown] = desk.ok("vocabulary", "show", "quay")
    assert shown["uri"] == QUAYS
    assert desk.ok("vocabulary", "show", QUAYS) == [shown]
    [concept] = desk.ok("vocabulary", "show", "quay:100", "--language", "zh")
    assert (concept["label"], concept["labels"]["sv"]) == ("港口", "hamn")
    [found] = desk.ok("vocabulary", "find", "jetée", "--in", "quay", "--language", "fr")
    assert (found["qcode"], found["label"], found["broader"]) == ("quay:200", "jetée", [f"{QUAYS}100"])
    assert desk.ok("vocabulary", "find", "mole", "--no-retired") == []


def test_what_is_no_vocabulary_is_said_to_be_none(desk: Desk, folder: Path) -> None:
    (folder / "none.json").write_bytes(b'{"uri": "http://x/", "conceptSet": [{}]}')
    said = desk.run("vocabulary", "import", folder / "none.json", "--json")
    assert said.code == 1
    assert said.error["detail"] == "conceptSet, entry 1: uri"
    assert desk.run("vocabulary", "import", folder / "nothing.json").code == 2
    assert desk.run("vocabulary", "show", "nothing").code == 4
