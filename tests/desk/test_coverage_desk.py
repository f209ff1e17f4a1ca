"""The register and the coverage report over a real store: partners' copy, mentions, rulings, what comes in later."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from dragoman.desk import coverage as desk
from dragoman.desk import outlets
from dragoman.desk.coverage import Report
from dragoman.model.errors import BadInput, Conflict, NotFound
from dragoman.reports.definition import Definition
from dragoman.reports.outlet import Outlet
from dragoman.store import audit, coverage
from dragoman.store import outlets as store
from newsdesk import Newsroom, copy, tombstone

NOW = datetime.now(UTC)
FERRY = (
    "The night ferry left the old harbour with forty people and a piano on board, and the captain let the youngest of"
    " them sound the horn as the lights of the quay went out one after the other behind the stern."
)
TRAM = "The last tram of the hill line has been painted green again by those who once drove it."


def declare(newsroom: Newsroom, name: str, **more: object) -> int:
    return outlets.register(newsroom.conn, Outlet(name=name, **more), by="Ada").outlet.id  # type: ignore[arg-type]


def ask(newsroom: Newsroom, query: str = "ferry OR паром", **more: object) -> int:
    usual: dict[str, object] = {"since": NOW - timedelta(days=2), "until": NOW + timedelta(days=1)}
    wanted = Definition(title="Night ferry", query=query, **(usual | more))  # type: ignore[arg-type]
    return desk.make(newsroom.conn, wanted, by="Ada").id


def answer(newsroom: Newsroom, number: int) -> Report:
    return desk.answer(newsroom.conn, number, datetime.now(UTC))


def told(report: Report) -> dict[str, tuple[int, int]]:
    return {line.outlet.name: (line.count, line.ours) for line in report.coverage.lines}


@pytest.fixture
def register(newsroom: Newsroom) -> dict[str, int]:
    """Valonia and Meridian are partners, the Reed is a paper."""
    return {
        "val": declare(newsroom, "Valonia News", country="FR", agency="VAL", kind="agency"),
        "mer": declare(newsroom, "Meridian", country="DE", agency="MER", kind="agency"),
        "reed": declare(newsroom, "The Reed", country="GB", home_page="https://reed.example"),
    }


def test_a_partners_copy_counts_for_the_outlet_it_is(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY), copy("val:2", text=TRAM), origin="VAL")
    made = answer(newsroom, ask(newsroom))
    assert told(made) == {"Valonia News": (1, 0)}
    assert [one.name for one in made.coverage.silent] == ["Meridian", "The Reed"]


def test_copy_that_came_by_a_relay_is_its_origins_report(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY), origin="VAL", agency="MER")
    assert told(answer(newsroom, ask(newsroom))) == {"Valonia News": (1, 0)}


def test_the_same_text_and_a_credit_are_ours(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("adr:1", text=FERRY))
    newsroom.file(copy("val:1", text=FERRY), copy("val:2", text="A ferry, Adrian Press reports."), origin="VAL")
    newsroom.file(copy("mer:1", text="Another ferry altogether."), origin="MER")
    assert told(answer(newsroom, ask(newsroom))) == {"Valonia News": (2, 2), "Meridian": (1, 0)}


def test_our_own_item_may_be_named_though_it_does_not_answer_the_query(
    newsroom: Newsroom, register: dict[str, int]
) -> None:
    own = newsroom.filed(copy("adr:1", text=FERRY.replace("ferry", "boat")))
    number = newsroom.one("select item from version where sequence = %s", own)
    newsroom.file(copy("val:1", text=FERRY), origin="VAL")
    assert told(answer(newsroom, ask(newsroom))) == {"Valonia News": (1, 0)}
    assert told(answer(newsroom, ask(newsroom, own=(number,)))) == {"Valonia News": (1, 1)}


def test_another_agencys_item_cannot_be_named_as_our_own(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY), origin="VAL")
    number = newsroom.one("select id from item")
    with pytest.raises(BadInput, match="not items of ours"):
        ask(newsroom, own=(number,))


def test_what_comes_in_later_is_in_the_next_answer(newsroom: Newsroom, register: dict[str, int]) -> None:
    number = ask(newsroom)
    assert told(answer(newsroom, number)) == {}
    newsroom.file(copy("val:1", text=FERRY), origin="VAL")
    assert told(answer(newsroom, number)) == {"Valonia News": (1, 0)}
    newsroom.file(copy("adr:1", text=FERRY))  # ours is filed last, and the others are compared with it all the same
    assert told(answer(newsroom, number)) == {"Valonia News": (1, 1)}
    newsroom.file(copy("val:1", "2", FERRY + " It came back."), origin="VAL")
    assert told(answer(newsroom, number)) == {"Valonia News": (1, 1)}


def test_an_outlet_declared_late_is_found_in_what_was_there(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("ori:1", text=FERRY), origin="ORI")
    number = ask(newsroom)
    assert told(answer(newsroom, number)) == {}
    declare(newsroom, "Oriel Agency", country="AE", agency="ORI", kind="agency")
    assert told(answer(newsroom, number)) == {"Oriel Agency": (1, 0)}


def test_a_killed_item_is_nobodys_report(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY), origin="VAL")
    number = ask(newsroom)
    assert told(answer(newsroom, number)) == {"Valonia News": (1, 0)}
    newsroom.file(tombstone(copy("val:1"), version="2"), origin="VAL", act="kill")
    assert told(answer(newsroom, number)) == {}
    assert coverage.evidence(newsroom.conn, number) == []


def test_what_is_under_embargo_is_not_counted_yet(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY, embargoed_until=NOW + timedelta(hours=3)), origin="VAL")
    assert told(answer(newsroom, ask(newsroom))) == {}


def test_a_mention_by_hand_counts_for_every_report_it_answers_and_for_its_own_whatever_the_query(
    newsroom: Newsroom, register: dict[str, int]
) -> None:
    ferry, piano = ask(newsroom), ask(newsroom, "piano")
    add = {"by": "Ada", "published": NOW}
    outlets.mention(newsroom.conn, register["reed"], "https://reed.example/1", "Ночной паром", language="ru", **add)  # type: ignore[arg-type]
    outlets.mention(
        newsroom.conn,
        register["reed"],
        "https://reed.example/2",
        "Lights of the quay",
        report=piano,
        text=FERRY.replace("piano", "harp"),
        **add,  # type: ignore[arg-type]
    )
    assert told(answer(newsroom, ferry)) == {"The Reed": (2, 0)}
    assert told(answer(newsroom, piano)) == {"The Reed": (1, 0)}


def test_the_same_page_written_down_twice_is_one_mention(newsroom: Newsroom, register: dict[str, int]) -> None:
    number = ask(newsroom)
    for link in ("https://reed.example/1", "http://www.reed.example/1/#top"):
        outlets.mention(newsroom.conn, register["reed"], link, "Night ferry", NOW, by="Ada")
        assert told(answer(newsroom, number)) == {"The Reed": (1, 0)}


def test_a_mention_can_be_taken_out_again(newsroom: Newsroom, register: dict[str, int]) -> None:
    made = outlets.mention(newsroom.conn, register["reed"], "https://reed.example/1", "Night ferry", NOW, by="Ada")
    number = ask(newsroom)
    assert told(answer(newsroom, number)) == {"The Reed": (1, 0)}
    outlets.remove_mention(newsroom.conn, made.id, by="Ada", now=NOW)
    assert told(answer(newsroom, number)) == {}


@pytest.mark.parametrize(
    ("link", "title", "text"),
    [
        ("javascript:alert(1)", "Ferry", ""),
        ("reed.example/1", "Ferry", ""),
        ("https://reed.example/1", "  ", ""),
        ("https://reed.example/1", "F" * 501, ""),
        ("https://reed.example/1", "Ferry", "x" * 100_001),
    ],
)
def test_a_mention_that_cannot_stand_is_refused(
    newsroom: Newsroom, register: dict[str, int], link: str, title: str, text: str
) -> None:
    with pytest.raises(BadInput):
        outlets.mention(newsroom.conn, register["reed"], link, title, NOW, by="Ada", text=text)
    assert newsroom.one("select count(*) from mention") == 0


def test_a_mention_is_nothing_that_can_be_granted(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.agree("VAL")
    outlets.mention(newsroom.conn, register["reed"], "https://reed.example/1", "Night ferry", NOW, by="Ada", text=FERRY)
    answer(newsroom, ask(newsroom))
    for table in ("version", "item", "item_grant", "delivery", "arrival"):
        assert newsroom.one(f"select count(*) from {table}") == 0
    with newsroom.as_partner("VAL") as conn, pytest.raises(Exception, match="permission denied"):
        conn.execute("select * from mention")


def test_a_ruling_stands_above_what_was_found_and_is_written_down(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY), copy("val:2", text="One more ferry."), origin="VAL")
    number = ask(newsroom)
    answer(newsroom, number)
    first, second = coverage.evidence(newsroom.conn, number)
    desk.rule(newsroom.conn, first.id, "denied", "Another ferry.", by="Ada")
    desk.rule(newsroom.conn, second.id, "ours", "They thanked us.", by="Ben")
    made = answer(newsroom, number)
    assert (told(made), made.coverage.denied) == ({"Valonia News": (1, 1)}, 1)
    ruled = coverage.evidence(newsroom.conn, number)
    assert [(one.ruled_by, one.note) for one in ruled] == [("Ada", "Another ferry."), ("Ben", "They thanked us.")]
    assert [entry.actor for entry in audit.entries(newsroom.conn, about=f"report {number}")][:2] == ["Ben", "Ada"]
    newsroom.file(copy("val:1", "2", FERRY + " It came back."), origin="VAL")
    assert told(answer(newsroom, number)) == {"Valonia News": (1, 1)}
    desk.rule(newsroom.conn, first.id, "as found", "", by="Ada")
    assert told(answer(newsroom, number)) == {"Valonia News": (2, 1)}


def test_a_first_reading_that_is_cut_short_goes_on_where_it_was(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(*(copy(f"val:{n}", text=f"Ferry number {n}.") for n in range(1100)), origin="VAL")
    number, seen = ask(newsroom), []
    for _ in range(4):
        made = desk.answer(newsroom.conn, number, datetime.now(UTC), budget=timedelta(microseconds=1))
        seen.append((made.coverage.count, made.read < 1))
        if made.read == 1:
            break
    assert seen == [(500, True), (1000, True), (1100, False)]


def test_a_question_that_is_not_kept_leaves_nothing_behind(newsroom: Newsroom, register: dict[str, int]) -> None:
    newsroom.file(copy("val:1", text=FERRY), origin="VAL")
    wanted = Definition(title="?", query="ferry", since=NOW - timedelta(days=1), until=NOW + timedelta(days=1))
    made, pieces = desk.ask(newsroom.conn, wanted, datetime.now(UTC))
    assert (told(made), len(pieces), made.definition.id) == ({"Valonia News": (1, 0)}, 1, 0)
    assert newsroom.one("select count(*) from coverage_report") == newsroom.one("select count(*) from evidence") == 0


def test_a_report_out_of_the_list_is_not_answered(newsroom: Newsroom, register: dict[str, int]) -> None:
    number = ask(newsroom)
    desk.remove(newsroom.conn, number, by="Ada", now=NOW)
    assert coverage.definitions(newsroom.conn) == []
    with pytest.raises(NotFound):
        answer(newsroom, number)


# ------------------------------------------------------------------------------------------------ the register


@pytest.mark.parametrize(
    ("twin", "what"),
    [
        ({"name": "the REED", "country": "GB"}, "same name in the same country"),
        ({"name": "Reed Online", "home_page": "http://www.reed.example/news"}, "same host"),
        ({"name": "Valonia Wire", "agency": "VAL"}, "same agency"),
    ],
)
def test_the_same_outlet_twice_is_refused_with_both_rows(
    newsroom: Newsroom, register: dict[str, int], twin: dict[str, str], what: str
) -> None:
    with pytest.raises(Conflict, match=re.escape(what)) as refused:
        declare(newsroom, **twin)  # type: ignore[arg-type]
    assert twin["name"] in refused.value.detail
    assert re.search(r"there: \d+ ", refused.value.detail)
    assert len(store.outlets(newsroom.conn)) == 3


def test_the_same_name_in_another_country_is_another_outlet_and_is_said(
    newsroom: Newsroom, register: dict[str, int]
) -> None:
    made = outlets.register(newsroom.conn, Outlet(name="The Reed", country="IE"), by="Ada")
    assert [one.id for one in made.alike] == [register["reed"]]


def test_one_that_was_retired_may_come_again(newsroom: Newsroom, register: dict[str, int]) -> None:
    outlets.retire(newsroom.conn, register["reed"], by="Ada", now=NOW)
    assert declare(newsroom, "The Reed", country="GB") != register["reed"]
    assert len(store.outlets(newsroom.conn, retired=True)) == 4


def test_a_change_says_what_was_and_what_is(newsroom: Newsroom, register: dict[str, int]) -> None:
    outlets.change(
        newsroom.conn,
        register["reed"],
        {"audience": 9, "audience_source": "x", "audience_on": date(2026, 1, 1)},
        by="Ada",
    )
    outlets.change(newsroom.conn, register["reed"], {"name": "The New Reed"}, by="Ada")
    entry = audit.entries(newsroom.conn, about=f"outlet {register['reed']}")[0]
    assert "The Reed" in entry.detail["was"]
    assert "The New Reed" in entry.detail["now"]
    with pytest.raises(BadInput, match="Nothing is changed"):
        outlets.change(newsroom.conn, register["reed"], {"name": "The New Reed"}, by="Ada")
    with pytest.raises(Conflict):
        outlets.change(newsroom.conn, register["reed"], {"agency": "VAL"}, by="Ada")


def test_a_list_is_taken_in_line_by_line(newsroom: Newsroom, register: dict[str, int]) -> None:
    rows = outlets.import_csv(
        newsroom.conn,
        "\ufeffName,country,languages,audience,audience_source,audience_on\r\n"
        'Delta Radio,de,de fr,"120 000",own count,2026-01-01\r\n'
        "The Reed,GB,en,,,\r\n"
        "Bad Lands,XYZ,,,,\r\n"
        "'=Sum of Parts,FR,,,,\r\n",
        by="Ada",
    )
    assert [(row.line, bool(row.outlet)) for row in rows] == [(2, True), (3, False), (4, False), (5, True)]
    assert "already" in rows[1].problem
    assert store.find(newsroom.conn, "Delta Radio").audience == 120_000
    assert store.find(newsroom.conn, "=Sum of Parts").country == "FR"


@pytest.mark.parametrize("text", ["", "country\nDE\n", "name,colour\nReed,green\n", "\x00\x01"])
def test_a_list_nobody_can_read_changes_nothing(newsroom: Newsroom, register: dict[str, int], text: str) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        outlets.import_csv(newsroom.conn, text, by="Ada")
    assert len(store.outlets(newsroom.conn)) == 3


def test_an_outlet_is_named_by_number_host_agency_or_name(newsroom: Newsroom, register: dict[str, int]) -> None:
    for name in (str(register["reed"]), "reed.example", "https://www.reed.example/x", "the reed"):
        assert store.find(newsroom.conn, name).id == register["reed"]
    assert store.find(newsroom.conn, "VAL").id == register["val"]
    with pytest.raises(NotFound):
        store.find(newsroom.conn, "Nobody")
