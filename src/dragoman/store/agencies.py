"""Agencies, their keys, bureaus and correspondents, as stored."""

from datetime import datetime

from psycopg import errors as pg

from dragoman.model.agency import Agency, Bureau, Correspondent, KeyState, NodeKey
from dragoman.model.errors import Conflict, NotFound
from dragoman.store.connect import Connection, Row

_COLUMNS = "code, name, kind, country, zone, languages, node, home, id"


def _agency(row: Row) -> Agency:
    code, name, kind, country, zone, languages, node, home, number = row
    return Agency(
        code=code,
        name=name,
        kind=kind,
        country=country,
        zone=zone,
        languages=tuple(languages),
        node=node,
        home=home,
        id=number,
    )


def add_agency(conn: Connection, agency: Agency) -> Agency:
    """The agency as stored, with its number.

    Raises:
        Conflict: the code is taken.
    """
    try:
        row = conn.execute(
            "insert into agency (code, name, kind, country, zone, languages, node, home)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s) returning " + _COLUMNS,
            (
                agency.code,
                agency.name,
                agency.kind,
                agency.country,
                agency.zone,
                list(agency.languages),
                agency.node,
                agency.home,
            ),
        ).fetchone()
    except pg.UniqueViolation as error:
        raise Conflict(f"There is already an agency {agency.code}", hint="`dragoman agency show` prints it.") from error
    except pg.CheckViolation as error:
        raise Conflict(
            f"{agency.code!r} cannot be an agency's code",
            hint="Use 2 to 16 capital letters, digits or hyphens, a letter first.",
        ) from error
    assert row is not None
    return _agency(row)


def set_node(conn: Connection, code: str, node: str) -> None:
    conn.execute("update agency set node = %s where code = %s", (node, code))


def agencies(conn: Connection) -> list[Agency]:
    """Every agency, our own first, then by code."""
    return [_agency(row) for row in conn.execute(f"select {_COLUMNS} from agency order by not home, code")]


def agency(conn: Connection, code: str) -> Agency:
    """
    Raises:
        NotFound: no agency has this code.
    """
    row = conn.execute(f"select {_COLUMNS} from agency where code = %s", (code,)).fetchone()
    if row is None:
        raise NotFound(f"There is no agency {code}", hint="`dragoman agency list` shows them; `agency add` adds one.")
    return _agency(row)


def home(conn: Connection) -> Agency:
    """Our own agency."""
    row = conn.execute(f"select {_COLUMNS} from agency where home").fetchone()
    if row is None:
        raise NotFound("This node has no agency of its own yet", hint="Run `dragoman init`.")
    return _agency(row)


def add_key(conn: Connection, key: NodeKey) -> None:
    """Remember a key; one that is already known changes its state only."""
    conn.execute(
        "insert into agency_key (agency, fingerprint, public, state, since, until)"
        " select id, %s, %s, %s, %s, %s from agency where code = %s"
        " on conflict (agency, fingerprint) do update set state = excluded.state, until = excluded.until",
        (key.fingerprint, key.public, key.state, key.since, key.until, key.agency),
    )


def keys(conn: Connection, code: str, *, state: KeyState | None = None) -> list[NodeKey]:
    """The agency's keys, newest first."""
    rows = conn.execute(
        "select a.code, k.public, k.fingerprint, k.state, k.since, k.until from agency_key k"
        " join agency a on a.id = k.agency where a.code = %s and (%s::text is null or k.state = %s)"
        " order by k.since desc",
        (code, state, state),
    )
    return [
        NodeKey(agency=r[0], public=bytes(r[1]), fingerprint=r[2], state=r[3], since=r[4], until=r[5]) for r in rows
    ]


def trusted_keys(conn: Connection, code: str, now: datetime) -> list[bytes]:
    """The public keys that verify what `code` says at `now`."""
    return [k.public for k in keys(conn, code, state="trusted") if k.until is None or now < k.until]


def add_bureau(conn: Connection, bureau: Bureau) -> None:
    conn.execute(
        "insert into bureau (agency, place, country, zone, languages) select id, %s, %s, %s, %s from agency"
        " where code = %s on conflict (agency, place) do update set country = excluded.country,"
        " zone = excluded.zone, languages = excluded.languages",
        (bureau.place, bureau.country, bureau.zone, list(bureau.languages), bureau.agency),
    )


def bureaus(conn: Connection, code: str) -> list[Bureau]:
    rows = conn.execute(
        "select a.code, b.place, b.country, b.zone, b.languages, b.id from bureau b join agency a on a.id = b.agency"
        " where a.code = %s order by b.place",
        (code,),
    )
    return [Bureau(agency=r[0], place=r[1], country=r[2], zone=r[3], languages=tuple(r[4]), id=r[5]) for r in rows]


def add_correspondent(conn: Connection, who: Correspondent) -> None:
    conn.execute(
        "insert into correspondent (agency, bureau, name, languages) select a.id, b.id, %s, %s from agency a"
        " left join bureau b on b.agency = a.id and b.place = %s where a.code = %s",
        (who.name, list(who.languages), who.bureau, who.agency),
    )


def correspondents(conn: Connection, code: str) -> list[Correspondent]:
    rows = conn.execute(
        "select a.code, c.name, coalesce(b.place, ''), c.languages, c.id from correspondent c"
        " join agency a on a.id = c.agency left join bureau b on b.id = c.bureau where a.code = %s order by c.name",
        (code,),
    )
    return [Correspondent(agency=r[0], name=r[1], bureau=r[2], languages=tuple(r[3]), id=r[4]) for r in rows]
