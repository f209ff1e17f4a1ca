"""The demo's sample copy: enough of it, in eight languages, of every kind, and fresh whenever it is rendered."""

import importlib
import json
import re
import sys
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import jsonschema
import msgspec
import pytest
from lxml import etree

from dragoman.model.item import Item

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
copy = importlib.import_module("demo.copy")

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
FOLDER = ROOT / "demo" / "copy"
PIECES = copy.load(FOLDER)
COPY = [p for p in PIECES if p.kind != "broken"]
FIRSTS = [p for p in COPY if p.number == 1]
LETTERS = {
    "az": r"[əƏ]",
    "en": r"\bthe\b",
    "ru": r"[а-я]{4}",
    "fr": r"\b(?:les|des|une)\b",
    "de": r"\b(?:der|die|das)\b",
    "es": r"\b(?:los|las|una)\b",
    "ar": r"[\u0620-\u064a]{3}",
    "zh": r"[\u4e00-\u9fff]{3}",
}
LATIN = {"az", "en", "fr", "de", "es"}
SCHEMA = ROOT.parent / "shared/data/standards/ninjs/specification/ninjs-schema_3.1.json"


def rendered(piece):
    return piece.render(piece.due(START))


def text_of(piece):
    return "\n".join(text for _, text in copy._blocks(piece, piece.due(START)))


def only(kind):
    (piece,) = [p for p in PIECES if p.kind == kind]
    return piece


def named(id, number=1):
    (piece,) = [p for p in PIECES if p.copy.id == id and p.number == number]
    return piece


def test_three_agencies_write_at_least_75_items_in_eight_languages():
    by_language = Counter(p.language for p in FIRSTS)
    assert len(FIRSTS) >= 75
    assert set(by_language) == set(LETTERS)
    assert min(by_language.values()) >= 7
    assert {(p.agency, p.language) for p in FIRSTS} == set(copy.DATELINES)


def test_every_agency_receives_by_push_folder_and_feed():
    ways = Counter((p.agency, p.way) for p in FIRSTS)
    assert set(ways) == {(agency, way) for agency in copy.AGENCIES for way in ("push", "folder", "rss")}
    assert min(ways.values()) >= 5


def test_no_item_is_there_twice():
    ids = [(p.copy.id, p.number) for p in PIECES]
    assert len(ids) == len(set(ids))
    for part in ("headline", "body"):
        told = Counter(getattr(p.copy, part) for p in FIRSTS)
        assert [text for text, times in told.items() if times > 1] == []
    files = [rendered(p).file_name for p in PIECES]
    assert len(files) == len(set(files))


@pytest.mark.parametrize("piece", COPY, ids=lambda p: f"{p.copy.id}-{p.number}")
def test_the_copy_reads_as_the_language_it_says(piece):
    text = text_of(piece)
    assert len(re.findall(LETTERS[piece.language], text)) >= (1 if piece.copy.urgency <= 2 else 2)
    foreign = r"[а-яА-Я\u0620-\u064a\u4e00-\u9fff]" if piece.language in LATIN else r"[a-zA-Z]{4}"
    assert re.findall(foreign, text) == []


@pytest.mark.parametrize("piece", COPY, ids=lambda p: f"{p.copy.id}-{p.number}")
def test_the_copy_has_the_length_of_a_wire_story(piece):
    if piece.copy.genre == "flash" and piece.number == 1:
        assert len(text_of(piece).split()) <= 40
    elif piece.language == "zh":
        assert 200 <= len(text_of(piece)) <= 500
    elif piece.kind != "kill":
        assert 120 <= len(text_of(piece).split()) <= 350


@pytest.mark.parametrize("piece", COPY, ids=lambda p: f"{p.copy.id}-{p.number}")
def test_every_item_has_what_an_editor_looks_for(piece):
    for part in (piece.copy.headline, piece.copy.byline, piece.copy.slugline, piece.copy.city):
        assert part.strip()
    assert piece.copy.subjects
    assert piece.copy.places
    assert 1 <= piece.copy.urgency <= 8


def test_datelines_keep_each_agency_and_languages_own_style():
    first = {key: next(p for p in FIRSTS if (p.agency, p.language) == key) for key in copy.DATELINES}
    lines = {key: text_of(piece)[:45] for key, piece in first.items()}
    assert re.match(r"\w+, 1 mart, LNA\. ", lines["LNA", "az"])
    assert re.match(r"\w+, 1 March, LNA\. ", lines["LNA", "en"])
    assert re.match(r"[А-Я]+, 1 марта\. /ЛНА/\. ", lines["LNA", "ru"])
    assert re.match(r"\w+, 1er mars \(VAL\) - ", lines["VAL", "fr"])
    assert re.match(r"\w+, 1\. März \(VAL\) - ", lines["VAL", "de"])
    assert re.match(r"\w+, 1 mar \(VAL\) - ", lines["VAL", "es"])
    assert re.match(r"\w+ في 1 مارس /قمر/ ", lines["QMR", "ar"])
    assert re.match(r"[A-Z]+, 1 March \(QMR\) -- ", lines["QMR", "en"])
    assert re.match(r"月亮社\w+3月1日电（记者\w+）", lines["QMR", "zh"])


