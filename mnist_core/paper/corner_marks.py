"""The four corner marks of a sheet: their names, their size and the pattern of each.

`layout` says where they are printed, `find_marks` finds them on a photo.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from mnist_core.language.translation import to_translate

SIDE: Final = 18.0
"""The side of a mark: six modules, of which the outermost are black."""

MODULES: Final = 6
CORNERS: Final = (
    to_translate("top left"),
    to_translate("top right"),
    to_translate("bottom right"),
    to_translate("bottom left"),
)

# Black is 1. However two of them, or one and itself, are turned or mirrored, they differ in at
# least six of sixteen modules (all 65,536 patterns were tried). Sheets that are printed have these:
# a reader with others would not see them.
_PATTERNS = (
    ("0100", "1011", "1001", "1011"),
    ("1000", "0000", "0111", "1110"),
    ("0111", "0110", "0011", "0110"),
    ("1100", "1010", "1110", "1010"),
)


def modules(corner: int) -> NDArray[np.float32]:
    """The modules of a corner's mark, row by row: float32 `(6, 6)`, 1 where it is black."""
    found = np.ones((MODULES, MODULES), np.float32)
    found[1:-1, 1:-1] = [[float(bit) for bit in row] for row in _PATTERNS[corner]]
    return found
