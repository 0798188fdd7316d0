"""A lab server of one's own on a free port, for tests, benchmarks and screenshots."""

from __future__ import annotations

import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from scripts.serve import ROOT, command

START_SECONDS: Final = 90.0
WORKER_MODULE: Final = "models.service.worker"


@dataclass(frozen=True)
class Server:
    """A running server: its address with the base path, its process and the file that holds its output."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    def processes(self) -> list[psutil.Process]:
        """The server and everything it started."""
        root = psutil.Process(self.process.pid)
        return [root, *root.children(recursive=True)]

    def workers(self) -> list[psutil.Process]:
        """The processes that train, the warm spare among them."""
        return [process for process in self.processes()[1:] if _is_worker(process)]

    def busiest(self) -> psutil.Process:
        """The worker that trains: the one that uses most processor time over half a second."""
        before = {worker: sum(worker.cpu_times()[:2]) for worker in self.workers()}
        time.sleep(0.5)
        return max(before, key=lambda worker: sum(worker.cpu_times()[:2]) - before[worker])


def _is_worker(process: psutil.Process) -> bool:
    try:
        return any(WORKER_MODULE in part for part in process.cmdline())
    except psutil.Error:
        return False


def free_port() -> int:
    """A TCP port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(base_path: str = "", environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """Starts `streamlit run app.py`, waits until it answers, and ends it with all its workers."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="parallax-") as directory:
        log = Path(directory) / "server.log"
        variables = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), **(environment or {})}
        line = [*command(headless=True), f"--server.port={port}", "--server.address=127.0.0.1"]
        if base_path:
            line.append(f"--server.baseUrlPath={base_path}")
        with log.open("wb") as output:
            process = subprocess.Popen(line, cwd=ROOT, env=variables, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        url = f"http://127.0.0.1:{port}" + (f"/{base_path}" if base_path else "")
        try:
            _await(url + "/api/healthz", process, log)
            yield Server(url, process, log)
        finally:
            _end(process)


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The server did not start:\n{log.read_text(errors='replace')[-4000:]}")
        time.sleep(0.2)


def _answers(url: str) -> bool:
    """Whether the service is there: with a wrong base path Streamlit answers any address with its own page."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200 and "json" in answer.headers.get("content-type", "")
    except (urllib.error.URLError, OSError):
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    """Asks the server to stop, then ends whatever of its tree is left."""
    try:
        tree = psutil.Process(process.pid).children(recursive=True)
    except psutil.Error:
        tree = []
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for left in psutil.wait_procs(tree, timeout=3)[1]:
        left.kill()
