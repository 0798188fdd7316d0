"""Analyses, one after another: an input becomes readings. Runs in a low-priority worker of its own."""

from __future__ import annotations

import queue
from collections.abc import Iterable, Mapping
from typing import Any, Final

import structlog
from pydantic import ValidationError

from models.catalog import Experiment
from models.service import codec
from models.service.hosted import Emit, failure
from models.service.messages import Header
from models.types import Refused, refusal

_LOG: Final = structlog.get_logger("parallax.analyst")


class Cancelled(Exception):
    """Nobody waits for this analysis any more."""


class Analyst:
    """`receive` may be called from any thread; `serve` does the work."""

    def __init__(self, emit: Emit, catalogue: Mapping[str, Experiment]) -> None:
        self._emit = emit
        self._catalogue = catalogue
        self._inbox: queue.SimpleQueue[tuple[Header, bytes] | None] = queue.SimpleQueue()
        self._cancelled: set[int] = set()
        self._built: dict[str, Any] = {}
        self._cold: list[str] = []

    def receive(self, message: tuple[Header, bytes] | None) -> None:
        if message is not None and message[0]["do"] == "cancel":
            self._cancelled.add(message[0]["analysis"])
        else:
            self._inbox.put(message)

    def serve(self, cold: Iterable[str] = ()) -> None:
        """`cold`: experiments that are warmed one after another while nobody asks for anything."""
        self._cold = list(cold)
        while (message := self._next()) is not None:
            header, payload = message
            try:
                self._analyse(header, payload)
            except Cancelled:
                self._emit(failure(header["id"], 409, "The analysis was cancelled."), b"")
            except Refused as refused:
                self._emit(failure(header["id"], getattr(refused, "code", 422), refused.message, refused.field), b"")
            except Exception as error:
                _LOG.error("analysis failed", experiment=header.get("experiment"), exc_info=error)
                self._emit(failure(header["id"], 500, f"The analysis failed: {type(error).__name__}: {str(error)[:200]}"), b"")
            self._cancelled.discard(header["id"])

    def _next(self) -> tuple[Header, bytes] | None:
        while self._cold:
            try:
                return self._inbox.get_nowait()
            except queue.Empty:
                self.warm(self._cold.pop(0))
        return self._inbox.get()

    def warm(self, experiment: str) -> None:
        """Builds the default analysis, so that the first question does not wait for it. One that cannot be built stops no other."""
        try:
            self._analysis(experiment, {})
        except Exception as error:
            _LOG.error("warm-up failed", experiment=experiment, exc_info=error)

    def _analysis(self, name: str, spec: Mapping[str, Any]) -> Any:
        """The built analysis of this spec; the last one of each experiment is kept, because building may load weights."""
        experiment = self._catalogue[name]
        try:
            valid = experiment.validate(spec)
        except ValidationError as error:
            raise refusal(error) from None
        kept = self._built.get(name)
        if kept is None or kept[0] != valid:
            self._built[name] = kept = (valid, experiment.build(valid))
        return kept[1]

    def _analyse(self, header: Header, payload: bytes) -> None:
        request, images, offset = header["id"], {}, 0
        for name, length in header["images"]:
            images[name] = payload[offset : offset + length]
            offset += length

        def progress(share: float, doing: str, preview: Mapping[str, Any] | None = None) -> None:
            """`preview`: arrays of the work as it stands, for whoever watches."""
            if request in self._cancelled:
                raise Cancelled
            shown = codec.encode(preview, {"protocol": 1}) if preview else b""
            self._emit({"event": "progress", "analysis": request, "share": float(share), "doing": str(doing)[:200]}, shown)

        progress(0.0, "waiting for its turn")
        answer, arrays = self._analysis(header["experiment"], header["spec"]).analyse(images, progress)
        self._emit({"reply": request, "ok": True, "value": answer}, codec.encode(arrays, {"protocol": 1}))
