"""People, their sessions and tokens; and the record of what they did, which nobody rewrites."""

import threading
from datetime import timedelta

import pytest
from psycopg import errors as pg

from dragoman.model.errors import BadInput, Conflict, NotAccepted
from dragoman.store import audit, connect, people

WORD = "a long enough password"


@pytest.fixture
def leyla(newsroom):
    return people.add_person(newsroom.conn, "leyla", WORD, "editor", "az")


def test_a_log_in_gives_a_session_that_ends_with_a_log_out(newsroom, leyla):
    cookie = people.log_in(newsroom.conn, "leyla", WORD)
    session = people.session(newsroom.conn, cookie)
    assert (session.person, len(session.csrf) > 20) == (leyla, True)
    people.log_out(newsroom.conn, cookie)
    assert people.session(newsroom.conn, cookie) is None


def test_neither_password_nor_cookie_nor_token_is_kept_as_such(newsroom, leyla):
    cookie = people.log_in(newsroom.conn, "leyla", WORD)
    token = people.add_token(newsroom.conn, "script", person="leyla")
    kept = str(newsroom.rows("select p::text, s::text, t::text from person p, session s, access_token t"))
    assert WORD not in kept
    assert cookie not in kept
    assert token not in kept


def test_a_session_id_is_never_carried_over_a_log_in(newsroom, leyla):
    before = people.log_in(newsroom.conn, "leyla", WORD)
    after = people.log_in(newsroom.conn, "leyla", WORD, old_cookie=before)
    assert before != after
    assert people.session(newsroom.conn, before) is None
    assert people.session(newsroom.conn, after)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(newsroom, leyla):
    said = []
    for name in ("leyla", "nobody"):
        with pytest.raises(NotAccepted) as refused:
            people.log_in(newsroom.conn, name, "a wrong password")
        said.append((refused.value.title, refused.value.hint))
    assert said[0] == said[1]


def test_after_eight_wrong_tries_even_the_right_password_waits_ten_minutes(newsroom, leyla):
    for _ in range(people.LOCK_AFTER):
        with pytest.raises(NotAccepted, match="wrong"):
            people.log_in(newsroom.conn, "leyla", "a wrong password")
    with pytest.raises(NotAccepted, match="Too many"):
        people.log_in(newsroom.conn, "leyla", WORD)
    newsroom.pass_time(people.LOCK_FOR)
    assert people.log_in(newsroom.conn, "leyla", WORD)
    with pytest.raises(NotAccepted, match="wrong"):
        people.log_in(newsroom.conn, "leyla", "a wrong password")


def test_one_persons_lock_is_not_anothers(newsroom, leyla):
    people.add_person(newsroom.conn, "rustam", WORD, "reader")
    for _ in range(people.LOCK_AFTER):
        with pytest.raises(NotAccepted):
            people.log_in(newsroom.conn, "rustam", "a wrong password")
    assert people.log_in(newsroom.conn, "leyla", WORD)


def test_a_session_ends_by_its_age_and_with_its_person(newsroom, leyla):
    cookie = people.log_in(newsroom.conn, "leyla", WORD)
    token = people.add_token(newsroom.conn, "script", person="leyla")
    newsroom.conn.execute("update person set disabled = now()")
    assert people.session(newsroom.conn, cookie) is None
    assert people.bearer(newsroom.conn, token) is None
    newsroom.conn.execute("update person set disabled = null")
    assert people.session(newsroom.conn, cookie)
    newsroom.pass_time(people.SESSION_LIFE)
    assert people.session(newsroom.conn, cookie) is None
    people.sweep(newsroom.conn)
    assert newsroom.one("select count(*) from session") == 0


def test_a_token_speaks_for_a_person_or_for_a_partner_until_its_day(newsroom, leyla):
    mine = people.add_token(newsroom.conn, "script", person="leyla")
    theirs = people.add_token(newsroom.conn, "their reader", agency="VAL", days=1)
    assert people.bearer(newsroom.conn, mine).person == leyla
    found = people.bearer(newsroom.conn, theirs)
    assert (found.person, found.agency) == (None, "VAL")
    assert people.bearer(newsroom.conn, theirs + "x") is None
    newsroom.conn.execute("update access_token set until = now() - interval '1 second' where agency is not null")
    assert people.bearer(newsroom.conn, theirs) is None


@pytest.mark.parametrize("whose", [{}, {"person": "leyla", "agency": "VAL"}, {"person": "nobody"}, {"agency": "NONE"}])
def test_a_token_belongs_to_one_who_is_known(newsroom, leyla, whose):
    with pytest.raises(BadInput):
        people.add_token(newsroom.conn, "script", **whose)


def test_a_user_has_a_known_role_a_name_of_his_own_and_a_password_of_twelve(newsroom, leyla):
    for name, word, role, error in (
        ("anna", "short", "editor", BadInput),
        ("anna", WORD, "king", BadInput),
        ("leyla", WORD, "editor", Conflict),
    ):
        with pytest.raises(error):
            people.add_person(newsroom.conn, name, word, role)


