"""Images of one's own on the whole site: gathered by class or as a zip, refused in a sentence, learned from, and gone."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, expect

from scripts.lab import Lab, link
from scripts.server import Server
from tests.browser.conftest import Open
from tests.tasks.test_image_files import files, zipped


def payload(name: str, content: bytes, kind: str = "image/png") -> Any:
    return {"name": name, "mimeType": kind, "buffer": content}


def photographs(kind: str) -> list[Any]:
    return [payload(entry.name, entry.content) for entry in files(7, 7, size=(40, 30)) if entry.kind == kind]


def grey() -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((50, 20)).save(file, "PNG")
    return file.getvalue()


def learns_from(lab: Lab, before: str) -> list[str]:
    lab.until(f"root.dataset.live !== '{before}' && root.dataset.status === 'playing' && Number(root.dataset.step) > 0", 30)
    spec = lab.service(f"/runs/{lab.shown().run}")["spec"]
    assert spec["dataset"] == "own_images"
    return [kind["name"] for kind in lab.service(f"/image-sets/{spec['content']}")["classes"]]


def test_own_images_are_gathered_refused_and_learned_from(open_lab: Open, server: Server, errors: list[str]) -> None:
    lab = open_lab("live-convnet")
    page, first = lab.page, lab.shown().run
    lab.press("Own images")
    drawer: Locator = lab.live.locator(".px-own_images")
    fault, report = drawer.locator(".px-images-fault"), drawer.locator(".px-images-report")

    page.get_by_label("Name of class 1").fill("cats")
    page.get_by_label("Pictures of class 1").set_input_files(photographs("cats"))
    lab.press("Train on these")
    only = "There is only one class, “cats”; two to five classes are needed, each with pictures of its own."
    expect(fault).to_have_text(only, timeout=40_000)  # the first pictures of all wait for their worker
    whole_zip = page.get_by_label("Zip with a folder for each class")
    whole_zip.set_input_files(payload("bomb.zip", zipped({f"a/{i}.png": bytes(8_000_000) for i in range(8)}), "application/zip"))
    expect(fault).to_have_text("This zip unfolds to more than 60 MB, which is the most that is taken.")
    expect(drawer.locator(".px-status")).to_contain_text("7 files in 1 class")  # nothing that was gathered is lost

    page.get_by_label("Name of class 2").fill("cats")
    page.get_by_label("Pictures of class 2").set_input_files(
        [*photographs("dogs"), payload("grey.png", grey()), payload("notes.txt", b"no")]
    )
    expect(fault).to_be_hidden()
    lab.press("Train on these")
    expect(fault).to_have_text("Two classes are named “cats”; give each a name of its own.")
    page.get_by_label("Name of class 2").fill("<b>dogs")
    lab.press("Train on these")
    assert learns_from(lab, first) == ["<b>dogs", "cats"]
    expect(report).to_contain_text("15 pictures: <b>dogs (8), cats (7)")
    expect(report).to_contain_text("1 of them are grey and 14 in colour")
    expect(report).to_contain_text("<b>dogs/notes.txt: this is not a photograph")
    expect(lab.live.locator("[data-panel=answer]")).to_contain_text("dogs")

    second = lab.shown().run
    tricks = {f"set/{entry.kind}/{entry.name}": entry.content for entry in files()}
    tricks |= {"../cats/out.png": grey(), "set/cats/bomb.png": bytes(3_000_000), "set/cats/twin.png": grey(), "set/dogs/twin.png": grey()}
    whole_zip.set_input_files(payload("set.zip", zipped(tricks), "application/zip"))
    assert learns_from(lab, second) == ["cats", "dogs"]
    for told in (
        "12 pictures",
        "../cats/out.png: its name leads out",
        "bomb.png: it unfolds to far more",
        "the same picture is in “cats” and “dogs”",
    ):
        expect(report).to_contain_text(told)

    third = lab.pause().run
    page.reload()
    lab.ready()
    assert lab.shown().run == third
    page.goto(link(server.url, "live-convnet", {"dataset": "own_images", "content": "0" * 64}))
    expect(lab.live.locator(".px-failure")).to_contain_text(
        "These pictures are no longer kept here; choose them again, or open the saved file."
    )
    expect(drawer).to_be_visible()
    lab.press("Use the MNIST digits")
    lab.ready()
    assert errors == []
