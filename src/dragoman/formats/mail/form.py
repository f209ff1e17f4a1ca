"""Copy sent in by a form: its fields as JSON in the body of the mail, each a value or a list of one. Pure."""

import re
from collections.abc import Callable, Mapping

from msgspec.structs import replace

from dragoman.formats._json import parse_text
from dragoman.model.errors import Undecodable
from dragoman.model.item import Body, Concept, Description, Headline, Item
from dragoman.text.cleaning import clean, squeeze
from dragoman.text.markup import blocks_of_text, html_of_blocks

_MOST_LINES = 20_000
_BROKEN_LINES = re.compile(r"[ \t]*\n[ \t]*")

_PUT: Mapping[str, Callable[[Item, str], Item]] = {
    "headline": lambda item, said: replace(item, headlines=(Headline(value=squeeze(said)),)),
    "slugline": lambda item, said: replace(item, slugline=squeeze(said)),
    "summary": lambda item, said: replace(item, descriptions=(Description(value=squeeze(said), role="summary"),)),
    "body": lambda item, said: replace(item, bodies=(Body(value=html_of_blocks(blocks_of_text(clean(said)))),)),
    "by": lambda item, said: replace(item, by=squeeze(said)),
    "source": lambda item, said: replace(item, info_sources=(Concept(name=squeeze(said), role="source"),)),
    "located": lambda item, said: replace(item, located=squeeze(said)),
    "language": lambda item, said: replace(item, language=squeeze(said)),
    "urgency": lambda item, said: replace(item, urgency=int(said)) if said in set("123456789") else item,
    "genre": lambda item, said: replace(item, genres=(*item.genres, Concept(name=squeeze(said)))),
    "subject": lambda item, said: replace(item, subjects=(*item.subjects, Concept(name=squeeze(said)))),
    "place": lambda item, said: replace(item, places=(*item.places, Concept(name=squeeze(said)))),
    "ed_note": lambda item, said: replace(item, ed_note=_also(item.ed_note, squeeze(said))),
    "legal": lambda item, said: replace(item, ed_note=_also(item.ed_note, f"Legal: {squeeze(said)}")),
    "usage": lambda item, said: replace(item, usage_terms=squeeze(said)),
    "copyright": lambda item, said: replace(item, copyright_holder=squeeze(said)),
}

_FIELDS: Mapping[str, str] = {
    spelling: field
    for field, spellings in {
        "headline": "headline title",
        "slugline": "slugline slug",
        "summary": "abstract summary lead",
        "body": "body story text article bodyhtml",
        "by": "byline by author reporter",
        "source": "source",
        "located": "dateline city location",
        "language": "language lang",
        "urgency": "newsvalue urgency",
        "genre": "genre",
        "subject": "category subject subjects keywords tags",
        "place": "place places",
        "ed_note": "ednote editorsnote editornote note notes",
        "legal": "legalflag legal",
        "usage": "usageterms usage restrictions",
        "copyright": "copyright copyrightholder",
        "embargo": "embargo embargoed embargoeduntil",
    }.items()
    for spelling in spellings.split()
}
"""What forms call a field, without spaces and in small letters."""


def _also(text: str, more: str) -> str:
    return f"{text} {more}".strip()


def form_fields(text: str) -> dict[str, list[str]]:
    """The fields of a form by the name it gives them, or nothing where `text` is none. A mail program may have broken its
    lines within a value."""
    stripped = text.strip()
    if not (stripped.startswith("{") and stripped.endswith("}")) or '"' not in stripped:
        return {}
    try:
        value = parse_text(stripped)
    except Undecodable:
        try:
            value = parse_text(_BROKEN_LINES.sub(" ", stripped))
        except Undecodable:
            return {}
    if not isinstance(value, dict) or "uri" in value or "guid" in value:
        return {}
    fields = {str(name): _values(said) for name, said in list(value.items())[:200]}
    known = {_FIELDS.get(_bare(name)) for name in fields}
    return fields if {"body"} <= known or {"headline", "summary"} <= known else {}


def item_of(fields: Mapping[str, list[str]], item: Item) -> tuple[Item, str]:
    """`item` with what the form says, and the embargo in the form's words. What has no place is named as lost."""
    lost: list[str] = []
    embargo = ""
    if sum(value.count("\n") for values in fields.values() for value in values) > _MOST_LINES:
        raise Undecodable("The text of the form has too many lines", f"the limit is {_MOST_LINES:,}")
    for name, values in fields.items():
        field = _FIELDS.get(_bare(name), "")
        said = [value for value in values if value.strip()]
        if field == "embargo":
            embargo = " ".join(said)
        elif field in _PUT:
            for value in said[:50]:
                item = _PUT[field](item, value)
        elif said:
            lost.append(f"form field {squeeze(clean(name))[:60]}")
    return replace(item, dragoman=replace(item.ours, lost=(*item.ours.lost, *lost))), embargo


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _values(said: object) -> list[str]:
    if isinstance(said, list):
        return [text for each in said[:50] for text in _values(each)]
    return (
        [said] if isinstance(said, str) else [str(said)] if isinstance(said, int) and not isinstance(said, bool) else []
    )
