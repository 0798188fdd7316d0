"""Every run there is: who may do what with it, where it runs, how long it lives, and what happens when a worker is lost."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import Any, Final

import structlog
from pydantic import ValidationError

from models.catalog import Experiment
from models.service import codec, commands
from models.service.backends.base import Backend
from models.service.backends.inline import InlineBackend
from models.service.backends.process import ProcessBackend
from models.service.errors import AtCapacity, Forbidden, NotFound, ServiceError, Unavailable, Unprocessable
from models.service.hosted import SAVED_VERSION
from models.service.materials import Materials
from models.service.messages import Header
from models.service.metrics import Metrics
from models.service.record import RunRecord
from models.service.settings import Settings, experiments
from models.service.staff import Reply, Staff, Worker
from models.types import Refused, refusal

_LOG: Final = structlog.get_logger("parallax.supervisor")
_RECOVERY_TRIES: Final = 5
_CRASH_WINDOW: Final = 20.0
_UNKNOWN: Final = "There is no such run: it was ended, or nobody looked at it for a while. Its configuration is in the page's address."
_OWN: Final = ("own", "table", "own_images")


class Supervisor:
    """All methods belong to one event loop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.materials = Materials(settings)
        self.catalogue = experiments(settings.catalogue)
        self.metrics = Metrics()
        self.runs: dict[str, RunRecord] = {}
        self._watchers: dict[str, str] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self.listeners: dict[int, Any] = {}
        """Analyses under way: request number → what is told of progress."""
        self.staff: Staff

    async def open(self) -> None:
        backend: Backend = ProcessBackend(self.settings) if self.settings.backend == "process" else InlineBackend(self.settings)
        workers = self.settings.workers if backend.spare else 1
        self.staff = Staff(backend, workers, self._on_event, self._on_lost)
        self.staff.open()
        self._task(self._watch_leases())

    async def close(self) -> None:
        for record in list(self.runs.values()):
            record.audience.dismiss(1001, "The server is stopping.")
        for task in self._tasks:
            task.cancel()
        await self.staff.close()

    def _task(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # Runs

    def experiment(self, name: str, kind: str) -> Experiment:
        found = self.catalogue.get(name)
        if found is None or found.kind != kind:
            known = ", ".join(sorted(entry.name for entry in self.catalogue.values() if entry.kind == kind))
            raise Unprocessable(f"experiment: there is no {kind} named “{name[:60]}”; there are {known}.", "experiment")
        return found

    def valid_spec(self, experiment: Experiment, values: Any) -> dict[str, Any]:
        """The complete spec as JSON. Raises Unprocessable with field and bound."""
        try:
            spec = experiment.validate(values)
        except ValidationError as error:
            refused = refusal(error)
            raise Unprocessable(refused.message, refused.field) from None
        described: dict[str, Any] = spec.model_dump(mode="json")
        return described

    async def start(
        self, experiment: str, values: Any, session: str | None = None, play: bool = False, speed: float | None = None
    ) -> RunRecord:
        """A new run. Raises Unprocessable and AtCapacity."""
        record = RunRecord(experiment, self.valid_spec(self.experiment(experiment, "run"), values), session)
        record.materials = self._materials(record.spec)
        record.playing = play
        record.state["speed"] = speed
        return await self._admit(record)

    async def fork(self, run_id: str, session: str | None) -> RunRecord:
        """A new run with the same state and history."""
        source = self.control(run_id)
        _, saved = await source.request({"do": "save", "about": {}})
        record = RunRecord(source.experiment, source.spec, session)
        record.materials = source.materials
        return await self._admit(self._continued(record, saved))

    async def restore(self, saved: bytes, session: str | None) -> RunRecord:
        """A run from a saved file. Raises Unprocessable where it is not one."""
        try:
            _, meta = codec.decode_state(saved)
        except Refused as refused:
            raise Unprocessable(refused.message, refused.field) from None
        if meta.get("format") != "parallax-run":
            raise Unprocessable("file: this is a safetensors file, but not a saved run of this site.", "file")
        if meta.get("version") != SAVED_VERSION:
            raise Unprocessable("file: this run was saved by another version of this site, which kept its state differently.", "file")
        self._keep_materials(meta.get("materials", {}))
        experiment = self.experiment(str(meta.get("experiment")), "run")
        record = RunRecord(experiment.name, self.valid_spec(experiment, meta.get("spec")), session)
        record.materials = self._materials(record.spec)
        return await self._admit(self._continued(record, saved), foreign=True)

    def table(self, content: str) -> str | None:
        """A table by its content id, as long as it is kept or a run learns from it."""
        kept = self.materials.find(content)
        return kept or next((record.materials[content] for record in self.runs.values() if content in record.materials), None)

    def _materials(self, spec: dict[str, Any]) -> dict[str, str]:
        """What the spec names by content id. Raises Unprocessable where it is not kept any more."""
        content = spec.get("content")
        if content is None or spec.get("dataset") not in _OWN:  # a spec keeps the id of own data while it learns from others
            return {}
        text = self.table(content)
        if text is None:
            if spec["dataset"] == "own_images":
                raise Unprocessable(
                    "content: these pictures are no longer kept here; choose them again, or open the saved file.", "content"
                )
            raise Unprocessable(
                "content: these data are no longer kept here; draw, paste or upload them again, or open the saved file.", "content"
            )
        return {content: text}

    def _keep_materials(self, materials: Any) -> None:
        """Those of a saved file, kept for a while as if they had been uploaded. Raises Unprocessable."""
        if not isinstance(materials, dict) or len(materials) > 1 or not all(isinstance(text, str) for text in materials.values()):
            raise Unprocessable("file: its data cannot be read.", "file")
        for text in materials.values():
            try:
                self.materials.add_text(text)
            except Refused as refused:
                raise Unprocessable(f"file: {refused.message}", "file") from None

    def _continued(self, record: RunRecord, saved: bytes) -> RunRecord:
        state, meta = codec.decode_state(saved)
        journal, heads, branch = meta.get("journal"), meta.get("heads"), meta.get("branch")
        if (
            not isinstance(journal, list)
            or not isinstance(heads, dict)
            or type(branch) is not int
            or not all(type(number) is int for number in heads.values())
        ):
            raise Unprocessable("file: the record of its changes cannot be read.", "file")
        record.keyframe, record.journal, record.heads, record.branch, record.step = saved, journal, heads, branch, state.step
        return record

    async def _admit(self, record: RunRecord, foreign: bool = False) -> RunRecord:
        self._make_room(record.session)
        self.runs[record.run_id] = record
        self._watchers[record.watch_id] = record.run_id
        try:
            await self._place(record, foreign)
        except BaseException:
            self._forget(record)
            raise
        self.metrics.runs_started.inc()
        _LOG.info("run started", run=record.run_id[:6], experiment=record.experiment, runs=len(self.runs))
        return record

    async def _place(self, record: RunRecord, foreign: bool = False) -> None:
        """Gives the run to a worker; it may be asked things once the worker has it."""
        worker = await self.staff.place()
        worker.runs.add(record.run_id)
        record.worker = worker
        _, answer = worker.request({**record.orders(), "run": record.run_id, "foreign": foreign}, record.keyframe)
        try:
            value, _ = await answer
        except BaseException:
            worker.runs.discard(record.run_id)
            worker.tell({"do": "end", "run": record.run_id})
            raise
        intent = record.playing
        record.on_state(value)
        record.playing = intent or record.playing
        record.placed.set()

    def _make_room(self, session: str | None) -> None:
        """Ends an abandoned run if that makes room. Raises AtCapacity."""
        mine = [record for record in self.runs.values() if session is not None and record.session == session]
        if len(mine) >= self.settings.runs_per_session and not self._end_abandoned(mine, 0.0):
            raise AtCapacity(
                f"This tab has {self.settings.runs_per_session} runs, which is as many as it may have; end one first.",
                retry_after=int(self.settings.lease) + 1,
            )
        if len(self.runs) >= self.settings.max_runs and not self._end_abandoned(list(self.runs.values()), self.settings.lease):
            raise AtCapacity(
                f"All {self.settings.max_runs} places are taken; a place is free as soon as somebody leaves. Try again in a minute.",
                retry_after=max(1, round(self.settings.lease)),
            )

    def _end_abandoned(self, among: list[RunRecord], idle: float) -> bool:
        now = time.monotonic()
        nobody = [record for record in among if not record.audience.viewers and now - record.touched >= idle and record.placed.is_set()]
        if nobody:
            self.end(min(nobody, key=lambda record: record.touched))
        return bool(nobody)

    def end(self, record: RunRecord) -> None:
        """Ends the run and frees its memory; its viewers are told."""
        record.ended = True
        record.state["status"] = "gone"
        record.announce()
        record.audience.dismiss(4404, "The run has ended.")
        record.tell({"do": "end"})
        self._forget(record)
        _LOG.info("run ended", run=record.run_id[:6], runs=len(self.runs))

    def _forget(self, record: RunRecord) -> None:
        self.runs.pop(record.run_id, None)
        self._watchers.pop(record.watch_id, None)
        if record.worker is not None:
            record.worker.runs.discard(record.run_id)

    # Who may

    def read(self, any_id: str) -> tuple[RunRecord, bool]:
        """The run of a control or watch id, and whether that id controls. Raises NotFound."""
        record = self.runs.get(any_id) or self.runs.get(self._watchers.get(any_id, ""))
        if record is None:
            raise NotFound(_UNKNOWN)
        record.touch()
        return record, record.run_id == any_id

    def control(self, run_id: str) -> RunRecord:
        """Raises NotFound, and Forbidden for a watch id."""
        record, controls = self.read(run_id)
        if not controls:
            raise Forbidden("This address may watch the run but not change it.")
        return record

    # What is asked of a run

    async def command(self, record: RunRecord, values: Any) -> dict[str, Any]:
        """Answers once the command is applied. Raises Unprocessable and Conflict."""
        began = time.perf_counter()
        value, _ = await record.request({"do": "command", "command": commands.parse(values)})
        record.on_state(value)
        self.metrics.command_seconds.observe(time.perf_counter() - began)
        return {name: value[name] for name in ("step", "epoch", "status", "branch", "head", "message")}

    async def describe(self, record: RunRecord) -> dict[str, Any]:
        about = {"experiment": record.experiment, "spec": record.spec, "watch_id": record.watch_id}
        if record.placed.is_set():
            with contextlib.suppress(Unavailable):
                value, _ = await record.request({"do": "describe"})
                return {**record.describe(), **value, **about}
        return {**record.describe(), "metrics": {}, **about}

    async def ask(self, record: RunRecord, probe: str, parameters: dict[str, Any]) -> Any:
        value, _ = await record.request({"do": "ask", "probe": probe, "parameters": parameters})
        return value

    async def branch_curves(self, record: RunRecord, branch: int) -> Any:
        value, _ = await record.request({"do": "branch_curves", "branch": branch})
        return value

    async def save(self, record: RunRecord) -> Reply:
        return await record.request(
            {"do": "save", "about": {"experiment": record.experiment, "spec": record.spec, "materials": record.materials}}
        )

    # Workers

    def _on_event(self, worker: Worker, header: Header, payload: bytes) -> None:
        if "run" in header:
            record = self.runs.get(header["run"])
            if record is not None and record.worker is worker:
                record.on_event(header, payload)
                if header["event"] == "frame":
                    self.metrics.frames.inc()
        elif header["event"] == "tally":
            self.metrics.steps.inc(header["steps"])
        elif header["event"] == "progress" and (listener := self.listeners.get(header["analysis"])):
            listener(header["share"], header["doing"], payload)

    def _on_lost(self, worker: Worker) -> None:
        """Every run of a lost worker goes on elsewhere."""
        self.metrics.restarts.inc()
        for run_id in worker.runs:
            record = self.runs.get(run_id)
            if record is not None and record.placed.is_set():
                record.placed.clear()
                record.reconnecting = True
                record.announce()
                self._task(self._recover(record))

    async def _recover(self, record: RunRecord) -> None:
        """Goes on at the step that was shown. A run that keeps losing its worker is given up, so that it takes no other down."""
        now = time.monotonic()
        record.recoveries.append(now)
        if len(record.recoveries) == record.recoveries.maxlen and now - record.recoveries[0] < _CRASH_WINDOW:
            self._give_up(record, "The worker that computed this run was lost three times in a row.")
            return
        for _ in range(_RECOVERY_TRIES):
            try:
                await self._place(record)
            except Unavailable:
                continue
            except ServiceError as error:
                self._give_up(record, error.sentence)
                return
            break
        else:
            self._give_up(record, "No worker could take this run over.")
            return
        record.reconnecting = False
        record.audience.resume()
        record.announce()

    def _give_up(self, record: RunRecord, sentence: str) -> None:
        _LOG.error("run given up", run=record.run_id[:6], reason=sentence)
        self.end(record)

    # Leases

    async def _watch_leases(self) -> None:
        """A run that nobody asks for is suspended after one lease, and ended after another.

        Once its viewers have all gone it is suspended after a moment: a closed tab must not take time from open ones. Any
        request or viewer lets it go on.
        """
        lease, moment = self.settings.lease, min(self.settings.absence, self.settings.lease)
        while True:
            await asyncio.sleep(min(1.0, lease / 10))
            now = time.monotonic()
            for record in list(self.runs.values()):
                if record.audience.viewers:
                    record.touched, record.watched = now, True
                elif now - record.touched >= 2 * lease and record.placed.is_set():
                    self.end(record)
                elif now - record.touched >= (moment if record.watched else lease) and not record.suspended:
                    record.suspend(True)
