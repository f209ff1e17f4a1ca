"""What a person is told of a query that cannot be read: where, and what was expected there."""

import unicodedata

from dragoman.model.errors import BadInput

_BEFORE, _AFTER = 60, 30  # characters shown either side of the place: a long query stays one line


class QuerySyntax(BadInput):
    """A query that cannot be read. `column` counts characters from 1; `detail` shows the place with a caret under it."""

    kind = "query-syntax"

    def __init__(self, text: str, column: int, problem: str, *, hint: str = "") -> None:
        super().__init__(f"The query cannot be read at column {column}: {problem}", pointed(text, column), hint=hint)
        self.column = column


def pointed(text: str, column: int) -> str:
    """The part of `text` around `column`, and under it a line with a caret at that column."""
    line = "".join(c if c.isprintable() else " " for c in text)  # what turns the line round is not printable either
    start = max(0, column - 1 - _BEFORE)
    lead = line[start : column - 1]
    return f"{line[start : column - 1 + _AFTER]}\n{' ' * sum(map(_cells, lead))}^"


def _cells(character: str) -> int:
    """How many cells of a terminal a character takes: two for Chinese, none for a mark laid on a letter."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
