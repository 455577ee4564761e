"""Lay the 10,000 test digits out on three maps: mnist_core/data/digit_map.npz.

    python -m scripts.make_map

PCA, t-SNE and UMAP, from the pixels alone: no label is looked at. Needs scikit-learn and umap-learn
(requirements-dev.txt) and a few minutes.
"""

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from tqdm import tqdm
from umap import UMAP

from mnist_core.data import dataset, digit_map

SEED = 0
# t-SNE and UMAP look at distances; 50 directions keep nearly all of them and much less noise.
_DIRECTIONS = 50


def layouts(images: NDArray[np.uint8]) -> dict[str, NDArray[np.float32]]:
    """Where each way puts the images.

    Args:
        images: uint8 of shape `(n, 28, 28)`.

    Returns:
        By name, arrays of shape `(n, 2)`.
    """
    pixels = images.reshape(len(images), -1).astype(np.float32) / 255
    main = PCA(_DIRECTIONS, svd_solver="full").fit_transform(pixels)
    ways = {
        "pca": lambda: main[:, :2],
        "tsne": lambda: TSNE(init="pca", random_state=SEED).fit_transform(main),
        "umap": lambda: UMAP(random_state=SEED, n_jobs=1).fit_transform(main),
    }
    return {name: np.asarray(way(), np.float32) for name, way in tqdm(ways.items())}


if __name__ == "__main__":
    digit_map.save(layouts(dataset.load("test").images), digit_map.FILE)
