"""The socket of one viewer: frames and status out; acknowledgements, subscriptions and commands in."""

from __future__ import annotations

import asyncio
import contextlib
import json
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from models.service.commands import unprocessable, without_request
from models.service.errors import AtCapacity, Forbidden, NotFound, ServiceError, Unprocessable
from models.service.record import RunRecord
from models.service.supervisor import Supervisor
from models.service.viewers import Interest, Viewer

PROTOCOL: Final = 1
_LONGEST_TEXT: Final = 64 * 1024
_MOST_COMMANDS: Final = 64
_NOT_UNDERSTOOD: Final = "A message must be a JSON object with “subscribe”, “focus”, “ack” or “command”."

Pattern = Annotated[str, Field(min_length=1, max_length=80)]


class FocusMessage(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    layer: int = Field(ge=0, le=64)
    to: int = Field(ge=0, le=4096)
    source: int | None = Field(None, alias="from", ge=0, le=4096)


class Subscribe(BaseModel):
    """What to watch. An absent field stays as it was."""

    model_config = ConfigDict(extra="forbid")

    subscribe: list[Pattern] | None = Field(None, max_length=100)
    max_fps: float = Field(60, ge=0.1, le=120, allow_inf_nan=False)
    focus: FocusMessage | None = None


async def stream(socket: WebSocket, supervisor: Supervisor, any_id: str, tab: str | None) -> None:
    await socket.accept()
    try:
        record, control = supervisor.read(any_id)
    except NotFound as error:
        await socket.send_text(json.dumps({"status": "gone", "error": error.sentence, "code": 404}))
        await socket.close(4404, "There is no such run.")
        return
    await Stream(socket, supervisor, record, Viewer(control, tab)).live()


class Stream:
    """Reads and writes at the same time; ends when either side does."""

    def __init__(self, socket: WebSocket, supervisor: Supervisor, record: RunRecord, viewer: Viewer) -> None:
        self._socket = socket
        self._supervisor = supervisor
        self._record = record
        self._viewer = viewer
        self._interest = Interest((), None, 60.0)
        self._commands: set[asyncio.Task[None]] = set()

    async def live(self) -> None:
        record, viewer = self._record, self._viewer
        viewer.say(json.dumps({"hello": self._hello()}))
        record.audience.enter(viewer)
        record.touch()
        viewer.say(json.dumps(record.describe()))
        self._supervisor.metrics.viewers.inc()
        ends = [asyncio.create_task(self._read()), asyncio.create_task(self._write())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (*ends, *self._commands):
                task.cancel()
            await asyncio.gather(*ends, return_exceptions=True)
            record.audience.part(viewer)
            self._supervisor.metrics.viewers.dec()

    def _hello(self) -> dict[str, Any]:
        record, control = self._record, self._viewer.control
        named = {"run_id": record.run_id, "watch_id": record.watch_id} if control else {"watch_id": record.watch_id}
        taken = control and self._viewer.tab is not None and record.audience.controller(self._viewer.tab)
        about = {"experiment": record.experiment, "spec": record.spec, "branches": record.state["branches"]}
        return {**named, "control": control, "taken": taken, "protocol": PROTOCOL, **about}

    # Out

    async def _write(self) -> None:
        """Texts in order, then the newest frame; sleeps while there is neither."""
        viewer, socket = self._viewer, self._socket
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await viewer.wake.wait()
                viewer.wake.clear()
                while viewer.texts:
                    await socket.send_text(viewer.texts.popleft())
                if viewer.frame is not None:
                    blob, viewer.frame = viewer.frame, None
                    await socket.send_bytes(blob)
                if viewer.closing is not None:
                    await socket.close(*viewer.closing)
                    return

    # In

    async def _read(self) -> None:
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                self._take(message.get("text"))

    def _take(self, text: str | None) -> None:
        """Whatever is wrong with a message is said in a sentence, and the socket stays usable."""
        try:
            values = _parsed(text)
            if "command" in values:
                self._command(values)
            elif "ack" in values:
                self._acknowledge(values)
            elif "subscribe" in values or "focus" in values:
                self._subscribe(values)
            else:
                raise Unprocessable(_NOT_UNDERSTOOD)
        except ServiceError as error:
            self._viewer.say(json.dumps({"error": error.sentence, "field": error.field, "code": error.code}))

    def _acknowledge(self, values: dict[str, Any]) -> None:
        if type(values["ack"]) is not int:
            raise Unprocessable("ack: give the sequence of a frame, a whole number.", "ack")
        if self._viewer.channel is not None:
            self._viewer.channel.acknowledge(self._viewer)
        else:
            self._viewer.credit = min(self._viewer.credit + 1, 2)

    def _subscribe(self, values: dict[str, Any]) -> None:
        try:
            wanted = Subscribe.model_validate(values)
        except ValidationError as error:
            raise unprocessable(error.errors(include_url=False, include_context=False)) from None
        readings = self._interest.readings if wanted.subscribe is None else tuple(sorted(set(wanted.subscribe)))
        focus = (wanted.focus.layer, wanted.focus.to, wanted.focus.source) if wanted.focus else None
        focus = focus if "focus" in wanted.model_fields_set else self._interest.focus
        max_fps = wanted.max_fps if "max_fps" in wanted.model_fields_set else self._interest.max_fps
        self._interest = Interest(readings, focus, max_fps)
        self._record.audience.subscribe(self._viewer, self._interest)

    def _command(self, values: dict[str, Any]) -> None:
        if len(self._commands) >= _MOST_COMMANDS:
            self._reply(values.get("request"), error=AtCapacity(f"{_MOST_COMMANDS} commands are under way; wait for their replies."))
            return
        task = asyncio.get_running_loop().create_task(self._obey(values))
        self._commands.add(task)
        task.add_done_callback(self._commands.discard)

    async def _obey(self, values: dict[str, Any]) -> None:
        request = values.get("request")
        try:
            if not self._viewer.control:
                raise Forbidden("This address may watch the run but not change it.")
            if request is not None and type(request) is not int:
                raise Unprocessable("request: give a whole number, or leave it out.", "request")
            self._record.touch()
            value = await self._supervisor.command(self._record, without_request(values))
        except ServiceError as error:
            self._reply(request, error=error)
        else:
            self._reply(request, value=value)

    def _reply(self, request: Any, value: dict[str, Any] | None = None, error: ServiceError | None = None) -> None:
        if error is not None:
            reply = {"reply": request, "ok": False, "error": error.sentence, "field": error.field, "code": error.code}
        else:
            reply = {"reply": request, "ok": True, **(value or {})}
        self._viewer.say(json.dumps(reply))


def _parsed(text: str | None) -> dict[str, Any]:
    if text is None:
        raise Unprocessable("Binary messages are not understood. " + _NOT_UNDERSTOOD)
    if len(text) > _LONGEST_TEXT:
        raise Unprocessable(f"A message may have {_LONGEST_TEXT // 1024} kB at most.")
    try:
        values = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unprocessable("This is not JSON. " + _NOT_UNDERSTOOD) from None
    if not isinstance(values, dict):
        raise Unprocessable(_NOT_UNDERSTOOD)
    return values


def _no_constant(name: str) -> None:
    raise ValueError(name)
