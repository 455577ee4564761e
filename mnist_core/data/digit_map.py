"""Maps of the 10,000 test digits, on which similar digits lie close together.

`scripts/make_map.py` computed them by three methods, from the pixels alone.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data import neighbours
from mnist_core.data.dataset import TEST_IMAGES

FILE = Path(__file__).parent / "digit_map.npz"
METHODS = ("umap", "tsne", "pca")

EXTENT = 65_535
"""The largest coordinate sent to the browser."""

NEIGHBOURS = 8
"""How many test digits say where a new one lies: of 1 to 16, as good as any on all three maps."""

_STEPS = 30
# Keeps a distance of zero from dividing; far below what can be seen on any map.
_TINY = 1e-6


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


def place(
    image: NDArray[np.uint8],
    positions: NDArray[np.float32],
    images: NDArray[np.uint8],
    *,
    exclude: int | None = None,
) -> NDArray[np.float32]:
    """Where a new digit belongs on a map: amid the eight test digits most like it, by pixels.

    It is their geometric median, the nearer of them counting for more. Their mean may fall between
    two clouds, where there is no digit at all.

    Each of the 10,000 test digits, placed by the others as if it were new, comes out this far from
    its own place (median, in parts of the map's width): UMAP 0.4%, t-SNE 0.4%, PCA 3.7%; 95 of 100
    within 1.6%, 5.5% and 9.9%. Two digits at random are 40%, 40% and 27% apart. A new digit will
    not come out quite so well: each of these was there when the map was made.

    Args:
        image: uint8 `(28, 28)`, prepared as MNIST's are.
        positions: float32 `(n, 2)`, as `load` gives them.
        images: uint8 `(n, 28, 28)`, which lie there.
        exclude: an image to leave out, because it is the digit itself.

    Returns:
        float32 `(2,)`; the very place of a digit that is on the map.

    Raises:
        ValueError: the image has another shape or type.
    """
    found = neighbours.nearest(image, images, NEIGHBOURS, exclude=exclude)
    places = positions[found.elements].astype(np.float64)
    weights = 1 / np.maximum(found.distances, _TINY) ** 2
    middle = np.average(places, axis=0, weights=weights)
    for _ in range(_STEPS):  # Weiszfeld's method
        away = np.maximum(np.linalg.norm(places - middle, axis=1), _TINY)
        middle = np.average(places, axis=0, weights=weights / away)
    return middle.astype(np.float32)
