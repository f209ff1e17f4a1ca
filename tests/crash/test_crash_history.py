"""The history checker sees each kind of broken promise: for every rule a history that it must refuse."""

from pathlib import Path

import msgspec
import pytest

from .history import RULES, check, main
from .lines import Agreed, Counted, Died, Given, Killed, Line, Received, Stored

KILL_AT = 50.0
TERMS = Agreed(partner="ALF", origins=["HOM"], languages=["en"], credit="Home Agency")
COUNTED = Counted(received=3, stored=2, duplicate=1, parked=0, refused=0)


def given(item: str = "i1", version: str = "1", **more: object) -> Given:
    facts: dict[str, object] = {"origin": "HOM", "language": "en", "acknowledged": True, **more}
    return Given(item=item, version=version, **facts)  # type: ignore[arg-type]


def stored(item: str = "i1", version: str = "1", act: str = "publish", *, current: bool = True) -> Stored:
    return Stored(item=item, version=version, origin="HOM", act=act, language="en", current=current)


def got(item: str = "i1", version: str = "1", *, at: float = 10.0, **more: object) -> Received:
    facts: dict[str, object] = {
        "partner": "ALF",
        "id": f"HOM-1-1-{item}{version}",
        "action": "publish",
        "text": True,
        "credit": "Home Agency",
        "begun": at,
        **more,
    }
    return Received(item=item, version=version, at=at, **facts)  # type: ignore[arg-type]


GOOD: list[Line] = [
    TERMS,
    COUNTED,
    given(),
    given(version="2"),
    given("i2"),
    stored(current=False),
    stored(version="2", act="update"),
    stored("i2", current=False),
    stored("i2", version="2", act="kill"),
    got(),
    got(version="2", at=11.0, action="update"),
    got("i2", at=12.0),
    Killed(item="i2", at=KILL_AT),
    got("i2", version="2", at=51.0, action="kill", text=False, credit=""),
]

LATE = got("i2", at=52.0)
BAD: dict[str, list[Line]] = {
    "units add up": [Counted(received=4, stored=2, duplicate=1, parked=0, refused=0)],
    "nothing acknowledged is lost": [given("i9")],
    "an effect happens once": [got(version="2", at=11.5, action="update", id="HOM-1-1-other")],
    "what was taken is not sent again": [got(version="2", at=20.0, action="update")],
    "versions never go back": [got(at=30.0)],
    "nothing begins after a kill": [LATE],
    "every holder gets the kill": [Killed(item="i1", at=KILL_AT)],
    "nothing comes before its embargo": [given("i3", embargo=99.0), stored("i3"), got("i3", at=98.9)],
    "nothing leaves the agreement": [given("i4", language="fr"), stored("i4"), got("i4")],
    "every copy has its credit": [given("i5"), stored("i5"), got("i5", credit="")],
    "everyone ends with the current version": [given("i6"), stored("i6")],
    "nothing is stored that nobody gave": [stored("i7", act="publish", current=False)],
}


def test_a_good_history_is_passed() -> None:
    assert check(GOOD) == []


@pytest.mark.parametrize("rule", RULES)
def test_a_broken_promise_is_seen(rule: str) -> None:
    assert rule in {violation.rule for violation in check([*GOOD, *BAD[rule]])}


def test_a_delivery_may_repeat_under_its_id_when_its_sender_died_before_recording_it() -> None:
    again = got(version="2", at=20.0, action="update")
    assert check([*GOOD, again, Died(role="deliver", at=11.2)]) == []


def test_the_death_of_another_role_excuses_no_repeat() -> None:
    again = got(version="2", at=20.0, action="update")
    assert check([*GOOD, again, Died(role="web", at=11.2)]) != []


def test_a_delivery_that_the_partner_did_not_take_is_tried_again() -> None:
    refused = got(version="2", at=10.5, action="update", answered=500)
    assert check([*GOOD, refused]) == []


def test_a_kill_that_carries_the_text_is_refused() -> None:
    lines = [line for line in GOOD if line != GOOD[-1]]
    assert check([*lines, got("i2", version="2", at=51.0, action="kill")]) != []


def test_copy_of_an_item_nobody_gave_is_refused() -> None:
    assert [v.rule for v in check([*GOOD, got("i8")])] == ["nothing leaves the agreement"]


def test_a_history_is_read_from_its_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "history.jsonl"
    file.write_bytes(b"\n".join(msgspec.json.encode(line) for line in [*GOOD, LATE]))
    assert main(file) == 1
    assert "i2" in capsys.readouterr().out
