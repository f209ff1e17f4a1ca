"""Disk kept back on the write-ahead log's volume, so that a full disk does not keep the database from restarting.

PostgreSQL stops as a whole when its log cannot grow, and does not start again while the disk is full. The reserve is
then given up: the server starts, what was acknowledged is there, and intake stays refused until the reserve can be
taken back. That the file is missing *is* the state: every process sees it, and it survives a restart.
"""

import os
import shutil
from pathlib import Path

SEGMENT = 16 << 20  # bytes of one write-ahead log segment
LEAST = 3 * SEGMENT  # recovery writes a segment and renames another
DEFAULT = 64 << 20


class Reserve:
    """The file `path` of `size` bytes, or its absence."""

    def __init__(self, path: Path, size: int = DEFAULT) -> None:
        self.path = path
        self.size = max(size, LEAST)

    @property
    def is_kept(self) -> bool:
        return self.path.exists()

    def volume(self) -> tuple[int, int]:
        """Free and total bytes of the volume, as an unprivileged user may use them."""
        seen = shutil.disk_usage(self.path.parent)
        return seen.free, seen.total

    def is_volume_full(self) -> bool:
        """Whether the volume has no room for one more segment of log, with what else a start writes."""
        return self.volume()[0] < LEAST

    def take(self) -> bool:
        """Keep the reserve if it is kept already or twice its size is free; whether it is kept afterwards."""
        if self.is_kept:
            return True
        if self.volume()[0] < 2 * self.size:
            return False
        fresh = self.path.with_suffix(".new")
        try:
            _allocate(fresh, self.size)
            fresh.rename(self.path)
        except OSError:
            fresh.unlink(missing_ok=True)
        return self.is_kept

    def release(self) -> bool:
        """Give the reserve up; whether there was one."""
        try:
            self.path.unlink()
        except FileNotFoundError:
            return False
        return True


def _allocate(path: Path, size: int) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(fd, 0, size)
            return
        for _ in range(size >> 20):  # macOS: written out, or it is a hole and holds nothing
            os.write(fd, b"\0" * (1 << 20))
    finally:
        os.close(fd)
