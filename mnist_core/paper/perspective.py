"""Plane seen from anywhere: 3 x 3 matrices between a sheet's millimetres and a photo's pixels.

A pixel's middle lies half a pixel from its edges, so the first pixel reaches from 0 to 1.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

Plane = NDArray[np.float64]
"""A projective map, float64 `(3, 3)`."""

Points = NDArray[np.float64]
"""Float64 `(n, 2)`: x, and y downwards."""


def fitted(source: ArrayLike, target: ArrayLike) -> Plane:
    """The map that takes at least four points to others, by least squares (normalised DLT)."""
    one, other = _normaliser(source), _normaliser(target)
    rows = []
    for (x, y), (u, v) in zip(applied(one, source), applied(other, target), strict=True):
        rows += [
            (x, y, 1, 0, 0, 0, -u * x, -u * y, -u),
            (0, 0, 0, x, y, 1, -v * x, -v * y, -v),
        ]
    plane = np.linalg.svd(np.array(rows))[2][-1].reshape(3, 3)
    whole: Plane = np.linalg.inv(other) @ plane @ one
    return whole / np.linalg.norm(whole)


def _normaliser(points: ArrayLike) -> Plane:
    placed = np.asarray(points, np.float64)
    middle = placed.mean(axis=0)
    scale = np.sqrt(2) / max(float(np.hypot(*(placed - middle).T).mean()), 1e-9)
    return np.array([(scale, 0, -scale * middle[0]), (0, scale, -scale * middle[1]), (0, 0, 1.0)])


def applied(plane: Plane, points: ArrayLike) -> Points:
    """Where points `(..., 2)` come to lie."""
    placed = np.asarray(points, np.float64)
    mapped = placed @ plane[:, :2].T + plane[:, 2]
    whole: Points = mapped[..., :2] / np.where(mapped[..., 2:] == 0, 1e-12, mapped[..., 2:])
    return whole


def inverse(plane: Plane) -> Plane:
    """The way back."""
    back: Plane = np.linalg.inv(plane).astype(np.float64)
    return back


def area(corners: Points) -> float:
    """The area of a polygon, positive if its corners go clockwise (as y grows downwards)."""
    x, y = corners.T
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2


def warped(picture: Image.Image, plane: Plane, size: tuple[int, int]) -> Image.Image:
    """A picture of this width and height whose point p shows the point `plane` (p) of another."""
    coefficients = (plane / plane[2, 2]).ravel()[:8]
    return picture.transform(
        size,
        Image.Transform.PERSPECTIVE,
        tuple(float(one) for one in coefficients),
        Image.Resampling.BILINEAR,
    )


def sampled(grey: NDArray[np.float32], points: ArrayLike) -> NDArray[np.float32]:
    """The brightness at points `(..., 2)` between pixels; beyond the picture, that of its edge."""
    placed = np.asarray(points, np.float64) - 0.5
    height, width = grey.shape
    x = np.clip(placed[..., 0], 0, width - 1.001)
    y = np.clip(placed[..., 1], 0, height - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    across, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    upper = grey[top, left] * (1 - across) + grey[top, left + 1] * across
    lower = grey[top + 1, left] * (1 - across) + grey[top + 1, left + 1] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def scaling(factor: float) -> Plane:
    """Everything this many times as large."""
    return np.diag((factor, factor, 1.0))


def shifted(across: float, down: float) -> Plane:
    """Everything moved by so much."""
    return np.array([(1.0, 0, across), (0, 1.0, down), (0, 0, 1.0)])
