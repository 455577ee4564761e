import pytest

from mnist_core import real_hands, store
from mnist_core.real_hands import HandsRead


def test_every_shipped_network_was_measured():
    measured = real_hands.measured()
    assert set(measured) == {card.name for card in store.list_models() if card.shipped}
    for name, hands in measured.items():
        # What the usual app does is far worse, for every network.
        assert hands.shrunk + 0.2 < hands.prepared, name


def test_what_is_noted_is_read_back(tmp_path):
    file = tmp_path / "hands.json"
    figures = {"mine": HandsRead(prepared=0.9, shrunk=0.3)}
    real_hands.note(figures, file)
    assert real_hands.measured(file) == figures


def test_a_damaged_file_is_no_report(tmp_path):
    file = tmp_path / "hands.json"
    file.write_text('{"mine": {"prepared": 1')
    with pytest.raises(ValueError, match="truncated"):
        real_hands.measured(file)
