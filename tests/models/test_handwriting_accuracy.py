import pytest

from mnist_core.models import handwriting_accuracy, store
from mnist_core.models.handwriting_accuracy import RealHandAccuracy


def test_every_shipped_network_was_measured():
    measured = handwriting_accuracy.load()
    assert set(measured) == {card.name for card in store.list_models() if card.shipped}
    for name, hands in measured.items():
        # What the usual app does is far worse, for every network.
        assert hands.shrunk + 0.2 < hands.prepared, name


def test_what_is_saved_is_loaded(tmp_path):
    file = tmp_path / "hands.json"
    figures = {"mine": RealHandAccuracy(prepared=0.9, shrunk=0.3)}
    handwriting_accuracy.save(figures, file)
    assert handwriting_accuracy.load(file) == figures


def test_a_damaged_file_is_no_report(tmp_path):
    file = tmp_path / "hands.json"
    file.write_text('{"mine": {"prepared": 1')
    with pytest.raises(ValueError, match="truncated"):
        handwriting_accuracy.load(file)
