import pytest

from mnist_core.layers import Conv, Dense, Flatten, MaxPool, input_shape, summarize


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
        ((Conv(1, 3),), "flatten the picture first"),
    ],
)
def test_an_impossible_network_is_explained_at_the_layer(layers, sentence):
    with pytest.raises(ValueError, match=sentence):
        summarize(layers)
