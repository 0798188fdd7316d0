"""What each figure is meant to reach. A figure that is missing counts as not reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal


@dataclass(frozen=True)
class Target:
    """One bound: where in the figures it is found, and on which side of the bound it must lie."""

    path: str
    side: Literal["at least", "at most"]
    bound: float

    def found(self, figures: Mapping[str, Any]) -> float | None:
        value: Any = figures
        for part in self.path.split("/"):
            value = value.get(part) if isinstance(value, Mapping) else None
        return float(value) if isinstance(value, (int, float)) else None

    def report(self, figures: Mapping[str, Any]) -> dict[str, Any]:
        value = self.found(figures)
        reached = value is not None and (value >= self.bound if self.side == "at least" else value <= self.bound)
        return {"figure": self.path, self.side.replace(" ", "_"): self.bound, "measured": value, "reached": reached}


def _at_least(path: str, bound: float) -> Target:
    return Target(path, "at least", bound)


def _at_most(path: str, bound: float) -> Target:
    return Target(path, "at most", bound)


TARGETS: Final = (
    _at_least("on_screen/2-4-2-1/every_panel/frames_per_s", 55),
    _at_least("on_screen/2-4-2-1/every_panel/epochs_per_s", 580),
    _at_least("on_screen/2-8-8-1/every_panel/frames_per_s", 50),
    _at_least("on_screen/2-8-8-1/every_panel/epochs_per_s", 460),
    _at_least("on_screen/2-8-8-8-8-8-8-1/every_panel/frames_per_s", 45),
    _at_least("on_screen/2-8-8-8-8-8-8-1/every_panel/epochs_per_s", 225),
    _at_least("race/every_panel/frames_per_s", 30),
    _at_least("race/every_panel/epochs_per_s", 150),
    _at_least("race/first_screen/frames_per_s", 30),
    _at_least("race/first_screen/epochs_per_s", 150),
    _at_least("convnet/every_panel/frames_per_s", 20),
    _at_least("convnet/every_panel/images_per_s", 4000),
    _at_least("convnet/undrawn/images_per_s", 7000),
    _at_least("convnet/one_thread/to_97_percent/test_accuracy", 0.97),
    _at_most("trainer_alone/2-8-8-8-8-8-8-1/network_lane_times_javascript", 1.0),
    _at_most("trainer_alone/2-4-2-1/network_lane_times_javascript", 3.0),
    *(_at_most(f"presses/{button}/acknowledged_p95_ms", 50) for button in ("pause", "step", "play")),
    *(_at_most(f"presses/{button}/drawn_p95_ms", 100) for button in ("pause", "step", "play")),
    _at_most("killed_workers/one_worst_s", 2),
    _at_most("killed_workers/all_worst_s", 5),
    _at_least("thirty_sessions/beside_thirty/frames_per_s", 20),
    _at_most("thirty_sessions/beside_thirty/gap_p95_ms", 150),
    _at_least("forty_runs/frames_per_s_least", 10),
    _at_least("forty_runs/updates_per_s_least", 200),
    _at_most("forty_runs/command_p95_ms", 150),
    _at_most("forty_runs/memory_mb", 2000),
    _at_least("hundred_viewers/frames_per_s_least", 10),
    _at_most("first_frame/median_s", 3.5),
    _at_most("photograph/over_http/median_s", 1.5),
    _at_most("photograph/on_page/median_s", 1.5),
    _at_most("hierarchy/upload_median_s", 1.0),
    _at_most("hierarchy/network/times_bare", 3.0),
    _at_least("hierarchy/invariance_updates_per_s", 10),
    _at_most("similarity/ninety_two_s", 20),
    _at_most("similarity/again_s", 0.5),
    *(_at_most(f"physiology/{unit}/median_s", 1) for unit in ("v1_cell", "stem", "stage2")),
    _at_most("tables/3_columns/median_s", 0.3),
    _at_most("tables/11_columns/median_s", 0.3),
    _at_least("sparse_code/9_s/gabors", 0.9),
    _at_most("sparse_code/all_fits_s", 0.4),
    _at_most("synapse/curve/median_s", 0.5),
    _at_least("learning_rules/eight_rules/frames_per_s", 15),
    _at_least("learning_rules/eight_rules/updates_per_s", 100),
    _at_least("synapse/dragged_updates_per_s", 10),
)


def reports(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One report for each bound on a figure that was asked for."""
    return [target.report(figures) for target in TARGETS if target.path.split("/")[0] in figures]
