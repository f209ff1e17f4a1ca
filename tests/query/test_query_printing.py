"""A query printed and read again is the same query."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dragoman.query import FIELDS, All, Field, Not, Phrase, QuerySyntax, Term, canonical, parse
from dragoman.query.tree import both, either

_WORD = st.text("aßşıİé北京мира١2-'*.&", min_size=1).map(lambda word: "w" + word).filter(lambda word: word != "*")
_WORDS = st.lists(_WORD, min_size=1, max_size=3).map(" ".join)
_VALUES = {"before": st.sampled_from(["2026", "2026-05", "2026-05-01", "2026-05-01T10:00Z", "7d"])}
_VALUES["after"] = _VALUES["before"]
_VALUES["urgency"] = st.sampled_from("123456789")


@st.composite
def _fields(draw):
    name = draw(st.sampled_from(sorted(FIELDS)))
    options = FIELDS[name].options
    value = (
        st.sampled_from(options)
        if options
        else _VALUES.get(name, _WORDS | st.sampled_from(["<3", "a,b", "x=y", "(a)"]))
    )
    op = draw(st.sampled_from(["=", "<", "<=", ">", ">="])) if FIELDS[name].ordered else "="
    return Field(name, op, tuple(draw(st.lists(value, min_size=1, max_size=3))))


def _read(text):
    try:
        return parse(text)
    except QuerySyntax as error:
        return error


_TREES = st.recursive(
    st.just(All()) | _WORD.map(Term) | _WORDS.map(Phrase) | _fields(),
    lambda inner: (
        inner.map(Not)
        | st.lists(inner, min_size=2, max_size=3).map(both)
        | st.lists(inner, min_size=2, max_size=3).map(either)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(_TREES)
def test_a_tree_printed_and_read_is_the_same_tree(tree):
    assert parse(canonical(tree)) == tree


@settings(deadline=None)
@given(st.text('ab北 ()"“”«»-*:,<>=ORNTD1', max_size=40))
@example('slug:"a « b"')
@example('“say "so" twice”')
@example('subject:"a=b",c')
def test_whatever_can_be_read_is_printed_and_read_back(text):
    read = _read(text)
    if isinstance(read, QuerySyntax):
        assert 1 <= read.column <= len(text) + 1
    else:
        assert parse(canonical(read)) == read


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_tree_or_an_error_that_points_into_it(text):
    read = _read(text)
    if isinstance(read, QuerySyntax):
        line, caret = read.detail.split("\n")
        assert caret.strip() == "^"
        assert len(line) <= 90
