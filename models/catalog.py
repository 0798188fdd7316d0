"""Name → where it lives. Nothing here imports an experiment until somebody asks for it."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.types import Preset


@dataclass(frozen=True)
class Experiment:
    """One experiment: its name (its page's slug, or a further analysis of one), its title, and where spec, presets and builder are."""

    name: str
    title: str
    kind: Literal["run", "analysis"]
    spec: str
    builder: str
    page: str = ""
    """The slug of the page that asks for it, where that is not its own name."""
    pace: Literal["short", "long"] = "short"
    """Of an analysis: a long one is a job for a worker of its own, so that sliders never wait behind it."""

    @property
    def slug(self) -> str:
        return self.page or self.name

    def _spec_module(self) -> Any:
        return importlib.import_module(self.spec)

    def validate(self, values: Any) -> Any:
        """The frozen spec of `values` (a mapping); raises pydantic.ValidationError. Loads no torch."""
        return self._spec_module().ADAPTER.validate_python(values)

    def json_schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = self._spec_module().ADAPTER.json_schema()
        return schema

    @property
    def presets(self) -> tuple[Preset, ...]:
        presets: tuple[Preset, ...] = self._spec_module().PRESETS
        return presets

    def build(self, spec: Any, materials: Mapping[str, str] | None = None) -> Any:
        """A Trial (run) or an analysis function (analysis). Loads torch: workers only. `materials`: by content id, what the spec names."""
        module, name = self.builder.split(":")
        builder = getattr(importlib.import_module(module), name)
        return builder(spec, materials) if materials else builder(spec)


EXPERIMENTS: dict[str, Experiment] = {
    entry.name: entry
    for entry in (
        Experiment("gradient-flow", "Gradient flow", "run", "models.specs.gradient_flow", "models.experiments.gradient_flow:build"),
        Experiment("learning-rules", "Learning rules", "run", "models.specs.learning_rules", "models.experiments.learning_rules:build"),
        Experiment("live-convnet", "Live convnet", "run", "models.specs.live_convnet", "models.experiments.live_convnet:build"),
        Experiment(
            "feature-hierarchy",
            "Feature hierarchy",
            "analysis",
            "models.specs.feature_hierarchy",
            "models.experiments.feature_hierarchy:build",
        ),
        Experiment(
            "invariance",
            "Invariance",
            "analysis",
            "models.specs.invariance",
            "models.experiments.invariance:build",
            page="feature-hierarchy",
        ),
        Experiment(
            "unit-preference",
            "What a unit prefers",
            "analysis",
            "models.specs.unit_preference",
            "models.experiments.unit_preference:build",
            page="feature-hierarchy",
            pace="long",
        ),
        Experiment(
            "attribution",
            "Why this label",
            "analysis",
            "models.specs.attribution",
            "models.experiments.attribution:build",
            page="feature-hierarchy",
            pace="long",
        ),
        Experiment(
            "similarity",
            "Representational similarity",
            "analysis",
            "models.specs.similarity",
            "models.experiments.similarity:build",
            page="feature-hierarchy",
            pace="long",
        ),
        Experiment(
            "image-set",
            "Images of one's own",
            "analysis",
            "models.specs.image_set",
            "models.experiments.image_set:build",
            page="live-convnet",
            pace="long",
        ),
        Experiment(
            "unit-physiology", "Unit physiology", "analysis", "models.specs.unit_physiology", "models.experiments.unit_physiology:build"
        ),
        Experiment(
            "unit-physiology-long",
            "Unit physiology, long recordings",
            "analysis",
            "models.specs.unit_physiology",
            "models.experiments.unit_physiology:build",
            page="unit-physiology",
            pace="long",
        ),
        Experiment("perception", "Perception", "analysis", "models.specs.perception", "models.experiments.perception:build"),
        Experiment(
            "exposure", "Exposure", "analysis", "models.specs.exposure", "models.experiments.exposure:build", page="perception", pace="long"
        ),
        Experiment(
            "reflectance",
            "A judge of reflectance",
            "analysis",
            "models.specs.reflectance",
            "models.experiments.reflectance:build",
            page="perception",
            pace="long",
        ),
        Experiment(
            "robustness",
            "Robustness of a label",
            "analysis",
            "models.specs.robustness",
            "models.experiments.robustness:build",
            page="perception",
        ),
        Experiment(
            "robustness-curve",
            "Robustness over levels",
            "analysis",
            "models.specs.robustness_curve",
            "models.experiments.robustness_curve:build",
            page="perception",
            pace="long",
        ),
        Experiment("release", "Release and step", "analysis", "models.specs.release", "models.experiments.release:build", page="synapse"),
        Experiment("memory", "Use it or lose it", "analysis", "models.specs.memory", "models.experiments.memory:build", page="synapse"),
        Experiment("synapse", "Synapse", "analysis", "models.specs.synapse", "models.experiments.synapse:build"),
        Experiment(
            "stdp-curve", "Spike-timing curve", "analysis", "models.specs.stdp_curve", "models.experiments.stdp_curve:build", page="synapse"
        ),
        Experiment("assembly", "Active circuits", "analysis", "models.specs.assembly", "models.experiments.assembly:build", page="synapse"),
        Experiment(
            "assembly-capacity",
            "Capacity of a circuit",
            "analysis",
            "models.specs.assembly_capacity",
            "models.experiments.assembly_capacity:build",
            page="synapse",
            pace="long",
        ),
    )
}
