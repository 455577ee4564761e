from dataclasses import replace

from mnist_core.models import store
from ui.draw.about_network import facts


def card(name):
    return next(card for card in store.list_models() if card.name == name)


def test_a_shipped_network_is_told_in_figures():
    told = " ".join(facts(card("cnn-32-32")))
    assert "99.18%" in told
    assert "82 mistakes" in told
    assert "30 people" in told
    assert "600,810 numbers from 60,000 images" in told
    assert "temperature" in told


def test_of_a_visitors_network_no_real_hands_are_told():
    mine = replace(card("cnn-32-32"), name="mine", shipped=False, temperature=None)
    told = " ".join(facts(mine))
    assert "people" not in told
    assert "temperature" not in told
