"""A vocabulary: concepts that copy is indexed by, with labels in languages, as its keeper publishes them."""

from collections.abc import Mapping

from msgspec import Struct


class VocabularyConcept(Struct, frozen=True, kw_only=True):
    """One entry. `labels` and `definitions` are by language (BCP 47); `broader` and `matches` are uris; `retired` is the time
    since when it is no longer to be used, as the keeper writes it, empty while it is."""

    uri: str
    code: str
    labels: Mapping[str, str] = {}
    definitions: Mapping[str, str] = {}
    broader: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    retired: str = ""


class Vocabulary(Struct, frozen=True, kw_only=True):
    """A scheme of concepts. `alias` stands before its codes (``medtop:15000000``); `released` is as the keeper writes it."""

    uri: str
    alias: str = ""
    title: Mapping[str, str] = {}
    authority: str = ""
    licence: str = ""
    released: str = ""
    concepts: tuple[VocabularyConcept, ...] = ()


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in `language`, or in another form of it (``zh-Hans`` for ``zh``), or in English, or in any."""
    base = language.split("-")[0].lower()
    for wanted in (language, base):
        if text := texts.get(wanted):
            return text
    for wanted in (base, "en"):
        if text := next((text for code, text in texts.items() if code.split("-")[0].lower() == wanted), ""):
            return text
    return next(iter(texts.values()), "")
