"""A picture as its pages show it: its texts in the viewer's language where there are any, its date in the viewer's words."""

from collections.abc import Mapping

from markupsafe import Markup
from msgspec import Struct

from dragoman.model.item import Item
from dragoman.model.picture import EDGES, is_keyword
from dragoman.read.taken_said import say_taken
from dragoman.store.media import PictureRow, Rendition, rendition_path
from dragoman.web.render import of_language
from dragoman.web.words import LANGUAGES, Words


class Text(Struct, frozen=True):
    """A text and the language it is in; empty where there is none."""

    text: str = ""
    language: str = ""

    @property
    def attributes(self) -> Markup:
        return of_language(self.language)


class Shown(Struct, frozen=True, kw_only=True):
    """One picture for one viewer. `taken` is in the viewer's language, or, not understood, as it was written."""

    row: PictureRow
    headline: Text
    caption: Text
    alt: Text
    taken: str
    taken_is_words: bool

    @property
    def thumbnail(self) -> str:
        return rendition_path(self.row.digest, "thumbnail")

    @property
    def preview(self) -> str:
        return rendition_path(self.row.digest, "preview")

    @property
    def large(self) -> str:
        return rendition_path(self.row.digest, "large")


def shown(row: PictureRow, words: Words) -> Shown:
    """The picture for somebody who reads `words`."""
    headline = Text(row.headline, row.language)
    caption = chosen(row.captions, words.language, row.language)
    alt = chosen(row.alts, words.language, row.language)
    taken = row.taken
    return Shown(
        row=row,
        headline=headline,
        caption=caption,
        # Nobody has described it: the caption says more than silence.
        alt=alt if alt.text else caption if caption.text else headline,
        taken=say_taken(taken, words.language) if taken else "",
        taken_is_words=bool(taken and not taken.is_known),
    )


def chosen(texts: Mapping[str, str], wanted: str, own: str) -> Text:
    """The text in the language wanted, or in the item's own, or in any."""
    for code in (wanted, own, "en", *texts):
        if code in texts:
            return Text(texts[code], code)
    return Text()


class Field(Struct, frozen=True):
    """One language's texts in the form: `is_open` where there is something to see."""

    language: str
    caption: str
    alt: str
    is_open: bool


def fields(row: PictureRow, viewer: str) -> list[Field]:
    """The languages of the form: the item's, the viewer's, then ours."""
    codes = dict.fromkeys((row.language or "und", *row.captions, *row.alts, viewer, *LANGUAGES))
    codes.pop("und", None)
    return [
        Field(
            code,
            row.captions.get(code, ""),
            row.alts.get(code, ""),
            code in (row.language, viewer) or code in row.captions or code in row.alts,
        )
        for code in codes
    ]


def before(item: Item, row: PictureRow) -> dict[str, str]:
    """What the form shows, by the names of its fields."""
    found = {
        "headline": "" if item.ours.headline_derived else row.headline,
        "credit": item.ours.credit,
        "photographer": row.photographer,
        "taken": row.taken.words if row.taken else "",
        "place": place_of(item),
        "keywords": ", ".join(one.name for one in item.subjects if is_keyword(one)),
        "copyright": row.copyright,
        "terms": row.terms,
        "instructions": item.ed_note,
        "language": row.language,
    }
    found |= {f"caption_{code}": text for code, text in row.captions.items()}
    return found | {f"alt_{code}": text for code, text in row.alts.items()}


def place_of(item: Item) -> str:
    return next((one.name for one in item.places if one.role == "city"), item.located)


def missing(made: list[Rendition]) -> list[str]:
    """The renditions that are still to be made."""
    return [name for name in EDGES if name not in {one.name for one in made}]
