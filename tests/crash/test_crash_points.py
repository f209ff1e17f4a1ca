"""The crash points are what they claim to be: each has its own name, and no durable step is without one."""

import pytest

from .points import Point, points

STEPS = {
    "store.bytes": ["bytes.before-sync", "bytes.synced", "bytes.renamed"],
    "store.arrivals": ["receive.bytes-written", "receive.row-written", "pipeline.claimed"],
    "receive.intake": ["receive.before-commit", "receive.committed"],
    "receive.feed": ["receive.feed-fetched"],
    "receive.folder": ["receive.folder-kept", "receive.folder-moved"],
    "receive.node": ["receive.node-cursor-moved"],
    "receive.remote": ["remote.kept", "remote.moved"],
    "receive.mailbox": ["mailbox.kept", "mailbox.moved"],
    "web.exchange.inbox": ["inbox.remembered", "inbox.before-commit", "inbox.committed"],
    "web.exchange.push": ["push.before-commit", "push.committed"],
    "pipeline": ["pipeline.filed", "pipeline.before-commit", "pipeline.committed", "pipeline.parked"],
    "store.filing.write": [
        "filing.before-order",
        "filing.versions-written",
        "filing.grants-written",
        "filing.deliveries-written",
    ],
    "roles.read": ["read.before-keeping", "read.kept"],
    "roles.link": ["link.before-keeping", "link.kept"],
    "store.lanes": [
        "deliver.leased",
        "deliver.begun",
        "deliver.before-record",
        "deliver.recorded",
        "deliver.record-committed",
    ],
    "deliver.lanes": ["deliver.packed", "deliver.sent"],
    "deliver.server": ["server.written", "server.renamed"],
    "deliver.folder": ["deliver.folder-written", "deliver.folder-renamed"],
    "store.release": ["release.claimed", "release.before-commit", "release.committed", "release.rematched"],
    "store.letters": ["letters.written", "letters.claimed"],
    "deliver.letters": ["letters.posted", "letters.recorded"],
    "desk.copy": ["desk.kill-asked", "desk.filed", "desk.committed"],
    "desk.translations": ["translation.saved", "translation.published"],
    "store.agreements": ["agreement.saved"],
    "desk.agreements": ["agreement.committed"],
    "desk.projects": ["projects.folded", "projects.letters-written"],
    "store.audit": ["audit.sealed"],
    "store.db.migrate": ["migrate.applied", "migrate.before-commit", "migrate.committed"],
    "store.db.backup": ["backup.written", "backup.synced"],
    "trust.keyfile": ["keys.written", "keys.replaced"],
}
"""The durable steps of each module: bytes written, synced, renamed; rows written before a commit; what follows one."""


@pytest.fixture(scope="module")
def found() -> list[Point]:
    return points()


def test_every_crash_point_is_named_in_plain_words_at_its_call(found: list[Point]) -> None:
    assert [point for point in found if not point.name] == []


def test_no_two_crash_points_share_a_name(found: list[Point]) -> None:
    names = [point.name for point in found]
    assert sorted(names) == sorted(set(names))


def test_every_durable_step_has_its_crash_point(found: list[Point]) -> None:
    there: dict[str, set[str]] = {}
    for point in found:
        there.setdefault(point.module, set()).add(point.name)
    assert there == {module: set(names) for module, names in STEPS.items()}
