"""Acts, claims, endings and the passing of time in any order: what must hold whatever happens."""

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from dragoman.store import release
from newsdesk import Newsroom, copy, emptied, tombstone

_numbers = itertools.count(1)
HOUR = timedelta(hours=1)


def _machine(room: Newsroom) -> type[RuleBasedStateMachine]:
    class Wire(RuleBasedStateMachine):
        """One item, two partners (VAL waits for embargoes, MER gets copy in advance), three channels."""

        def __init__(self) -> None:
            super().__init__()
            room.close()
            emptied(room.database)
            room.__init__(room.database)  # type: ignore[misc]
            self.deals = {"VAL": room.agree("VAL"), "MER": room.agree("MER", embargo="advance")}
            self.partners = {room.channel("VAL"): "VAL", room.channel("VAL"): "VAL", room.channel("MER"): "MER"}
            self.version, self.killed, self.held, self.until = 0, 0, False, None
            self.over: set[str] = set()
            self.begun: dict[int, int] = {}
            self.under_way: list = []

        def _file(self, act: str, embargoed: bool = False, **more) -> int:
            self.version += 1
            self.until = datetime.now(UTC) + HOUR if embargoed else self.until
            one = copy(version=str(self.version), embargoed_until=self.until, **more)
            return room.filed(tombstone(one) if act == "kill" else one, act=act)

        @precondition(lambda self: not self.killed)
        @rule(act=st.sampled_from(["update", "correct"]), embargoed=st.booleans())
        def write(self, act: str, embargoed: bool) -> None:
            self._file(act, embargoed)

        @precondition(lambda self: not self.killed and not self.held and self.version)
        @rule()
        def hold(self) -> None:
            self._file("hold")
            self.held = True

        @precondition(lambda self: not self.killed and self.held)
        @rule()
        def release(self) -> None:
            self._file("release")
            self.held = False

        @precondition(lambda self: not self.killed and self.version)
        @rule()
        def kill(self) -> None:
            self.killed, self.held = self._file("kill"), False

        @precondition(lambda self: len(self.over) < 2)
        @rule(partner=st.sampled_from(["VAL", "MER"]))
        def end_agreement(self, partner: str) -> None:
            if partner not in self.over:
                room.end(self.deals[partner])
                self.over.add(partner)

        @rule(window=st.integers(1, 3))
        def claim(self, window: int) -> None:
            lanes = room.lanes(window=window)
            for lane in lanes:
                assert len(lane.attempts) == len({a.item for a in lane.attempts})
                for attempt in lane.attempts:
                    self._judge(attempt)
            self.under_way += lanes

        def _judge(self, attempt) -> None:
            partner = self.partners[attempt.channel]
            notice = attempt.act in ("hold", "kill")
            assert attempt.sequence >= self.begun.get(attempt.channel, 0), "a version went backwards"
            self.begun[attempt.channel] = attempt.sequence
            assert not self.killed or attempt.sequence == self.killed, "begun after a kill's commit"
            assert not self.held or attempt.act == "hold", "begun while it is held"
            assert notice or partner not in self.over, "begun without an agreement"
            early = self.until is not None and self.until > datetime.now(UTC)
            assert notice or not early or (partner == "MER" and attempt.advance), "begun before its hour"
            if notice:
                assert room.one(
                    "select count(*) from item_grant g join agency a on a.id = g.agency where a.code = %s"
                    " and g.sequence < %s and g.position is not null",
                    partner,
                    attempt.sequence,
                ), "a notice to somebody who never had it"

        @precondition(lambda self: self.under_way)
        @rule(number=st.integers(0, 5), state=st.sampled_from(["sent", "sent", "retry", "parked"]))
        def finish(self, number: int, state: str) -> None:
            lane = self.under_way.pop(number % len(self.under_way))
            later = datetime.now(UTC) + timedelta(minutes=5) if state == "retry" else None
            room.finish([lane], state, due=later, rest=later)

        @rule()
        def lift(self) -> None:
            release.lift(room.conn)

        @rule(matched=st.booleans(), span=st.sampled_from([timedelta(minutes=2), HOUR]))
        def pass_time(self, matched: bool, span: timedelta) -> None:
            room.pass_time(span)
            self.until = self.until - span if self.until else None
            if matched:
                release.rematch(room.conn, datetime.now(UTC))

        @precondition(lambda self: self.killed)
        @rule()
        def everything_settles(self) -> None:
            """Whoever has begun to get the copy gets the kill, however attempts end before it."""
            for _ in range(3):
                room.pass_time(HOUR)
                room.deliver()
            self.under_way.clear()
            self.until = None
            killed = dict(room.rows("select channel, state from delivery where act = 'kill'"))
            for channel in self.begun:
                assert killed.get(channel) in ("sent", "parked"), "the kill did not follow"

    return Wire


def test_whatever_happens_in_whatever_order_the_promises_hold(newsroom):
    run_state_machine_as_test(
        _machine(newsroom),
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
