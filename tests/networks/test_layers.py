import pytest

from mnist_core.networks.layers import (
    Conv,
    Dense,
    Flatten,
    MaxPool,
    explain,
    input_shape,
    summarize,
)


def test_the_shapes_tutorial_1_explains():
    # 28 -> 26 -> 24 by two valid 3 x 3 convolutions, halved to 12 by pooling: 32 x 12 x 12 = 4,608.
    lines = summarize((Conv(32, 3), Conv(32, 3), MaxPool(2), Flatten(), Dense(128)))
    assert [line.output_shape for line in lines] == [
        (26, 26, 32),
        (24, 24, 32),
        (12, 12, 32),
        (4608,),
        (128,),
        (10,),
    ]
    assert [line.parameters for line in lines] == [320, 9248, 0, 0, 589_952, 1290]


def test_a_dense_first_layer_takes_a_row_and_all_others_a_picture():
    assert input_shape((Dense(5),)) == input_shape(()) == (784,)
    assert input_shape((Flatten(), Dense(5))) == input_shape((Conv(1, 3),)) == (28, 28, 1)


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ((MaxPool(14), Conv(1, 3)), "3×3 convolution needs at least 3 pixels; only 2 are left"),
        ((MaxPool(2), MaxPool(15)), "15×15 pooling needs at least 15 pixels; only 14 are left"),
        ((Conv(1, 3), Dense(5)), "flatten the picture first"),
        ((Dense(5), Conv(1, 3)), "needs a picture"),
        ((Conv(1, 3),), "The output layer needs a row of numbers"),
    ],
)
def test_an_impossible_network_is_explained_at_the_layer(layers, sentence):
    with pytest.raises(ValueError, match=sentence):
        summarize(layers)


def test_an_unfinished_network_is_explained_as_far_as_it_works():
    explained = explain((MaxPool(14), Conv(8, 2), Conv(1, 3), Flatten()))
    assert [line.output_shape for line in explained.lines] == [(2, 2, 1), (1, 1, 8)]
    assert [line.parameters for line in explained.lines] == [0, 40]
    assert (explained.broken, explained.parameters) == (2, 40)
    assert explained.problem == "3×3 convolution needs at least 3 pixels; only 1 is left."


def test_a_network_may_break_at_its_output_layer():
    explained = explain((Conv(8, 3),))
    assert explained.broken == 1
    assert explained.problem.startswith("The output layer needs a row of numbers: flatten")


def test_a_working_network_breaks_nowhere():
    explained = explain((Dense(5),))
    assert (explained.broken, explained.problem) == (None, None)
    assert explained.parameters == 785 * 5 + 60
