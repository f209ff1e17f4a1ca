"""Versions to ask questions of: made here, each field given only where a test is about it."""

from datetime import UTC, datetime
from typing import Any

from dragoman.model.item import Body, Concept, Dateline, Headline, Item, Profile
from dragoman.model.version import Version

NOW = datetime(2026, 5, 2, 9, 0, tzinfo=UTC)


def version(
    *, state: str = "usable", act: str = "publish", origin: str = "ADR", agency: str = "VAL", **item: Any
) -> Version:
    """A Russian text on a trade fair in Baku, unless told otherwise."""
    usual: dict[str, Any] = {
        "uri": "adr:fair-1",
        "language": "ru-RU",
        "headlines": (Headline(value="Ярмарка ремёсел открылась в Баку"),),
        "bodies": (Body(value="<p>Сорок мастеров приехали на ярмарку.</p><p>Вход <b>свобод</b>ный &amp; тихий.</p>"),),
        "slugline": "CRAFT-FAIR",
        "by": "Lala Rzayeva",
        "urgency": 4,
        "version_created": datetime(2026, 5, 1, 12, 0, tzinfo=UTC),
        "places": (Concept(name="Baku, Azerbaijan", uri="place:baku"),),
        "subjects": (Concept(name="Arts and crafts", uri="medtop:20000001"),),
        "dragoman": Profile(dateline=Dateline(text="БАКУ, 1 мая", place="Баку", country="AZ")),
    }
    made = Item(**(usual | item))
    return Version(item=made, origin=origin, agency=agency, state=state, act=act, received=NOW)  # type: ignore[arg-type]
