"""Readers that run a model from a folder on this machine, in the place of those that come with Dragoman.

    neural_readers       for the parts of a reading: names, places, subjects
    neural_identifiers   for the language
    inspect              what is wrong with a folder, before anybody depends on it
    memory_needed        what the models need beside the readers' own memory

A folder is what an export to ONNX leaves (``optimum-cli export onnx``): model.onnx, tokenizer.json, config.json with its
labels. Nothing is ever fetched. ONNX Runtime and the tokenizers are an extra (``pip install 'dragoman[neural]'``); they and
the model are loaded when the first text is read: in the process that reads it, behind every fork.
"""

from collections.abc import Mapping
from pathlib import Path

from dragoman.neural.classes import identifier, languages_of, subjects_reader, topics_of
from dragoman.neural.folder import ModelFolder, open_folder
from dragoman.neural.model import Model, Over
from dragoman.neural.tags import Tagger, kinds_of, names_reader, places_reader
from dragoman.read.reader import Reader
from dragoman.text.language import Identifier

IDENTIFIER = "neural"
"""What the identifier of `neural_identifiers` is called (`identify(…, by=…)`)."""

_TAGGED = {"names": names_reader, "places": places_reader}
_CHECKS = {
    "names": lambda folder: kinds_of(folder, "person", "organisation"),
    "places": lambda folder: kinds_of(folder, "place"),
    "subjects": topics_of,
    "language": languages_of,
}
PARTS = tuple(_CHECKS)
"""What a model can be configured for."""

_RUNTIME_BYTES = 300_000_000
"""Address space of ONNX Runtime, numpy and the tokenizers around a model of no size (measured: 180 to 200 MB)."""


def neural_readers(folders: Mapping[str, Path]) -> dict[str, Reader]:
    """Readers by the part of the reading that they fill, for whichever of names, places and subjects has a folder; laid over
    `read.reader.READERS` they keep its order.

    A folder that serves two parts is loaded once and run once a text.

    Raises:
        Misconfigured: a folder lacks a file, or its labels are not what the part needs; says which and what to do.
    """
    taggers: dict[Path, Tagger] = {}
    readers: dict[str, Reader] = {}
    for part, path in folders.items():
        if part in _TAGGED:
            model = _model(part, path)
            readers[part] = _TAGGED[part](taggers.setdefault(path.resolve(), Tagger(model)))
        elif part == "subjects":
            readers[part] = subjects_reader(_model(part, path))
    return readers


def neural_identifiers(folders: Mapping[str, Path]) -> dict[str, Identifier]:
    """The identifier of the model for "language", where that has a folder, by its name (`text.language.IDENTIFIERS`).

    Raises:
        Misconfigured: as `neural_readers`.
    """
    return {IDENTIFIER: identifier(_model("language", folders["language"]))} if "language" in folders else {}


def inspect(part: str, path: Path) -> ModelFolder:
    """The folder for `part`, having loaded its model and run it once.

    Raises:
        Misconfigured: it cannot take that part; says why and what to do.
    """
    model = _model(part, path)
    next(model.windows("Dragoman"))
    return model.folder


def memory_needed(folders: Mapping[str, Path]) -> int:
    """Bytes of address space the models need beside the readers' own: three times their weights while they load, and the
    runtime.

    Raises:
        Misconfigured: as `neural_readers`.
    """
    paths = {path.resolve() for path in folders.values()}
    return sum(open_folder(path).weights_bytes for path in paths) * 3 + _RUNTIME_BYTES if paths else 0


def _model(part: str, path: Path) -> Model:
    folder = open_folder(path)
    _CHECKS[part](folder)
    over: Over = "tokens" if part in _TAGGED else "texts"
    return Model(folder, over)
