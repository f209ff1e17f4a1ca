"""The names file over the API: looked up, added to, merged, split, taken from."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import islice
from typing import Annotated

from litestar import delete, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Struct

from dragoman.model.errors import NotFound
from dragoman.names import forms
from dragoman.names.forms import Entry, NamesFile
from dragoman.store import names
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.site import site_of

Query = Annotated[str, QueryParameter(description="Words of a form, in any language; every one must be there.")]
Form = Annotated[str, QueryParameter(description="A name as it is written somewhere: the one entry that has it.")]
After = Annotated[str, QueryParameter(description="`id` of the last entry of the answer before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=500, description="Entries in one answer.")]
Language = Annotated[str, QueryParameter(description="The language it is written in, where that is known.")]


class Other(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The entry that is the same."""

    other: str


class Taken(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The forms that belong to somebody else, and the new entry's id (empty: a number behind the old one)."""

    forms: list[str]
    new: str = ""


@get("/names", sync_to_thread=True)
def found(
    request: Page, q: Query = "", form: Form = "", language: Language = "", after: After = "", limit: Limit = 100
) -> list[Entry]:
    """The entries of the file by their ids, those that answer a query; or the one that has this form."""
    with borrowed(site_of(request).newsroom) as conn:
        file = names.latest(conn)
    if form:
        one = file.find(form, language)
        return [one] if one else []
    return list(islice((one for one in file.having(q) if one.id > after), limit))


@get("/names/{name:str}", sync_to_thread=True)
def shown(request: Page, name: FromPath[str]) -> Entry:
    """One entry by its id."""
    with borrowed(site_of(request).newsroom) as conn:
        return _entry(names.latest(conn), name)


@post("/names", sync_to_thread=True, status_code=200)
def added(request: Page, data: JSONBody[Entry]) -> Entry:
    """A new entry, or forms for the one of the same id: the first form of a language is how we write it."""
    return _entry(_changed(request, "name added", data.id, lambda file: forms.add(file, data)), data.id)


@post("/names/{name:str}/merge", sync_to_thread=True, status_code=200)
def merged(request: Page, name: FromPath[str], data: JSONBody[Other]) -> Entry:
    """Both are one: the other's forms go behind its own, the other is gone."""
    about = f"{name} {data.other}"
    return _entry(_changed(request, "names merged", about, lambda file: forms.merge(file, name, data.other)), name)


@post("/names/{name:str}/split", sync_to_thread=True, status_code=200)
def split(request: Page, name: FromPath[str], data: JSONBody[Taken]) -> list[Entry]:
    """They are two: these forms go into an entry of their own. Both are answered."""
    before: set[str] = set()

    def edit(file: NamesFile) -> NamesFile:
        before.update(one.id for one in file.entries)
        return forms.split(file, name, data.forms, data.new)

    file = _changed(request, "name split", name, edit)
    return [one for one in file.entries if one.id == name or one.id not in before]


@delete("/names/{name:str}", sync_to_thread=True)
def removed(request: Page, name: FromPath[str]) -> None:
    """Out of the file."""
    _changed(request, "name removed", name, lambda file: forms.remove(file, name))


def _changed(request: Page, act: str, about: str, edit: Callable[[NamesFile], NamesFile]) -> NamesFile:
    request.user.must("names")
    with borrowed(site_of(request).newsroom) as conn, conn.transaction():
        return names.change(conn, act, about, edit, by=request.user.person.name, now=datetime.now(UTC))


def _entry(file: NamesFile, name: str) -> Entry:
    """
    Raises:
        NotFound: there is none.
    """
    one = next((one for one in file.entries if one.id == name), None)
    if one is None:
        raise NotFound(f"The names file has no {name!r}")
    return one


ROUTES: list[ControllerRouterHandler] = [found, shown, added, merged, split, removed]
