"""The order of reading."""

from hypothesis import given
from hypothesis import strategies as st

from mnist_core.drawing import photo_rows


def box(top: int, left: int, high: int = 40) -> tuple[int, int, int, int]:
    return top, left, top + high, left + 30


def test_rows_are_read_from_top_to_bottom_and_left_to_right() -> None:
    boxes = [box(105, 200), box(0, 100), box(100, 0), box(8, 0), box(95, 100), box(4, 300)]
    assert photo_rows.rows(boxes) == [[3, 1, 5], [2, 4, 0]]


def test_a_row_may_climb() -> None:
    boxes = [box(200 - 15 * number, 50 * number) for number in range(8)]
    assert photo_rows.rows(boxes) == [list(range(8))]


def test_something_low_beside_a_tall_digit_is_in_its_row() -> None:
    assert photo_rows.rows([box(0, 0, 100), box(60, 50, 30)]) == [[0, 1]]


numbers = st.integers(0, 500)


@given(st.lists(st.tuples(numbers, numbers, st.integers(1, 99), st.integers(1, 99)), max_size=20))
def test_every_box_is_read_once(corners: list[tuple[int, int, int, int]]) -> None:
    boxes = [(top, left, top + high, left + wide) for top, left, high, wide in corners]
    read = [position for row in photo_rows.rows(boxes) for position in row]
    assert sorted(read) == list(range(len(boxes)))
