"""A server of one's own, named by DATABASE_URL, is looked at first and then serves as ours does."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from database import Addresses, drop_database, fresh_database, running_cluster
from dragoman.model.errors import Misconfigured
from dragoman.store.db.backup import dump, restore
from dragoman.store.db.cluster import Cluster
from dragoman.store.db.external import External
from dragoman.store.db.migrate import migrate

_OWNERS = (
    "CREATE ROLE site_owner LOGIN CREATEROLE PASSWORD 'harbour'",
    "CREATE ROLE site_plain LOGIN PASSWORD 'harbour'",
)


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    """A server whose owner role is not one of ours; roles are the server's, so it is not the session's cluster."""
    with running_cluster() as running:
        with psycopg.connect(running.conninfo("admin"), autocommit=True) as connection:
            for statement in (
                *_OWNERS,
                "REVOKE CONNECT ON DATABASE dragoman FROM dragoman_newsroom, dragoman_partner",
                "DROP ROLE dragoman_newsroom, dragoman_partner",
            ):
                connection.execute(statement.encode())
        yield running


@pytest.fixture
def site(server: Cluster) -> Iterator[str]:
    with psycopg.connect(server.conninfo("admin"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE site OWNER site_owner")
    yield url(server, "site_owner")
    drop_database(server, "site")


def url(server: Cluster, user: str, **parts: str) -> str:
    known = conninfo_to_dict(server.conninfo("owner"))
    return make_conninfo(host=known["host"], **{"user": user, "password": "harbour", "dbname": "site", **parts})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "migrations"
    made.mkdir()
    (made / "0001_items.sql").write_text(
        "CREATE TABLE item (n int);\nINSERT INTO item VALUES (1), (2);\n"
        "ALTER TABLE item ENABLE ROW LEVEL SECURITY;\n"
        "CREATE POLICY even ON item FOR SELECT TO dragoman_partner USING (n % 2 = 0);\n"
        "GRANT SELECT ON item TO dragoman_partner;\n"
    )
    return made


def test_an_owner_who_may_not_make_roles_is_told_what_to_ask_for(server: Cluster, site: str) -> None:
    with pytest.raises(Misconfigured, match="may not create the role dragoman_newsroom") as told:
        External(url(server, "site_plain")).start()
    assert "GRANT dragoman_newsroom TO site_plain" in told.value.hint


def test_the_roles_of_another_server_are_fenced_as_ours_are(site: str, folder: Path) -> None:
    external = External(site)
    for _ in range(2):
        external.start()
    assert migrate(external.conninfo("owner"), folder) == ["0001_items.sql"]
    with psycopg.connect(external.conninfo("partner"), autocommit=True) as connection:
        assert connection.execute("SELECT current_user, n FROM item").fetchall() == [("dragoman_partner", 2)]
        connection.execute("RESET ROLE")  # back to what it connected as, which is the partner
        assert connection.execute("SELECT current_user").fetchone() == ("dragoman_partner",)
    with (
        psycopg.connect(external.conninfo("newsroom")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT n FROM item")
    assert external.poll().serving
    assert external.restart_if_dead().serving
    assert not external.intake_refused
    external.stop()


def test_a_backup_of_another_server_restores_into_ours(
    cluster: Cluster, site: str, folder: Path, tmp_path: Path
) -> None:
    external = External(site)
    external.start()
    migrate(external.conninfo("owner"), folder)
    dump(external, tmp_path / "site.dump")
    (tmp_path / "none").mkdir()
    ours: Addresses = fresh_database(cluster, tmp_path / "none")
    try:
        restore(cluster, tmp_path / "site.dump", ours.name)
        with psycopg.connect(ours.partner) as connection:
            assert connection.execute("SELECT n FROM item").fetchall() == [(2,)]
    finally:
        drop_database(cluster, ours.name)


def test_a_server_that_will_not_do_is_refused_in_one_sentence(server: Cluster, site: str) -> None:
    with psycopg.connect(server.conninfo("admin"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0 OWNER site_owner")
    try:
        with pytest.raises(Misconfigured, match="encoded in LATIN1") as told:
            External(url(server, "site_owner", dbname="latin")).start()
        assert "UTF8" in told.value.hint
    finally:
        drop_database(server, "latin")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://desk:harbour@127.0.0.1:1/dragoman",
        "postgresql://desk:harbour@127.0.0.1:1/dragoman?sslmode=perhaps",
        "postgresql://desk:harbour@[127.0.0.1/dragoman",
        "mysql://desk:harbour@127.0.0.1/dragoman",
    ],
)
def test_a_wrong_address_is_refused_without_telling_the_password(address: str) -> None:
    with pytest.raises(Misconfigured) as told:
        External(address).start()
    assert told.value.hint
    assert "harbour" not in f"{told.value}{told.value.hint}"


def test_a_server_that_wants_tls_needs_the_systems_own_tools(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Misconfigured, match="requires TLS") as told:
        dump(External(make_conninfo(site, sslmode="require")), tmp_path / "site.dump")
    assert "client programs" in told.value.hint
    assert list(tmp_path.iterdir()) == []
