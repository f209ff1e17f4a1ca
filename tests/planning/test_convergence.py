"""Random histories of three nodes that are offline, hear twice, hear late and in any order: they end equal."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from msgspec import Raw

from dragoman.model.project import Act, Member, Project, Record, Task
from dragoman.planning.chain import End, obstacle
from dragoman.planning.fold import Folded, difference, fold, judge
from dragoman.planning.rules import rule
from dragoman.trust.acts import act_digest

PROJECT = "ADR:harbour-forum"
START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
AGENCIES = ("ADR", "VAL", "MER")
HISTORIES = 10_000


class Node:
    """A node with its own clock, which may be wrong by minutes."""

    def __init__(self, agency: str, luck: random.Random) -> None:
        self.agency, self.luck = agency, luck
        self.skew = timedelta(seconds=luck.randint(-240, 240))
        self.logs: dict[str, list[Act]] = {}
        self.waiting: list[Act] = []
        self.folded = Folded({}, {})
        self.last: tuple[int, str, int, int] = (0, "", 0, 0)

    def act(self, now: datetime, kind: str, id: str, fields: dict[str, Any], verb: str = "set") -> Act:
        mine = self.logs.get(self.agency, [])
        latest = max((act.clock for log in self.logs.values() for act in log), default=0)
        made = Act(
            project=PROJECT,
            agency=self.agency,
            log=1,
            number=len(mine) + 1,
            previous=act_digest(mine[-1]) if mine else "",
            clock=max(int((now + self.skew).timestamp() * 1e6), latest + 1),
            by="somebody",
            verb=verb,  # type: ignore[arg-type]
            kind=kind,
            id=id,
            fields=Raw(msgspec.json.encode(fields)),
        )
        self.hear([made], now)
        return made

    def hear(self, acts: list[Act], now: datetime) -> None:
        """Take what follows, keep the rest waiting, fold on or anew: as a node's store does it."""
        self.waiting += acts
        while taken := [act for act in self.waiting if self._takes(act, now)]:
            if min(act.order for act in taken) > self.last:
                for act in sorted(taken, key=lambda one: one.order):
                    self._fold_on(act)
            else:
                self.folded = fold((act for log in self.logs.values() for act in log), rule)
            self.last = max(self.last, *(act.order for act in taken))
            self._forget_known()
        self._forget_known()

    def _forget_known(self) -> None:
        self.waiting = [act for act in self.waiting if act.number > len(self.logs.get(act.agency, ()))]

    def _takes(self, act: Act, now: datetime) -> bool:
        log = self.logs.setdefault(act.agency, [])
        end = End(len(log), act_digest(log[-1]), log[-1].clock) if log else End()
        if obstacle(act, end, now + self.skew) is not None:
            return False
        log.append(act)
        return True

    def _fold_on(self, act: Act) -> None:
        held, why = judge(self.folded, act, rule)
        if held is None:
            self.folded.refused[act.order] = why
        else:
            self.folded.records[held.kind, held.id] = held

    def something(self, now: datetime) -> Act:
        """An act of any kind, some of them not allowed."""
        luck = self.luck
        number = luck.randint(1, 3)
        choices: list[tuple[str, str, dict[str, Any], str]] = [
            ("task", f"t{number}", {"title": f"Task {luck.random():.3f}"}, "set"),
            ("task", f"t{number}", {"title": "Task", "state": luck.choice(["doing", "done"])}, "set"),
            ("task", f"t{number}", {}, "drop"),
            ("note", f"n{number}", {"text": f"{luck.random():.3f}"}, "set"),
            ("project", "project", {"title": f"Title {luck.random():.3f}"}, "set"),
            ("member", self.agency, {"left": "2026-03-01T12:00:00Z"}, "set"),
            ("member", luck.choice(AGENCIES), {"role": luck.choice(["lead", "editor", "reader"])}, "set"),
            ("member", luck.choice(AGENCIES), {"left": None, "joined": None}, "set"),
            ("member", self.agency, {"joined": "2026-03-01T13:00:00Z"}, "set"),
            ("question", f"q{number}", {"floor": "f", "text": "When?", "state": "accepted"}, "set"),
            ("gift", "g1", {"title": "of an unknown kind"}, "set"),
        ]
        return self.act(now, *luck.choice(choices))


def founded(luck: random.Random) -> list[Node]:
    """Three members who have joined."""
    nodes = [Node(agency, luck) for agency in AGENCIES]
    adr = nodes[0]
    begun: list[tuple[Node, str, str, Record]] = [
        (adr, "project", "project", Project(title="Harbour forum")),
        (adr, "member", "ADR", Member(role="lead", joined=START)),
        (adr, "member", "VAL", Member()),
        (adr, "member", "MER", Member()),
    ]
    acts = [node.act(START, kind, id, difference(None, record)) for node, kind, id, record in begun]
    for node in nodes[1:]:
        node.hear(acts, START)
        joined = node.act(START, "member", node.agency, {"joined": "2026-03-01T09:00:00Z"})
        acts.append(joined)
        adr.hear([joined], START)
    for node in nodes[1:]:
        node.hear([act for act in acts if act.agency != node.agency][4:], START)
    return nodes


def lived(luck: random.Random) -> list[Node]:
    """Some minutes of acts; each is heard by each other node at once, later, twice or only at the end."""
    nodes = founded(luck)
    under_way: list[tuple[Node, Act]] = []
    now = START
    for _ in range(luck.randint(3, 14)):
        now += timedelta(seconds=luck.randint(0, 90))
        author = luck.choice(nodes)
        act = author.something(now)
        under_way += [(node, act) for node in nodes if node is not author for _ in range(luck.choice((1, 1, 2)))]
        luck.shuffle(under_way)
        heard, under_way = under_way[: (few := luck.randint(0, 3))], under_way[few:]
        for node, one in heard:
            node.hear([one], now)
    luck.shuffle(under_way)
    for node, act in under_way:
        node.hear([act], now + timedelta(hours=1))
    return nodes


@pytest.mark.parametrize("part", range(4))
def test_three_nodes_that_hear_the_same_end_equal(part: int) -> None:
    refused = concurrent = 0
    for seed in range(part, HISTORIES, 4):
        nodes = lived(random.Random(seed))
        first = nodes[0]
        whole = fold((act for log in first.logs.values() for act in log), rule)
        for node in nodes:
            assert node.waiting == [], seed
            assert node.logs == first.logs, seed
            assert node.folded == whole, seed
        refused += bool(whole.refused)
        concurrent += any(held.made.agency != held.changed.agency for held in whole.records.values())
    # The histories are worth something only if they clash.
    assert refused > HISTORIES // 10
    assert concurrent > HISTORIES // 10


def test_an_act_that_arrives_late_takes_its_place() -> None:
    luck = random.Random(1)
    adr, val, _ = founded(luck)
    adr.skew = val.skew = timedelta()
    early = val.act(START + timedelta(minutes=11), "task", "t1", {"title": "Early"})
    late = adr.act(START + timedelta(minutes=12), "task", "t1", {"title": "Late", "person": "Ines"})
    adr.hear([early], START + timedelta(minutes=13))
    val.hear([late], START + timedelta(minutes=13))
    for node in (adr, val):
        held = node.folded.get("task", "t1")
        assert held is not None
        assert held.record == Task(title="Late", person="Ines")
        assert held.made.agency == "VAL"
