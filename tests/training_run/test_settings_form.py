"""The knobs of a training: how far a click moves the learning rate, and what explains them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mnist_core.networks import recipes
from mnist_core.networks.settings import CHOICES, LARGEST_LEARNING_RATE
from tests.visiting import visit
from ui.training_run.settings_form import learning_rate_step

SMALLEST = 1e-5
RATES = some.floats(SMALLEST, LARGEST_LEARNING_RATE)
POWERS = [10.0**power for power in range(-5, 2)]


def clicked(rate, direction, smallest=SMALLEST):
    """Where a click on − or + leads, as Streamlit's browser part reckons; None where it may not.

    Args:
        rate: where it is.
        direction: -1 for −, 1 for +.
        smallest: as far down as it may go.
    """
    step = learning_rate_step(rate, smallest)
    if direction < 0 and rate - step < smallest:
        return None
    if direction > 0 and rate + step > LARGEST_LEARNING_RATE:
        return None
    # It rounds to as many decimals as the step has, but not where that has none.
    decimals = max(0, -Decimal(repr(step)).normalize().as_tuple().exponent)
    if not decimals:
        return rate + direction * step
    return (round(rate * 10**decimals) + direction * round(step * 10**decimals)) / 10**decimals


@pytest.mark.parametrize("rate", [*POWERS[1:], 0.1 + 0.2 - 0.2, 0.3 / 3, 1.1 - 0.1, 1 - 1e-12])
def test_a_learning_rate_that_is_a_power_of_ten_goes_down_by_a_fifth(rate):
    assert clicked(rate, -1) == pytest.approx(0.8 * rate)
    assert clicked(0.9 * rate, -1) == pytest.approx(0.8 * rate)


@given(RATES)
def test_a_learning_rate_above_the_smallest_can_go_down(rate):
    lower = clicked(rate, -1)
    if rate > SMALLEST * 1.001:
        assert lower is not None
        assert max(SMALLEST * 0.999, 0.7 * rate) <= lower < rate
    else:
        assert lower is None


@given(RATES)
def test_what_plus_did_minus_takes_back(rate):
    higher = clicked(rate, 1)
    if higher is None:
        assert rate > 0.9 * LARGEST_LEARNING_RATE
        return
    assert rate < higher <= 1.35 * rate
    assert clicked(higher, -1) == pytest.approx(rate, rel=0.25)
    if (lower := clicked(rate, -1)) is not None:
        assert clicked(lower, 1) == pytest.approx(rate, rel=0.25)


@pytest.mark.parametrize("direction", [-1, 1])
def test_clicks_lead_through_the_whole_range(direction):
    rate, clicks = (LARGEST_LEARNING_RATE, 0) if direction < 0 else (SMALLEST, 0)
    while (further := clicked(rate, direction)) is not None:
        assert (further - rate) * direction > 0
        rate, clicks = further, clicks + 1
        assert clicks < 150
    end = SMALLEST if direction < 0 else LARGEST_LEARNING_RATE
    assert rate == pytest.approx(end, rel=0.01)


def test_a_learning_rate_below_the_smallest_can_only_go_up():
    assert clicked(3e-7, -1, smallest=3e-7) is None
    assert clicked(3e-7, 1, smallest=3e-7) == pytest.approx(3.5e-7)


@pytest.mark.parametrize("name", ["mlp-784", "cnn-32-32", "mlp-800-sgd"])
def test_the_tutorials_learning_rates_can_be_clicked_both_ways(name):
    assert recipes.get(name).settings.learning_rate in (0.001, 0.01, 1.0)
    app = visit("train", recipe=name)
    (field,) = (one for one in app.number_input if one.label == "Learning rate")
    assert field.value - field.step >= field.min
    assert field.value + field.step <= field.max


@pytest.mark.parametrize(
    ("label", "options"), [("Optimizer", CHOICES["optimizer"]), ("loss", CHOICES["loss"])]
)
def test_every_optimizer_and_every_loss_is_explained_where_it_is_chosen(label, options):
    app = visit("train", recipe="mlp-784")
    (box,) = (one for one in app.selectbox if label in one.label)
    assert len(box.options) == len(options)
    for name in box.options:
        assert f"**{name}**: " in box.help
