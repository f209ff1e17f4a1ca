"""The partner's fence: one judge in Python and in SQL, and a role that sees its own and nothing else."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cases import random_case
from msgspec.structs import astuple
from psycopg import errors as pg

from dragoman.route import twin
from dragoman.route.rights import allowed_core
from dragoman.store import release
from dragoman.store.db.migrate import FOLDER
from newsdesk import copy, tombstone

CASES = 100_000
_TYPES = {"advance": "boolean", "agreement_state": "text", "item_state": "text", "act": "text", "action": "text"}

READABLE = [
    "agency",
    "agreement",
    "delivery",
    "epoch",
    "item",
    "item_grant",
    "partner_agreement",
    "partner_change",
    "partner_delivery",
    "payload",
    "version",
]
"""The tables and views of which the partner's role may read something. It may do nothing else, and nothing with others."""


def test_the_judge_in_sql_is_the_one_in_the_migration():
    assert twin.function() in (Path(FOLDER) / "0002_rights.sql").read_text("utf-8")


def test_the_judge_in_sql_and_the_judge_in_python_agree_on_a_hundred_thousand_cases(newsroom):
    seed = random.randrange(1 << 32)
    rng = random.Random(seed)
    cases = [random_case(rng) for _ in range(CASES)]
    with newsroom.as_owner() as owner:
        columns = ", ".join(f"{name} {_TYPES.get(name, 'timestamptz')}" for name in twin.PARAMETERS)
        owner.execute(f"create temporary table cases (number integer, {columns})".encode())
        with owner.cursor().copy("copy cases from stdin") as rows:
            for number, case in enumerate(cases):
                rows.write_row((number, *astuple(case)))
        arguments = ", ".join(twin.PARAMETERS)
        judged = owner.execute(f"select may({arguments}) from cases order by number".encode()).fetchall()
    differing = [case for case, (sql,) in zip(cases, judged, strict=True) if sql is not allowed_core(case)]
    assert not differing, f"seed {seed}: {len(differing)} differ, the first: {differing[0]}"
    allowed = sum(sql for (sql,) in judged)
    assert CASES / 100 < allowed < CASES / 2


def test_the_partners_role_may_read_what_is_listed_here_and_do_nothing_else(newsroom):
    found = newsroom.rows(
        "select c.relname, p.privilege from pg_class c,"
        " unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) as p(privilege)"
        " where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')"
        " and case when p.privilege in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')"
        "   then has_any_column_privilege('dragoman_partner', c.oid, p.privilege)"
        "   else has_table_privilege('dragoman_partner', c.oid, p.privilege) end order by 1, 2"
    )
    assert found == [(table, "SELECT") for table in READABLE]


def _readable(room, table):
    """The columns of the table that the partner's role may read."""
    found = room.rows(
        "select attname from pg_attribute where attrelid = %s::regclass and attnum > 0 and not attisdropped"
        " and has_column_privilege('dragoman_partner', attrelid, attnum, 'SELECT') order by attnum",
        table,
    )
    return [name for (name,) in found]


def test_of_agencies_the_partners_role_reads_four_columns(newsroom):
    assert sorted(_readable(newsroom, "agency")) == ["code", "home", "id", "name"]


def test_the_partners_role_uses_no_sequence_and_runs_nothing_as_the_owner_but_the_fence(newsroom):
    sequences = newsroom.rows(
        "select sequencename from pg_sequences where schemaname = 'public' and"
        " has_sequence_privilege('dragoman_partner', format('%%I', sequencename), 'USAGE,SELECT,UPDATE')"
    )
    assert sequences == []
    definers = newsroom.rows(
        "select proname from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"
        " and has_function_privilege('dragoman_partner', oid, 'EXECUTE')"
    )
    assert definers == [("agency_may",)]


INNER = {
    "item": ["held_by", "current", "current_version", "current_at"],
    "version": ["by", "agency", "arrival", "unit", "silent"],
}


@pytest.mark.parametrize("table", INNER)
def test_a_partner_cannot_read_what_its_rows_say_of_the_newsroom(newsroom, table):
    """Who holds an item, who wrote a version, which version is current: the last tells of copy a partner was not granted."""
    assert set(_readable(newsroom, table)) & set(INNER[table]) == set()


