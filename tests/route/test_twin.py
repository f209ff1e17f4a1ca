"""The SQL made from the table: its shape here, its agreement with the judge in the tests of the store."""

import random

from cases import random_row

from dragoman.route import twin
from dragoman.route.rights import RULES


def test_a_row_of_the_generator_is_in_the_order_of_the_parameters():
    row = dict(zip(twin.PARAMETERS, random_row(random.Random(1)), strict=True))
    assert list(row) == [
        "grant_since",
        "grant_withdrawn",
        "agreement_state",
        "valid_from",
        "valid_until",
        "advance",
        "embargoed_until",
        "item_state",
        "act",
        "action",
        "now",
    ]
    assert row["action"] in {"see", "read", "send", "translate", "onward", "tombstone"}


def test_the_expression_has_one_case_for_each_rule_and_calls_no_clock():
    text = twin.expression()
    assert text.count("WHEN") == len(RULES)
    assert "now()" not in text
    assert text.startswith("COALESCE(")


def test_the_columns_of_a_query_stand_in_for_the_parameters():
    text = twin.expression(grant_since="g.since", grant_withdrawn="g.withdrawn", now="statement_timestamp()")
    assert "g.since <= statement_timestamp()" in text
    assert "g.withdrawn IS NULL" in text
    assert "grant_since" not in text


def test_the_function_is_one_statement_that_postgresql_can_put_in_place_of_the_call():
    text = twin.function("desk.may")
    assert text.startswith(
        "CREATE FUNCTION desk.may(grant_since timestamptz, grant_withdrawn timestamptz, agreement_state text"
    )
    assert "LANGUAGE sql IMMUTABLE" in text
    assert text.count(";") == 1
