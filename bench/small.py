"""What a user feels first: the help, the first page, the memory of an idle node, the demo."""

import http.client
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from bench.node import family, folder, make, pss_mb, served
from bench.table import Row


def starting() -> Iterator[Row]:
    """`--help`, serve to first page, memory when idle."""
    times = []
    for _ in range(9):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dragoman", "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    yield Row("dragoman --help", f"{statistics.median(times):.2f} s (median of 9)", "≤ 0.3 s")
    with folder() as base:
        data = base / "node"
        make(data, partners=10, channel_urls=lambda _: ["http://127.0.0.1:9/none"])
        began = time.perf_counter()
        with served(data) as node:
            _page(node.port)
            yield Row("dragoman serve to first page, warm folder", f"{time.perf_counter() - began:.2f} s")
            time.sleep(20)  # let start-up's garbage settle: an idle node is one that has been idle
            processes = len(family(node.process.pid))
            yield Row(
                "memory of an idle node (proportional set size, all roles and PostgreSQL)",
                f"{pss_mb(node.process.pid):.0f} MB in {processes} processes",
                "≤ 250 MB",
            )


def demo() -> Iterator[Row]:
    """`make demo` from a clean folder to the first page, packages installed."""
    with folder() as base:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "demo.run", str(base / "demo")], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        for line in process.stdout:
            if "log in as" in line:
                break
        took = time.perf_counter() - began
        process.terminate()
        process.wait()
        for note in (base / "demo").glob("*/postgres-is-elsewhere.txt"):
            shutil.rmtree(note.read_text().splitlines()[0], ignore_errors=True)
    yield Row("demo to its three first pages, packages installed", f"{took:.1f} s", "≤ 60 s")


def _page(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/login")
    if connection.getresponse().status != 200:
        raise SystemExit("the first page did not come")
    connection.close()