def test_every_table_the_partners_role_reads_is_fenced_by_row_but_the_epochs(newsroom):
    unfenced = newsroom.rows(
        "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"
        " and has_any_column_privilege('dragoman_partner', c.oid, 'SELECT') and not c.relrowsecurity order by 1"
    )
    assert unfenced == [("epoch",)]
    invoker = newsroom.rows(
        "select relname from pg_class where relkind = 'v' and relnamespace = 'public'::regnamespace"
        " and not coalesce(reloptions, '{}') @> array['security_invoker=true']"
    )
    assert invoker == []


def _seen(room, viewer, table):
    columns = ", ".join(_readable(room, table))
    with room.as_partner(viewer) as conn:
        return conn.execute(f"select {columns} from {table}".encode()).fetchall()


TABLES = sorted({*READABLE} - {"epoch"})


def test_without_a_viewer_nothing_is_there(newsroom):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    assert all(_seen(newsroom, "VAL", table) for table in TABLES)
    assert {table: _seen(newsroom, None, table) for table in TABLES} == {table: [] for table in TABLES}


@pytest.mark.parametrize(
    "setting", ["", "0", "-1", "2147483647"], ids=["empty", "nobody", "negative", "the largest number"]
)
def test_a_viewer_who_is_no_agency_sees_nothing_of_anyone(newsroom, setting):
    newsroom.agree()
    newsroom.channel()
    newsroom.filed(copy())
    with psycopg.connect(newsroom.database.partner) as conn:
        conn.execute("select set_config('app.viewer', %s, true)", (setting,))
        for table in sorted(set(TABLES) - {"agency"}):
            assert conn.execute(f"select count(*) from {table}".encode()).fetchone() == (0,), table


def test_the_viewer_is_forgotten_with_the_transaction(newsroom):
    newsroom.agree()
    newsroom.filed(copy())
    with newsroom.as_partner("VAL") as conn:
        assert conn.execute("select count(*) from partner_change").fetchone() == (1,)
        conn.commit()
        assert conn.execute("select count(*) from partner_change").fetchone() == (0,)


def test_each_partner_sees_what_it_was_granted_and_not_what_another_was(newsroom):
    newsroom.agree("VAL", languages=("en",))
    newsroom.agree("MER", languages=("fr",))
    for taker in ("VAL", "MER"):
        newsroom.channel(taker)
    newsroom.filed(copy("adr:en"))
    newsroom.filed(copy("adr:fr", language="fr"))
    newsroom.filed(copy("adr:de", language="de"))
    for taker, uri in (("VAL", "adr:en"), ("MER", "adr:fr"), ("ORI", None)):
        assert [row[0] for row in newsroom.seen_by(taker)] == ([uri] if uri else [])
        for table in ("version", "payload", "item", "item_grant", "delivery", "partner_delivery", "agreement"):
            assert len(_seen(newsroom, taker, table)) == (1 if uri else 0), (taker, table)


def test_a_partner_knows_itself_us_and_the_origins_of_its_copy(newsroom):
    newsroom.agree(newsroom.home, giver="ORI", onward=True)
    newsroom.agree()
    assert sorted(row[1] for row in _seen(newsroom, "VAL", "agency")) == ["ADR", "VAL"]
    newsroom.filed(copy("ori:1"), origin="ORI")
    assert sorted(row[1] for row in _seen(newsroom, "VAL", "agency")) == ["ADR", "ORI", "VAL"]
    assert sorted(row[1] for row in _seen(newsroom, "MER", "agency")) == ["ADR", "MER"]


