"""Who may import whom, as ARCHITECTURE.md's table says: read from the source, so that lazy imports count as well."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = ("pages", "models")
HEAVY = ("torch", "numba")
SCREEN = ("pages", "streamlit", "plotly")
ROOMS = ("networks", "rules", "brain", "tasks", "probes")


@dataclass(frozen=True)
class Room:
    """A part of the tree, what of this house it may import, and which libraries it may not."""

    path: str
    may: tuple[str, ...]
    never: tuple[str, ...]

    def holds(self, file: str) -> bool:
        return file == self.path or file.startswith(f"{self.path}/")


FRAME = ("pages.ui", "pages.figures", "pages.registry", "models.api", "models.specs")
PLAIN = ("models.types", "models.specs", "models.readings", "models.curves", "models.tables", "models.image_sets")
PLAIN_FILES = ("specs", "readings.py", "types.py", "curves.py", "tables.py", "image_sets.py")
RULES = (
    Room("pages/experiments", ("pages.ui", "pages.figures", "models.api"), HEAVY),
    Room("pages/figures", ("pages.figures", "models.readings"), (*HEAVY, "streamlit", "pandas")),
    *(Room(f"pages/{part}", FRAME, HEAVY) for part in ("ui", "registry.py", "shell.py", "__init__.py")),
    *(Room(f"models/{part}", PLAIN, (*HEAVY, *SCREEN)) for part in PLAIN_FILES),
    Room("models/api.py", (*PLAIN, "models.catalog", "models.service"), (*HEAVY, *SCREEN)),
    Room("models/catalog.py", PLAIN, (*HEAVY, *SCREEN)),
    *(Room(f"models/{room}", (f"models.{room}", *PLAIN, "models.splitmix"), SCREEN) for room in ROOMS),
    Room("models/experiments", ("models.experiments", *(f"models.{room}" for room in ROOMS), *PLAIN, "models.splitmix"), SCREEN),
    Room("models/trainer.py", ("models.types", "models.curves"), SCREEN),
    Room("models/splitmix.py", (), SCREEN),
    Room("models/service/backends/ray.py", ("models.service", "models.trainer", "models.catalog", *PLAIN), SCREEN),
    Room("models/service", ("models.service", "models.trainer", "models.catalog", *PLAIN), (*SCREEN, "ray")),
    Room("models/__init__.py", (), SCREEN),
)


def imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Every module that is imported anywhere in the file; `from models import trainer` counts as `models.trainer`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] if node.level > 1 else package
            module = f"{above}.{node.module or ''}".rstrip(".") if node.level else str(node.module)
            yield from (f"{module}.{name.name}" for name in node.names) if module in HOUSE else (module,)


def within(module: str, parts: tuple[str, ...]) -> bool:
    return any(module == part or module.startswith(f"{part}.") for part in parts)


def violations(root: Path) -> list[str]:
    """`file: module` for every import that the table forbids, and each file that stands in no room."""
    found = []
    for path in sorted(file for top in HOUSE for file in (root / top).rglob("*.py")):
        file = path.relative_to(root).as_posix()
        room = next((rule for rule in RULES if rule.holds(file)), None)
        if room is None:
            found.append(f"{file}: stands in no room")
            continue
        package = ".".join(path.relative_to(root).parent.parts)
        for module in imported(ast.parse(path.read_text("utf-8")), package):
            if within(module, room.never) or (within(module, HOUSE) and not within(module, room.may)):
                found.append(f"{file}: {module}")
    return found


def test_the_house_keeps_its_own_rules():
    assert violations(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line", "module"),
    [
        ("pages/experiments/synapse.py", "import torch", "torch"),
        ("pages/experiments/synapse.py", "from pages.experiments.home import SMALL", "pages.experiments.home"),
        ("pages/experiments/synapse.py", "from models.trainer import Trainer", "models.trainer"),
        ("pages/figures/field.py", "def draw():\n    import streamlit as st", "streamlit"),
        ("models/rules/oja.py", "from models.networks.dense import DenseNetwork", "models.networks.dense"),
        ("models/rules/oja.py", "from ..brain import stdp", "models.brain"),
        ("models/specs/synapse.py", "from numba import njit", "numba"),
        ("models/trainer.py", "from models import catalog", "models.catalog"),
        ("models/service/http.py", "from pages.ui import live", "pages.ui"),
        ("models/service/http.py", "import ray", "ray"),
    ],
)
def test_a_planted_import_is_caught(tmp_path, file, line, module):
    planted = tmp_path / file
    planted.parent.mkdir(parents=True)
    planted.write_text(line, "utf-8")
    assert violations(tmp_path) == [f"{file}: {module}"]


def test_a_file_in_no_room_is_caught(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "helpers.py").write_text("", "utf-8")
    assert violations(tmp_path) == ["models/helpers.py: stands in no room"]


def test_a_page_is_no_longer_than_its_screen():
    long = {
        path.name: lines
        for path in (ROOT / "pages" / "experiments").glob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 120
    }
    assert long == {}
