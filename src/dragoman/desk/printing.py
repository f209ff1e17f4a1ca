"""Pages on paper: HTML of our own as a PDF, by a headless Chromium that reaches nothing and remembers nothing."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from dragoman.model.errors import Misconfigured, TryAgain

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PRINT_S = 60.0
# The page is ours and whole: styles and pictures inside it, nothing from a file or the network, and nothing runs.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    # Nothing resolves, and what names a number meets a port where nobody listens.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--no-pdf-header-footer",
)


def pdf_of(html: str, *, chromium: str = "", timeout_s: float = PRINT_S) -> bytes:
    """`html`, a whole document, as a PDF. Paper, margins and page numbers are its own (CSS ``@page``).

    It has to bring everything along: styles in ``<style>``, pictures and fonts as ``data:``. `chromium` is the program
    (`print.chromium`); empty: the one on the path.

    Raises:
        Misconfigured: there is no Chromium here.
        TryAgain: it did not print, or not in time.
    """
    program = program_of(chromium)
    with tempfile.TemporaryDirectory(prefix="dragoman-print-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(guarded(html), encoding="utf-8")
        said = _run(
            [
                program,
                *_FLAGS,
                *_as_root(),
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={target}",
                str(source),
            ],
            folder,
            timeout_s,
        )
        body = target.read_bytes() if target.exists() else b""
    if not body.startswith(b"%PDF-"):
        raise TryAgain(
            "The page could not be printed", said, hint="Print it from the browser, or look at `print.chromium`."
        )
    return body


def program_of(chromium: str = "") -> str:
    """The browser that prints: `chromium`, or the first one found on the path.

    Raises:
        Misconfigured: there is none.
    """
    found = next((path for name in ((chromium,) if chromium else NAMES) if (path := shutil.which(name))), None)
    if found is None:
        raise Misconfigured(
            "There is no Chromium here to print with",
            chromium or ", ".join(NAMES),
            hint="Install Chromium, or name it as `print.chromium`; or print the page from a browser.",
        )
    return found


def guarded(html: str) -> str:
    """The document with a policy first in its head: it loads nothing, whatever is written in it."""
    head, found, rest = html.partition("<head>")
    assert found, "a document to be printed has a <head>"
    return f'{head}<head><meta http-equiv="content-security-policy" content="{_POLICY}">{rest}'


def _as_root() -> tuple[str, ...]:
    # Chromium's sandbox does not start for root; the page runs no script and loads nothing.
    return ("--no-sandbox",) if os.geteuid() == 0 else ()


def _run(command: list[str], folder: str, timeout_s: float) -> str:
    """The last line it said. Ended with all its children where it takes too long."""
    environment = {"HOME": folder, "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "TMPDIR": folder}
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    ) as running:
        try:
            _, said = running.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            raise TryAgain(
                "Printing took too long", f"{timeout_s:g} s", hint="Try again, or print it from the browser."
            ) from error
        finally:
            _end(running)
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:300] if lines else f"it ended with {running.returncode}"


def _end(running: subprocess.Popen[bytes]) -> None:
    """Nothing of it stays, also where a child outlives its parent."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
