"""The doctor loads every model that is set and says what is wrong with it."""

from pathlib import Path

import pytest
from msgspec.structs import fields

from dragoman.cli.checks_here import models
from dragoman.config import Config, Readers, load
from dragoman.formats.tbx import write_tbx
from dragoman.model.errors import Misconfigured
from dragoman.model.termbase import Term, TermEntry
from dragoman.neural import PARTS
from tiny_models import write_tagger


def node(folder: Path, settings: str) -> Config:
    folder.joinpath("dragoman.toml").write_text(settings, "utf-8")
    return load(folder, {})


def test_without_models_there_is_nothing_to_find(tmp_path: Path) -> None:
    assert models(node(tmp_path, "")) == []


def test_a_folder_that_is_not_there_fails_with_what_helps(tmp_path: Path) -> None:
    (found,) = models(node(tmp_path, '[readers]\nnames = "models/names"\n'))
    assert (found.state, found.name) == ("fail", "readers.names")
    assert str(tmp_path / "models" / "names") in found.says
    assert found.advice


def test_a_model_that_answers_passes_with_its_name(tmp_path: Path) -> None:
    write_tagger(tmp_path / "ner", {"Ada": "B-PER", "Oslo": "B-LOC"}, ("O", "B-PER", "B-LOC"))
    found = models(node(tmp_path, '[readers]\nnames = "ner"\nplaces = "ner"\nsubjects = "ner"\n'))
    assert [(each.name, each.state) for each in found] == [
        ("readers.names", "pass"),
        ("readers.places", "pass"),
        ("readers.subjects", "fail"),
    ]
    assert found[0].says == "ner, 3 labels"
    assert "Media Topic" in found[2].says


def test_the_environment_names_a_models_folder(tmp_path: Path) -> None:
    node(tmp_path, "")
    config = load(tmp_path, {"DRAGOMAN_READERS_LANGUAGE": "/srv/models/tongues"})
    assert config.models == {"language": Path("/srv/models/tongues")}


def test_what_can_be_set_is_what_a_model_can_read() -> None:
    assert {field.name for field in fields(Readers)} - {"languages"} == set(PARTS)


def test_a_term_base_is_read_as_the_translation_desk_reads_it(tmp_path: Path) -> None:
    config = node(tmp_path, "")
    entry = TermEntry(id="lock", terms={"en": (Term("lock"),)})
    config.term_base.write_text("".join(write_tbx((entry,), "Ours")), "utf-8")
    assert [(each.name, each.state, each.says) for each in models(config)] == [("terms.tbx", "pass", "1 entries")]
    config.term_base.write_text("<html/>", "utf-8")
    [found] = models(config)
    assert (found.state, "no term base" in found.says) == ("fail", True)


def test_languages_are_a_list_in_the_file_and_in_the_environment(tmp_path: Path) -> None:
    assert node(tmp_path, '[readers]\nlanguages = ["az", "en"]\n').readers.languages == ("az", "en")
    config = load(tmp_path, {"DRAGOMAN_READERS_LANGUAGES": "ru,ka"})
    assert (config.readers.languages, config.models) == (("ru", "ka"), {})


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"readers\.quotes"):
        node(tmp_path, '[readers]\nquotes = "x"\n')
