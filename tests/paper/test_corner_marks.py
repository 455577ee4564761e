"""The patterns of the corner marks."""

from itertools import combinations

import numpy as np

from mnist_core.paper import corner_marks


def test_no_mark_looks_like_another_however_it_is_turned_or_mirrored() -> None:
    seen = [
        (corner, np.rot90(side, turn))
        for corner in range(4)
        for side in (corner_marks.modules(corner), corner_marks.modules(corner).T)
        for turn in range(4)
    ]
    assert min((a != b).sum() for (_, a), (_, b) in combinations(seen, 2)) >= 6
