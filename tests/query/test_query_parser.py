"""Reading a query: its tree, and what a person is told where it cannot be read."""

import re

import pytest

from dragoman.query import FIELDS, All, And, Field, Not, Or, Phrase, QuerySyntax, Term, canonical, grammar, parse


def test_words_side_by_side_mean_both():
    assert parse("fair crafts") == parse("fair AND crafts") == And((Term("fair"), Term("crafts")))


def test_or_binds_less_than_and():
    assert parse("a b OR c") == Or((And((Term("a"), Term("b"))), Term("c")))


def test_parentheses_bind_first():
    assert parse("a (b OR c)") == And((Term("a"), Or((Term("b"), Term("c")))))


def test_parentheses_that_say_nothing_leave_no_trace():
    assert parse("((a) (b c))") == And((Term("a"), Term("b"), Term("c")))
    assert parse("(a OR (b OR c))") == Or((Term("a"), Term("b"), Term("c")))


def test_nothing_and_a_star_mean_everything():
    assert parse("") == parse("  \n") == parse("*") == All()


def test_a_minus_negates_only_where_a_part_begins():
    assert parse("-sport") == parse("NOT sport") == Not(Term("sport"))
    assert parse("Baku-Tbilisi") == Term("Baku-Tbilisi")
    assert parse("-(a b)") == Not(And((Term("a"), Term("b"))))


def test_words_of_the_grammar_are_words_in_quotes_and_in_small_letters():
    assert parse('"OR" or "NOT"') == And((Phrase("OR"), Term("or"), Phrase("NOT")))


@pytest.mark.parametrize("quoted", ['"trade fair"', "“trade fair”", "„trade fair“", "«trade  fair»", "»trade fair«"])
def test_every_keyboard_has_its_quotes(quoted):
    assert parse(quoted) == Phrase("trade fair")


def test_a_field_takes_a_list_and_quoted_values():
    assert parse('place:Baku,"New York"') == Field("place", "=", ("Baku", "New York"))


def test_a_field_may_be_written_in_capitals():
    assert parse("Language:ru KIND:Text") == And((Field("language", "=", ("ru",)), Field("kind", "=", ("text",))))


@pytest.mark.parametrize("op", ["<", "<=", ">", ">=", "="])
def test_urgency_can_be_compared(op):
    assert parse(f"urgency:{op}3") == Field("urgency", op, ("3",))


def test_a_clock_time_or_a_word_of_another_script_before_a_colon_is_no_field():
    assert parse("12:30 Баку:ярмарка") == And((Term("12:30"), Term("Баку:ярмарка")))


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("langage:ru", 1, "did you mean “language:”"),
        ("fair story:12", 6, "there is no field “story”"),
        ("kind:txt", 6, "did you mean “text”"),
        ("has:pictures", 5, "did you mean “picture”"),
        ("state:usable,gone", 14, "one of usable, held, killed, embargoed"),
        ("urgency:<high", 10, "a number from 1 to 9"),
        ("urgency:0", 9, "a number from 1 to 9"),
        ("urgency:٣", 9, "a number from 1 to 9"),
        ("before:yesterday", 8, "a day as 2026-05-01"),
        ("after:2026-13", 7, "a day as 2026-05-01"),
        ("language:", 10, "expected a value"),
        ("language:ru,", 13, "expected a value"),
        ("place:<3", 7, "“place” takes no “<”"),
        ('slug:"!"', 6, "there is no letter or digit"),
        ("headline:-", 10, "a word or a number"),
        ("(fair", 6, "expected “)”"),
        ("fair)", 5, "a “)” without its “(”"),
        ("()", 2, "expected a word"),
        ("fair OR", 8, "expected a word"),
        ("OR fair", 1, "expected a word"),
        ("fair AND AND b", 10, "expected a word"),
        ("-", 2, "expected a word"),
        ('the "fair', 5, "never closed"),
        ("fair — crafts", 6, "there is no letter or digit"),
        ("fair ”", 6, "expected a word"),
    ],
)
def test_an_error_says_where_and_what_was_expected(text, column, said):
    with pytest.raises(QuerySyntax) as caught:
        parse(text)
    assert caught.value.column == column
    assert said in caught.value.title
    assert f"column {column}:" in caught.value.title


def test_the_caret_stands_under_the_place_even_after_chinese_and_accents():
    with pytest.raises(QuerySyntax) as caught:
        parse("北京 e\u0301 langage:ru")
    line, caret = caught.value.detail.split("\n")
    assert line == "北京 e\u0301 langage:ru"
    assert caret == " " * 7 + "^"  # two cells for each of the two characters, none for the accent


def test_a_long_query_is_shown_around_the_place_only():
    with pytest.raises(QuerySyntax) as caught:
        parse("fair " * 100 + "langage:ru\n" + " crafts" * 50)
    line, caret = caught.value.detail.split("\n")
    assert len(line) <= 90
    assert line[caret.index("^") :].startswith("langage:ru")


def test_an_error_names_the_known_fields():
    with pytest.raises(QuerySyntax) as caught:
        parse("http://fair.example/")
    assert all(name in caught.value.hint for name in FIELDS)
    assert "quotes" in caught.value.hint


def test_a_query_that_cannot_be_read_is_bad_input():
    with pytest.raises(QuerySyntax) as caught:
        parse("(")
    assert (caught.value.status, caught.value.problem().type) == (400, "urn:dragoman:problem:query-syntax")


def test_a_query_has_at_most_two_thousand_characters():
    parse("a" * 2000)
    with pytest.raises(QuerySyntax, match="at most 2,000 characters"):
        parse("a" * 2001)


@pytest.mark.parametrize("part", ["ab ", '"a" ', "a,"])
def test_a_query_has_at_most_two_hundred_words_and_values(part):
    start = "slug:" if part == "a," else ""
    parse(start + (part * 200).rstrip(" ,"))
    with pytest.raises(QuerySyntax, match="at most 200"):
        parse(start + (part * 201).rstrip(" ,"))


@pytest.mark.parametrize(("opening", "closing"), [("(", ")"), ("-", ""), ("NOT ", "")])
def test_a_query_is_at_most_twenty_deep(opening, closing):
    parse(opening * 20 + "a" + closing * 20)
    with pytest.raises(QuerySyntax, match="more than 20"):
        parse(opening * 21 + "a" + closing * 21)


def test_two_negations_stay_as_written():
    assert canonical(parse("--a")) == "--a"


def test_the_page_on_the_grammar_knows_every_field_and_its_examples_can_be_read():
    page = grammar.__doc__ or ""
    examples = [code for row in re.findall(r"^\| (`.*?) \|", page, re.M) for code in re.findall(r"`([^`]+)`", row)]
    for example in examples:
        parse(example.replace("…", "fair"))
    assert {example.partition(":")[0] for example in examples if ":" in example} == set(FIELDS)
