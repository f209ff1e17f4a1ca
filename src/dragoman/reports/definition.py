"""What a coverage report asks: a title, a query, a period; and what of that cannot stand. Pure."""

from datetime import datetime, timedelta
from typing import Literal, get_args

from msgspec import Struct

from dragoman.model.errors import BadInput
from dragoman.query import canonical, parse

About = Literal["event", "date", "anniversary", "person", "query"]
ABOUTS: tuple[str, ...] = get_args(About)
LANGUAGES = ("en", "az", "ru", "fr", "de", "es", "ar", "zh")
"""Those a report is printed in."""
LONGEST = timedelta(days=366 * 20)
_TITLE, _QUERY, _OWN = 300, 2000, 300


class Definition(Struct, frozen=True, kw_only=True):
    """`query` in the one query language, `since` included, `until` not. `project` and `record` name the event it is about.

    `own` are our own items by number, to be found again in others' copy; none: our items that answer the query.
    """

    title: str
    about: About = "query"
    query: str = ""
    since: datetime
    until: datetime
    languages: tuple[str, ...] = ()
    project: str = ""
    record: str = ""
    own: tuple[int, ...] = ()
    made: datetime | None = None
    made_by: str = ""
    id: int = 0


def checked(wanted: Definition) -> Definition:
    """The definition with its words trimmed and its query in its one printed form.

    A report on a person or an anniversary without a query looks for the title as a phrase; one on a date takes
    everything of that period.

    Raises:
        BadInput: what cannot stand, by its name. QuerySyntax: the query cannot be read.
    """
    title = " ".join(wanted.title.split())
    query = wanted.query.strip() or _usual_query(wanted.about, title)
    for wrong, field, hint in (
        (not title, "title", "a report has a title"),
        (len(title) > _TITLE, "title", f"at most {_TITLE} characters"),
        (wanted.about not in ABOUTS, "about", "one of " + ", ".join(ABOUTS)),
        (not query, "query", "say what to look for"),
        (len(query) > _QUERY, "query", f"at most {_QUERY} characters"),
        (wanted.since >= wanted.until, "until", "the period ends before it begins"),
        (wanted.until - wanted.since > LONGEST, "until", "a report covers at most twenty years"),
        (bool(set(wanted.languages) - set(LANGUAGES)), "languages", "a report is printed in " + ", ".join(LANGUAGES)),
        (len(wanted.own) > _OWN, "own items", f"at most {_OWN}"),
    ):
        if wrong:
            raise BadInput("This report cannot be made so", f"{field}: {hint}", kept="Nothing.")
    return Definition(
        title=title,
        about=wanted.about,
        query=canonical(parse(query)),
        since=wanted.since,
        until=wanted.until,
        languages=tuple(dict.fromkeys(wanted.languages)),
        project=wanted.project.strip(),
        record=wanted.record.strip(),
        own=tuple(dict.fromkeys(wanted.own)),
        made=wanted.made,
        made_by=wanted.made_by,
        id=wanted.id,
    )


def _usual_query(about: About, title: str) -> str:
    words = title.replace('"', " ")
    return {"date": "*", "person": f'"{words}"', "anniversary": f'"{words}"'}.get(about, "")
