"""The shape of the data: each measure on drawings whose measures are known, then on MNIST."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from mnist_core.charts.digit_colours import DIGIT_COLOURS
from mnist_core.charts.shape_charts import SHARES, counts_chart, spread_chart
from mnist_core.data import dataset, shape_statistics
from tests.samples import first

BIG = 16


def _stroke(width, lean):
    """An upright stroke 18 pixels high that goes `lean` pixels to the right while going up."""
    picture = Image.new("L", (28 * BIG, 28 * BIG))
    ends = [((14 - lean / 2) * BIG, 23 * BIG), ((14 + lean / 2) * BIG, 5 * BIG)]
    ImageDraw.Draw(picture).line(ends, fill=255, width=round(width * BIG))
    return np.asarray(picture.resize((28, 28), Image.Resampling.BOX))[np.newaxis]


@pytest.mark.parametrize("width", [2, 3, 4])
def test_the_thickness_of_a_stroke(width):
    # The ends are edges, too: a stroke 18 long and 3 wide measures 3 × 18 / 21.
    expected = 18 * width / (18 + width)
    assert shape_statistics.thickness(_stroke(width, 0))[0] == pytest.approx(expected, abs=0.15)


@pytest.mark.parametrize("lean", [-9, 0, 4.5, 9])
def test_the_slant_of_a_stroke(lean):
    expected = np.degrees(np.arctan(lean / 18))
    assert shape_statistics.slant(_stroke(3, lean))[0] == pytest.approx(expected, abs=1.5)


def test_the_width_of_the_ink():
    image = np.zeros((2, 28, 28), np.uint8)
    image[0, 5, 4] = image[0, 9, 13] = 1
    assert shape_statistics.width(image).tolist() == [10, 0]


def test_blank_paper_has_no_shape():
    blank = np.zeros((1, 28, 28), np.uint8)
    assert (
        shape_statistics.thickness(blank)
        == shape_statistics.slant(blank)
        == shape_statistics.width(blank)
        == 0
    )


def test_the_training_set():
    digits = dataset.load("train")
    found = shape_statistics.measure(digits)
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    assert found.counts.tolist() == counts
    sevens = digits.images[digits.labels == 7]
    assert np.abs(found.means[7] - sevens.mean(axis=0)).max() < 1e-3
    distances = ((sevens - found.means[7]) ** 2).sum(axis=(1, 2))
    assert found.typical[7] == digits.indices(7)[distances.argmin()]
    assert digits.labels[found.typical].tolist() == list(range(10))
    thickness = found.measures["thickness"]
    assert thickness.mean() == pytest.approx(2.5, abs=0.5)
    medians = found.quantiles("width", (0.5,))
    assert medians.argmin() == 1
    assert all(np.isfinite(values).all() for values in found.measures.values())


def test_a_missing_digit_is_an_error():
    with pytest.raises(ValueError, match="not there"):
        shape_statistics.measure(first("test", 5))


def test_charts_have_a_colour_a_name_and_a_unit_for_everything():
    bars = counts_chart(range(10))
    assert [bar.box for bar in bars.bars] == [(0, count) for count in range(10)]
    assert tuple(bar.colour for bar in bars.bars) == DIGIT_COLOURS
    assert bars.bars[7].tooltip == "7 images are labelled 7."
    assert bars.x.names == tuple("0123456789")
    assert bars.y.title == "images"
    quantiles = np.arange(-10, 40).reshape(10, len(SHARES))
    boxes = spread_chart(quantiles, "slant, degrees", "°")
    assert [box.x for box in boxes.bars] == list(range(10))
    assert [box.median for box in boxes.bars] == quantiles[:, 2].tolist()
    assert [box.whisker for box in boxes.bars] == list(
        zip(quantiles[:, 0].tolist(), quantiles[:, -1].tolist(), strict=True)
    )
    assert boxes.y.title == "slant, degrees"
    assert boxes.y.low < -10
    assert boxes.y.high > 39
    assert boxes.bars[0].tooltip == (
        "0: half of them lie between −9.0 and −7.0° (median −8.0), nine in ten between −10.0 and "
        "−6.0."
    )
