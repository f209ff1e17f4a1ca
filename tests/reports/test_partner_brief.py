"""The brief's sections: what they say, how much they hold, and that every sentence exists in every language."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from dragoman.model.agency import Agency
from dragoman.model.agreement import Agreement, Terms
from dragoman.model.relation import Action, Institution, Meeting
from dragoman.reports.brief import Brief, Count, Headline, Joint, Known, Section, Text, Upcoming, When, Word, brief
from dragoman.reports.exchange import Balance

NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)
VAL = Agency(code="VAL", name="Valonia News", country="FR", languages=("fr", "de"))
HOME = Agency(code="ADR", name="Adrian Press", home=True)


def known(**more: object) -> Known:
    usual = {
        "agency": VAL,
        "home": HOME,
        "institution": Institution(agency="VAL"),
        "names": {"VAL": Text("Valonia News")},
    }
    return Known(**(usual | more))  # type: ignore[arg-type]


def section(found: Brief, title: str) -> Section | None:
    return next((one for one in found.sections if one.title == title), None)


def test_of_a_partner_nothing_is_known_of_the_brief_says_so_and_leaves_the_rest_out() -> None:
    found = brief(known(), "en", NOW)
    titles = [one.title for one in found.sections]
    assert titles == [
        "brief.who",
        "brief.officers",
        "partner.agreements",
        "brief.meetings",
        "brief.actions",
        "brief.theirs",
        "brief.ours",
    ]
    assert all(one.empty for one in found.sections[1:])


def test_a_text_is_cut_behind_a_word_and_stays_on_one_line() -> None:
    long = Headline(item=1, headline="word\n " * 200, language="en", at=NOW)
    chinese = Headline(item=2, headline="幼海龟返回大海" * 40, language="zh", at=NOW)
    rows = section(brief(known(theirs=[long, chinese]), "en", NOW), "brief.theirs").rows  # type: ignore[union-attr]
    assert re.fullmatch(r"(word ){20,27}word…", rows[0][1].text)  # type: ignore[union-attr]
    assert len(rows[1][1].text) == 70  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("theirs", "ours", "verdict"), [(5, 2, "more"), (2, 5, "less"), (4, 4, "even"), (0, 0, "nothing")]
)
def test_the_balance_is_said_before_it_is_counted(theirs: int, ours: int, verdict: str) -> None:
    balance = Balance(agency="VAL", since=NOW, until=NOW, received_items=theirs, sent_items=ours)
    found = section(brief(known(balance=balance), "en", NOW), "brief.balance")
    assert found is not None
    assert found.sentences == (Word(f"brief.verdict.{verdict}"),)
    assert [fact[1] for fact in found.facts][:2] == ([Count(theirs), Count(ours)] if theirs or ours else [])


def test_an_agreement_that_has_ended_or_waits_is_not_in_force() -> None:
    def deal(state: str, **more: object) -> Agreement:
        terms = Terms(giver="ADR", taker="VAL", valid_from=NOW - timedelta(days=90), **more)  # type: ignore[arg-type]
        return Agreement(id=state, revision=1, terms=terms, state=state)  # type: ignore[arg-type]

    agreements = [
        deal("proposed"),
        deal("active", valid_until=NOW - timedelta(days=1)),
        deal("active", valid_until=NOW + timedelta(days=300)),
    ]
    found = section(brief(known(agreements=agreements), "en", NOW), "partner.agreements")
    assert found is not None
    assert [row[2] for row in found.rows] == [When("2027-02-27")]


def test_the_action_that_is_most_overdue_stands_first() -> None:
    actions = [
        Action(agency="VAL", what="no day"),
        Action(agency="VAL", what="late", due=date(2026, 4, 1)),
        Action(agency="VAL", what="done", due=date(2026, 1, 1), state="done"),
        Action(agency="VAL", what="later", due=date(2026, 3, 1)),
    ]
    found = section(brief(known(actions=actions), "en", NOW), "brief.actions")
    assert found is not None
    assert [row[0] for row in found.rows] == [Text("later"), Text("late"), Text("no day")]


def test_projects_events_and_meetings_have_their_place() -> None:
    met = Meeting(agencies=("VAL",), subject="Talks", starts=NOW, kind="visit")
    found = brief(
        known(
            projects=[Joint(id="ADR:harbour", title="The harbour", lead="ADR")],
            events=[Upcoming(title="Round table", language="en", starts=NOW)],
            meetings=[met] * 6,
        ),
        "en",
        NOW,
    )
    projects, events = section(found, "brief.projects"), section(found, "brief.events")
    meetings = section(found, "brief.meetings")
    assert projects is not None
    assert projects.rows[0][1] == Word("brief.led", {"agency": Text("ADR")})
    assert events is not None
    assert events.rows[0][0] == When("2026-05-03")
    assert meetings is not None
    assert (len(meetings.rows), meetings.more, meetings.is_wide) == (4, 2, True)
