"""Tables as CSV that a spreadsheet may open: UTF-8, and nothing in it is taken for a formula. Pure.

A cell that begins as a formula does gets an apostrophe before it (OWASP, CSV injection); numbers stay numbers.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

BOM = "\ufeff"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cell = str | int | float | bool | date | datetime | None


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], *, bom: bool = False) -> str:
    """The table, one line a row, lines ended as RFC 4180 §2 has it. `bom`: for spreadsheets that guess encodings."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([safe(word) for word in header])
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return (BOM if bom else "") + written.getvalue()


def safe(cell: Cell) -> str | int | float:
    """The cell as it is written: times in RFC 3339, yes and no, text that is no formula."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return cell
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    text = cell.replace("\x00", "\ufffd")
    return f"'{text}" if text.lstrip(" ").startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text
