"""Train the gate that tells a digit from a drawing of something else: drawing/rejection.tflite.

    python -m scripts.make_rejection_network [--output FILE] [--leave-out KIND ...]

It learns from MNIST's training digits as other hands might draw them and from things that are no
digits (`non_digits`), eleven answers in all: the ten digits and "none". The last 5,000 training
images are held out: the threshold is the share that one in a hundred of them, drawn again, stays
under. With `--leave-out` some kinds of non-digits are kept from it, to see how it does on things
it never met (benchmarks/rejections.py).
"""

import argparse
import os
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import centre_lines, dataset
from mnist_core.data.dataset import CLASSES, TRAINING_IMAGES, Digits
from mnist_core.drawing import rejection
from mnist_core.training import augmentation
from scripts import make_non_digits

LEARNED = TRAINING_IMAGES - 5_000
ROUNDS = 2
NON_DIGITS = 25_000
EPOCHS = 4


def examples(kinds: list[str], seed: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Digits in several hands, and as many kinds of non-digits: images, and labels 0 to 10."""
    random = np.random.default_rng(seed)
    digits, lines = dataset.load("train"), centre_lines.load()
    learned = Digits("train", digits.images[:LEARNED], digits.labels[:LEARNED])
    images = [augmentation.distort_or_redraw(learned, lines, random) for _ in range(ROUNDS)]
    images += [
        make_non_digits.generate(1_000, lines, random, kinds=kinds)
        for _ in range(ROUNDS * NON_DIGITS // 1_000)
    ]
    labels = [learned.labels] * ROUNDS + [np.full(ROUNDS * NON_DIGITS, CLASSES, np.uint8)]
    return np.concatenate(images), np.concatenate(labels)


def train(images: NDArray[np.uint8], labels: NDArray[np.uint8], seed: int) -> bytes:
    """A small network of eleven answers, as a LiteRT file."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tempfile

    import keras

    keras.utils.set_random_seed(seed)
    layers = keras.layers
    stack: list[keras.Layer] = [keras.Input((28, 28, 1)), layers.Rescaling(1 / 255)]
    for filters, size in ((24, 5), (48, 3), (64, 3)):
        stack += [layers.Conv2D(filters, size, use_bias=False)]
        stack += [layers.MaxPooling2D(2)] * (filters != 64)
        stack += [layers.BatchNormalization(), layers.Activation("relu")]
    stack += [layers.Dropout(0.3), layers.Flatten(), layers.Dense(96, "relu"), layers.Dropout(0.3)]
    model = keras.Sequential([*stack, layers.Dense(CLASSES + 1, "softmax")])
    batch = 256
    steps = EPOCHS * -(-len(images) // batch)
    rate = keras.optimizers.schedules.CosineDecay(
        1e-4, steps - 500, warmup_target=2e-3, warmup_steps=500
    )
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(images[..., None], labels, batch, EPOCHS, verbose=2)
    # Its pixels lie in 0..1, as everybody's do once it is asked.
    inference = keras.Sequential(
        [keras.Input((28, 28, 1)), *(layer for layer in model.layers if layer.name != "rescaling")]
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rejection.tflite"
        inference.export(file, format="litert", verbose=False)
        return file.read_bytes()


def threshold(network: bytes, seed: int) -> float:
    """What one in a hundred held-out digits, drawn again by other hands, stays under."""
    digits, lines = dataset.load("train"), centre_lines.load()
    held_out = np.arange(LEARNED, TRAINING_IMAGES)
    random = np.random.default_rng(seed)
    drawn = augmentation.redraw(lines, held_out, digits.labels[held_out], random)
    return float(np.quantile(rejection.NonDigitDetector(network).digit_probability(drawn), 0.01))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=rejection.FILE)
    parser.add_argument("--leave-out", nargs="*", default=[], metavar="KIND")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    kinds = [kind for kind in make_non_digits.KINDS if kind not in asked.leave_out]
    network = train(*examples(kinds, asked.seed), asked.seed)
    asked.output.write_bytes(network)
    sys.stdout.write(
        f"{len(network):,} bytes; threshold {threshold(network, asked.seed + 1):.4f}\n"
    )


if __name__ == "__main__":
    main()
