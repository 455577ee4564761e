"""What a click on the confusion matrix means."""

from ui.widgets.confusion_matrix.confusion_matrix import cell_at


def test_a_click_on_a_mistake_is_that_cell_and_on_the_diagonal_its_row():
    assert cell_at(49) == (4, 9)
    assert cell_at(94) == (9, 4)
    assert cell_at(44) == (4, None)
    assert {cell_at(position)[0] for position in range(100)} == set(range(10))
