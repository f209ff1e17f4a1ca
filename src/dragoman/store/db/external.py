"""Somebody else's PostgreSQL, named by `DATABASE_URL`: looked at before use, watched by its own people."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dragoman.model.errors import Misconfigured
from dragoman.store.db.account import Account
from dragoman.store.db.binaries import programs
from dragoman.store.db.database import Health, Role
from dragoman.store.db.roles import ROLE_NAMES

OLDEST = 15  # security-invoker views
_NEEDS_TLS = ("require", "verify-ca", "verify-full")


class External:
    """The database `url` leads to, as its owner. `newsroom` and `partner` log in as the owner and at once become
    their role, in force from the first statement; `urls` may name log-ins of their own for them instead.

    Limits: a pooler that drops the start-up option `options` (PgBouncer does by default) needs `urls`.
    """

    def __init__(self, url: str, *, urls: Mapping[Role, str] | None = None) -> None:
        self._urls: dict[Role, str] = {"owner": url, **(urls or {})}

    maintainer: Role = "owner"

    def start(self) -> None:
        """Look whether the server will do, and make the roles where they are missing. Raises: Misconfigured."""
        try:
            with psycopg.connect(self.conninfo("owner"), autocommit=True) as connection:
                _check_server(connection)
                _provide_roles(connection)
        except psycopg.OperationalError as error:
            raise Misconfigured(
                "The database of DATABASE_URL cannot be reached",
                _without_password(str(error), self._urls["owner"]),
                hint="Is the server up, and are host, port, database, user and password right?",
            ) from error

    def stop(self) -> None:
        """Nothing: the server is not ours."""

    def poll(self) -> Health:
        """Serving, as far as we are to judge."""
        return Health(serving=True)

    def restart_if_dead(self) -> Health:
        """As `poll`: whoever runs the server restarts it, and our roles connect again."""
        return self.poll()

    def conninfo(self, role: Role, database: str | None = None) -> str:
        """The address of `role`; `admin` is the owner, for there is nothing above it here. Raises: Misconfigured."""
        known = self._urls.get(role)
        try:
            parts: dict[str, Any] = {"connect_timeout": 10, **conninfo_to_dict(known or self._urls["owner"])}
        except psycopg.ProgrammingError as error:
            raise Misconfigured(
                "DATABASE_URL is not a PostgreSQL address",
                _without_password(str(error), self._urls["owner"]),
                hint="It looks like postgresql://owner:password@host:5432/dragoman",
            ) from error
        if known is None and role in ("newsroom", "partner"):
            parts["options"] = f"{parts.get('options', '')} -c role={ROLE_NAMES[role]}".strip()
        return make_conninfo(**{**parts, "client_encoding": "UTF8", "dbname": database or parts.get("dbname")})

    def tool(self, name: str, conninfo: str) -> Path:
        """The wheel's `name`, or the system's where `conninfo` insists on TLS, which the wheel's cannot speak."""
        if conninfo_to_dict(conninfo).get("sslmode") not in _NEEDS_TLS:
            return programs(self.account) / name
        if found := shutil.which(name):
            return Path(found)
        raise no_tls(name)

    @property
    def intake_refused(self) -> bool:
        """False: a full disk over there shows as an error of the statement that needed it."""
        return False

    @property
    def account(self) -> Account | None:
        """None: nothing of the database runs here."""
        return None


def no_tls(name: str) -> Misconfigured:
    """The error for a tool of ours against a server that wants TLS."""
    return Misconfigured(
        f"Dragoman's own {name} cannot speak to a server that requires TLS",
        "It is built without TLS; the server, or sslmode in DATABASE_URL, insists on it.",
        hint=f"Install the PostgreSQL client programs of your system ({name} on the PATH, as new as the server).",
        kept="the database is untouched",
    )


def _check_server(connection: psycopg.Connection[Any]) -> None:
    version, encoding = connection.info.server_version // 10000, connection.info.parameter_status("server_encoding")
    if version < OLDEST:
        raise Misconfigured(
            f"The server of DATABASE_URL is PostgreSQL {version}",
            f"Dragoman needs {OLDEST} or newer.",
            hint="Upgrade it, or leave DATABASE_URL unset to use the PostgreSQL that comes with Dragoman.",
        )
    if encoding != "UTF8":
        name = connection.info.dbname
        raise Misconfigured(
            f"The database {name} is encoded in {encoding}",
            "Copy in eight languages needs UTF-8.",
            hint=f"Make a new one: CREATE DATABASE {name}_utf8 ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0",
        )


def _provide_roles(connection: psycopg.Connection[Any]) -> None:
    """Roles without a log-in of their own, which the owner may become. They are the server's: shared, never altered."""
    for role in ("newsroom", "partner"):
        name = ROLE_NAMES[role]
        found = connection.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [name])
        seen = found.fetchone()
        if seen == (True,):
            raise Misconfigured(
                f"The role {name} stands above row-level security",
                "Partners would see what was not granted to them.",
                hint=f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS",
            )
        try:
            if seen is None:
                connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
            if not _may_become(connection, name):
                connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as error:
            user = connection.info.user
            raise Misconfigured(
                f"The user {user} may not create the role {name}",
                str(error).strip(),
                hint=f"Have an administrator run: CREATE ROLE {name}; GRANT {name} TO {user};",
            ) from error


def _may_become(connection: psycopg.Connection[Any], name: str) -> bool:
    try:
        with connection.transaction():
            connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(name)))
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def _without_password(message: str, url: str) -> str:
    """`message` in one line, without any secret of `url` in it."""
    try:
        secret = conninfo_to_dict(url).get("password")
    except psycopg.ProgrammingError:
        return "it cannot be read"  # what cannot be taken apart cannot be quoted safely
    line = " ".join(message.split())
    return line.replace(str(secret), "***") if secret else line
