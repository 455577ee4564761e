"""Trace the pen of a few training digits, for the ghost pen on the canvas.

Their centre lines (`mnist_core.data.centre_lines`) are points without an order. The digits chosen
have lines that cross nowhere, so the pen's way is the way from one end to the other.

python -m scripts.make_ghost_digits
"""

import json

import numpy as np
from numpy.typing import NDArray

from mnist_core.data import centre_lines, dataset
from mnist_core.data.centre_lines import SUBDIVISION
from ui.widgets.ghost_pen.ghost_pen import FILE

ELEMENTS = (1144, 103, 76, 18, 332, 51)
"""Of the training set: a 3, a 7, a 2, a 6, a 5 and a 0."""
# From MNIST's pixels to the canvas's 320: a digit of 20 pixels becomes 200 high. Its middle is a
# little above the canvas's: there are words below.
_SCALE, _MIDDLE = 10, (160, 145)
# Canvas pixels between two points.
_STEP = 9.0

Place = tuple[int, int]


def main() -> None:
    """Write the file."""
    lines = centre_lines.load(max(ELEMENTS) + 1)
    labels = dataset.load("train").labels
    digits = []
    for element in ELEMENTS:
        points = lines.points[lines.starts[element] : lines.starts[element + 1]]
        stroke = smooth(traced(points)) * _SCALE
        stroke += np.array(_MIDDLE) - (stroke.min(axis=0) + stroke.max(axis=0)) / 2
        digits.append({"label": int(labels[element]), "stroke": spaced(stroke).tolist()})
    rows = ",\n".join("  " + json.dumps(digit, separators=(",", ":")) for digit in digits)
    FILE.write_text(f"[\n{rows}\n]\n", "utf-8")


def traced(points: NDArray[np.float32]) -> NDArray[np.float64]:
    """The points `(n, 2)` of a line without crossings, in the order of a pen from its upper end.

    Raises:
        ValueError: it has a crossing, or several parts.
    """
    # The points lie on a grid SUBDIVISION times as fine as the image's.
    grid = {(int(x), int(y)) for x, y in np.rint((points + 0.5) * SUBDIVISION - 0.5)}
    links = {place: _links(place, grid) for place in grid}
    ends = [place for place in grid if len(links[place]) == 1]
    if any(len(found) > 2 for found in links.values()) or len(ends) not in (0, 2):
        raise ValueError("This line is not a single stroke.")
    path = [min(ends or grid, key=lambda place: (place[1], place[0]))]
    while ahead := [place for place in links[path[-1]] if place not in path]:
        # A closed line begins to the left, as people write a 0.
        path.append(min(ahead))
    if len(path) < len(grid):
        raise ValueError("This line has several parts.")
    way = [*path, path[0]] if not ends else path
    return (np.array(way) + 0.5) / SUBDIVISION - 0.5


def smooth(path: NDArray[np.float64]) -> NDArray[np.float64]:
    """The path without the steps of its grid; its ends stay."""
    for _ in range(4):
        path = np.concatenate([path[:1], (path[:-2] + 2 * path[1:-1] + path[2:]) / 4, path[-1:]])
    return path


def spaced(path: NDArray[np.float64]) -> NDArray[np.int64]:
    """Points on the path at equal distances, in whole pixels."""
    lengths = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.linspace(0, along[-1], max(2, round(along[-1] / _STEP)))
    points = np.stack([np.interp(at, along, axis) for axis in path.T], axis=1)
    whole: NDArray[np.int64] = np.rint(points).astype(np.int64)
    return whole


def _links(place: Place, grid: set[Place]) -> list[Place]:
    """The neighbours on the line; no diagonal where two straight steps lead to the same place."""
    x, y = place
    straight = [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)]
    found = [near for near in straight if near in grid]
    for dx, dy in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        if (x + dx, y + dy) in grid and not {(x + dx, y), (x, y + dy)} & grid:
            found.append((x + dx, y + dy))
    return found


if __name__ == "__main__":
    main()
