"""Anybody's network can be measured on real hands, in any of the usual shapes."""

import numpy as np
import pytest

from benchmarks import hand_scores
from mnist_core.data import dataset
from mnist_core.models import store


def test_a_score_counts_what_is_right_and_what_is_sure_and_wrong():
    answers = np.full((4, 10), 0.002)
    answers[[0, 1, 2, 3], [3, 3, 5, 5]] = 0.982
    found = hand_scores.score(answers, np.array([3, 3, 5, 6]))
    assert found.correct == 75
    assert (found.by_digit["3"], found.by_digit["6"]) == (100, 0)
    assert found.sure_and_wrong == 1
    assert found.calibration_error == pytest.approx(23.2)


def test_logits_become_probabilities_and_probabilities_stay():
    logits = np.array([[1000.0, *[-1000.0] * 9], [0.0] * 10])
    found = hand_scores.as_probabilities(logits)
    assert found.tolist() == [[1.0, *[0.0] * 9], [0.1] * 10]
    assert hand_scores.as_probabilities(found) is found


def test_a_litert_file_answers_as_the_app_does():
    folder = store.SHIPPED / "cnn-larger"
    images = dataset.load("test").images[:5].astype(np.float32) / 255
    answers = hand_scores.from_file(folder / store.LITERT)(images)
    ours = hand_scores.ours(store.open_model("cnn-larger"), None)(images)
    assert np.abs(answers - ours).max() < 1e-5


def test_what_is_no_network_for_digits_is_refused(tmp_path):
    with pytest.raises(ValueError, match=r"\.keras or a \.tflite file, not mine\.h5"):
        hand_scores.from_file(tmp_path / "mine.h5")
    from mnist_core.drawing import rejection

    # Eleven answers are not ten.
    eleven = hand_scores.from_file(rejection.FILE)
    with pytest.raises(ValueError, match="not ten"):
        eleven(np.zeros((1, 28, 28), np.float32))
