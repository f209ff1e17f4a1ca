"""What a new revision of an agreement takes away. Pure.

Grants made under the old revision count on, until the items are matched anew, only where the new terms narrow nothing.
"""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, get_args

from dragoman.model.agreement import Terms, Use
from dragoman.query import All, QuerySyntax, Tree, parse

_FAR = datetime.max.replace(tzinfo=UTC)


def narrowed(old: Terms, new: Terms) -> tuple[str, ...]:
    """The clauses by which `new` allows less than `old`; empty when every old grant still stands.

    Limits: two contents are compared as written, not as what they mean; a different one counts as narrower.
    """
    return tuple(f"§ {clause}" for clause, wide in _AS_WIDE.items() if not wide(old, new))


def _covers(old: tuple[str, ...], new: tuple[str, ...]) -> bool:
    return not new or (bool(old) and set(old) <= set(new))


def _same_content(old: Terms, new: Terms) -> bool:
    wanted = _tree(new.content)
    return isinstance(wanted, All) or (wanted is not None and wanted == _tree(old.content))


def _tree(content: str) -> Tree | None:
    try:
        return parse(content)
    except QuerySyntax:
        return None


def _quota(terms: Terms) -> float:
    return math.inf if terms.daily_quota is None else terms.daily_quota


_USES: Final = get_args(Use)  # from the narrowest to the widest
_AS_WIDE: Final[dict[str, Callable[[Terms, Terms], bool]]] = {
    "parties": lambda old, new: (old.giver, old.taker) == (new.giver, new.taker),
    "content": _same_content,
    "kinds": lambda old, new: set(old.kinds) <= set(new.kinds),
    "languages": lambda old, new: _covers(old.languages, new.languages),
    "use": lambda old, new: _USES.index(old.use) <= _USES.index(new.use),
    "onward": lambda old, new: old.onward <= new.onward,
    "relays": lambda old, new: set(old.relays) <= set(new.relays),
    "translation": lambda old, new: old.translation <= new.translation,
    "territory": lambda old, new: _covers(old.territory, new.territory),
    "embargo": lambda old, new: new.embargo in (old.embargo, "advance"),
    "no return": lambda old, new: old.no_return >= new.no_return,
    "delay": lambda old, new: old.delay_s >= new.delay_s,
    "quota": lambda old, new: _quota(old) <= _quota(new),
    "valid from": lambda old, new: old.valid_from >= new.valid_from,
    "valid until": lambda old, new: (old.valid_until or _FAR) <= (new.valid_until or _FAR),
}
