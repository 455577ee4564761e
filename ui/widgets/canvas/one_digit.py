"""A canvas on which one digit was asked for: what networks get of it."""

import numpy as np
from numpy.typing import NDArray

from ui.shell import cached
from ui.widgets.canvas import canvas


def one_digit(name: str, ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A drawing by the usual brush as one digit, however far apart its parts: uint8 `(28, 28)`.

    Args:
        name: of the canvas; its strokes are used where they are known.
        ink: what is seen on it, uint8 `(320, 320)`.

    Raises:
        ValueError: there is no digit to be seen; the message is for the visitor.
    """
    # Not at the top: nobody waits for this before there is a drawing.
    from mnist_core.drawing import canvas_digits, mnist_image

    lines = canvas.current_drawing(name).lines
    found = canvas_digits.find(ink, lines, canvas.BRUSH, cached.digit_probability)
    image = found[0].image if len(found) == 1 else mnist_image.from_strokes(lines, canvas.BRUSH)
    return np.rint(image * 255).astype(np.uint8)
