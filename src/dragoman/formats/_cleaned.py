"""An item before it is written: control characters that came in some field break XML, headers and lines. Pure."""

import re
from typing import Any

import msgspec

from dragoman.model.item import Item
from dragoman.text.cleaning import clean

_ESCAPED = re.compile(r"\\(?:u00|[rbf])")


def cleaned(item: Item) -> Item:
    """`item` with what no reader ever sees taken out of each field; the same item where there is none."""
    try:
        whole = msgspec.json.encode(item).decode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair
        whole = "\x00"
    if clean(whole) == whole and _ESCAPED.search(whole) is None:
        return item
    return msgspec.convert(_cleaned(msgspec.to_builtins(item)), Item)


def _cleaned(part: Any) -> Any:
    if isinstance(part, str):
        return clean(part)
    if isinstance(part, dict):
        return {key: _cleaned(value) for key, value in part.items()}
    return [_cleaned(each) for each in part] if isinstance(part, list | tuple) else part
