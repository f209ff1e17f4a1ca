"""Files as a form sends them: each read to a limit, with its name."""

from typing import Any

from litestar import Request
from litestar.datastructures import State, UploadFile
from msgspec import Struct

from dragoman.media.darkroom import MOST_BYTES
from dragoman.model.errors import BadInput, TooLarge, TryAgain
from dragoman.web.site import site_of

MOST_FILES = 40
REQUEST_BYTES = 400_000_000
"""One form with all its files."""


class Sent(Struct, frozen=True):
    name: str
    body: bytes


async def files_of(request: Request[Any, Any, State], field: str = "files") -> list[UploadFile]:
    """The files in a form, in their order; an empty choice is none.

    Raises:
        BadInput: there is none, or there are too many. TryAgain: the disk is full.
    """
    if site_of(request).intake_refused():
        raise TryAgain(
            "The disk is full: nothing is taken in", hint="Free space, then send them again.", kept="Nothing of this."
        )
    form = await request.form()
    found = [one for one in form.getall(field, []) if isinstance(one, UploadFile) and one.filename]
    if not found:
        raise BadInput("No file was chosen", hint="Choose one or several pictures.", kept="Nothing was done.")
    if len(found) > MOST_FILES:
        raise BadInput(
            "These are too many files at once", f"{len(found)}", hint=f"Send {MOST_FILES} at a time.", kept="Nothing."
        )
    return found


async def read(file: UploadFile) -> Sent:
    """
    Raises:
        TooLarge: the file is over the limit.
    """
    body = await file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise TooLarge(
            "The file is too large",
            f"{file.filename[:80]}: more than {MOST_BYTES // 1_000_000} MB",
            hint=f"Send a picture of up to {MOST_BYTES // 1_000_000} MB.",
            kept="Nothing of it.",
        )
    return Sent(file.filename, body)
