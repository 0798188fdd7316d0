"""A network that torch wrote, on the page: its very weights at step 0, after Reset, and until another network takes their place."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import torch
from playwright.sync_api import expect
from safetensors.torch import save_file
from torch import nn

from scripts.lab import Lab
from tests.browser.conftest import Open

LOST = "they are drawn from the seed now"


def weights_of(lab: Lab) -> bytes:
    """All weights and biases of the first network now, as float64."""
    text = lab.service(f"/runs/{lab.shown().run}/export?format=link")["weights"]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def another_run(lab: Lab, before: str) -> None:
    """Waits until the page has begun a run in place of this one."""
    lab.until(f"root.dataset.live !== '{before}'", 20)
    lab.ready()


def test_a_network_from_torch_is_seen_with_its_own_weights(open_lab: Open, tmp_path: Path) -> None:
    torch.manual_seed(5)
    model = nn.Sequential(nn.Linear(3, 6), nn.ReLU(), nn.Linear(6, 1), nn.Sigmoid()).double()
    save_file(model.state_dict(), tmp_path / "network.safetensors")
    (tmp_path / "network.json").write_text(json.dumps({"layers": [str(layer) for layer in model], "data": "xor"}))
    mine = b"".join(model.state_dict()[name].numpy().tobytes() for name in ("0.weight", "0.bias", "2.weight", "2.bias"))

    lab = open_lab()
    lab.play()
    first = lab.shown().run
    lab.button("Import").press("Enter")
    lab.live.get_by_label("Weights (.safetensors)").set_input_files(tmp_path / "network.json")
    lab.live.get_by_label("Layers (.json)").set_input_files(tmp_path / "network.json")
    lab.press("See this network")
    said = lab.live.locator(".px-import-said")
    expect(said).to_contain_text("no safetensors file")
    assert lab.shown().run == first

    lab.live.get_by_label("Weights (.safetensors)").set_input_files(tmp_path / "network.safetensors")
    lab.button("See this network").press("Enter")
    another_run(lab, first)
    expect(said).to_contain_text("Your 3-6-1 network")
    shown = lab.settled()
    assert (shown.step, shown.status) == (0, "paused")
    assert weights_of(lab) == mine

    lab.play()
    lab.reach(200)
    lab.pause()
    assert weights_of(lab) != mine
    lab.press("Reset")
    lab.until("Number(root.dataset.step) === 0")
    assert weights_of(lab) == mine

    before = lab.shown().run
    lab.page.get_by_role("slider", name="Batch size, examples").press("ArrowRight")
    another_run(lab, before)
    assert weights_of(lab) == mine
    lab.page.wait_for_url("**weights=*")

    before = lab.shown().run
    lab.page.get_by_role("button", name="New data and weights").click()
    another_run(lab, before)
    expect(lab.page.get_by_text(LOST)).to_be_visible()
    assert weights_of(lab) != mine
    lab.page.wait_for_function("() => !location.search.includes('weights=')")
