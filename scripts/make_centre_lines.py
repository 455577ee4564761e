"""Thin every training digit to its centre line: mnist_core/data/centre_lines.npz (2.7 MB).

Ten seconds. Needs scikit-image (requirements-dev.txt).

    python -m scripts.make_centre_lines
"""

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage.morphology import skeletonize

from mnist_core.data import centre_lines, dataset
from mnist_core.data.dataset import SIDE

# Ink of at least this much, of 255, belongs to the stroke.
_INK = 100


def centre_line(image: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """The centre line of a digit `(28, 28)` on a grid twice as fine: bool `(56, 56)`."""
    side = SIDE * centre_lines.SUBDIVISION
    larger = Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC)
    line: NDArray[np.bool_] = skeletonize(np.asarray(larger) > _INK)
    return line


def main() -> None:
    images = dataset.load("train").images
    lines = np.stack([centre_line(image) for image in images])
    packed = np.packbits(lines.reshape(len(lines), -1), axis=1)
    np.savez_compressed(centre_lines.FILE, lines=packed)


if __name__ == "__main__":
    main()
