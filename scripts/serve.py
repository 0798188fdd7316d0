"""Serves the lab at HOST:PORT (127.0.0.1:8501) and opens it in the browser where there is one.

`--restart-on-change` restarts the whole server, workers included, when a source file changes: Streamlit's own
file watcher stays off because it starves the live stream when many sessions rerun.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
WATCHED: Final = ("app.py", "pages", "models", "assets", ".streamlit")
SUFFIXES: Final = frozenset({".py", ".js", ".css", ".toml", ".bib", ".html"})
LOOK_EVERY_SECONDS: Final = 0.7


def has_screen() -> bool:
    """Whether a browser could open here: always on Windows and macOS, elsewhere when a display is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def command(headless: bool) -> list[str]:
    """The command line that serves the site."""
    return [
        *(sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py")),
        f"--server.address={os.environ.get('HOST') or '127.0.0.1'}",
        f"--server.port={os.environ.get('PORT') or '8501'}",
        f"--server.headless={'true' if headless else 'false'}",
        "--server.showEmailPrompt=false",
        "--server.fileWatcherType=none",
    ]


def sources() -> Iterator[Path]:
    for name in WATCHED:
        path = ROOT / name
        yield from (path,) if path.is_file() else path.rglob("*")


def latest_change() -> tuple[int, float]:
    """How many sources there are and when the newest was written: either changes when a file does."""
    times = [path.stat().st_mtime for path in sources() if path.suffix in SUFFIXES and path.exists()]
    return len(times), max(times, default=0.0)


def stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def wait_for_change(server: subprocess.Popen[bytes], seen: tuple[int, float]) -> None:
    """Returns when a source changed. A server that stopped by itself waits for the next change too: it may not compile yet."""
    told = False
    while latest_change() == seen:
        if server.poll() is not None and not told:
            print("The server stopped; waiting for a change.", file=sys.stderr)
            told = True
        time.sleep(LOOK_EVERY_SECONDS)


def serve_and_restart() -> None:
    headless = not has_screen()
    while True:
        seen = latest_change()
        server = subprocess.Popen(command(headless), cwd=ROOT)
        try:
            wait_for_change(server, seen)
        finally:
            stop(server)
        headless = True  # one window is enough: later restarts open none


def main() -> int:
    try:
        if "--restart-on-change" in sys.argv[1:]:
            serve_and_restart()
        return subprocess.call(command(not has_screen()), cwd=ROOT)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
