"""How long reading one image takes, for every model that comes with the app.

python -m benchmarks.predictor
"""

import statistics
import time
from functools import partial

from benchmarks.idle_machine import undisturbed
from benchmarks.measuring import Result, keep
from mnist_core.data import dataset
from mnist_core.models import store

IMAGES = 2_000
WARM_UP = 100
BAR_MILLISECONDS = 2.0


def milliseconds(model: str) -> list[float]:
    """How long each of the first test images takes, one at a time as a drawing comes."""
    predictor = store.open_model(model)
    images = dataset.load("test").images
    for index in range(WARM_UP):
        predictor.predict(images[index : index + 1])
    times = []
    for index in range(IMAGES):
        began = time.perf_counter()
        predictor.predict(images[index : index + 1])
        times.append((time.perf_counter() - began) * 1000)
    return times


def main() -> None:
    """Measure and keep the result."""
    medians = {
        card.name: round(statistics.median(undisturbed(partial(milliseconds, card.name))), 4)
        for card in store.list_models()
        if card.shipped
    }
    keep(
        Result(
            name="predictor",
            promise="One image through the predictor, slowest shipped network",
            unit="ms",
            bar=BAR_MILLISECONDS,
            figure=max(medians.values()),
            how=f"Median of {IMAGES:,} test images, one at a time, after {WARM_UP} to warm up.",
            details={f"{name}, ms": value for name, value in medians.items()},
        )
    )


if __name__ == "__main__":
    main()