def test_an_administrator_may_what_every_role_may_and_the_others_what_theirs_names(newsroom, leyla):
    assert leyla.may("editor", "desk head")
    assert not leyla.may("desk head")
    assert people.add_person(newsroom.conn, "root", WORD, "administrator").may("desk head")


# ---------------------------------------------------------------------------------------------- the record


def _seal(room, **how):
    """Sealed as housekeeping does it: asked twice, since the first time only sets the mark."""
    return sum(audit.seal(room.conn, **how) for _ in range(2))


@pytest.mark.parametrize("table", ["audit", "audit_seal", "version", "epoch"])
@pytest.mark.parametrize("attempt", ["update {} set at = now()", "delete from {}", "truncate {}"])
def test_those_who_work_here_cannot_rewrite_the_past(newsroom, table, attempt):
    column = {"epoch": "started", "version": "received"}.get(table, "at")
    with pytest.raises(pg.InsufficientPrivilege):
        newsroom.conn.execute(attempt.format(table).replace(" at ", f" {column} ").encode())


def test_what_is_rolled_back_did_not_happen(newsroom):
    with newsroom.conn.transaction(force_rollback=True):
        audit.record(newsroom.conn, "leyla", "kill", "adr:bridge")
    assert audit.entries(newsroom.conn) == []


def test_the_chain_is_whole_until_a_row_is_changed_taken_away_or_slipped_in(newsroom):
    for number in range(6):
        audit.record(newsroom.conn, "leyla", "correct", f"adr:{number}", reason="the year", n=number)
        if number % 2:
            assert _seal(newsroom) == 2
    assert _seal(newsroom) == 0
    assert audit.broken_seal(newsroom.conn) is None
    ids = [row[0] for row in newsroom.rows("select id from audit order by id")]
    with newsroom.as_owner() as owner:
        for spoil, mend in (
            ("update audit set actor = 'rustam' where id = %s", "update audit set actor = 'leyla' where id = %s"),
            (
                "update audit set detail = jsonb_set(detail, '{reason}', '\"\"') where id = %s",
                "update audit set detail = jsonb_set(detail, '{reason}', '\"the year\"') where id = %s",
            ),
        ):
            owner.execute(spoil.encode(), (ids[2],))
            assert audit.broken_seal(newsroom.conn) == ids[3]
            owner.execute(mend.encode(), (ids[2],))
            assert audit.broken_seal(newsroom.conn) is None
        owner.execute("delete from audit where id = %s", (ids[0],))
        assert audit.broken_seal(newsroom.conn) == ids[1]


def test_the_head_changes_with_every_seal(newsroom):
    heads = [audit.head(newsroom.conn)]
    for _ in range(2):
        audit.record(newsroom.conn, "leyla", "hold", "adr:bridge")
        _seal(newsroom)
        heads.append(audit.head(newsroom.conn))
    assert heads[0] == ""
    assert len(set(heads)) == 3


def test_two_who_seal_at_once_make_one_chain(newsroom):
    for number in range(200):
        audit.record(newsroom.conn, "leyla", "correct", f"adr:{number}")
    assert audit.seal(newsroom.conn) == 0
    sealed: list[int] = []

    def seal() -> None:
        with connect.connect(newsroom.database.newsroom) as conn:
            for _ in range(10):
                with conn.transaction():
                    sealed.append(audit.seal(conn, batch=30))

    threads = [threading.Thread(target=seal) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(sealed) == 200
    assert audit.broken_seal(newsroom.conn) is None


def test_an_entry_written_in_a_long_act_does_not_break_the_seal_made_meanwhile(newsroom):
    with newsroom.beside() as slow, slow.conn.transaction():
        audit.record(slow.conn, "leyla", "correct", "adr:slow")
        audit.record(newsroom.conn, "rustam", "correct", "adr:fast")
        assert _seal(newsroom) == 0
    assert _seal(newsroom) == 2
    assert audit.broken_seal(newsroom.conn) is None


def test_a_long_act_that_comes_after_the_mark_holds_up_nothing_before_it(newsroom):
    audit.record(newsroom.conn, "leyla", "correct", "adr:before")
    audit.seal(newsroom.conn)
    with newsroom.beside() as slow, slow.conn.transaction():
        audit.record(slow.conn, "leyla", "correct", "adr:slow")
        assert audit.seal(newsroom.conn) == 1
    assert _seal(newsroom) == 1
    assert audit.broken_seal(newsroom.conn) is None


def test_the_record_names_who_did_what_to_what_and_why(newsroom):
    audit.record(newsroom.conn, "leyla", "kill", "adr:bridge", reason="libel")
    audit.record(newsroom.conn, "leyla", "kill", "adr:other")
    (entry,) = audit.entries(newsroom.conn, about="adr:bridge")
    assert (entry.actor, entry.act, entry.about, entry.detail) == ("leyla", "kill", "adr:bridge", {"reason": "libel"})
    assert newsroom.now() - entry.at < timedelta(minutes=1)
