"""An item's language versions as its page shows them: the family, what is being translated, what else could be."""

from datetime import datetime

from msgspec import Struct

from dragoman.desk.translated import Line, leave, lines
from dragoman.model.agreement import Verdict
from dragoman.store import families, translations
from dragoman.store.connect import Connection
from dragoman.store.families import Member
from dragoman.store.items import Filed
from dragoman.web.site import Site
from dragoman.web.words import LANGUAGES


class Languages(Struct, frozen=True, kw_only=True):
    """`offered`: the languages it could be translated into; `leave`: whether it may be."""

    family: tuple[Member, ...]
    lines: tuple[Line, ...]
    offered: tuple[str, ...]
    leave: Verdict


def languages(conn: Connection, site: Site, filed: Filed, now: datetime) -> Languages:
    """Of an item in its current version; of an older one nothing is offered."""
    family = families.family(conn, filed.item_id)
    made_from = translations.of_target(conn, filed.item_id)
    root = made_from.item if made_from else filed.item_id
    work = tuple(lines(conn, item=root))
    done = {one.language.split("-")[0] for one in family} | {one.translation.language.split("-")[0] for one in work}
    own = filed.item.language.split("-")[0]
    offered = tuple(
        code for code in dict.fromkeys((*site.home.languages, *LANGUAGES)) if code.split("-")[0] not in done | {own}
    )
    usable = filed.state == "usable" and filed.is_current and made_from is None
    return Languages(
        family=family,
        lines=work,
        offered=offered if usable else (),
        leave=leave(conn, filed, filed.item, now),
    )
