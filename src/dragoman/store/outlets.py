"""The register of outlets as stored: who is in it now, who was, and which two may be one."""

from collections.abc import Iterable
from datetime import datetime

from dragoman.model.errors import Conflict, NotFound
from dragoman.reports.outlet import Outlet, look_alikes
from dragoman.store.connect import Connection, Row

REGISTER_LOCK = 71
"""Of two who register the same outlet at once the second is told so, in our words and with the first one's row."""
_SELECT = (
    "select o.id, o.name, o.country, o.languages, o.kind, o.home_page, o.audience, o.audience_source, o.audience_on,"
    " coalesce(a.code, ''), o.note, o.registered, o.retired from outlet o left join agency a on a.id = o.agency"
)


def _outlet(row: Row) -> Outlet:
    return Outlet(
        id=row[0],
        name=row[1],
        country=row[2],
        languages=tuple(row[3]),
        kind=row[4],
        home_page=row[5],
        audience=row[6],
        audience_source=row[7],
        audience_on=row[8],
        agency=row[9],
        note=row[10],
        registered=row[11],
        retired=row[12],
    )


def outlets(conn: Connection, *, retired: bool = False) -> list[Outlet]:
    """The register, by name; with `retired`, those that have left it as well."""
    rows = conn.execute(_SELECT + " where %s or o.retired is null", (retired,))
    return sorted(map(_outlet, rows), key=lambda one: (one.name.casefold(), one.country, one.id))


def outlet(conn: Connection, number: int) -> Outlet:
    """
    Raises:
        NotFound: no outlet has this number.
    """
    row = conn.execute(_SELECT + " where o.id = %s", (number,)).fetchone()
    if row is None:
        raise NotFound(f"There is no outlet {number}", hint="`dragoman outlet list` shows them.")
    return _outlet(row)


def find(conn: Connection, name: str) -> Outlet:
    """The outlet in the register named by its number, its host, its agency's code, or its name where only one has it.

    Raises:
        NotFound: none, or more than one, is named so.
    """
    if name.isdecimal() and len(name) < 10:
        return outlet(conn, int(name))
    wanted = Outlet(name=name, home_page=name if "://" in name else f"https://{name}")
    rows = conn.execute(
        _SELECT + " where o.retired is null and (o.name_key = %s or o.host = %s and o.host <> '' or a.code = %s)",
        (wanted.key, wanted.host, name),
    ).fetchall()
    if len(rows) != 1:
        raise NotFound(
            f"There is no one outlet {name!r}",
            f"{len(rows)} are named so",
            hint="`dragoman outlet list` shows them; name it by its number.",
        )
    return _outlet(rows[0])


def lock(conn: Connection) -> None:
    """One at a time changes the register, until the transaction ends."""
    conn.execute("select pg_advisory_xact_lock(%s)", (REGISTER_LOCK,))


def refuse_twins(conn: Connection, wanted: Outlet) -> None:
    """Nothing, where no other outlet in the register is the same as `wanted`. Under the register's lock.

    Raises:
        Conflict: one has its name and country, its host, or its agency; both rows are shown.
    """
    row = conn.execute(
        _SELECT + " where o.retired is null and o.id <> %s and (o.name_key = %s and o.country = %s"
        " or o.host = %s and o.host <> '' or a.code = %s) order by o.id limit 1",
        (wanted.id, wanted.key, wanted.country, wanted.host, wanted.agency),
    ).fetchone()
    if row is None:
        return
    there = _outlet(row)
    raise Conflict(
        f"This outlet is in the register already: {_same(there, wanted)}",
        f"there: {shown(there)}; given: {shown(wanted)}",
        hint="Change the one that is there, or retire it first.",
        kept="The register as it was.",
    )


def _same(there: Outlet, wanted: Outlet) -> str:
    if there.key == wanted.key and there.country == wanted.country:
        return "the same name in the same country"
    if there.host and there.host == wanted.host:
        return "the same host"
    return "the same agency"


def shown(one: Outlet) -> str:
    """An outlet on one line, for two to be compared."""
    number = f"{one.id} " if one.id else ""
    words = (one.name, one.country, " ".join(one.languages), one.kind, one.home_page, one.agency)
    return number + " · ".join(word for word in words if word)


def alike(conn: Connection, wanted: Outlet) -> list[Outlet]:
    """Other outlets in the register whose names look like `wanted`'s, the likest first: for a person to judge."""
    others = {one.id: one for one in outlets(conn) if one.id != wanted.id}
    return [others[number] for number in look_alikes(wanted.name, {n: one.name for n, one in others.items()})]


def add(conn: Connection, wanted: Outlet, *, by: str) -> Outlet:
    """The outlet as stored, with its number. Inside the caller's transaction, after `lock` and `refuse_twins`.

    Raises:
        NotFound: the agency it is to be is not known.
    """
    row = conn.execute(
        "insert into outlet (name, name_key, country, languages, kind, home_page, host, audience, audience_source,"
        " audience_on, agency, note, registered_by) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " returning id",
        (*_values(conn, wanted), by),
    ).fetchone()
    assert row is not None
    _look_again(conn, wanted)
    return outlet(conn, row[0])


def change(conn: Connection, wanted: Outlet) -> Outlet:
    """The outlet of this number, changed. Inside the caller's transaction, after `lock` and `refuse_twins`."""
    conn.execute(
        "update outlet set name = %s, name_key = %s, country = %s, languages = %s, kind = %s, home_page = %s, host = %s,"
        " audience = %s, audience_source = %s, audience_on = %s, agency = %s, note = %s where id = %s",
        (*_values(conn, wanted), wanted.id),
    )
    _look_again(conn, wanted)
    return outlet(conn, wanted.id)


def retire(conn: Connection, number: int, now: datetime) -> None:
    """Out of the register; what it reported is kept, and its feeds are looked at no more."""
    conn.execute("update outlet set retired = %s where id = %s and retired is null", (now, number))
    conn.execute("update watch set state = 'paused' where outlet = %s", (number,))


def _values(conn: Connection, one: Outlet) -> tuple[object, ...]:
    return (
        one.name,
        one.key,
        one.country,
        list(one.languages),
        one.kind,
        one.home_page,
        one.host,
        one.audience,
        one.audience_source,
        one.audience_on,
        _agency(conn, one.agency),
        one.note,
    )


def _agency(conn: Connection, code: str) -> int | None:
    if not code:
        return None
    row = conn.execute("select id from agency where code = %s", (code,)).fetchone()
    if row is None:
        raise NotFound(f"There is no agency {code}", hint="`dragoman agency list` shows them.")
    return int(row[0])


def _look_again(conn: Connection, one: Outlet) -> None:
    """Copy of an agency that is an outlet from now on may already be there: every report reads it from the beginning."""
    if one.agency:
        conn.execute("update coverage_report set upto = 0")


def of_agencies(conn: Connection) -> dict[int, int]:
    """Which agency (by number) is which outlet in the register."""
    return dict(conn.execute("select agency, id from outlet where agency is not null and retired is null").fetchall())


def by_number(found: Iterable[Outlet]) -> dict[int, Outlet]:
    return {one.id: one for one in found}
