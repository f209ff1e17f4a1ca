"""The register of outlets as pages: the list, one outlet, its form, its watched feeds, the register as CSV."""

from collections import Counter
from datetime import timedelta

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from dragoman.desk import outlets as desk
from dragoman.model.errors import BadInput
from dragoman.reports.outlet import KINDS
from dragoman.store import audit, mentions, outlets, watches
from dragoman.store.connect import borrowed
from dragoman.web.asking import Page
from dragoman.web.report.sheets import register_csv
from dragoman.web.report.shown import file, now, shown
from dragoman.web.site import site_of


@get("/report/outlets", sync_to_thread=True)
def register(request: Page) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        found = outlets.outlets(conn)
        watched = Counter(one.outlet for one in watches.watches(conn))
    return shown(request, "report/outlets.html", outlets=found, watched=watched)


@get("/report/outlets.csv", sync_to_thread=True)
def as_csv(request: Page) -> Response[bytes]:
    with borrowed(site_of(request).newsroom) as conn:
        return file(register_csv(outlets.outlets(conn, retired=True)), "csv", "outlets")


@get("/report/outlet/new", sync_to_thread=True)
def new(request: Page) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        codes = desk.agency_codes(conn)
    return shown(request, "report/outlet_form.html", one=None, kinds=KINDS, agencies=codes)


@post("/report/outlets", sync_to_thread=True)
def add(request: Page) -> Redirect:
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        made = desk.register(conn, desk.outlet_of(request.user.form), by=request.user.person.name)
    return Redirect(f"/report/outlet/{made.outlet.id}", status_code=303)


@get("/report/outlet/{number:int}", sync_to_thread=True)
def outlet(request: Page, number: FromPath[int]) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        one = outlets.outlet(conn, number)
        return shown(
            request,
            "report/outlet.html",
            one=one,
            alike=[] if one.retired else outlets.alike(conn, one),
            watches=watches.watches(conn, number),
            mentions=mentions.of_outlet(conn, number),
            trail=audit.entries(conn, about=f"outlet {number}", limit=15),
        )


@get("/report/outlet/{number:int}/change", sync_to_thread=True)
def changing(request: Page, number: FromPath[int]) -> Response[str]:
    with borrowed(site_of(request).newsroom) as conn:
        one, codes = outlets.outlet(conn, number), desk.agency_codes(conn)
    return shown(request, "report/outlet_form.html", one=one, kinds=KINDS, agencies=codes)


@post("/report/outlet/{number:int}/change", sync_to_thread=True)
def change(request: Page, number: FromPath[int]) -> Redirect:
    request.user.must("register")
    form = request.user.form
    changes = {"name": form.get("name", ""), **desk.fields_of(form)}
    with borrowed(site_of(request).newsroom) as conn:
        desk.change(conn, number, changes, by=request.user.person.name)
    return Redirect(f"/report/outlet/{number}", status_code=303)


@post("/report/outlet/{number:int}/retire", sync_to_thread=True)
def retire(request: Page, number: FromPath[int]) -> Redirect:
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        desk.retire(conn, number, by=request.user.person.name, now=now())
    return Redirect(f"/report/outlet/{number}", status_code=303)


@post("/report/outlet/{number:int}/watch", sync_to_thread=True)
def watch(request: Page, number: FromPath[int]) -> Redirect:
    request.user.must("register")
    form = request.user.form
    minutes = form.get("every", "").strip() or "15"
    if not minutes.isdecimal() or len(minutes) > 4:
        raise BadInput("This is not a number of minutes", minutes[:20])
    with borrowed(site_of(request).newsroom) as conn:
        desk.watch(
            conn,
            number,
            form.get("address", "").strip(),
            by=request.user.person.name,
            language=form.get("language", "").strip(),
            every=timedelta(minutes=int(minutes)),
        )
    return Redirect(f"/report/outlet/{number}#watched", status_code=303)


@post("/report/watch/{number:int}/remove", sync_to_thread=True)
def unwatch(request: Page, number: FromPath[int]) -> Redirect:
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        one = watches.watch(conn, number)
        desk.unwatch(conn, number, by=request.user.person.name)
    return Redirect(f"/report/outlet/{one.outlet}#watched", status_code=303)


@get("/report/outlets/import", sync_to_thread=True)
def importing(request: Page) -> Response[str]:
    return shown(request, "report/import.html", rows=None, fields=desk.FIELDS)


@post("/report/outlets/import", sync_to_thread=True, status_code=200)
def import_rows(request: Page) -> Response[str]:
    """Every line by itself; the page says what became of each."""
    request.user.must("register")
    with borrowed(site_of(request).newsroom) as conn:
        rows = desk.import_csv(conn, request.user.form.get("csv", ""), by=request.user.person.name)
    return shown(request, "report/import.html", rows=rows, fields=desk.FIELDS)


ROUTES: list[ControllerRouterHandler] = [
    *(register, as_csv, new, add, outlet, changing, change, retire),
    *(watch, unwatch, importing, import_rows),
]
