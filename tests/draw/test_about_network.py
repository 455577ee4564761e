from dataclasses import replace

from mnist_core.models import store
from mnist_core.models.card import FineTuned
from ui.draw.about_network import facts, seen


def card(name):
    return next(card for card in store.list_models() if card.name == name)


def test_a_shipped_network_is_told_in_figures():
    told = " ".join(facts(card("cnn-32-32")))
    assert "99.18%" in told
    assert "82 mistakes" in told
    assert "10 people" in told
    assert "600,810 numbers from 60,000 images" in told
    assert "temperature" in told


def test_of_a_visitors_network_no_real_hands_are_told():
    mine = replace(card("cnn-32-32"), name="mine", shipped=False, temperature=None)
    told = " ".join(facts(mine))
    assert "people" not in told
    assert "temperature" not in told


def test_each_network_says_what_it_has_seen():
    assert seen(card("committee")) == "has only ever seen MNIST"
    assert "twenty people" in seen(card("every-hand"))
    assert f"It {seen(card('every-hand'))}." in facts(card("every-hand"))


def test_a_fine_tuned_network_has_seen_one_person_too():
    lesson = FineTuned("cnn-best", 0.99, 12, (9, 12), 8, (5, 7))
    mine = replace(card("every-hand"), name="mine", shipped=False, fine_tuned=lesson)
    assert seen(mine) == f"{card('every-hand').also_learned}, and then 12 digits of one person"
