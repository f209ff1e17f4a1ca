"""Every question of a floor as a table: for the moderators with all there is, for others what is public."""

import csv
import io
from collections.abc import Iterator, Mapping

from dragoman.planning.floor.hall import Asked, Given, Hall

COLUMNS = (
    "number",
    "state",
    "asked",
    "record",
    "agency",
    "outlet",
    "asker",
    "language",
    "question",
    "interpretations",
    "to",
    "reason",
    "merged_into",
    "speaker",
    "answered",
    "answer_language",
    "answer",
    "answer_interpretations",
)
OFF = "OFF THE RECORD"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows(hall: Hall, *, public: bool) -> Iterator[dict[str, str]]:
    """One row a question, one more for each further answer; in the order of the queue. `public`: only what is on the list
    and on the record, anonymous askers without name and outlet."""
    for number, one in enumerate(hall.public() if public else hall.asked, 1):
        asked = _asked(one, number, public)
        for given in one.answers or (None,):
            yield asked | (_given(given) if given else {})


def as_csv(hall: Hall, *, public: bool) -> str:
    """The table as CSV (RFC 4180), with a byte order mark for spreadsheets. A cell that a spreadsheet would run as a formula
    begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in rows(hall, public=public):
        writer.writerow({name: harmless(value) for name, value in row.items()})
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text for a spreadsheet, whatever it begins with."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def _asked(one: Asked, number: int, public: bool) -> dict[str, str]:
    question = one.question
    hidden = public and question.anonymous
    return {
        "number": str(number),
        "state": one.standing,
        "asked": one.made.at.isoformat(timespec="seconds"),
        "record": "on" if one.on_record else OFF,
        "agency": "" if hidden else question.agency,
        "outlet": "" if hidden else question.outlet,
        "asker": "" if hidden else question.asker,
        "language": question.language,
        "question": question.text,
        "interpretations": _beside(one.said),
        "to": question.to,
        "reason": "" if public else question.reason,
        "merged_into": "" if public else question.merged_into,
    }


def _given(given: Given) -> dict[str, str]:
    return {
        "speaker": given.answer.speaker,
        "answered": (given.answer.at or given.made.at).isoformat(timespec="seconds"),
        "answer_language": given.answer.language,
        "answer": given.answer.text if given.on_record else f"{OFF}: {given.answer.text}",
        "answer_interpretations": _beside(given.said),
    }


def _beside(said: Mapping[str, str]) -> str:
    return "\n".join(f"[{language}] {text}" for language, text in said.items())
