"""Models made in the test: a table of scores by word, put into the folder that an export would leave. Their answers are known."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

MARKS = ("[UNK]", "[CLS]", "[SEP]")
SURE = 8.0
"""The score of the label that a word has; the others have none."""


def write_tagger(
    folder: Path,
    words: Mapping[str, str],
    labels: Sequence[str],
    *,
    before: Mapping[str, Mapping[str, str]] | None = None,
    pieces: Sequence[str] = (),
    positions: int = 512,
    **config: Any,
) -> Path:
    """A model that labels tokens. `words` have their label wherever they stand; `before` gives a word another label where a
    certain word follows it within the window, as {"word": {"next": "label"}}. `pieces` are further ones of WordPiece."""
    vocabulary = _vocabulary(
        [*words, *(before or {}), *(b for nexts in (before or {}).values() for b in nexts), *pieces]
    )
    own = _table(vocabulary, words, labels)
    pairs = np.zeros((len(vocabulary), len(vocabulary), len(labels)), dtype=np.float32)
    for word, nexts in (before or {}).items():
        for next_, label in nexts.items():
            pairs[vocabulary[word], vocabulary[next_], labels.index(label)] = 2 * SURE
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["own", "input_ids"], ["alone"]),
            helper.make_node("Slice", ["input_ids", "one", "end", "axis"], ["behind"]),
            helper.make_node("Concat", ["behind", "zero"], ["next"], axis=1),
            helper.make_node("Unsqueeze", ["input_ids", "last"], ["a"]),
            helper.make_node("Unsqueeze", ["next", "last"], ["b"]),
            helper.make_node("Concat", ["a", "b"], ["pair"], axis=2),
            helper.make_node("GatherND", ["pairs", "pair"], ["together"]),
            helper.make_node("Add", ["alone", "together"], ["logits"]),
        ],
        "tagger",
        _inputs(),
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, "length", len(labels)])],
        [
            numpy_helper.from_array(own, "own"),
            numpy_helper.from_array(pairs, "pairs"),
            *(
                numpy_helper.from_array(np.array(value, dtype=np.int64), name)
                for name, value in {"one": [1], "end": [2**31], "axis": [1], "last": [2], "zero": [[0]]}.items()
            ),
        ],
    )
    return _write(folder, graph, vocabulary, labels, positions, config)


def write_classifier(
    folder: Path, words: Mapping[str, str], labels: Sequence[str], *, positions: int = 512, **config: Any
) -> Path:
    """A model that labels texts: the sum of what each word's label scores."""
    vocabulary = _vocabulary(list(words))
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["own", "input_ids"], ["each"]),
            helper.make_node("ReduceSum", ["each", "axis"], ["logits"], keepdims=0),
        ],
        "classifier",
        _inputs(),
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, len(labels)])],
        [
            numpy_helper.from_array(_table(vocabulary, words, labels), "own"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "axis"),
        ],
    )
    return _write(folder, graph, vocabulary, labels, positions, config)


def _vocabulary(words: Sequence[str]) -> dict[str, int]:
    return {word: number for number, word in enumerate(dict.fromkeys((*MARKS, *words)))}


def _table(vocabulary: Mapping[str, int], words: Mapping[str, str], labels: Sequence[str]) -> Any:
    table = np.zeros((len(vocabulary), len(labels)), dtype=np.float32)
    for word, label in words.items():
        table[vocabulary[word], labels.index(label)] = SURE
    return table


def _inputs() -> list[Any]:
    names = ("input_ids", "attention_mask", "token_type_ids")
    return [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "length"]) for name in names]


def _write(
    folder: Path, graph: Any, vocabulary: dict[str, int], labels: Sequence[str], positions: int, config: dict[str, Any]
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / "model.onnx"))
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False, strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    told = {
        "id2label": {str(n): label for n, label in enumerate(labels)},
        "max_position_embeddings": positions,
        **config,
    }
    (folder / "config.json").write_text(json.dumps(told), "utf-8")
    return folder
