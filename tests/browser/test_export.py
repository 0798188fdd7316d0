"""What a person takes away from the Export menu."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.browser.conftest import Open


def test_the_script_runs_without_the_lab_and_answers_as_it_did(open_lab: Open, tmp_path: Path) -> None:
    lab = open_lab(fields={"dataset": "xor", "hidden_layers": "5", "seed": "4"})
    lab.play()
    lab.reach(500)
    step = lab.pause().step
    lab.live.get_by_text("Export", exact=True).click()
    names = []
    for button in ("The network as a PyTorch script", "The weights for PyTorch"):
        with lab.page.expect_download() as download:
            lab.press(button)
        names.append(download.value.suggested_filename)
        download.value.save_as(tmp_path / names[-1])
    assert names == [f"gradient-flow-step-{step}.py", f"gradient-flow-step-{step}.pt"]
    done = subprocess.run([sys.executable, "-I", *names], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.rsplit(" ", 1)[1]) < 1e-6
