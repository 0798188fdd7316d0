"""Questions to a running convolutional network's present weights. None of them changes the run."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from models.experiments.convnet_arithmetic import arithmetic
from models.networks.convolutional import ConvolutionalNetwork
from models.specs.live_convnet_asks import ASKS, Arithmetic, Recognise, Response
from models.tasks.image_task import ImageTask
from models.types import Array, Ask, Refused, Settings


class Lab(Protocol):
    """What the questions need of the trial."""

    network: ConvolutionalNetwork
    task: ImageTask
    live: Settings

    def shown(self) -> int: ...


def _image(lab: Lab, pixels: tuple[int, ...], field: str = "pixels") -> Array:
    """Bytes as an image (1, height, width, channels). Raises Refused where they are too few or too many."""
    height, width, channels = lab.task.image
    if len(pixels) != height * width * channels:
        size = f"{height}×{width} pixels{' of 3 channels' if channels == 3 else ''}"
        raise Refused(field, f"{field}: give {height * width * channels} numbers from 0 to 255, an image of {size}.")
    return lab.task.from_bytes(np.array(pixels))


def recognise(lab: Lab, asked: Recognise) -> dict[str, Any]:
    probabilities = lab.network.answers(_image(lab, asked.pixels))[0]
    best = int(probabilities.argmax())
    return {"probabilities": probabilities.tolist(), "class": best, "class_name": lab.task.class_names[best]}


def worked_out(lab: Lab, asked: Arithmetic) -> dict[str, Any]:
    if asked.pixels is not None:
        image = _image(lab, asked.pixels)
    else:
        number = lab.shown() if asked.shown is None else asked.shown
        if number >= len(lab.task.samples):
            raise Refused("shown", f"shown: there are {len(lab.task.samples)} sample images, numbered from 0.")
        image = lab.task.from_bytes(lab.task.samples[number])
    return arithmetic(lab.network, image, asked)


def response(lab: Lab, asked: Response) -> dict[str, Any]:
    if asked.layer > lab.network.layers:
        raise Refused("layer", f"layer: this network has layers 1 to {lab.network.layers}.")
    outputs = lab.network.shapes[asked.layer - 1].outputs
    if asked.channel >= outputs:
        raise Refused("channel", f"channel: {lab.network.shapes[asked.layer - 1].title} has {outputs}, numbered from 0.")
    stimuli = np.moveaxis(np.concatenate([_image(lab, pixels, "stimuli") for pixels in asked.stimuli]), 3, 1)
    answers = {name: lab.network.unit_responses(asked.layer, asked.channel, stimuli, name == "drive") for name in ("drive", "activation")}
    return {name: values.tolist() for name, values in answers.items()}


def convnet_asks(lab: Any) -> dict[str, Ask]:
    """Each of the spec's asks with its answer, and those of other pages."""
    answers = {
        "recognise": lambda asked: recognise(lab, asked),
        "arithmetic": lambda asked: worked_out(lab, asked),
        "response": lambda asked: response(lab, asked),
    }
    asks = {name: Ask(description, model, answers[name]) for name, (description, model) in ASKS.items()}
    return {**asks, **_of_other_pages(lab)}


def _of_other_pages(lab: Any) -> dict[str, Ask]:
    """Imported late: those pages train networks of this kind themselves."""
    from models.experiments.physiology_ask import physiology_ask
    from models.experiments.robustness_ask import robustness_ask

    return {"robustness": robustness_ask(lab), "physiology": physiology_ask(lab)}
