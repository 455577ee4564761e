"""How far MNIST's test digits are from its training digits: classroom/hand_distance.json.

    python -m scripts.make_hand_reference

For `mnist_core.classroom.hand_distance`. Takes 10 s of processor time.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from mnist_core.classroom import hand_distance
from mnist_core.classroom.hand_distance import HandReference
from mnist_core.data import dataset
from mnist_core.data.dataset import CLASSES

SETS_OF_TEN = 100_000
_BATCH = 500


def main() -> None:
    """Measure, and write what was measured."""
    train, test = dataset.load("train"), dataset.load("test")
    distances = np.concatenate(
        [
            hand_distance.nearest(
                test.images[start : start + _BATCH],
                test.labels[start : start + _BATCH],
                train.images,
                train.labels,
            )[0]
            for start in range(0, len(test.labels), _BATCH)
        ]
    )
    of_label = [distances[test.labels == label] for label in range(CLASSES)]
    means = [float(one.mean()) for one in of_label]
    low, high = np.quantile(sets_of_ten(of_label, means), [0.025, 0.975])
    reference = HandReference(
        tuple(round(one, 3) for one in means),
        round(float(low), 3),
        round(float(high), 3),
        tuple(typical(train.images, train.labels, label) for label in range(CLASSES)),
    )
    encoded = msgspec.json.format(msgspec.json.encode(reference), indent=1)
    hand_distance.FILE.write_bytes(encoded + b"\n")


def sets_of_ten(of_label: list[NDArray[np.float64]], means: list[float]) -> NDArray[np.float64]:
    """The mean ratio of sets of ten test digits, one of each label, drawn at random."""
    random = np.random.default_rng(0)
    drawn = [
        random.choice(one, SETS_OF_TEN) / mean for one, mean in zip(of_label, means, strict=True)
    ]
    return np.asarray(np.mean(drawn, axis=0))


def typical(images: NDArray[np.uint8], labels: NDArray[np.uint8], label: int) -> int:
    """The training image that is nearest to the mean image of its label."""
    same = np.flatnonzero(labels == label)
    pixels = images[same].reshape(len(same), -1).astype(np.float32)
    return int(same[((pixels - pixels.mean(axis=0)) ** 2).sum(axis=1).argmin()])


if __name__ == "__main__":
    main()
