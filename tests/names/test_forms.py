"""The names file: what an agency decides about names, as values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model.errors import BadInput
from dragoman.names.forms import Entry, NamesFile, add, merge, read, split, written

IDA = Entry(id="ida", forms={"en": ("Ida Brandt",), "ru": ("Ида Брандт", "Иды Брандт")}, note="harbour council")
OTHER = Entry(id="brandt", forms={"en": ("I. Brandt",)})
FILE = NamesFile((IDA, OTHER))


def test_a_name_is_found_by_any_form_in_any_case() -> None:
    assert FILE.find("IDA BRANDT") is IDA
    assert FILE.find("Иды Брандт", "ru") is IDA
    assert FILE.find("Ida Brand") is None
    assert IDA.preferred("ru") == "Ида Брандт"
    assert IDA.preferred("ru-RU") == "Ида Брандт"
    assert IDA.preferred("zh") == ""
    assert IDA.has("ида брандт")
    assert FILE.entry("ida") is IDA


def test_adding_to_an_entry_puts_the_forms_behind_its_own() -> None:
    file = add(FILE, Entry(id="ida", forms={"ru": ("Иде Брандт",), "az": (" İda   Brandt ",)}))
    assert file.entry("ida").forms == {
        "en": ("Ida Brandt",),
        "ru": ("Ида Брандт", "Иды Брандт", "Иде Брандт"),
        "az": ("İda Brandt",),
    }
    assert FILE.entry("ida") is IDA
    assert len(add(FILE, Entry(id="new", forms={"en": ("New",)})).entries) == 3


def test_merging_and_splitting_undo_each_other() -> None:
    merged = merge(FILE, "ida", "brandt")
    assert [entry.id for entry in merged.entries] == ["ida"]
    assert merged.find("I. Brandt") == merged.entry("ida")
    parted = split(merged, "ida", ["I. Brandt"], "brandt")
    assert parted.entry("ida").forms == IDA.forms
    assert parted.entry("brandt").forms == OTHER.forms
    assert [entry.id for entry in split(merged, "ida", ["I. Brandt"]).entries] == ["ida", "ida-2"]


def test_a_form_of_two_entries_is_a_conflict_and_finds_nobody() -> None:
    file = add(FILE, Entry(id="else", forms={"en": ("Ida Brandt",), "de": ("Ida Brandt",)}))
    assert [(one.form, one.language, one.ids) for one in file.conflicts] == [("ida brandt", "en", ("ida", "else"))]
    assert file.find("Ida Brandt") is None
    assert file.find("Ida Brandt", "de") == file.entry("else")
    assert FILE.conflicts == ()


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: add(FILE, Entry(id="", forms={"en": ("A",)})),
        lambda: add(FILE, Entry(id="a", forms={})),
        lambda: add(FILE, Entry(id="a", forms={"en": (" ",)})),
        lambda: add(FILE, Entry(id="a", forms={"en": ("x" * 1000,)})),
        lambda: add(FILE, Entry(id="ida", kind="organisation", forms={"en": ("Ida Ltd",)})),
        lambda: merge(FILE, "ida", "ida"),
        lambda: merge(FILE, "ida", "nobody"),
        lambda: split(FILE, "ida", []),
        lambda: split(FILE, "ida", ["Unknown"]),
        lambda: split(FILE, "brandt", ["I. Brandt"]),
        lambda: split(FILE, "ida", ["Ida Brandt"], "brandt"),
        lambda: read('{"id": "a"'),
        lambda: read('{"id": "a", "forms": {"en": ["A"]}, "unknown": 1}'),
        lambda: read("[" * 100_000),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(BadInput):
        wrong()  # type: ignore[operator]


def test_the_file_as_text_comes_back_the_same() -> None:
    assert read(written(FILE)) == FILE
    assert read("\n" + written(FILE) + "\n\n") == FILE
    joined = read(written(FILE) + '{"id":"ida","forms":{"en":["Ida B."]}}')
    assert joined.entry("ida").forms["en"] == ("Ida Brandt", "Ida B.")


@given(st.lists(st.text(min_size=1, max_size=20), max_size=5))
def test_any_forms_come_back_as_they_were_put_in(forms: list[str]) -> None:
    try:
        file = add(FILE, Entry(id="x", forms={"en": tuple(forms)}))
    except BadInput:
        return
    assert read(written(file)) == file


@pytest.mark.parametrize("id_", ["a b", "a/b", "a\0", "a\u2028b", "a\ud800", "i" * 101, " "])
def test_an_id_can_stand_in_an_address(id_: str) -> None:
    with pytest.raises(BadInput):
        add(FILE, Entry(id=id_, forms={"en": ("Ida",)}))


def test_languages_are_written_as_bcp_47_writes_them() -> None:
    file = add(NamesFile(), Entry(id="a", forms={"EN": ("Ida",), "en": ("Ida B.",), "zh_hant": ("伊達",)}))
    assert file.entry("a").forms == {"en": ("Ida", "Ida B."), "zh-Hant": ("伊達",)}
    with pytest.raises(BadInput):
        add(FILE, Entry(id="a", forms={"klingon tongue": ("Ida",)}))
