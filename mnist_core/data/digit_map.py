"""Maps of the 10,000 test digits: alike lies near alike.

`scripts/make_map.py` laid them out in three ways, from the pixels alone.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mnist_core.data.dataset import TEST_IMAGES

FILE = Path(__file__).parent / "map.npz"
WAYS = ("umap", "tsne", "pca")

# A map is sent to the browser as whole numbers from 0 to this.
EXTENT = 65_535


def load(way: str, path: Path = FILE) -> NDArray[np.float32]:
    """Where each test digit lies on one of the maps.

    Args:
        way: one of `WAYS`.
        path: another file.

    Returns:
        float32 of shape `(10000, 2)`: to the right and upwards; read-only.

    Raises:
        ValueError: there is no such map.
    """
    if way not in WAYS:
        raise ValueError(f"There is no map called {way!r}; choose {', '.join(WAYS)}.")
    with np.load(path, allow_pickle=False) as archive:
        places: NDArray[np.float32] = archive[way].astype(np.float32)
    assert places.shape == (TEST_IMAGES, 2)
    places.setflags(write=False)
    return places


def save(layouts: Mapping[str, ArrayLike], path: Path) -> None:
    """Write the maps as `load` reads them: half precision is finer than any screen."""
    umap, tsne, pca = (np.asarray(layouts[way], np.float16) for way in WAYS)
    np.savez_compressed(path, umap=umap, tsne=tsne, pca=pca)


def on_screen(places: NDArray[np.float32]) -> NDArray[np.uint16]:
    """The same map as whole numbers, one scale for both directions, y downwards.

    Args:
        places: shape `(n, 2)`, at least one.

    Returns:
        uint16 of shape `(n, 2)`, 0 to `EXTENT`; the longer side fills it, the shorter is centred.
    """
    low, high = places.min(axis=0), places.max(axis=0)
    size = float((high - low).max()) or 1.0
    fractions = (places - (low + high) / 2) / size + 0.5
    fractions[:, 1] = 1 - fractions[:, 1]
    scaled: NDArray[np.uint16] = np.rint(fractions.clip(0, 1) * EXTENT).astype(np.uint16)
    return scaled
