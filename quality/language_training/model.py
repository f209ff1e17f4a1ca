"""A logistic regression over the slots of letter runs, and its weights in bytes."""

import numpy as np
import scipy.sparse as sparse

from dragoman.text.grams import runs

_ROUNDS = 5
_PACE = 0.5
_BATCH = 4096
_SEED = 0
STEP = 1 / 16
"""What one unit of a byte is worth: half of it is far below what sways a word, and 127 of them above every weight but a few."""


def trained(words: list[str], of: "np.ndarray", weights: "np.ndarray", slots: int) -> "np.ndarray":
    """For every slot what it says for each language, by AdaGrad; a word's runs count by the root of their number."""
    seen = _matrix(words, slots)
    languages = int(of.max()) + 1
    model = np.zeros((slots, languages), np.float32)
    moved = np.full_like(model, 1e-6)
    chance = np.random.default_rng(_SEED)
    for round_ in range(_ROUNDS):
        order, loss = chance.permutation(len(words)), 0.0
        shuffled = seen[order]
        for at in range(0, len(order), _BATCH):
            batch, now = shuffled[at : at + _BATCH], order[at : at + _BATCH]
            rows = np.arange(len(now))
            said = batch @ model
            said = np.exp(said - said.max(1, keepdims=True))
            said /= said.sum(1, keepdims=True)
            loss -= float((np.log(said[rows, of[now]] + 1e-9) * weights[now]).sum())
            said[rows, of[now]] -= 1
            said *= weights[now, None]
            used = np.unique(batch.indices)
            slope = (batch.T.tocsr()[used] @ said) * (64 / _BATCH)
            moved[used] += slope * slope
            model[used] -= _PACE * slope / np.sqrt(moved[used])
        print(f"round {round_ + 1}: loss {loss / float(weights.sum()):.4f}", flush=True)
    return model


def _matrix(words: list[str], slots: int) -> "sparse.csr_matrix":
    at = [runs(word, slots) for word in words]
    sizes = np.fromiter(map(len, at), np.int64, len(at))
    flat = np.fromiter((slot for each in at for slot in each), np.int32, int(sizes.sum()))
    values = np.repeat(1 / np.sqrt(sizes), sizes).astype(np.float32)
    found = sparse.csr_matrix((values, flat, np.concatenate([[0], np.cumsum(sizes)])), shape=(len(words), slots))
    found.sum_duplicates()
    return found


def packed(model: "np.ndarray") -> tuple[float, list[bytes]]:
    """The step and one column of bytes a language. What all languages have in common is taken out: it decides nothing."""
    even = np.round((model - model.mean(1, keepdims=True)) / STEP)
    columns = (np.clip(even, -128, 127) + 128).astype(np.uint8)
    return STEP, [columns[:, one].tobytes() for one in range(columns.shape[1])]
