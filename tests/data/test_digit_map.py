"""Maps of the test digits: the shipped file, PCA against scikit-learn, places on the screen."""

import numpy as np
import pytest
from sklearn.decomposition import PCA

from mnist_core.data import dataset, digit_map


def _pixels():
    return dataset.load("test").images.reshape(10_000, -1).astype(np.float32) / 255


def test_pca_is_scikit_learns_up_to_sign():
    shipped = digit_map.load("pca")
    expected = PCA(2, svd_solver="covariance_eigh").fit_transform(_pixels().astype(np.float64))
    for axis in (0, 1):
        sign = np.sign((shipped[:, axis] * expected[:, axis]).sum())
        # Half precision: 11 bits of every number.
        assert shipped[:, axis] * sign == pytest.approx(expected[:, axis], rel=2**-10, abs=1e-4)


@pytest.mark.parametrize(("way", "share"), [("umap", 0.9), ("tsne", 0.9), ("pca", 0.3)])
def test_similar_digits_lie_close_together(way, share):
    places, labels = digit_map.load(way), dataset.load("test").labels
    assert np.isfinite(places).all()
    some = np.arange(0, 10_000, 20)
    away = ((places[some][:, np.newaxis] - places[np.newaxis]) ** 2).sum(axis=2)
    away[np.arange(len(some)), some] = np.inf
    assert (labels[away.argmin(axis=1)] == labels[some]).mean() > share


def test_a_map_is_read_only_and_an_unknown_one_is_an_error():
    assert not digit_map.load("umap").flags.writeable
    with pytest.raises(ValueError, match="no map called 'lda'"):
        digit_map.load("lda")


def test_on_the_screen_y_goes_down_and_one_scale_holds_for_both_directions():
    places = np.array([[-2, 0], [2, 0], [0, 1], [0, -1]], np.float32)
    seen = digit_map.quantised(places).astype(int)
    assert seen[0].tolist() == [0, 32_768]
    assert seen[1].tolist() == [65_535, 32_768]
    assert seen[2].tolist() == [32_768, 16_384]
    assert seen[3].tolist() == [32_768, 49_151]


def test_a_single_position_is_in_the_middle():
    assert digit_map.quantised(np.ones((1, 2), np.float32)).tolist() == [[32_768, 32_768]]


def test_what_is_saved_reads_back(tmp_path):
    given = np.random.default_rng(0).normal(size=(10_000, 2))
    digit_map.save(dict.fromkeys(digit_map.METHODS, given), tmp_path / "digit_map.npz")
    found = digit_map.load("tsne", tmp_path / "digit_map.npz")
    assert found == pytest.approx(given, rel=2**-10, abs=1e-4)


def test_the_file_is_small():
    assert digit_map.FILE.stat().st_size < 200_000


@pytest.mark.parametrize(
    ("way", "middling", "most"), [("umap", 0.006, 0.03), ("tsne", 0.006, 0.08)]
)
def test_a_digit_that_is_left_out_comes_out_near_its_own_place(way, middling, most):
    positions, images = digit_map.load(way), dataset.load("test").images
    width = (positions.max(axis=0) - positions.min(axis=0)).max()
    errors = [
        np.linalg.norm(
            digit_map.place(images[one], positions, images, exclude=one) - positions[one]
        )
        / width
        for one in range(7, 10_000, 130)
    ]
    # `place` says what it is for all 10,000.
    assert np.median(errors) < middling
    assert np.quantile(errors, 0.9) < most


def test_a_digit_of_the_map_lies_where_it_lies():
    positions, images = digit_map.load("umap"), dataset.load("test").images
    assert digit_map.place(images[42], positions, images) == pytest.approx(positions[42], abs=1e-3)


def test_a_digit_between_two_clouds_joins_one_of_them():
    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 0, 0] = 100
    images[:, 1, 1] = range(10)
    positions = np.array([[0, 0]] * 5 + [[10, 10]] * 5, np.float32)
    images[5:] += 5
    found = digit_map.place(images[0] + np.uint8(1), positions, images)
    assert found == pytest.approx([0, 0], abs=0.01)


def test_only_an_image_like_those_of_the_map_has_a_place():
    positions, images = digit_map.load("umap"), dataset.load("test").images
    with pytest.raises(ValueError, match="A point needs bytes"):
        digit_map.place(np.zeros((20, 20), np.uint8), positions, images)