def test_dates_are_those_of_the_day_in_every_language():
    at = datetime(2026, 11, 22, tzinfo=UTC)
    written = {language: copy._filled("{date}", at, language) for language in LETTERS}
    assert written == {
        "az": "22 noyabr",
        "en": "22 November",
        "ru": "22 ноября",
        "fr": "22 novembre",
        "de": "22. November",
        "es": "22 de noviembre",
        "ar": "22 نوفمبر",
        "zh": "11月22日",
    }
    assert copy._filled("{date+9} {date-22} {year} {short:fr}", at, "en") == "1 December 31 October 2026 22 nov"
    assert copy._filled("{{date}}", at, "en") == "{{date}}"
    for months in (*copy.MONTHS.values(), *copy.SHORT_MONTHS.values()):
        assert len(set(months.split())) == 12


@pytest.mark.parametrize("piece", COPY, ids=lambda p: f"{p.copy.id}-{p.number}")
def test_no_date_token_is_left_unfilled(piece):
    whole = rendered(piece).body.decode().replace(piece.copy.leftover or "{{", "")
    assert not re.search(r"\{(date|short|month|year|day|city|byline)", whole, re.IGNORECASE)
    assert "{" not in text_of(piece)


def test_pushed_copy_is_an_item_of_ours():
    for piece in (p for p in COPY if p.way == "push"):
        item = msgspec.json.decode(rendered(piece).body, type=Item)
        assert item.uri == piece.uri
        assert item.version == str(piece.number)
        assert item.language == piece.language
        assert item.first_created <= item.version_created <= piece.due(START)


@pytest.mark.shared
@pytest.mark.skipif(not SCHEMA.exists(), reason="the development data is not beside the project")
def test_pushed_copy_is_valid_ninjs_once_our_profile_is_taken_away():
    valid = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
    for piece in (p for p in COPY if p.way == "push"):
        told = json.loads(rendered(piece).body)
        told.pop("dragoman", None)
        assert [error.message for error in valid.iter_errors(told)] == []


def test_a_feed_shows_what_is_due_newest_first_and_of_each_item_the_latest_version():
    for agency in copy.AGENCIES:
        all_ids = {p.uri for p in COPY if p.agency == agency and p.way == "rss"}
        at_end = entries(agency, 400)
        assert {guid for guid, _ in at_end} == all_ids
        assert len(at_end) == len(all_ids)
        moments = [updated for _, updated in at_end]
        assert moments == sorted(moments, reverse=True)
        assert {guid for guid, _ in entries(agency, 0)} < all_ids
    feed = copy.rss_document(PIECES, START + timedelta(seconds=400), "VAL", start=START).decode()
    assert named("val-fr-ferry", 2).copy.headline in feed
    assert named("val-fr-ferry", 1).copy.headline not in feed


def entries(agency, seconds):
    feed = etree.fromstring(copy.rss_document(PIECES, START + timedelta(seconds=seconds), agency, start=START))
    updated = "{http://www.w3.org/2005/Atom}updated"
    return [(item.findtext("guid"), datetime.fromisoformat(item.findtext(updated))) for item in feed.iter("item")]


def test_an_entry_stays_the_same_at_every_poll():
    def entry(seconds):
        feed = etree.fromstring(copy.rss_document(PIECES, START + timedelta(seconds=seconds), "VAL", start=START))
        (one,) = [i for i in feed.iter("item") if i.findtext("guid").endswith("val-de-bridge")]
        return etree.tostring(one)

    assert entry(0) == entry(33) == entry(400)


def test_the_same_moment_gives_the_same_bytes_and_another_day_other_dates():
    for piece in PIECES:
        assert rendered(piece) == rendered(piece)
    piece = named("lna-az-tea")
    assert b"1 mart, LNA" in rendered(piece).body
    assert b"2 mart, LNA" in piece.render(START + timedelta(days=1)).body
    assert [rendered(p) for p in copy.load(FOLDER)] == [rendered(p) for p in PIECES]


def test_thirty_four_items_are_there_at_once_and_the_rest_drips_in_over_five_minutes():
    offsets = [p.offset_s for p in PIECES]
    assert offsets.count(0) == 34
    assert offsets == sorted(offsets)
    drip = [offset for offset in offsets if offset]
    assert drip[-1] <= 300
    assert max(later - sooner for sooner, later in pairwise(drip)) <= 8
    assert {(p.agency, p.way) for p in PIECES if p.offset_s == 0} == {(p.agency, p.way) for p in FIRSTS}


