"""How doubtful labels are judged, and the file that the app reads."""

import numpy as np
import pytest

from mnist_core.data import doubtful_labels
from scripts.make_doubtful_labels import judge, save


def test_the_most_probable_other_digit_is_the_alternative():
    chances = np.zeros((2, 10), np.float32)
    chances[0, [3, 5, 8]] = 0.2, 0.7, 0.1
    chances[1, [3, 5, 8]] = 0.9, 0.04, 0.06
    found = judge(chances, [3, 3])
    assert found.label_probability == pytest.approx([0.2, 0.9])
    assert found.alternative.tolist() == [5, 8]
    assert found.alternative_probability == pytest.approx([0.7, 0.06])


def test_answers_must_fit_the_labels():
    with pytest.raises(ValueError, match="labels need answers"):
        judge(np.eye(10)[:2], [3, 3, 3])


def test_what_is_saved_reads_back_and_cannot_be_changed(tmp_path):
    made = judge(np.eye(10, dtype=np.float32)[:2], [0, 3])
    save(made, tmp_path / "doubtful_labels.npz")
    found = doubtful_labels.load(tmp_path / "doubtful_labels.npz")
    for name in ("label_probability", "alternative", "alternative_probability"):
        assert np.array_equal(getattr(found, name), getattr(made, name))
        assert not getattr(found, name).flags.writeable
