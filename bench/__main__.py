"""`python -m bench [FIGURE …]`: progress on the error stream, one JSON object as the last line of the output."""

from __future__ import annotations

import json
import sys
import time
import traceback
from importlib import import_module
from typing import Any, Final

from bench.percentiles import significant
from bench.targets import reports

# Figure → module:function. The quiet ones come first: what runs after a crowd starts on a warmer machine.
FIGURES: Final = {
    "calibration": "bench.calibration:measure",
    "trainer_alone": "bench.trainer_alone:measure",
    "on_screen": "bench.on_screen:measure",
    "race": "bench.race:measure",
    "convnet": "bench.convnet:measure",
    "presses": "bench.presses:measure",
    "first_frame": "bench.first_frame:measure",
    "spiral": "bench.spiral:measure",
    "photograph": "bench.photograph:measure",
    "hierarchy": "bench.hierarchy:measure",
    "similarity": "bench.similarity:measure",
    "physiology": "bench.physiology:measure",
    "tables": "bench.tables:measure",
    "sparse_code": "bench.sparse_code:measure",
    "synapse": "bench.synapse:measure",
    "learning_rules": "bench.learning_rules:measure",
    "killed_workers": "bench.killed_workers:measure",
    "thirty_sessions": "bench.thirty_sessions:measure",
    "forty_runs": "bench.crowd:forty_runs",
    "hundred_viewers": "bench.crowd:hundred_viewers",
}


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measured(name: str) -> dict[str, Any]:
    """The figure, or the reason why there is none: one failure does not cost the others."""
    module, function = FIGURES[name].split(":")
    begun = time.perf_counter()
    try:
        figures: dict[str, Any] = getattr(import_module(module), function)()
    except Exception as error:
        say(traceback.format_exc())
        figures = {"error": f"{type(error).__name__}: {error}"[:500]}
    say(f"{name} ({significant(time.perf_counter() - begun)} s): {json.dumps(figures, ensure_ascii=False)}")
    return figures


def main(arguments: list[str]) -> int:
    if "--list" in arguments:
        print("\n".join(FIGURES))
        return 0
    unknown = [name for name in arguments if name not in FIGURES]
    if unknown:
        say(f"There is no figure {', '.join(unknown)}; there are {', '.join(FIGURES)}.")
        return 2
    wanted = [name for name in FIGURES if not arguments or name in arguments or name == "calibration"]
    figures = {name: measured(name) for name in wanted}
    targets = reports(figures)
    for target in targets:
        say(f"{'reached' if target['reached'] else 'MISSED '}  {target}")
    print(json.dumps({**figures, "targets": targets}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
