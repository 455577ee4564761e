import pytest

from mnist_core.system.text_format import (
    counted,
    percent,
    rate_words,
    whole,
    whole_percent,
    with_article,
)


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


@pytest.mark.parametrize(
    ("word", "written"),
    [
        (0, "a 0"),
        (1, "a 1"),
        (7, "a 7"),
        (8, "an 8"),
        (11, "an 11"),
        (17, "a 17"),
        (18, "an 18"),
        (80, "an 80"),
        (100, "a 100"),
        ("image", "an image"),
        ("network", "a network"),
    ],
)
def test_an_article_is_written_as_it_is_spoken(word, written):
    assert with_article(word) == written


def test_percentages_and_large_numbers_are_written_the_english_way():
    assert percent(0.98214) == "98.21%"
    assert percent(0.5, 0) == "50%"
    assert whole(60_000) == "60,000"


@pytest.mark.parametrize(
    ("chance", "written"),
    [
        (0, "0%"),
        (1e-9, "< 1%"),
        (0.0049, "< 1%"),
        (0.005, "< 1%"),
        (0.0051, "1%"),
        (0.5, "50%"),
        (0.994, "99%"),
        (0.9951, "> 99%"),
        (1, "100%"),
    ],
)
def test_percentages_never_round_to_certainty(chance, written):
    assert whole_percent(chance) == written


def test_a_count_has_its_noun_in_the_right_number():
    assert counted(1, "epoch") == "1 epoch"
    assert counted(0, "drawing") == "0 drawings"
    assert counted(2000, "image") == "2,000 images"
