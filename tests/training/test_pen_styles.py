import itertools

import numpy as np
import pytest

from mnist_core.data import centre_lines
from mnist_core.training import pen_styles
from tests.samples import first

MANY = 2_000


@pytest.fixture(scope="module")
def styled():
    """Labels, points before and after, and which of them are points."""
    digits, lines = first("train", MANY), centre_lines.load()
    before = lines.padded(np.arange(MANY))
    after = pen_styles.add(*before, digits.labels, np.random.default_rng(0))
    return digits.labels, before, after


def extents(points, real):
    low = np.where(real[..., None], points, np.inf).min(axis=1)
    high = np.where(real[..., None], points, -np.inf).max(axis=1)
    return low, high


def test_nothing_is_left_without_a_line(styled):
    _, _, (points, real) = styled
    assert np.isfinite(points[real]).all()
    assert real.any(axis=1).all()
    assert points.shape[:2] == real.shape


def test_about_as_many_digits_change_as_the_chances_say(styled):
    labels, before, after = styled
    longer = after[1].sum(axis=1) > before[1].sum(axis=1)
    assert 0.75 < longer[labels == 1].mean() < 0.98
    assert 0.4 < longer[labels == 7].mean() < 0.7
    assert 0.45 < longer[labels == 9].mean() < 0.75
    assert not longer[np.isin(labels, [2, 3, 5, 6, 8])].any()


def test_ones_get_feet_and_nines_get_tails(styled):
    labels, before, after = styled
    low, high = extents(*before)
    new_low, new_high = extents(*after)
    wider = (new_high - new_low)[:, 0] - (high - low)[:, 0]
    assert wider[labels == 1].max() > 8
    left = low[:, 0] - new_low[:, 0]
    assert left[labels == 9].max() > 3


def test_some_fours_lose_the_top_of_their_stem():
    # An open four with a tall right stem.
    corners = [(6, 4), (6, 14), (20, 14)], [(18, 4), (18, 24)]
    points = np.concatenate(
        [
            np.stack([np.linspace(a, b, 40) for a, b in zip(one, two, strict=True)], axis=1)
            for stroke in corners
            for one, two in itertools.pairwise(stroke)
        ]
    ).astype(np.float32)
    many = np.repeat(points[None], 200, axis=0)
    real = np.ones(many.shape[:2], bool)
    labels = np.full(200, 4, np.uint8)
    drawn, kept = pen_styles.add(many, real, labels, np.random.default_rng(1))
    stem_top = np.where(kept & (drawn[..., 0] > 15), drawn[..., 1], np.inf).min(axis=1)
    left_top = np.where(kept & (drawn[..., 0] < 8), drawn[..., 1], np.inf).min(axis=1)
    assert 0.2 < (stem_top > 8).mean() < 0.5
    assert np.median(left_top) == 4
