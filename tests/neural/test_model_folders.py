"""A folder that cannot be used says which file, which label, and what to do; nothing is guessed, nothing is fetched."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dragoman.model.errors import Misconfigured
from dragoman.neural import PARTS, inspect, memory_needed, neural_identifiers, neural_readers
from tiny_models import write_classifier, write_tagger

LABELS = ("O", "B-PER", "B-LOC")


@pytest.fixture
def tagger(tmp_path: Path) -> Path:
    return write_tagger(tmp_path / "tagger", {"Ada": "B-PER", "Oslo": "B-LOC"}, LABELS)


@pytest.fixture
def classifier(tmp_path: Path) -> Path:
    return write_classifier(tmp_path / "classifier", {"goal": "sport", "und": "de"}, ("sport", "de"))


def changed(folder: Path, **values: object) -> Path:
    path = folder / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), **values}), "utf-8")
    return folder


def refusal(part: str, folder: Path) -> str:
    """What is said of the folder, with what helps; there is always both."""
    with pytest.raises(Misconfigured) as refused:
        inspect(part, folder)
    assert refused.value.hint
    return f"{refused.value}. {refused.value.hint}"


def test_a_folder_that_is_whole_is_told_by_its_models_name(tagger: Path, classifier: Path) -> None:
    assert inspect("names", tagger).name == "tagger"
    assert inspect("places", changed(tagger, _name_or_path="lab/nordic-ner")).name == "nordic-ner"
    assert inspect("subjects", classifier).labels == ("sport", "de")
    assert inspect("language", classifier).positions == 512


@pytest.mark.parametrize("part", PARTS)
def test_a_folder_that_is_not_there_is_refused_for_every_part(part: str, tmp_path: Path) -> None:
    assert "There is no model folder" in refusal(part, tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
def test_the_file_that_is_missing_is_named(name: str, tagger: Path) -> None:
    (tagger / name).unlink()
    said = refusal("names", tagger)
    assert f"lacks {name}" in said
    assert "optimum-cli" in said


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json"])
@pytest.mark.parametrize("content", [b"", b"\x00\xff half a file", b"[1, 2]"], ids=["empty", "garbage", "other"])
def test_a_damaged_file_is_named(name: str, content: bytes, tagger: Path) -> None:
    (tagger / name).write_bytes(content)
    assert name in refusal("names", tagger)


@pytest.mark.parametrize(
    ("id2label", "said"),
    [
        (None, "has no id2label"),
        ({}, "has no id2label"),
        ({"first": "O"}, "not by number"),
        ({"0": "O", "2": "B-PER"}, "leaves out a number"),
        ({"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}, "labels say nothing"),
        ({"0": "O", "1": "B-MISC", "2": "B-EVENT"}, "no label for a person or organisation"),
        ({"0": "O", "1": "B-PER"}, "does not answer with a score for each label"),
    ],
)
def test_labels_without_a_meaning_are_refused(id2label: object, said: str, tagger: Path) -> None:
    assert said in refusal("names", changed(tagger, id2label=id2label))


def test_a_model_for_something_else_is_refused(tagger: Path, classifier: Path) -> None:
    assert "None of the model's labels is a Media Topic" in refusal("subjects", tagger)
    assert "None of the model's labels is a language" in refusal("language", tagger)
    assert "no label for a place" in refusal("places", classifier)
    as_if_for_names = changed(classifier, id2label={"0": "O", "1": "B-PER"})
    assert "for each label of its tokens" in refusal("names", as_if_for_names)


@pytest.mark.parametrize("prefix", ["B-", "I-", "U-", "b_", ""])
@pytest.mark.parametrize("word", ["PER", "PERSON", "per", "ORG"])
def test_labels_of_the_usual_corpora_are_understood(prefix: str, word: str, tagger: Path) -> None:
    inspect("names", changed(tagger, id2label={"0": "O", "1": prefix + word, "2": "X"}))


def test_a_model_may_lie_in_a_folder_of_its_own(tagger: Path) -> None:
    (tagger / "onnx").mkdir()
    (tagger / "model.onnx").rename(tagger / "onnx" / "model.onnx")
    assert inspect("names", tagger).model == tagger / "onnx" / "model.onnx"


def test_positions_of_robertas_kin_leave_out_those_it_keeps_for_itself(tagger: Path) -> None:
    told = {"model_type": "xlm-roberta", "pad_token_id": 1, "max_position_embeddings": 130}
    assert inspect("names", changed(tagger, **told)).positions == 128


def test_the_memory_a_model_needs_grows_with_its_weights(tagger: Path) -> None:
    before = memory_needed({"names": tagger})
    (tagger / "model.onnx.data").write_bytes(b"\0" * 1_000_000)
    assert memory_needed({"names": tagger}) == before + 3_000_000


def test_nothing_is_loaded_before_the_first_text(tagger: Path) -> None:
    """Roles fork after they are put together: no session and no thread may exist by then."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from dragoman.neural import neural_readers;"
            "neural_readers({'names': Path(sys.argv[1])});"
            "print([name for name in ('onnxruntime', 'tokenizers', 'numpy') if name in sys.modules])",
            str(tagger),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == "[]"


def test_without_folders_there_are_no_readers() -> None:
    assert neural_readers({}) == {}
    assert neural_identifiers({}) == {}


@pytest.mark.parametrize(("module", "said"), [("onnxruntime", "ONNX Runtime is"), ("tokenizers", "The tokenizers are")])
def test_without_the_extra_it_says_what_to_install(
    module: str, said: str, tagger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    told = refusal("names", tagger)
    assert f"{said} not installed" in told
    assert "dragoman[neural]" in told
