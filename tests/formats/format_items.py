"""Items of our invention, for the tests of every format."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

from dragoman import formats
from dragoman.formats import EncodeContext
from dragoman.model.arrival import Hints
from dragoman.model.item import Body, Concept, Correction, Description, Headline, Item, Profile

SENTENCES = (
    "The ferry left the harbour at noon with sixty passengers on board, and nobody knew when it would return.",
    "Мост через реку откроют весной, сообщили во вторник в управлении дорог области.",
    "Limanda yeni terminalın tikintisi başa çatıb, bu barədə idarədən məlumat verilib.",
    "Le marché couvert ouvrira ses portes au printemps, a annoncé la mairie de la vallée.",
    "Die Brücke über den Fluss wird im Frühjahr eröffnet, wie das Amt am Dienstag mitteilte.",
    "El mercado de la costa abrirá en primavera, según anunció la autoridad portuaria.",
    "وصل القطار الأول إلى المدينة صباح اليوم بعد رحلة استمرت أربعة أيام.",
    "茶叶博物馆将于明年春天开放，三座城市共同承担费用。",
)
LANGUAGES = ("en", "ru", "az", "fr", "de", "es", "ar", "zh")
BAKU = timezone(timedelta(hours=4))


def wire_item(**changes: object) -> Item:
    fields: dict[str, object] = {
        "uri": "urn:example:ferry",
        "version": "7",
        "first_created": datetime(2026, 5, 13, 9, 30, tzinfo=UTC),
        "version_created": datetime(2026, 5, 13, 13, 45, tzinfo=BAKU),
        "language": "en",
        "headlines": (Headline(value="The ferry sails again"),),
        "bodies": (Body(value=f"<p>{SENTENCES[0]}</p>"),),
    }
    return Item(**(fields | changes))  # type: ignore[arg-type]


def restricted_item() -> Item:
    """Copy with everything that must travel with it."""
    return wire_item(
        embargoed_until=datetime(2026, 5, 14, 6, 0, tzinfo=UTC),
        usage_terms="Own services only. Not for onward distribution.",
        ed_note="Check the captain's name.",
        copyright_holder="Harbour Agency",
        by="Ada Placeholder",
        urgency=3,
        slugline="ferry-returns",
        subjects=(
            Concept(name="transport", uri="http://cv.iptc.org/newscodes/mediatopic/20000337"),
            Concept(name="sea"),
        ),
        descriptions=(Description(value="The first crossing in two years", role="summary"),),
        dragoman=Profile(credit="Harbour Agency / Example"),
    )


def killed_item() -> Item:
    return wire_item(
        pub_status="canceled",
        version="8",
        dragoman=Profile(correction=Correction(kind="kill", reason="The ferry did not sail.", replaces="7")),
    )


def corrected_item() -> Item:
    return wire_item(
        version="8",
        dragoman=Profile(correction=Correction(kind="correction", reason="It was two ferries.", replaces="7")),
    )


def through(name: str, item: Item, *, native: bool = False, **hints: object) -> Item:
    """`item` encoded and decoded again."""
    encoded = formats.encode(name, [item], EncodeContext(native=native))
    (unit,) = formats.decode(encoded.body, Hints(format=name, **hints))  # type: ignore[arg-type]
    assert unit.item is not None, unit.problem
    return unit.item


_words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp", "Zs", "Mn")), min_size=1, max_size=12
)
_line = st.lists(_words, min_size=1, max_size=6).map(" ".join)
_moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from([UTC, BAKU])).map(
    lambda moment: moment.replace(microsecond=0)
)


def _copy(number: int, paragraphs: int) -> dict[str, object]:
    text = "\n".join([f"<p>{SENTENCES[number]}</p>"] * paragraphs)
    return {"language": LANGUAGES[number], "bodies": (Body(value=text),)}


def wire_items() -> st.SearchStrategy[Item]:
    """Copy as desks write it, in our languages, with anything in its headline and slug."""
    copy = st.builds(_copy, st.integers(0, len(SENTENCES) - 1), st.integers(1, 4))
    fields = st.fixed_dictionaries(
        {
            "uri": st.from_regex(r"urn:example:[a-z0-9.-]{1,20}", fullmatch=True),
            "version": st.from_regex(r"[0-9a-z.]{1,8}", fullmatch=True),
            "headlines": _line.map(lambda text: (Headline(value=text),)),
            "slugline": _words,
            "first_created": _moments,
            "version_created": _moments,
            "usage_terms": _line,
            "ed_note": _line,
            "urgency": st.one_of(st.none(), st.integers(1, 9)),
        }
    )
    return st.builds(lambda copy, fields: wire_item(**(copy | fields)), copy, fields)
