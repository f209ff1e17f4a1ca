"""A model's folder as an export to ONNX leaves it: which files it must have, and what its labels are. Reads config.json alone."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from dragoman.model.errors import Misconfigured

EXPORT = "`optimum-cli export onnx --model NAME FOLDER` writes such a folder; copy it here whole."
_MODELS = ("model.onnx", "onnx/model.onnx")
_MOST_POSITIONS = 512
"""Tokens a window has at most: encoders are trained on this many, and memory grows with the square of it."""


class ModelFolder(Struct, frozen=True, kw_only=True):
    """A model on disk. `labels` are in the order of its answers; `positions` is how many tokens it takes at once, its own
    marks among them; `several`: its labels do not exclude each other."""

    path: Path
    model: Path
    name: str
    labels: tuple[str, ...]
    positions: int = _MOST_POSITIONS
    several: bool = False

    @property
    def tokenizer(self) -> Path:
        return self.path / "tokenizer.json"

    @property
    def weights_bytes(self) -> int:
        """Size of the model's file and of those beside it that hold the rest of a large one."""
        return sum(file.stat().st_size for file in self.model.parent.glob(f"{self.model.name}*"))


def open_folder(path: Path) -> ModelFolder:
    """The folder at `path`.

    Raises:
        Misconfigured: it is not there, or lacks model.onnx, tokenizer.json, config.json or labels with a meaning.
    """
    if not path.is_dir():
        raise Misconfigured("There is no model folder", str(path), hint="Correct the path, or empty the setting.")
    model = next((path / name for name in _MODELS if (path / name).is_file()), None)
    missing = [name for name in ("tokenizer.json", "config.json") if not (path / name).is_file()]
    if model is None:
        missing.insert(0, "model.onnx")
    if model is None or missing:
        raise Misconfigured(f"The model folder lacks {' and '.join(missing)}", str(path), hint=EXPORT)
    config = _config(path / "config.json")
    return ModelFolder(
        path=path,
        model=model,
        name=Path(str(config.get("_name_or_path") or path.resolve())).name,
        labels=_labels(config, path),
        positions=_positions(config),
        several=config.get("problem_type") == "multi_label_classification",
    )


def _config(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Misconfigured("A model's config.json cannot be read", f"{path}: {error}", hint=EXPORT) from error
    if not isinstance(found, dict):
        raise Misconfigured("A model's config.json is no object", str(path), hint=EXPORT)
    return found


def _labels(config: Mapping[str, Any], path: Path) -> tuple[str, ...]:
    """The labels by their number. An export of a model that nobody named them for has LABEL_0, LABEL_1, …"""
    named = config.get("id2label")
    hint = f"Write id2label into {path / 'config.json'}: the meaning of each answer by its number."
    if not isinstance(named, dict) or not named:
        raise Misconfigured("The model's config.json has no id2label", str(path), hint=hint)
    try:
        labels = {int(number): str(label) for number, label in named.items()}
    except ValueError as error:
        raise Misconfigured("The model's id2label is not by number", f"{path}: {error}", hint=hint) from error
    if sorted(labels) != list(range(len(labels))):
        raise Misconfigured("The model's id2label leaves out a number", str(path), hint=hint)
    if all(label == f"LABEL_{number}" for number, label in labels.items()):
        raise Misconfigured("The model's labels say nothing", f"{path}: LABEL_0, …", hint=hint)
    return tuple(labels[number] for number in range(len(labels)))


def _positions(config: Mapping[str, Any]) -> int:
    """Tokens at once. RoBERTa and its kin count theirs from `pad_token_id` + 1, and have that many more in the table."""
    told = config.get("max_position_embeddings")
    if not isinstance(told, int) or told < 8:
        return _MOST_POSITIONS
    if "roberta" in str(config.get("model_type", "")):
        told -= int(config.get("pad_token_id") or 0) + 1
    return min(told, _MOST_POSITIONS)
