"""A model run over a text of any length: windows that overlap, one at a time, on one core.

Limits: a window is as many tokens as the model was trained on; what stands farther apart does not know of each other. Only the
first `WINDOWS` windows are read.
"""

import os
import re
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from dragoman.model.errors import Misconfigured
from dragoman.neural.folder import EXPORT, ModelFolder

if TYPE_CHECKING:
    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

    Scores = NDArray[np.float32]
else:
    Scores = Any

Over = Literal["tokens", "texts"]
WINDOWS = 400
"""Of 512 tokens and halfway over each other: a hundred thousand tokens, about as many as the readers take characters."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_EXTRA = "pip install 'dragoman[neural]' (ONNX Runtime and tokenizers), or empty the setting."


class Window(Struct, frozen=True):
    """A run of tokens and the model's answer. `scores` is (tokens, labels) of a model that labels tokens, (labels,) of one
    that labels texts. A token's offsets are code points; those of the model's own marks are empty."""

    offsets: list[tuple[int, int]]
    scores: Scores


class Model:
    """The model in `folder`, which labels `over`: each token, or the text. It is loaded when it is first run."""

    def __init__(self, folder: ModelFolder, over: Over) -> None:
        self.folder, self.over = folder, over

    def windows(self, text: str, most: int = WINDOWS) -> Iterator[Window]:
        """The answers for the first `most` windows of `text`, from left to right, half of each shared with the next.

        Raises:
            Misconfigured: the model cannot be loaded, or its answers are not one for each label.
        """
        # The tokenizers refuse half of a surrogate pair; one code point takes its place, so that offsets stay.
        whole = self._tokenizer.encode(_SURROGATE.sub("\ufffd", text))
        for encoding in islice((whole, *whole.overflowing), most):
            yield Window(encoding.offsets, self._answer(encoding))

    def _answer(self, encoding: "Encoding") -> Scores:
        import numpy as np

        given = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([given[name]], dtype=kind) for name, kind in self._inputs.items()}
        outputs = [one.name for one in self._session.get_outputs()]
        answers = self._session.run(["logits" if "logits" in outputs else outputs[0]], feed)
        scores: Scores = answers[0][0]
        expected = (len(encoding.ids), len(self.folder.labels)) if self.over == "tokens" else (len(self.folder.labels),)
        if scores.shape != expected:
            raise Misconfigured(
                f"The model does not answer with a score for each label of its {self.over}",
                f"{self.folder.path}: {scores.shape} instead of {expected}",
                hint="Is it a model for this, with the config.json it was exported with?",
            )
        return scores

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise Misconfigured("The tokenizers are not installed", self.folder.name, hint=_EXTRA) from error
        try:
            tokenizer = Tokenizer.from_file(str(self.folder.tokenizer))
        except Exception as error:  # it raises nothing more exact
            raise Misconfigured(
                "A model's tokenizer cannot be read", f"{self.folder.tokenizer}: {error}", hint=EXPORT
            ) from error
        tokenizer.no_padding()
        size = self.folder.positions
        tokenizer.enable_truncation(size, stride=(size - tokenizer.num_special_tokens_to_add(False)) // 2)
        return tokenizer

    @cached_property
    def _session(self) -> "onnxruntime.InferenceSession":
        # numpy's threads, one a core, each set aside address space, of which the box gives little.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        try:
            import onnxruntime
        except ImportError as error:
            raise Misconfigured("ONNX Runtime is not installed", self.folder.name, hint=_EXTRA) from error
        options = onnxruntime.SessionOptions()
        # The role that reads has one core; threads of the model's own would take those of the rest of the node.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        # An arena keeps the most that was ever needed.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        try:
            return onnxruntime.InferenceSession(str(self.folder.model), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # it raises a class of its own for each way to fail
            said = str(error).splitlines()[0]
            raise Misconfigured("A model cannot be loaded", f"{self.folder.model}: {said}", hint=EXPORT) from error

    @cached_property
    def _inputs(self) -> dict[str, str]:
        """What the model is fed, by name, and as which kind of whole number."""
        kinds = {"tensor(int64)": "int64", "tensor(int32)": "int32"}
        inputs = {one.name: one.type for one in self._session.get_inputs()}
        known = {"input_ids", "attention_mask", "token_type_ids"}
        if strange := [name for name, kind in inputs.items() if name not in known or kind not in kinds]:
            raise Misconfigured(
                f"The model asks for {strange[0]}, which is not of a text", str(self.folder.model), hint=EXPORT
            )
        return {name: kinds[kind] for name, kind in inputs.items()}
