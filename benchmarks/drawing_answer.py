"""From the pixels of a drawing to the answer, on the server: prepared, checked, read, corrected.

Test images, enlarged to a canvas of 280 pixels, one at a time: `drawing.to_mnist`, then whether it
is a digit at all, then what the network says, as sure as it is right. The page does the same
between the canvas's message and the answer.

    python -m benchmarks.drawing_answer [--only NAME ...]
"""

import argparse
import statistics
import time
from functools import partial

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.idle_machine import undisturbed
from benchmarks.measuring import Result, keep
from mnist_core.analysis.calibration import with_temperature
from mnist_core.data import dataset
from mnist_core.drawing import mnist_image, rejection
from mnist_core.models import store

CANVAS = 280
IMAGES = 300
WARM_UP = 20
# Name of a result: the network, and its bar in milliseconds.
NETWORKS = {
    "every_hand_answer": ("every-hand", 5.0),
    "drawing_answer": ("cnn-best", 10.0),
    "committee_answer": ("committee", 20.0),
}


def canvases() -> list[NDArray[np.uint8]]:
    """The first test images as drawings: uint8 `(280, 280, 4)`."""
    images = dataset.load("test").images[: WARM_UP + IMAGES]
    enlarged = (
        Image.fromarray(image).resize((CANVAS, CANVAS), Image.Resampling.BICUBIC)
        for image in images
    )
    return [np.asarray(picture.convert("RGBA")) for picture in enlarged]


def milliseconds(model: str, drawings: list[NDArray[np.uint8]]) -> list[float]:
    """How long each drawing takes, without those that warm up."""
    network, judge = store.open_model(model), rejection.load()
    temperature = store.read_card(store.folder_of(model)).temperature or 1.0
    times = []
    for canvas in drawings:
        began = time.perf_counter()
        image = mnist_image.to_mnist(canvas)[np.newaxis]
        judge.digit_probability(image)
        with_temperature(network.predict(image), temperature)
        times.append((time.perf_counter() - began) * 1000)
    return times[WARM_UP:]


def main() -> None:
    """Measure and keep the results."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", choices=NETWORKS, default=list(NETWORKS))
    asked = parser.parse_args()
    drawings = canvases()
    for name in asked.only:
        model, bar = NETWORKS[name]
        times = undisturbed(partial(milliseconds, model, drawings))
        keep(
            Result(
                name=name,
                promise=f"From a drawing's pixels to the answer of `{model}`, server-side",
                unit="ms",
                bar=bar,
                figure=round(statistics.median(times), 2),
                how=f"Median of {IMAGES} drawings of {CANVAS} × {CANVAS} pixels, one at a time, "
                "with the check for a digit.",
                script="drawing_answer",
                details={"95%, ms": round(float(np.percentile(times, 95)), 2)},
            )
        )


if __name__ == "__main__":
    main()
