"""The arithmetic of the worksheets, against numbers worked out with pen and paper."""

import numpy as np
import pytest

from mnist_core.teaching_material import by_hand, neuron_sheet


def test_a_neuron():
    first, second = (
        by_hand.neuron(inputs, neuron_sheet.WEIGHTS, neuron_sheet.BIAS)
        for inputs in neuron_sheet.INPUTS
    )
    assert (first, second) == (2.0, -1.25)
    assert by_hand.relu([first, second]).tolist() == [2.0, 0.0]


def test_a_convolution_does_not_turn_its_kernel():
    assert by_hand.convolution(neuron_sheet.IMAGE, neuron_sheet.KERNEL).tolist() == [
        [0, -1, -1, -1],
        [2, 2, 2, 1],
        [-1, 0, 0, 1],
        [-1, 0, 0, 1],
    ]


def test_softmax():
    shares = by_hand.softmax([score for _digit, score in neuron_sheet.SCORES])
    assert shares.round(3).tolist() == [0.705, 0.259, 0.035]
    assert shares.sum() == pytest.approx(1)


def test_confusions_have_labels_as_rows():
    counts = by_hand.confusion([4, 7, 7, 9], [4, 9, 9, 9], (4, 7, 9))
    assert counts.tolist() == [[1, 0, 0], [0, 0, 2], [0, 0, 1]]


def test_the_rule_of_thumb_is_no_smaller_than_the_interval():
    for count in (20, 100, 10_000):
        half_interval = 1.96 * np.sqrt(0.25 / count)
        assert half_interval <= by_hand.margin(count) < 1.03 * half_interval


def test_points_count_black_squares_only():
    assert by_hand.points("##.##.", "+-++..") == 1
