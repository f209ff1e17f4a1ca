"""Where each field of an item stands in each format, as tables of Markdown: `python -m dragoman.formats.mapping FILE` renews
those of a document between its two marks."""

import sys
from collections.abc import Iterator
from pathlib import Path

from dragoman.formats import FORMATS
from dragoman.formats._fields import FIELDS
from dragoman.formats._shape import Format

BEGIN, END = "<!-- tables: made from the code, see add-a-format.md -->", "<!-- end of the tables -->"
LOST = "**lost**"


def tables() -> str:
    """What there is, which field goes where, and what gets lost."""
    return "\n".join([*_formats(), "", *_matrix(), "", *(line for each in FORMATS.values() for line in _places(each))])


def renewed(document: str) -> str:
    """`document` with the tables between its marks as they are now. Raises: ValueError, where it has no such marks."""
    head, _, rest = document.partition(BEGIN)
    _, _, tail = rest.partition(END)
    if not rest or END not in rest:
        raise ValueError(f"there is no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n{tables()}\n{END}{tail}"


def _formats() -> Iterator[str]:
    yield "| format | standard | in | out | file names | media types |"
    yield "|---|---|---|---|---|---|"
    for each in FORMATS.values():
        said = ("✓", "✓" if each.encode else "–")
        suffixes = " ".join(f"`{suffix}`" for suffix in each.suffixes)
        yield f"| `{each.name}` | {each.title} | {' | '.join(said)} | {suffixes} | {', '.join(each.media_types)} |"


def _matrix() -> Iterator[str]:
    """One row a field: ✓ goes out and comes in again, ← is only read, – has no place and is named as lost."""
    names = list(FORMATS)
    yield "✓ goes out and comes back, ← is only read, – has no place: it is named as lost.\n"
    yield f"| field | {' | '.join(names)} |"
    yield "|---" * (len(names) + 1) + "|"
    for field in FIELDS:
        if field != "text":
            yield f"| {field} | {' | '.join(_mark(FORMATS[name], field) for name in names)} |"


def _mark(each: Format, field: str) -> str:
    if field not in each.places:
        return "–"
    return "←" if field in each.read_only or each.encode is None else "✓"


def _places(each: Format) -> Iterator[str]:
    yield f"### {each.name}: {each.title}\n"
    yield "| field | where it stands |"
    yield "|---|---|"
    for field in FIELDS:
        if field in each.places:
            only = " (only read)" if field in each.read_only else ""
            yield f"| {field} | {_cell(each.places[field])}{only} |"
    missing = [field for field in FIELDS if field not in each.places and field not in ("text", "origin")]
    if missing:
        yield f"| {', '.join(missing)} | {LOST} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(renewed(path.read_text("utf-8")), "utf-8")
