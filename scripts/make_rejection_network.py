"""Train the gate that tells a digit from a drawing of something else: drawing/rejection.tflite.

    python -m scripts.make_rejection_network [--begin FILE] [--output FILE]
        [--held-out ALPHABET ...] [--choose]

It learns digits (MNIST's training digits as other hands might draw them, those of the first twenty
writers of `scripts.real_strokes`, models of writing) and things that are none (made up by
`make_non_digits`; letters as people write them and real digits mirrored or upside down, by
`other_strokes`; Omniglot's characters but for the alphabets held out), eleven answers in all: the
ten digits and "none". It goes on from the gate that there was before (`rejection_weights`).
With `--choose` five of the writers are held out, too: on them and on MNIST's last 5,000 training
images the limit of the app was chosen (`rejection.THRESHOLD`). It is made to refuse few real
digits: see `figures`. The gate that came with the app on 2026-11-30 is one of `--choose`, without
Greek and Tagalog: it went on from that of the day before for 300,000 images, the second half with
twice as many of MNIST's, as in `rejection_examples`. Which characters of Greek and Tagalog passed
was known when the kinds of strokes in `other_strokes` were thought of; nothing was fitted to them.
"""

import argparse
import json
import os
import sys
from collections.abc import Container, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.real_hands import WRITERS
from mnist_core.data import dataset
from mnist_core.data.dataset import CLASSES
from mnist_core.drawing import mnist_image, rejection
from scripts import real_strokes, rejection_weights
from scripts.real_strokes import HELD_OUT_WRITERS
from scripts.rejection_examples import IN_ALL, LEARNED, Examples, Strokes

EPOCHS = 3
HELD_OUT = ("Greek", "Tagalog")
"""What the gate that came with the app has not learned from."""
# Of real digits, at most so many may be refused.
REFUSED = 0.003
_BATCH, _WARMUP = 256, 150


def train(examples: Examples, begin: bytes, seed: int) -> bytes:
    """A small network of eleven answers, as a LiteRT file, from one of the same layers."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import tempfile

    import keras

    keras.utils.set_random_seed(seed)
    layers = keras.layers
    stack: list[keras.Layer] = [keras.Input((28, 28, 1))]
    for filters, size in ((24, 5), (48, 3), (64, 3)):
        stack += [layers.Conv2D(filters, size, use_bias=False)]
        stack += [layers.MaxPooling2D(2)] * (filters != 64)
        stack += [layers.BatchNormalization(), layers.Activation("relu")]
    stack += [layers.Dropout(0.3), layers.Flatten(), layers.Dense(96, "relu"), layers.Dropout(0.3)]
    model = keras.Sequential([*stack, layers.Dense(CLASSES + 1, "softmax")])
    images, labels = examples.epoch(np.random.default_rng((seed, 0)))
    rejection_weights.take_over(model, begin, _scaled(images[:: len(images) // 2_000]))
    rate = keras.optimizers.schedules.CosineDecay(
        1e-5, EPOCHS * -(-IN_ALL // _BATCH) - _WARMUP, warmup_target=5e-4, warmup_steps=_WARMUP
    )
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    for number in range(1, EPOCHS + 1):
        model.fit(_scaled(images), labels, _BATCH, 1, verbose=2)
        if number < EPOCHS:
            images, labels = examples.epoch(np.random.default_rng((seed, number)))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rejection.tflite"
        model.export(file, format="litert", verbose=False)
        return file.read_bytes()


def _scaled(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    return images[..., np.newaxis].astype(np.float32) / np.float32(255)


def figures(
    network: bytes, alphabets: Sequence[str], writers: Container[int], folder: Path
) -> dict[str, object]:
    """The limit at which few digits of these writers are refused; what it refuses, in percent.

    Characters and digits are read as the page reads them; none of them should have been learned.
    """
    gate = rejection.NonDigitDetector(network)
    hands = [hand for hand in real_strokes.digits(folder) if hand.writer in writers]
    digits = _shares(gate, [hand.strokes for hand in hands])
    mnist = gate.digit_probability(dataset.load("train").images[LEARNED:])
    limit = float(np.quantile(digits, REFUSED))
    found: dict[str, object] = {
        f"limit at {REFUSED:.1%} of the hands": round(limit, 4),
        "MNIST refused at it": round(100 * float(np.mean(mnist < limit)), 2),
        "hands refused by the app": round(100 * float(np.mean(digits < rejection.THRESHOLD)), 2),
    }
    for alphabet in alphabets:
        drawn = [one for one in real_strokes.characters(folder) if one.alphabet == alphabet]
        shares = _shares(gate, [one.strokes for one in drawn])
        numbers = np.array([one.number for one in drawn])
        found[alphabet] = {
            "refused at it": round(100 * float(np.mean(shares < limit)), 1),
            "refused by the app": round(100 * float(np.mean(shares < rejection.THRESHOLD)), 1),
            "most accepted": {
                int(number): round(100 * float(np.mean(shares[numbers == number] >= limit)))
                for number in np.unique(numbers)
                if np.mean(shares[numbers == number] >= limit) >= 0.1
            },
        }
    return found


def _shares(gate: rejection.NonDigitDetector, drawings: Sequence[Strokes]) -> NDArray[np.float32]:
    """How probably each drawing is a digit, prepared as on the page with a brush of a tenth."""
    images = []
    for strokes in drawings:
        extent = max(np.ptp(np.concatenate(strokes), axis=0).max(), 1.0)
        images.append(mnist_image.from_strokes(strokes, extent / 10))
    return gate.digit_probability(np.stack(images))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=rejection.FILE)
    parser.add_argument("--begin", type=Path, default=rejection.FILE)
    parser.add_argument("--held-out", nargs="*", default=list(HELD_OUT), metavar="ALPHABET")
    parser.add_argument("--choose", action="store_true", help="hold writers out, too")
    parser.add_argument("--data", type=Path, default=real_strokes.FOLDER)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    examples = Examples(asked.held_out, choosing=asked.choose, folder=asked.data)
    network = train(examples, asked.begin.read_bytes(), asked.seed)
    asked.output.write_bytes(network)
    writers = HELD_OUT_WRITERS if asked.choose else WRITERS
    found = figures(network, asked.held_out, writers, asked.data)
    sys.stdout.write(f"{len(network):,} bytes\n{json.dumps(found, indent=1)}\n")


if __name__ == "__main__":
    main()
