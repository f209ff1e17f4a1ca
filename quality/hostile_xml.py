"""XML that attacks its reader: every file bounded, no file opened, no connection made, refused or harmless.

Each document goes through `formats.decode` as it is, and as every format that is XML. Python's audit hook sees what Python opens; what
libxml2 would open by itself is seen by a canary: addresses of files and servers in the documents are pointed at a file whose words
must turn up nowhere and whose time of access must stay, and at a port of this machine where nobody may call.
"""

import os
import re
import resource
import socket
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from dragoman import formats
from dragoman.model.arrival import Hints, Unit
from quality.table import Row, share

FOLDERS = ("made-xml", "libxml2", "xmlconf", "defusedxml", "payloadbox-xxe", "made-compression")
LONGEST_S = 2.0
MOST_MB = 300
_WATCHED = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.", "ctypes.dlopen")
_WORDS = "canary-of-the-harbour"
_FILES = re.compile(rb"(?:file:/{1,3}|php://filter/[^\"'\s]*resource=|netdoc:/*|jar:file:/*)[^\"'<>\s]*|/etc/[a-z]+")
_SERVERS = re.compile(rb"(?:https?|ftp|gopher|expect|dict|ldap)://[^\"'<>\s]*")
_NAMESPACES = re.compile(rb"\sxmlns(?::\w+)?\s*=")
_SPREAD = 20  # times the document's size: more words than that are an expansion


class Watch:
    """What Python opens while it is on."""

    def __init__(self) -> None:
        self.is_on = False
        self.seen: list[str] = []
        sys.addaudithook(self._saw)

    def _saw(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.is_on and event.startswith(_WATCHED):
            self.seen.append(f"{event} {arguments[:1]!r:.80}")


def bounded(data: Path) -> Iterator[Row]:
    """The row of the table: documents that stay inside every bound."""
    formats.prepare()
    names = ["", *(name for name, each in formats.FORMATS.items() if any("xml" in one for one in each.media_types))]
    with socket.create_server(("127.0.0.1", 0)) as server, tempfile.TemporaryDirectory() as folder:
        server.settimeout(0.2)
        canary = _canary(Path(folder))
        traps = (canary.as_uri().encode(), f"http://127.0.0.1:{server.getsockname()[1]}/".encode())
        documents = list(_documents(data / "hostile", traps))
        for name in names:  # warm: what is loaded when first needed is loaded now
            for _, body in documents[:: max(1, len(documents) // 150)]:
                formats.decode(body, Hints(format=name))
        watch = Watch()
        misses = [f"{called}: {wrong}" for called, body in documents for wrong in _wrong(body, names, watch)]
        if canary.stat().st_atime_ns != _LONG_AGO:
            misses.append("a document had the canary file read")
        if _was_called(server):
            misses.append("a document had a connection made")
    right = len(documents) - len({miss.partition(": ")[0] for miss in misses})
    yield Row(
        f"hostile XML: bounded ({LONGEST_S:.0f} s, {MOST_MB} MB), nothing opened, refused or harmless",
        share(right, len(documents)),
        "100 %",
        len(documents),
        tuple(misses),
    )


_LONG_AGO = 1_000_000_000_000_000_000


def _canary(folder: Path) -> Path:
    """A file whose time of access moves when it is read: it is older than that of its last change."""
    path = folder / "canary.txt"
    path.write_text(_WORDS)
    os.utime(path, ns=(_LONG_AGO, time.time_ns()))
    return path


def _was_called(server: socket.socket) -> bool:
    try:
        server.accept()
    except TimeoutError:
        return False
    return True


def _documents(folder: Path, traps: tuple[bytes, bytes]) -> Iterator[tuple[str, bytes]]:
    """Every document by name: files, members of the archives of test suites, single payloads; and each with our traps in it."""
    for name in FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if not path.is_file() or path.name.startswith(("README", "LICENSE")):
                continue
            for called, body in _inside(path):
                yield f"{name}/{called}", body
                if (trapped := _trapped(body, *traps)) != body:
                    yield f"{name}/{called}, trapped", trapped


def _inside(path: Path) -> Iterator[tuple[str, bytes]]:
    body = path.read_bytes()
    if path.suffix == ".zip" and path.parent.name == "xmlconf":
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist() if not name.endswith("/"))
    elif path.name == "xxe-injection-payload-list.txt":
        for number, payload in enumerate(re.split(rb"\n(?=<\?xml|<!DOCTYPE|<!ENTITY|--)", body)):
            yield f"payload {number}", payload
            yield (
                f"payload {number} in a feed",
                payload + b"<rss version='2.0'><channel><item><title>&xxe;&test;&file;</title></item></channel></rss>",
            )
    else:
        yield path.name, body


def _trapped(body: bytes, file: bytes, server: bytes) -> bytes:
    if _NAMESPACES.search(body):
        return _FILES.sub(file, body)  # a namespace is no address
    return _SERVERS.sub(server, _FILES.sub(file, body))


def _wrong(body: bytes, names: list[str], watch: Watch) -> Iterator[str]:
    for name in names:
        _forget_peak()
        before = _memory_mb()
        watch.seen.clear()
        watch.is_on = True
        began = time.perf_counter()
        try:
            units = formats.decode(body, Hints(format=name))
        finally:
            took = time.perf_counter() - began
            watch.is_on = False
        said = name or "as detected"
        if took > LONGEST_S:
            yield f"{said}: {took:.1f} s"
        if (grown := _peak_mb() - before) > MOST_MB:
            yield f"{said}: {grown:.0f} MB"
        if watch.seen:
            yield f"{said}: opened {watch.seen[0]}"
        if told := _harm(units, body):
            yield f"{said}: {told}"


def _harm(units: list[Unit], body: bytes) -> str:
    """What of the machine, or of an expansion, stands in what was read."""
    written = msgspec.json.encode([unit.item for unit in units if unit.item])
    if _WORDS.encode() in written or b"root:x:0:" in written:
        return "words of a file of this machine"
    if len(written) > _SPREAD * max(len(body), 2_000):
        return f"{len(body)} bytes became {len(written)}"
    return next((unit.problem.detail for unit in units if unit.problem and "cannot be read" in unit.problem.title), "")


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return  # not Linux, or not allowed: the peak is that of the whole run


def _memory_mb() -> float:
    return _status("VmRSS")


def _peak_mb() -> float:
    return _status("VmHWM")


def _status(name: str) -> float:
    try:
        text = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return int(text.partition(f"{name}:")[2].split()[0]) / 1024
