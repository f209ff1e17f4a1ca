"""`dragoman decode`, as it is typed: files, folders, standard input; one JSON line each."""

import json
import os
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples" / "copy"
KEYS = {
    "source",
    "index",
    "arrival_digest",
    "headline_derived",
    "dateline",
    "blocks",
    "removed",
    "lost",
    "notes",
    "credit",
    "correction",
}
LINE_KEYS = {"text", "place", "country", "day", "month", "year", "date", "year_from", "agency", "reporter"}


def run(*words: str, stdin: bytes = b"") -> tuple[int, list[dict[str, object]], str]:
    program = Path(sys.executable).with_name("dragoman")
    done = subprocess.run([str(program), "decode", *words], input=stdin, capture_output=True, timeout=120, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.decode().splitlines()], done.stderr.decode()


def test_a_folder_gives_one_line_an_item_with_every_key(tmp_path: Path) -> None:
    for path in SAMPLES.glob("*.txt"):
        (tmp_path / "sub").mkdir(exist_ok=True)
        (tmp_path / "sub" / path.name).write_bytes(path.read_bytes())
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "empty.txt").touch()
    code, lines, talk = run("--json", str(tmp_path))
    decoded = {Path(str(line["dragoman"]["source"])).name: line for line in lines if "dragoman" in line}  # type: ignore[index]
    assert code == 3
    assert [Path(str(line["source"])).name for line in lines if "error" in line] == ["empty.txt"]
    assert set(decoded) == {path.name for path in SAMPLES.glob("*.txt")}
    assert "1 failed" in talk
    for line in decoded.values():
        ours = line["dragoman"]
        assert isinstance(ours, dict)
        assert set(ours) == KEYS
        assert ours["dateline"] is None or set(ours["dateline"]) == LINE_KEYS
        assert line["standard"] == {
            "name": "ninjs",
            "version": "3.1",
            "schema": "https://iptc.org/std/ninjs/ninjs-schema_3.1.json",
        }
        assert len(ours["arrival_digest"]) == 64


def test_all_is_well_is_zero_and_silent() -> None:
    code, lines, talk = run(str(SAMPLES / "en_bridge.txt"), str(SAMPLES / "zh_tea.txt"))
    assert (code, len(lines), talk) == (0, 2, "")
    line = lines[0]["dragoman"]["dateline"]  # type: ignore[index]
    assert (line["place"], line["day"], line["month"], line["date"], line["year_from"]) == (
        "TBILISI",
        1,
        1,
        "2023-01-01",
        "header",
    )


def test_standard_input_is_read_and_a_format_can_be_named() -> None:
    code, lines, _ = run("--format", "text", "-", stdin=b"Baku, 3 May 2021, AZERTAC\n\nThe ferry sails. It is red.")
    assert code == 0
    assert lines[0]["dragoman"]["dateline"]["date"] == "2021-05-03"  # type: ignore[index]
    assert lines[0]["dragoman"]["headline_derived"] is True  # type: ignore[index]


def test_a_feed_gives_a_line_for_each_entry_and_each_failure() -> None:
    feed = b"<rss version='2.0'><channel><item><guid>urn:x:1</guid><title>The ferry sails</title></item><item><guid>urn:x:2</guid></item></channel></rss>"
    code, lines, talk = run("--json", "-", stdin=feed)
    assert code == 3
    assert lines[0]["uri"] == "urn:x:1"
    assert (lines[1]["source"], lines[1]["index"]) == ("<stdin>", 1)
    assert set(lines[1]["error"]) == {"type", "title", "detail", "hint"}  # type: ignore[call-overload]
    assert "1 decoded, 1 failed" in talk


def test_one_missing_file_stops_no_other(tmp_path: Path) -> None:
    code, lines, _ = run(str(tmp_path / "none.txt"), str(SAMPLES / "fr_vignes.txt"))
    assert code == 3
    assert "error" in lines[0]
    assert lines[1]["language"] == "fr"
    assert run(str(tmp_path / "none.txt"))[0] == 4


def test_an_unknown_format_is_a_usage_error() -> None:
    code, lines, talk = run("--format", "telex", "-")
    assert (code, lines) == (2, [])
    assert "telex" in talk


def test_a_file_over_the_limit_is_refused_politely(tmp_path: Path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        os.truncate(file.fileno(), 65 * 1024 * 1024)
    code, lines, _ = run(str(huge))
    assert code == 3
    assert lines[0]["error"]["title"] == "The file is too large"  # type: ignore[index]


def test_what_is_no_file_is_a_failure_line(tmp_path: Path) -> None:
    path = tmp_path / "odd"
    os.mkfifo(path)
    code, lines, _ = run(str(path))
    assert code == 3
    assert lines[0]["error"]["title"] == "This is no regular file"  # type: ignore[index]
