"""``dragoman names compare|key``, offline."""

import json
from pathlib import Path

from click.testing import CliRunner

from dragoman.cli.names import names


def _compare(text: str, *options: str) -> list[dict[str, object]]:
    done = CliRunner().invoke(names, ["compare", *options], input=text)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_pairs_are_answered_in_their_order_with_reasons() -> None:
    pairs = [
        {"id": 1, "a": "Ida Brandt", "b": "Иды Брандт", "b_lang": "ru", "kind": "person"},
        {"id": "two", "a": "Ida Brandt", "b": "Олег Сомов", "a_lang": None},
    ]
    told = _compare("".join(json.dumps(pair) + "\n" for pair in pairs))
    assert [(one["id"], one["same"]) for one in told] == [(1, True), ("two", False)]
    assert all(set(one) == {"id", "score", "same", "reasons"} and one["reasons"] for one in told)


def test_a_line_that_cannot_be_read_is_passed_over() -> None:
    done = CliRunner().invoke(names, ["compare"], input='{"id": 1}\n{"id": 2, "a": "A", "b": "A"}\n')
    assert done.exit_code == 3
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [2]
    assert "line 1" in done.stderr


def test_a_names_file_binds(tmp_path: Path) -> None:
    file = tmp_path / "names.jsonl"
    file.write_text('{"id":"ida","forms":{"en":["Ida Brandt","The Harbour Lady"]}}\n', "utf-8")
    pair = json.dumps({"id": 1, "a": "The Harbour Lady", "b": "Ida Brandt"})
    assert _compare(pair)[0]["same"] is False
    assert _compare(pair, "--file", str(file))[0]["same"] is True


def test_keys_are_one_line_each() -> None:
    done = CliRunner().invoke(names, ["key", "--json", "Ida Brandt", "Ида Брандт"])
    assert done.exit_code == 0, done.output
    keys = {json.loads(line)["key"] for line in done.stdout.splitlines()}
    assert len(keys) == 1
