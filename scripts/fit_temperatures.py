"""Find the temperature of every shipped network: `python -m scripts.fit_temperatures`.

A network that learned all 60,000 training images leaves none to fit a temperature on, and the test
images are for the examination. So each recipe is trained once more, with its own settings, on the
first 50,000; the temperature that suits its answers to the last 10,000 goes into the card.
"""

import os
import sys
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar
from sklearn.metrics import log_loss

from mnist_core.analysis.calibration import reliability, with_temperature
from mnist_core.data import dataset
from mnist_core.data.dataset import TRAINING_IMAGES, Digits
from mnist_core.models import card as cards
from mnist_core.models import store
from mnist_core.networks import recipes

HELD_OUT = 10_000


def best_temperature(probabilities: ArrayLike, labels: ArrayLike) -> float:
    """Find the temperature, from 0.01 to 100, with the smallest loss on images not learned from.

    The probabilities have the shape `(n, 10)`, and the labels `(n,)`.
    """

    def loss(power: float) -> float:
        cooled = with_temperature(probabilities, np.exp(power))
        return float(log_loss(labels, cooled, labels=range(10)))

    found = minimize_scalar(loss, bounds=(np.log(0.01), np.log(100)), options={"xatol": 1e-7})
    return float(np.exp(found.x))


def fit(name: str) -> str:
    """Fit one recipe's temperature, write it into the shipped card, and say what it does."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    from mnist_core.training.engine import as_input
    from mnist_core.training.loop import train

    recipe, training = recipes.get(name), dataset.load("train")
    learned = TRAINING_IMAGES - HELD_OUT
    held_out = Digits("train", training.images[learned:], training.labels[learned:])
    trained = train(
        recipe,
        replace(recipe.settings, seed=0, training_images=learned),
        training=training,
        # Judging every epoch is not wanted here, so there is little to judge.
        test=Digits("train", held_out.images[:100], held_out.labels[:100]),
    )
    images = as_input(held_out.images, recipe.input_shape)
    answers = np.concatenate(
        [
            trained.model(np.float32(images[start : start + 1000]) / 255, training=False).numpy()
            for start in range(0, HELD_OUT, 1000)
        ]
    )
    temperature = round(best_temperature(answers, held_out.labels), 4)
    path = store.SHIPPED / name / store.CARD
    written = cards.encode(replace(cards.decode(path.read_bytes()), temperature=temperature))
    path.write_bytes(written)
    before = reliability(answers, held_out.labels).error
    after = reliability(with_temperature(answers, temperature), held_out.labels).error
    return f"{name}: T = {temperature}; calibration error held out {before:.4f} -> {after:.4f}"


if __name__ == "__main__":
    names = [recipe.name for recipe in recipes.SHIPPED if recipe in recipes.RECIPES]
    for asked in sys.argv[1:] or names:
        sys.stdout.write(fit(asked) + "\n")
        sys.stdout.flush()
