"""Pick-ups against an archive of a million items: the look-up, what a version costs to index, the size on disk."""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.node import folder, make
from bench.table import Row
from dragoman.app import connected, open_node
from dragoman.link.reuse import Text
from dragoman.model.item import Item
from dragoman.store import reuse
from dragoman.store.connect import Connection
from dragoman.store.reuse import Copy

ITEMS, VERSIONS, BATCH, LOOKED_UP = 1_000_000, 1_600, 32, 2_000
SIGNS, PHRASES, SHARE_OF_PHRASES = 80, 200_000, 0.1
"""Sampled signs of 400 words; phrases that stand in several texts, the first of them in thousands, and how many of a
text's signs are of such."""
_PHRASE = f"hashint4(({PHRASES} * random() ^ 3)::int)"


def pickup() -> Iterator[Row]:
    """Half of what is looked up is copied from an item of the archive, half is new; one of ten signs is a stock phrase."""
    with folder() as base:
        data = base / "node"
        make(data, partners=1, channel_urls=lambda _: [])
        node = open_node(data)
        with connected(node, "owner") as conn:
            _fill(conn)
        with connected(node) as conn:
            looked_up = list(_queries(conn))
            for one in looked_up[:100]:
                reuse.sharing(conn, one)
            before = _processor_s(conn)
            times = sorted(_timed(lambda one=one: reuse.sharing(conn, one)) for one in looked_up[100:])
            worked = (_processor_s(conn) - before) / len(times) * 1e3
            what = f"pick-ups: look-up of {SIGNS} signs among {ITEMS:,} items"
            yield Row(f"{what}, median", f"{_ms(times, 0.5)} ms", "≤ 2")
            yield Row(f"{what}, p99", f"{_ms(times, 0.99)} ms")
            yield Row(f"{what}, processor time, ours and the server's", f"{worked:.2f} ms")
            before = _processor_s(conn)
            took = _indexing(conn)
            worked = (_processor_s(conn) - before) / VERSIONS * 1e3
            what = f"pick-ups: indexing a version, in batches of {BATCH}"
            yield Row(what, f"{took:.2f} ms", "≤ 2")
            yield Row(f"{what}, processor time, ours and the server's", f"{worked:.2f} ms")
            for table in ("reuse_sign", "reuse_text"):
                yield Row(f"pick-ups: {table} on disk, indexes included", f"{_size(conn, table) / 1e9:.2f} GB")


def _fill(conn: Connection) -> None:
    """Versions of a million items, and their signs both ways round; the keys of the signs are sorted in at the end."""
    conn.execute("set maintenance_work_mem = '512MB'")
    conn.execute("alter table reuse_sign drop constraint reuse_sign_pkey")
    for other in ("sequence", "item"):  # the versions themselves are not there
        conn.execute(f"alter table reuse_text drop constraint reuse_text_{other}_fkey".encode())
    conn.execute(
        "insert into reuse_text (sequence, item, signs) select n, n, array(select distinct case when random() < %s then"
        f" {_PHRASE} else hashint8(n * 1000 + k) end from generate_series(1, %s) k where n = n)"
        " from generate_series(1, %s::bigint) n".encode(),
        (SHARE_OF_PHRASES, SIGNS, ITEMS),
    )
    conn.execute("insert into reuse_sign select unnest(signs), item from reuse_text")
    conn.execute("alter table reuse_sign add primary key (sign, item)")
    conn.execute("vacuum analyze")


def _queries(conn: Connection) -> Iterator[set[int]]:
    chance = random.Random(17)
    for number in range(LOOKED_UP):
        row = conn.execute(
            "select signs from reuse_text where sequence = %s", (chance.randrange(1, ITEMS + 1),)
        ).fetchone()
        assert row is not None
        mine = [chance.randrange(-(2**31), 2**31) for _ in range(int(SIGNS * (1 - SHARE_OF_PHRASES)))]
        copied = row[0] if number % 2 else []
        phrases = conn.execute(
            f"select {_PHRASE} from generate_series(1, %s)".encode(), (int(SIGNS * SHARE_OF_PHRASES),)
        )
        yield set([*copied[: SIGNS // 2], *(one for (one,) in phrases), *mine][:SIGNS])


def _indexing(conn: Connection) -> float:
    """ms a version: new items, one version each, as the linker indexes them."""
    first = ITEMS + 1
    conn.execute(
        "insert into item (id, key, origin, uri) overriding system value select n, int8send(n), 1, 'urn:bench:' || n"
        " from generate_series(%s::bigint, %s::bigint) n",
        (first, ITEMS + VERSIONS),
    )
    conn.execute(
        "insert into version (sequence, key, digest, version, item, origin, agency, act, language, kind, at, received)"
        " select n, int8send(n), int8send(n), '1', n, 1, 1, 'publish', 'en', 'text', now(), now()"
        " from generate_series(%s::bigint, %s::bigint) n",
        (first, ITEMS + VERSIONS),
    )
    chance = random.Random(5)
    copies = [_copy(number, chance) for number in range(first, ITEMS + VERSIONS + 1)]
    batches = [copies[at : at + BATCH] for at in range(0, VERSIONS, BATCH)]
    return sum(_timed(lambda batch=batch: _index(conn, batch)) for batch in batches) / VERSIONS * 1e3


def _copy(number: int, chance: random.Random) -> Copy:
    signs = {chance.randrange(-(2**31), 2**31) for _ in range(SIGNS)}
    return Copy(sequence=number, number=number, origin="HOM", item=Item(uri=""), text=Text.of(""), signs=signs)


def _index(conn: Connection, copies: Sequence[Copy]) -> None:
    with conn.transaction():
        reuse.index(conn, copies)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _processor_s(conn: Connection) -> float:
    """Of this process and of its server process so far: what others do on the machine does not count (Linux)."""
    fields = Path(f"/proc/{conn.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _ms(times: Sequence[float], share: float) -> str:
    """`times` are sorted."""
    return f"{times[int(share * len(times))] * 1e3:.2f}"


def _size(conn: Connection, table: str) -> int:
    row = conn.execute("select pg_total_relation_size(%s)", (table,)).fetchone()
    return int(row[0]) if row else 0
