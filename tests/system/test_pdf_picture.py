"""Pages of PDFs as pictures, for many people at once."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from mnist_core.paper.sheet_pdf import sheet_pdf
from mnist_core.system.pdf_picture import UnreadablePdf, first_page

# In a process of its own: two threads in PDFium at once end it with a segmentation fault.
_MANY_AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from mnist_core.paper.sheet_pdf import sheet_pdf
from mnist_core.system.pdf_picture import first_page
pdf = sheet_pdf("A4")
with ThreadPoolExecutor(8) as pool:
    print(sum(p.width for p in pool.map(lambda _: first_page(pdf, lambda *size: 0.5), range(60))))
"""


def test_a_page_is_drawn_as_large_as_asked_for() -> None:
    picture = first_page(sheet_pdf("A4"), lambda width, height: 297 / height)
    assert (picture.size, picture.mode) == ((211, 297), "RGB")
    shades = np.asarray(picture)
    assert shades.max() == 255
    assert shades.min() < 128


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.4\n%%EOF", b"no PDF at all"])
def test_what_cannot_be_drawn_is_said(pdf: bytes) -> None:
    with pytest.raises(UnreadablePdf):
        first_page(pdf, lambda *size: 1.0)


def test_many_at_once_do_not_end_the_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MANY_AT_ONCE],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.strip()) == (0, str(60 * 298)), done.stderr
