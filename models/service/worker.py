"""A worker process: a thread reads messages, the main thread computes. Started by the process backend, orders on stdin."""

from __future__ import annotations

import contextlib
import gc
import json
import math
import os
import queue
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import structlog

from models.catalog import Experiment
from models.service.analyst import Analyst
from models.service.backends.base import Role
from models.service.host import Host, serve
from models.service.logs import configure_logs
from models.service.messages import Header, Unpacker, pack
from models.service.settings import experiments

_LOG: Final = structlog.get_logger("parallax.worker")
_QUIET: Final = 0.05
"""Seconds in which runs that waited for a worker would have arrived."""
SWITCH_SECONDS: Final = 0.0005
"""How soon the reading thread gets the interpreter while the main thread computes."""
# POSIX niceness. Training takes all the time there is, so it must give way at once to the page that shows it, on the same
# machine too. Linux has a class for that; elsewhere, and for analyses, which people wait for, it is a matter of weight.
_RUNS_NICENESS: Final = 15
_ANALYSES_NICENESS: Final = 10


def main() -> None:
    configure_logs()
    orders = json.loads(sys.stdin.readline())
    sys.setswitchinterval(SWITCH_SECONDS)
    connection = socket.create_connection(("127.0.0.1", orders["port"]))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    emit = _emitter(connection)
    emit({"token": orders["token"]}, b"")
    catalogue = experiments(orders["catalogue"])
    role: Role = orders["role"]
    if role in ("analyses", "long_analyses"):
        _lower_priority(_ANALYSES_NICENESS if role == "analyses" else _RUNS_NICENESS)
        _analyse(connection, emit, catalogue, "short" if role == "analyses" else "long")
    else:
        if role == "spare":
            _give_way()
        _host(connection, emit, catalogue, orders["keyframe_bytes"], role)


def _emitter(connection: socket.socket) -> Callable[[Header, bytes], None]:
    def emit(header: Header, payload: bytes) -> None:
        try:
            connection.sendall(pack(header, payload))
        except OSError:
            os._exit(0)  # the server is gone, and with it whoever could want an answer

    return emit


def _listen(connection: socket.socket, receive: Callable[[tuple[Header, bytes]], None]) -> None:
    """Hands over every message until the server is gone; then the process ends, whatever it was computing."""
    unpacker = Unpacker()
    with contextlib.suppress(OSError):
        while chunk := connection.recv(1 << 18):
            for message in unpacker.feed(chunk):
                receive(message)
    os._exit(0)


def _host(
    connection: socket.socket, emit: Callable[[Header, bytes], None], catalogue: Mapping[str, Experiment], keyframe_bytes: int, role: Role
) -> None:
    inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, inbox.put), daemon=True).start()
    own = [experiment for experiment in catalogue.values() if experiment.kind == "run"]
    at_once = len(own) if role == "spare" else 1
    for experiment in own[:at_once]:
        _warm_run(experiment)
    _one_torch_thread()
    _give_way()  # not before: people wait for a worker that is missing
    # What was imported stays for ever: the collector need not walk it again.
    gc.collect()
    gc.freeze()
    emit({"event": "ready"}, b"")
    for experiment in own[at_once:]:
        time.sleep(_QUIET)
        if inbox.empty():  # nobody was waiting for this worker
            _warm_run(experiment)
    serve(Host(emit, catalogue, keyframe_bytes), inbox)


def _analyse(
    connection: socket.socket, emit: Callable[[Header, bytes], None], catalogue: Mapping[str, Experiment], pace: Literal["short", "long"]
) -> None:
    analyst = Analyst(emit, catalogue)
    threading.Thread(target=_listen, args=(connection, analyst.receive), daemon=True).start()
    own = [experiment.name for experiment in catalogue.values() if experiment.kind == "analysis" and experiment.pace == pace]
    for name in own[:1]:
        analyst.warm(name)  # the photograph on the page that most people open first; the others while nobody asks
    _one_torch_thread()
    emit({"event": "ready"}, b"")
    analyst.serve(own[1:])


def _warm_run(experiment: Experiment) -> None:
    """Imports torch and loads what is compiled, with a few steps of the default run."""

    def few_steps() -> None:
        from models.trainer import Trainer
        from models.types import Subscription

        trainer = Trainer(experiment.build(experiment.validate({})))
        trainer.advance(3, math.inf)
        trainer.static()
        trainer.snapshot(Subscription(frozenset({"all"})))
        trainer.restore(trainer.state())

    _attempt(experiment.name, few_steps)


def _attempt(name: str, warm: Callable[[], None]) -> None:
    """An experiment that cannot be warmed does not keep the others from being served."""
    try:
        warm()
    except Exception as error:
        _LOG.error("warm-up failed", experiment=name, exc_info=error)


def _one_torch_thread() -> None:
    if (torch := sys.modules.get("torch")) is not None:
        torch.set_num_threads(1)


def _give_way() -> None:
    """The calling thread computes only while nobody else on its processor has anything to do."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
            return
    _lower_priority(_RUNS_NICENESS)


def _lower_priority(niceness: int) -> None:
    import psutil

    with contextlib.suppress(OSError, psutil.Error):
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if os.name == "nt" else niceness)


if __name__ == "__main__":
    main()
