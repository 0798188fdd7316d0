"""The convolutional network as a PyTorch script that a person would want to read, and that checks itself against the lab's answers."""

from __future__ import annotations

import base64
from typing import Final

import numpy as np

from models.networks.convolutional import ConvolutionalNetwork
from models.rules.optimisers import BETA_1, BETA_2, EPSILON
from models.specs.live_convnet import Spec
from models.tasks.image_task import ImageTask
from models.types import Array, Settings

CHECKED: Final = 4
"""Held-out images whose answers the script compares."""
_MODULES: Final = {"relu": "nn.ReLU()", "tanh": "nn.Tanh()", "sigmoid": "nn.Sigmoid()", "softmax": "nn.Softmax(dim=1)"}
_ON: Final = {
    "mnist": "28×28 digits (MNIST)",
    "digits": "8×8 digits",
    "fashion": "Fashion-MNIST",
    "patches": "patches of photographs",
    "own_images": "images of one's own",
}
_PENALTIES: Final = {
    "l1": "{rate!r} * sum(weight.abs().sum() for weight in weights)",
    "l2": "0.5 * {rate!r} * sum(weight.square().sum() for weight in weights)",
}


def convnet_script(spec: Spec, task: ImageTask, network: ConvolutionalNetwork, live: Settings, step: int) -> str:
    """Python source: it needs torch and the weights (`export?format=pytorch`)."""
    pixels = task.samples[:CHECKED]
    answers = network.answers(np.concatenate([task.from_bytes(image) for image in pixels]))
    return "\n\n".join([_opening(spec, task, step), _network(network), _training(spec, live), _checking(task, pixels, answers)])


def _opening(spec: Spec, task: ImageTask, step: int) -> str:
    height, width, channels = task.image
    return f'''"""A convolutional network as it was after {step:,} updates on {_ON[spec.dataset]} in Parallax.

    python this_script.py weights.pt

loads the weights that were exported with it and compares a few answers with those of the lab.
Needs torch only. Images are (n, {channels}, {height}, {width}), 0 to 1, in single precision, as in the lab.
"""

import base64
import sys

import torch
from torch import nn

CLASSES = {list(task.class_names)!r}
'''


def _network(network: ConvolutionalNetwork) -> str:
    lines = []
    for k, shape in enumerate(network.shapes):
        if shape.kind == "convolution":
            lines.append(f"nn.Conv2d({shape.inputs}, {shape.outputs}, {shape.size}, stride={shape.stride}, padding={shape.padding})")
        else:
            lines += ["nn.Flatten()"] if network.shapes[k - 1].kind == "convolution" else []
            lines.append(f"nn.Linear({shape.inputs}, {shape.outputs})")
        lines.append(_MODULES[shape.activation])
        if shape.pool > 1:
            lines.append(f"nn.MaxPool2d({shape.pool})")
    body = "\n".join(f"    {line}," for line in lines)
    return f"""network = nn.Sequential(
{body}
)


def load(path):
    network.load_state_dict(torch.load(path, weights_only=True))
"""


def _training(spec: Spec, live: Settings) -> str:
    rate, penalty, weights = float(live["learning_rate"]), "", ""
    if spec.regularisation != "none":
        weights = '\n    weights = [parameter for name, parameter in network.named_parameters() if name.endswith("weight")]'
        penalty = " + " + _PENALTIES[spec.regularisation].format(rate=float(live["regularisation_rate"]))
    momentum = f", momentum={float(live['momentum'])!r}" if spec.optimiser == "momentum" else ""
    optimiser = f"torch.optim.SGD(network.parameters(), lr={rate!r}{momentum})"
    if spec.optimiser == "adam":
        optimiser = f"torch.optim.Adam(network.parameters(), lr={rate!r}, betas=({BETA_1!r}, {BETA_2!r}), eps={EPSILON!r})"
    changed = f"\n\n    The lab changed each image before each look ({', '.join(spec.augmentation)}); this does not.\n    "
    augmented = changed if spec.augmentation else ""
    pulled = f"; and {spec.regularisation.upper()} on the weights" if penalty else ""
    return f'''def loss_of(answer, labels):
    """Mean cross-entropy; labels are numbers of classes{pulled}."""{weights}
    return nn.functional.nll_loss(answer.clamp_min(1e-30).log(), labels){penalty}


optimiser = {optimiser}


def train(images, labels, epochs):
    """The optimiser begins anew here: its memory is not in the weights.{augmented}"""
    for _ in range(epochs):
        for batch in torch.randperm(len(images)).split({spec.batch_size}):
            optimiser.zero_grad()
            loss_of(network(images[batch]), labels[batch]).backward()
            optimiser.step()
'''


def _checking(task: ImageTask, pixels: Array, answers: Array) -> str:
    height, width, channels = task.image
    text = base64.b64encode(pixels.tobytes()).decode()
    lines = "\n".join(f'    "{text[start : start + 120]}"' for start in range(0, len(text), 120))
    rows = "\n".join(f"    [{', '.join(_number(value) for value in row)}]," for row in answers.tolist())
    return f'''# A few held-out images, as bytes in base64, and what the lab answered to them.
PIXELS = (
{lines}
)
LAB_ANSWERED = torch.tensor([
{rows}
])


def images():
    pixels = torch.frombuffer(bytearray(base64.b64decode(PIXELS)), dtype=torch.uint8)
    return pixels.reshape(-1, {height}, {width}, {channels}).permute(0, 3, 1, 2) / 255


def check():
    """The largest difference between this network's answers and the lab's."""
    with torch.no_grad():
        return (network(images()) - LAB_ANSWERED).abs().max().item()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the file of the weights: python this_script.py weights.pt")
    load(sys.argv[1])
    with torch.no_grad():
        for answer in network(images()):
            print(CLASSES[answer.argmax()], [round(value, 6) for value in answer.tolist()])
    print(f"largest difference from the lab: {{check():.1e}}")
'''


def _number(value: float) -> str:
    return repr(value) if np.isfinite(value) else f'float("{value}")'