def test_versions_come_in_order_and_later_than_the_one_before():
    versions = defaultdict(list)
    for piece in PIECES:
        versions[piece.copy.id].append((piece.number, piece.offset_s, piece.way))
    for numbered in versions.values():
        assert [number for number, _, _ in numbered] == list(range(1, len(numbered) + 1))
        assert len({offset for _, offset, _ in numbered}) == len(numbered)
        # A watched folder takes a file as an item of its own, so it has no way to say "version 2".
        assert len(numbered) == 1 or numbered[0][2] != "folder"
    assert sum(len(numbered) > 1 for numbered in versions.values()) >= 5
    assert max(len(numbered) for numbered in versions.values()) >= 3


def test_eight_events_and_more_are_told_by_several_agencies_in_several_languages():
    told = defaultdict(set)
    for piece in FIRSTS:
        if piece.copy.event:
            told[piece.copy.event].add((piece.agency, piece.language))
    shared = {event for event, by in told.items() if len({agency for agency, _ in by}) >= 2}
    assert len(shared) >= 8
    assert sum(len({agency for agency, _ in by}) == 3 for by in told.values()) >= 8
    assert all(len({language for _, language in by}) >= 2 for by in told.values())


def test_figures_of_one_event_disagree():
    assert "12 nəfər" in named("lna-az-ferry").copy.summary
    assert "14 blessés" in named("val-fr-ferry").copy.headline
    assert "12 percent" in named("lna-en-tariff").copy.summary
    assert "14 %" in named("val-es-tariff").copy.headline


def test_the_correction_says_what_was_wrong_and_mends_it():
    correction = only("correction")
    before = named(correction.copy.id)
    told = json.loads(rendered(correction).body)
    assert 45 <= correction.offset_s <= 55
    assert "not 420" in told["dragoman"]["correction"]["reason"]
    assert "not 420" in told["edNote"]
    assert "420-megawatt" in before.copy.summary
    assert "240-megawatt" in told["descriptions"][0]["value"]


def test_the_kill_has_a_reason_and_none_of_the_text():
    kill = only("kill")
    told = json.loads(rendered(kill).body)
    assert 95 <= kill.offset_s <= 105
    assert told["pubStatus"] == "canceled"
    assert told["dragoman"]["correction"]["reason"]
    assert "50,000 young sturgeon into the river" in named(kill.copy.id).copy.body
    assert "ninety days" not in rendered(kill).body.decode()


def test_the_embargo_lifts_while_one_watches():
    (piece,) = [p for p in PIECES if p.embargo_after_s is not None]
    until = datetime.fromisoformat(json.loads(rendered(piece).body)["embargoedUntil"])
    assert piece.offset_s < 60 <= (until - START).total_seconds() <= 90
    assert until.utcoffset() is not None


def test_there_are_two_flashes():
    flashes = [p for p in FIRSTS if p.copy.urgency == 1]
    assert len(flashes) == 2
    assert all(p.copy.headline.startswith("FLASH") and p.offset_s > 0 for p in flashes)
    assert [p for p in COPY if p.copy.genre == "flash"] == flashes


def test_quotes_name_their_speakers():
    quoted = re.compile(r"[\"“«”][^\"“»”]{12,}[\"”»“]")
    with_quote = [p for p in FIRSTS if quoted.search(text_of(p)) and p.copy.people]
    assert len(with_quote) >= 40


def test_folder_copy_looks_as_it_comes_off_the_web():
    files = {p.copy.id: rendered(p).body.decode() for p in FIRSTS if p.way == "folder"}
    headers = [text.split("\n")[0] for text in files.values()]
    assert all(re.match(r" date 2026-0[123](-\d\d)?( |$)", header) for header in headers)
    assert {len(re.match(r" date ([\d-]+)", header)[1]) for header in headers} == {7, 10}
    assert sum("{{" in header for header in headers) >= 1
    assert sum("## " in p.copy.body for p in FIRSTS if p.way == "folder") >= 10
    assert "## " not in "".join(files.values())
    assert any(re.search(r"\d LNA\.$|, LNA\.$", header) for header in headers)


def test_a_summary_is_repeated_in_the_body_of_some_folder_copy():
    repeated = [p for p in FIRSTS if p.copy.repeated]
    assert repeated
    for piece in repeated:
        assert rendered(piece).body.decode().count(piece.copy.summary) == 2


def test_one_file_is_broken_on_purpose():
    body = rendered(only("broken")).body
    with pytest.raises(UnicodeDecodeError):
        body.decode()
    assert body.count(0) > 1
    assert len(body) == only("broken").garbage


def test_the_timetable_and_the_copy_must_agree(tmp_path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "script.toml").write_bytes((ROOT / "demo" / "script.toml").read_bytes())
    with pytest.raises(ValueError, match="disagree on steps"):
        copy.load(tmp_path / "copy")


def test_the_whole_is_small_enough_to_read():
    files = [*FOLDER.rglob("*.toml"), ROOT / "demo" / "script.toml"]
    assert sum(path.stat().st_size for path in files) < 1_000_000
