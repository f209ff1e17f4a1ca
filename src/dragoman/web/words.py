"""The interface's words in eight languages: one dictionary a language, plurals by the language's own rules.

What every page uses stands in ``locale/``; a noun's own words lie beside its templates, in ``<noun>/locale/``.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from babel import Locale
from msgspec import Struct

from dragoman.text.script import direction

FOLDER = Path(__file__).parent
LANGUAGES = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
_LOCALES = {"zh": "zh_Hans", "en": "en_GB"}


class Words(Struct, frozen=True):
    """One language: its code, its entries. An entry is a text, or one text for each plural form."""

    language: str
    entries: dict[str, str | dict[str, str]]

    def __call__(self, key: str, count: int | None = None, **values: Any) -> str:
        """The words for `key`; with `count` in the plural form it asks for. `{name}` in them takes `values`."""
        entry = self.entries[key]
        if isinstance(entry, dict):
            form = self.locale.plural_form(count or 0)
            entry = entry.get(form, entry["other"])
        return entry.format(count=count, **values) if values or count is not None else entry

    def known(self, prefix: str, word: str) -> str:
        """The words for `prefix.word`, or the word itself where the trade has none of ours for it."""
        entry = self.entries.get(f"{prefix}.{word}", word)
        return entry if isinstance(entry, str) else word

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        return direction(self.language)

    @property
    def locale(self) -> Locale:
        return locale_of(self.language)


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """The CLDR data of one of ours."""
    return Locale.parse(_LOCALES.get(language, language))


@lru_cache(maxsize=16)
def words(language: str) -> Words:
    """The dictionary of `language`, or English where we have none."""
    name = language if language in LANGUAGES else "en"
    return Words(name, entries(name))


def entries(language: str) -> dict[str, str | dict[str, str]]:
    """Every entry of one dictionary by its dotted key; a table of plural forms is one entry."""
    files = [FOLDER / "locale" / f"{language}.toml", *sorted(FOLDER.glob(f"*/locale/{language}.toml"))]
    found: dict[str, str | dict[str, str]] = {}
    for file in files:
        for key, value in _flat(tomllib.loads(file.read_text("utf-8")), ""):
            assert key not in found, f"{key} stands in two files of {language}"
            found[key] = value
    return found


def _flat(table: dict[str, Any], prefix: str) -> list[tuple[str, str | dict[str, str]]]:
    found: list[tuple[str, str | dict[str, str]]] = []
    for key, value in table.items():
        if isinstance(value, dict) and "other" not in value:
            found += _flat(value, f"{prefix}{key}.")
        else:
            found.append((prefix + key, value))
    return found


def wanted(accepted: str) -> str:
    """The language of ours that an Accept-Language header (RFC 9110 §12.5.4) likes best; English when none."""
    liked: list[tuple[float, str]] = []
    for part in accepted.split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        try:
            liked.append((-float(quality or 1), tag.split("-")[0].lower()))
        except ValueError:
            continue
    return next((tag for _, tag in sorted(liked, key=lambda one: one[0]) if tag in LANGUAGES), "en")
