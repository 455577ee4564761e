"""A filled sheet and its photo, small and quick to make."""

from functools import cache
from io import BytesIO

import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from mnist_core.data import dataset
from mnist_core.handwriting.score import SHEET_SIZE
from mnist_core.paper import layout, perspective
from mnist_core.paper.sheet_pdf import sheet_pdf

SCALE = 5.0
"""Pixels a millimetre."""


@cache
def _printed(paper: str) -> NDArray[np.uint8]:
    page = pypdfium2.PdfDocument(sheet_pdf(paper))[0]
    return np.asarray(page.render(scale=SCALE * 25.4 / 72).to_pil().convert("L"))


def corner(paper: str) -> NDArray[np.float64]:
    """Where the part that is read begins on a paper, in millimetres."""
    return (np.array(layout.PAPERS[paper]) - (layout.WIDTH, layout.HEIGHT)) / 2


@cache
def written(position: int) -> NDArray[np.uint8]:
    """The test image that is written into a box."""
    digits = dataset.load("test")
    return digits.images[np.flatnonzero(digits.labels == layout.PROMPTS[position])[position]]


def filled(paper: str = "A4", *, empty: tuple[int, ...] = (), right: float = 0.0) -> Image.Image:
    """A sheet with a digit in each box but some, this many millimetres right of the middle."""
    page = Image.fromarray(_printed(paper))
    for position in range(SHEET_SIZE):
        if position in empty:
            continue
        ink = Image.fromarray(written(position)).resize((140, 140), Image.Resampling.BICUBIC)
        middle = layout.box_corners(position).mean(axis=0) + corner(paper) + (right, 0)
        left, top = (round(float(one) * SCALE) - 70 for one in middle)
        page.paste(40, (left, top), ink.point(lambda level: 255 if level > 110 else 0))
    return page


def photo(
    page: Image.Image,
    *,
    turn: float = 8.0,
    lean: float = 0.0,
    blur: float = 0.6,
    fill: float = 0.85,
) -> Image.Image:
    """The sheet on a grey table: turned by so many degrees, its upper edge further away."""
    size = np.array([900, 1200])
    corners = layout.rectangle(-page.width / 2, -page.height / 2, page.width, page.height)
    angle = np.deg2rad(turn)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    corners = corners @ spin.T
    corners = corners / (1 - lean * corners[:, 1:] / page.height)
    scale = fill * (size / np.ptp(corners, axis=0)).min()
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    seen = (corners - middle) * scale + size / 2
    plane = perspective.fitted(seen, layout.rectangle(0, 0, page.width, page.height))
    laid = perspective.warped(page, plane, (900, 1200))
    mask = perspective.warped(Image.new("L", page.size, 255), plane, (900, 1200))
    scene = Image.composite(laid, Image.new("L", (900, 1200), 120), mask)
    return scene.filter(ImageFilter.GaussianBlur(blur))


def jpeg(picture: Image.Image) -> bytes:
    """A picture as a file."""
    file = BytesIO()
    picture.convert("RGB").save(file, "JPEG", quality=80)
    return file.getvalue()