def test_what_is_embargoed_withdrawn_superseded_ended_or_killed_has_no_text_for_a_partner(newsroom):
    deal = newsroom.agree()
    later = datetime.now(UTC) + timedelta(hours=1)
    newsroom.filed(copy("adr:embargoed", embargoed_until=later, text="canary"))
    newsroom.filed(copy("adr:corrected", text="canary"))
    newsroom.filed(copy("adr:corrected", version="2"))
    newsroom.filed(copy("adr:killed", text="canary"))
    newsroom.filed(tombstone(copy("adr:killed", version="2")))
    assert [(uri, act) for uri, act, _ in newsroom.seen_by("VAL")] == [
        ("adr:corrected", "update"),
        ("adr:killed", "kill"),
    ]
    for table in TABLES:
        assert "canary" not in str(_seen(newsroom, "VAL", table)), table
        assert "adr:embargoed" not in str(_seen(newsroom, "VAL", table)), table
    newsroom.end(deal)
    release.rematch(newsroom.conn, datetime.now(UTC))
    assert [(uri, act) for uri, act, _ in newsroom.seen_by("VAL")] == [("adr:killed", "kill")]


@pytest.mark.parametrize(
    "attempt",
    [
        "insert into item_grant (sequence, agency, agreement, revision, since) values (1, 1, 'x', 1, now())",
        "update item set state = 'usable'",
        "update agreement set state = 'active'",
        "delete from delivery",
        "delete from payload",
        "truncate version",
        "insert into audit (actor, act) values ('x', 'y')",
        "insert into epoch (number, reason) values (9, 'x')",
        "update partner_change set act = 'publish'",
        "create table mine (n int)",
        "create temporary table mine (n int)",
        "select nextval('log_sequence')",
        "set role dragoman_newsroom",
        "alter table item disable row level security",
    ],
)
def test_a_partner_writes_nothing(newsroom, attempt):
    with newsroom.as_partner("VAL") as conn, pytest.raises((pg.InsufficientPrivilege, pg.ObjectNotInPrerequisiteState)):
        conn.execute(attempt.encode())


CLOSED = [
    "access_token",
    "accreditation",
    "act",
    "act_aside",
    "action",
    "agency_key",
    "alert",
    "alert_hit",
    "arrival",
    "arrival_bytes",
    "audit",
    "audit_seal",
    "bureau",
    "calendar_address",
    "channel",
    "concept",
    "copy",
    "correspondent",
    "coverage_report",
    "diary_item",
    "evidence",
    "feed",
    "feed_entry",
    "first_copy",
    "floor_asked",
    "floor_session",
    "floor_try",
    "held_with",
    "hold_request",
    "institution",
    "item_family",
    "kill_request",
    "lane",
    "learned",
    "letter",
    "log_in_attempt",
    "media_file",
    "media_holder",
    "media_rendition",
    "media_use",
    "meeting",
    "membership",
    "mention",
    "name_entry",
    "office",
    "outlet",
    "person",
    "pickup",
    "planning_follower",
    "project",
    "project_file",
    "project_item",
    "project_meeting",
    "push_seen",
    "quota_used",
    "reading",
    "reading_progress",
    "receipt",
    "record",
    "relation_document",
    "relation_person",
    "reuse_progress",
    "reuse_sign",
    "reuse_text",
    "role_state",
    "ruling",
    "seat",
    "session",
    "setting",
    "sketch",
    "source_side",
    "story",
    "story_apart",
    "story_change",
    "story_item",
    "story_progress",
    "story_rejected",
    "title_embargo",
    "traits",
    "translation",
    "translation_aside",
    "translation_reader",
    "unit",
    "version_proposal",
    "vocabulary",
    "watch",
    "watch_entry",
]


@pytest.mark.parametrize("table", CLOSED)
def test_a_partner_cannot_look_at_the_newsrooms_own_tables(newsroom, table):
    with newsroom.as_partner("VAL") as conn, pytest.raises(pg.InsufficientPrivilege):
        conn.execute(f"select count(*) from {table}".encode())


def test_every_table_is_either_closed_to_partners_or_listed_as_readable(newsroom):
    tables = {
        name
        for (name,) in newsroom.rows(
            "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')"
            " and not relispartition and relname <> 'migration'"
        )
    }
    assert tables == {*CLOSED, *READABLE}


def test_the_rows_beneath_are_fenced_in_every_partition_too(newsroom):
    partitions = newsroom.rows("select relname from pg_class where relispartition and relkind = 'r'")
    assert len(partitions) >= 4
    for (name,) in partitions:
        with newsroom.as_partner("VAL") as conn, pytest.raises(pg.InsufficientPrivilege):
            conn.execute(f"select count(*) from {name}".encode())
