"""Maps of the 10,000 test digits, on which similar digits lie close together.

`scripts/make_map.py` computed them by three methods, from the pixels alone.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import TEST_IMAGES

FILE = Path(__file__).parent / "digit_map.npz"
METHODS = ("umap", "tsne", "pca")

EXTENT = 65_535
"""The largest coordinate sent to the browser."""


def load(method: str, path: Path = FILE) -> NDArray[np.float32]:
    """The position of each test digit, to the right and upwards, on the map of one of `METHODS`.

    Returns:
        float32 of shape `(10000, 2)`, read-only.

    Raises:
        ValueError: there is no such map.
    """
    if method not in METHODS:
        raise ValueError(f"There is no map called {method!r}; choose {', '.join(METHODS)}.")
    with np.load(path, allow_pickle=False) as archive:
        positions: NDArray[np.float32] = archive[method].astype(np.float32)
    assert positions.shape == (TEST_IMAGES, 2)
    positions.setflags(write=False)
    return positions


def save(layouts: Mapping[str, ArrayLike], path: Path) -> None:
    """Write the file that `load` reads: half precision is finer than any screen."""
    umap, tsne, pca = (np.asarray(layouts[method], np.float16) for method in METHODS)
    np.savez_compressed(path, umap=umap, tsne=tsne, pca=pca)


def quantised(positions: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Positions `(n, 2)` as uint16 with one scale for both directions, y downwards.

    The longer side goes from 0 to `EXTENT`, the shorter is centred.
    """
    low, high = positions.min(axis=0), positions.max(axis=0)
    size = float((high - low).max()) or 1.0
    fractions = (positions - (low + high) / 2) / size + 0.5
    fractions[:, 1] = 1 - fractions[:, 1]
    return np.asarray(np.rint(fractions.clip(0, 1) * EXTENT), np.uint16)
