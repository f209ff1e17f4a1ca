"""Names of places that are also words of a language: there more must speak for the place than its name. Plain data.

Found by running text (words that also stand in small letters) and looked through by us; Arabic and Chinese have no
capitals, so for them it is the words that are met more often than the town.
"""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in files(__package__).joinpath("data", "common.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, words = line.split("\t")
            found[language] = frozenset(words.split(" "))
    return found


def common_words(language: str) -> frozenset[str]:
    """The keys of names that are words of `language`; of no language, where it is not one of ours."""
    return _table().get(language, frozenset())
