"""Three roles, none above the policies: `dragoman_owner`, `dragoman_newsroom`, `dragoman_partner`.

The user initdb makes is a superuser and bypasses row-level security even where it is forced; it creates these three,
dumps and restores, and nothing is ever served as it. What newsroom and partner may touch, migrations say.
"""

from collections.abc import Mapping
from typing import get_args

import psycopg
from psycopg import sql

from dragoman.store.db.database import Role
from dragoman.store.db.initdb import ADMIN

ROLE_NAMES: Mapping[Role, str] = {
    "admin": ADMIN,
    "owner": "dragoman_owner",
    "newsroom": "dragoman_newsroom",
    "partner": "dragoman_partner",
}
assert set(ROLE_NAMES) == set(get_args(Role))
_PLAIN = sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION")


def provide_roles(connection: psycopg.Connection, passwords: Mapping[Role, str]) -> None:
    """Create the roles of `passwords` that are missing, each able to log in and nothing more."""
    for role in ("owner", "newsroom", "partner"):
        name = ROLE_NAMES[role]
        if not _exists(connection, "pg_roles", "rolname", name):
            verifier = connection.pgconn.encrypt_password(passwords[role].encode(), name.encode(), b"scram-sha-256")
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}").format(
                    sql.Identifier(name), _PLAIN, sql.Literal(verifier.decode("ascii"))
                )
            )


def provide_database(connection: psycopg.Connection, name: str, template: str | None = None) -> None:
    """Create the database `name`, owned by the owner, closed to everyone but the three roles; idempotent.

    `connection` is the admin's, in autocommit mode. With `template`, a copy of that database, which must be unused.
    """
    if not _exists(connection, "pg_database", "datname", name):
        source = sql.SQL(" TEMPLATE {}").format(sql.Identifier(template)) if template else sql.SQL("")
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(ROLE_NAMES["owner"]))
            + source
        )
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
            sql.Identifier(name), sql.Identifier(ROLE_NAMES["newsroom"]), sql.Identifier(ROLE_NAMES["partner"])
        )
    )


def _exists(connection: psycopg.Connection, table: str, column: str, name: str) -> bool:
    found = connection.execute(
        sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column)), [name]
    )
    return found.fetchone() is not None
