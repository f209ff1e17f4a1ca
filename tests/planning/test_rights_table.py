"""Which picture may be used for what: a refusal beats every permission; what nobody has allowed is not cleared."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

from exhibits import NOW, exhibition, lying, proposal, right, whole
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.agreement import Terms
from dragoman.model.exhibition import PictureUse, Right
from dragoman.model.project import ProjectTerms
from dragoman.planning.rights_table import Occasion, Standing, standing, standings
from dragoman.planning.usage_terms import stated
from dragoman.route.credit import usage_terms

TODAY = NOW.date()
WHEN = Occasion(day=date(2026, 5, 20), until=date(2026, 9, 1), country="AZ")
NOTHING = ProjectTerms(kinds=("text",))

_days = st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31))
_places = st.lists(st.sampled_from(["AZ", "FR", "AE"]), max_size=2, unique=True).map(tuple)
_rights = st.builds(
    Right,
    picture=st.just("p"),
    use=st.sampled_from(get_args(PictureUse)),
    allowed=st.booleans(),
    territory=_places,
    until=_days,
    source=st.just("letter"),
)
_rows = st.lists(_rights, max_size=6).map(lambda found: [(str(n), "VAL", one) for n, one in enumerate(found)])
_terms = st.builds(
    ProjectTerms,
    kinds=st.sampled_from([("text",), ("picture",)]),
    use=st.sampled_from(["internal", "own wire", "free web"]),
    valid_until=st.none() | st.just(datetime(2026, 7, 1, tzinfo=UTC)),
)
_usage = st.sampled_from(["", "No web.", "CC BY 4.0", "For internal use only, not for publication.", "Public domain"])


def asked(use: PictureUse, *rows: Right, terms: ProjectTerms = NOTHING, usage: str = "") -> Standing:
    return standing(use, [(str(n), "VAL", row) for n, row in enumerate(rows)], terms, usage, WHEN)


@given(_rows, _rights, _terms, _usage)
def test_no_permission_lifts_a_refusal(
    rows: list[tuple[str, str, Right]], more: Right, terms: ProjectTerms, usage: str
) -> None:
    allowed = Right(
        picture="p", use=more.use, allowed=True, source="letter", until=more.until, territory=more.territory
    )
    before = standing(more.use, rows, terms, usage, WHEN)
    after = standing(more.use, [*rows, ("new", "ADR", allowed)], terms, usage, WHEN)
    assert (before.word == "no") == (after.word == "no")
    assert after.word != "uncleared" or before.word == "uncleared"


@given(_rows, _rights, _terms, _usage)
def test_a_refusal_only_ever_takes_away(
    rows: list[tuple[str, str, Right]], more: Right, terms: ProjectTerms, usage: str
) -> None:
    refused = Right(picture="p", use=more.use, allowed=False)
    for use in get_args(PictureUse):
        before = standing(use, rows, terms, usage, WHEN).word
        after = standing(use, [*rows, ("new", "ADR", refused)], terms, usage, WHEN).word
        assert after == ("no" if use == more.use else before)


@given(_rows, _terms, _usage, st.randoms())
def test_the_order_of_the_rows_says_nothing(
    rows: list[tuple[str, str, Right]], terms: ProjectTerms, usage: str, luck: object
) -> None:
    mixed = list(rows)
    luck.shuffle(mixed)  # type: ignore[attr-defined]
    for use in get_args(PictureUse):
        one, other = standing(use, rows, terms, usage, WHEN), standing(use, mixed, terms, usage, WHEN)
        assert (one.word, one.ends) == (other.word, other.ends)


def test_what_nobody_has_allowed_is_not_cleared() -> None:
    assert asked("print").word == "uncleared"
    assert asked("web", terms=ProjectTerms(kinds=("picture",), use="own wire")).word == "uncleared"
    assert asked("web", terms=ProjectTerms(kinds=("text",), use="free web")).word == "uncleared"


def test_the_projects_terms_open_the_web_and_nothing_else() -> None:
    free = ProjectTerms(kinds=("text", "picture"), use="free web")
    assert asked("web", terms=free).word == "yes"
    assert asked("print", terms=free).word == "uncleared"


def test_a_permission_for_one_country_opens_neither_the_web_nor_another_country() -> None:
    here = Right(picture="p", use="print", allowed=True, territory=("AZ",), source="letter")
    assert asked("print", here).word == "yes"
    elsewhere = Right(picture="p", use="print", allowed=True, territory=("FR",), source="letter")
    assert asked("print", elsewhere).word == "uncleared"
    assert asked("print", elsewhere).grounds[0].effect == "elsewhere"
    assert asked("web", Right(picture="p", use="web", allowed=True, territory=("AZ",), source="x")).word == "uncleared"


def test_a_refusal_for_another_country_leaves_the_wall_but_takes_the_web() -> None:
    assert asked("web", Right(picture="p", use="web", allowed=False, territory=("FR",))).word == "no"
    here = Right(picture="p", use="print", allowed=True, source="letter")
    assert asked("print", here, Right(picture="p", use="print", allowed=False, territory=("FR",))).word == "yes"


def test_a_permission_that_ends_before_the_opening_does_not_count_and_one_that_ends_before_the_last_day_warns() -> None:
    over = Right(picture="p", use="print", allowed=True, until=date(2026, 5, 19), source="letter")
    assert (asked("print", over).word, asked("print", over).grounds[0].effect) == ("uncleared", "ended")
    short = Right(picture="p", use="print", allowed=True, until=date(2026, 7, 1), source="letter")
    assert (asked("print", short).word, asked("print", short).ends) == ("yes", date(2026, 7, 1))
    longer = Right(picture="p", use="print", allowed=True, source="contract")
    assert asked("print", short, longer).ends is None


def test_terms_of_the_picture_count_where_their_words_have_one_meaning() -> None:
    assert asked("web", usage="Editorial use only. No internet.").word == "no"
    assert asked("poster", usage="Editorial use only.").word == "no"
    assert asked("print", usage="Editorial use only.").word == "uncleared"
    assert asked("catalogue", usage="CC BY-SA 4.0").word == "yes"
    assert asked("web", usage="CC BY-NC 4.0").word == "uncleared"
    assert asked("web", usage="This is not in the public domain.").word == "uncleared"
    assert asked("web", usage="Ask the desk first.").word == "uncleared"


def test_our_own_nodes_sentences_are_understood() -> None:
    base = {"giver": "ADR", "taker": "VAL", "valid_from": NOW, "valid_until": NOW + timedelta(days=30)}
    for use, word in (("internal", "no"), ("own wire", "uncleared"), ("free web", "yes")):
        assert asked("web", usage=usage_terms(Terms(use=use, **base))).word == word, use  # type: ignore[arg-type]
    free = stated(usage_terms(Terms(use="free web", territory=("AZ", "TR"), **base)))  # type: ignore[arg-type]
    assert [(one.territory, one.until) for one in free] == [(("AZ", "TR"), date(2026, 6, 1))]


def test_a_day_that_is_none_says_nothing() -> None:
    assert stated("May be published on the open web. Until 2026-02-31.")[0].until is None


def test_a_stopped_picture_may_be_used_for_nothing_and_what_is_refused_names_who_said_so() -> None:
    one = proposal()
    stopped = whole(one, lying={one.id: lying(state="killed")}, rights=[right(one.id, "print")])
    assert {each.word for each in standings(stopped, stopped.pictures[0], TODAY)} == {"no"}
    refused = whole(one, rights=[right(one.id, "web", False, "VAL")])
    ground = standings(refused, refused.pictures[0], TODAY)[0].grounds[0]
    assert (ground.effect, ground.agency, ground.words) == ("refuses", "VAL", "letter of 3 May")


def test_a_show_without_a_country_is_in_doubt_refused() -> None:
    nowhere = Occasion(day=WHEN.day)
    row = Right(picture="p", use="print", allowed=False, territory=("FR",))
    assert standing("print", [("1", "VAL", row)], NOTHING, "", nowhere).word == "no"
    assert exhibition().record.venue.country == "AZ"
