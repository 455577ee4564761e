"""A canvas on which one digit was asked for: what networks get of it."""

import numpy as np
from numpy.typing import NDArray

from ui.shell import cached
from ui.widgets.canvas import canvas


def one_digit(name: str, ink: NDArray[np.uint8], brush: float) -> NDArray[np.uint8]:
    """The drawing as one digit, however far apart its parts are: uint8 `(28, 28)`.

    Args:
        name: of the canvas; its strokes are used where they are known.
        ink: what is seen on it, uint8 `(320, 320)`.
        brush: the width of the pen, in pixels of the canvas.

    Raises:
        ValueError: there is no digit to be seen; the message is for the visitor.
    """
    # Not at the top: nobody waits for this before there is a drawing.
    from mnist_core.drawing import canvas_digits, mnist_image

    lines = canvas.current_drawing(name).lines
    found = canvas_digits.find(ink, lines, brush, cached.digit_probability)
    image = found[0].image if len(found) == 1 else mnist_image.from_strokes(lines, brush)
    return np.rint(image * 255).astype(np.uint8)
