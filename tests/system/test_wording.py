import pytest

from mnist_core.system.wording import rate_words


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (10.0, "10"),
        (1.0, "1"),
        (0.05, "0.05"),
        (0.0012345, "0.0012"),
        (0.00999, "0.01"),
        (8e-05, "0.00008"),
        (1e-6, "0.000001"),
        (9.6e-7, "9.6e-07"),
        (3e-9, "3e-09"),
        (0.0, "0"),
        (0.1 + 0.2, "0.3"),
    ],
)
def test_a_learning_rate_has_no_powers_of_ten(rate, words):
    assert rate_words(rate) == words
