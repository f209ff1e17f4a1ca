"""`dragoman lexicon`, as it is typed: a term in eight languages, the lexicon for a translator's tool, a file looked at."""

from pathlib import Path

from cli_run import dragoman

from dragoman.formats.tbx import read_tbx


def test_a_term_is_found_in_any_form_with_its_terms_in_eight_languages() -> None:
    said = dragoman("lexicon", "find", "нефти", "--json")
    assert said.code == 0
    (oil,) = said.lines
    assert oil["id"] == "oil"
    assert "Erdöl" in oil["de"]
    assert "石油" in oil["zh"]
    assert "neft" in dragoman("lexicon", "find", "oil").out.split("\t")[2]


def test_a_word_nobody_knows_and_a_language_we_have_not() -> None:
    assert dragoman("lexicon", "find", "xyzzy").code == 4
    assert dragoman("lexicon", "find", "oil", "--language", "sv").code == 2
    assert dragoman("lexicon", "export", "--languages", "sv").code == 2
    assert dragoman("lexicon", "export", "--subject", "sport").code == 2


def test_it_is_written_as_a_term_base_or_as_lines(tmp_path: Path) -> None:
    path = tmp_path / "climate.tbx"
    words = ("lexicon", "export", "--subject", "medtop:20000418", "--languages", "az, en", "-o", path)
    assert dragoman(*words).code == 0
    base = read_tbx(path.read_bytes())
    assert {"climate-change", "el-nino"} <= {one.id for one in base.entries}
    assert all(list(one.terms) == ["az", "en"] and "20000418" in one.subjects for one in base.entries)
    assert dragoman(*words).code != 0
    assert dragoman(*words, "--force").code == 0
    lines = dragoman("lexicon", "export", "--format", "tsv", "--languages", "en").out.splitlines()
    assert lines[0] == "id\tkind\tsubjects\ten"
    assert len(lines) > 3_300


def test_the_lexicon_has_no_mistakes() -> None:
    said = dragoman("lexicon", "check", "--json")
    assert said.code == 0
    assert said.one["mistakes"] == 0


def test_an_agencys_own_file_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "ours.tbx"
    path.write_text(
        '<tbx><text><body><conceptEntry id="1"><langSec xml:lang="ru"><termSec><term>нефть</term></termSec>'
        "<termSec><term>oпера</term></termSec></langSec></conceptEntry></body></text></tbx>",
        "utf-8",
    )
    said = dragoman("lexicon", "check", path, "--json")
    assert said.code == 1
    about, mistake = said.lines
    assert (about["entries"], about["terms"], about["in_the_lexicon"], about["mistakes"]) == (1, {"ru": 2}, 1, 1)
    assert "mixes" in mistake["mistake"]
    path.write_text("no term base")
    assert dragoman("lexicon", "check", path).code == 1
    assert dragoman("lexicon", "check", tmp_path / "none.tbx").code == 2
