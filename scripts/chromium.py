"""The Chromium that tests, benchmarks and screenshots drive.

`python -m scripts.chromium` makes sure that there is one: a Chromium that is installed, else the distribution's,
else Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# Without a sandbox it also runs as root in a container; the rest keeps it from asking the network for anything.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def installed() -> str | None:
    """The path of a Chromium on this machine: $CHROMIUM, one on the search path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = named or next((path for path in map(shutil.which, NAMES) if path), None)
    return found or playwrights_own()


def playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def launch(playwright: Playwright, path: str, *flags: str) -> Browser:
    """A headless browser from that executable."""
    return playwright.chromium.launch(executable_path=path, args=[*FLAGS, *flags])


def install() -> str | None:
    """Installs a Chromium: the distribution's, else Playwright's own with the libraries that it needs."""
    script = Path(__file__).with_name("apt.sh")
    if shutil.which("sh"):
        subprocess.run(["sh", str(script), "chromium"], check=False, stdin=subprocess.DEVNULL)
    if installed() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, stdin=subprocess.DEVNULL)
    return installed()


def main() -> int:
    path = installed() or install()
    if path is None:
        print("parallax: no Chromium could be found or installed; set CHROMIUM to one's path.", file=sys.stderr)
        return 1
    print(f"parallax: browser {path}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
