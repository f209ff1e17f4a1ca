"""``dragoman reread``: asked for, and asked how far it is."""

from datetime import UTC, datetime, timedelta, timezone

from cli_run import Desk

from dragoman.model.reading import READER_VERSION


def test_a_renewal_is_asked_for_and_told(quiet_node: Desk) -> None:
    [told] = quiet_node.ok("reread", "--status")
    assert (told["reader"], told["renewed_for"], told["asked_by"]) == (READER_VERSION, 0, "")
    quiet_node.ok("reread")
    [told] = quiet_node.ok("reread", "--status")
    assert told["renewed_for"] == READER_VERSION
    assert told["asked_by"]


def test_since_may_say_its_zone(quiet_node: Desk) -> None:
    quiet_node.file("adr:a", "Ferry on time")
    with quiet_node.store() as conn, conn.transaction():
        conn.execute(
            "insert into reading (sequence, reader, body) select sequence, %s, '{}' from version", (READER_VERSION,)
        )
    hour_ago = (datetime.now(UTC) - timedelta(hours=1)).astimezone(timezone(timedelta(hours=14)))
    quiet_node.ok("reread", "--all", "--since", (hour_ago + timedelta(hours=2)).isoformat())
    assert quiet_node.ok("reread", "--status")[0]["older"] == 0
    quiet_node.ok("reread", "--all", "--since", hour_ago.isoformat())
    assert quiet_node.ok("reread", "--status")[0]["older"] == 1
    assert quiet_node.run("reread", "--since", "last week").code != 0
