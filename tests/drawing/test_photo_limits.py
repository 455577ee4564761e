"""How large a photo may be: just so large, and a little larger."""

import pytest

from mnist_core.drawing import photo_limits
from mnist_core.drawing.photo_files import UnreadablePhoto


def test_a_file_of_just_the_largest_size_is_read():
    photo_limits.check_bytes(photo_limits.LARGEST_BYTES)
    with pytest.raises(UnreadablePhoto, match=r"has 12\.0 MB; the limit is 12 MB"):
        photo_limits.check_bytes(photo_limits.LARGEST_BYTES + 1)


@pytest.mark.parametrize("size", [(5000, 10_000), (16, 16), (50_000_000 // 16, 16)])
def test_a_picture_within_the_limits_is_read(size):
    photo_limits.check_size(*size)


@pytest.mark.parametrize(
    ("size", "words"),
    [((5000, 10_001), "limit is 50 million"), ((15, 900), "15 × 900 pixels"), ((900, 15), "small")],
)
def test_one_pixel_more_or_less_is_refused_in_a_sentence(size, words):
    with pytest.raises(UnreadablePhoto, match=words):
        photo_limits.check_size(*size)
