import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_core.networks.settings import LIMITS, Settings

GOOD = Settings(epochs=2, batch_size=128, optimizer="adam", learning_rate=0.001)


def test_the_last_batch_may_be_smaller():
    assert GOOD.steps_per_epoch == 469
    assert replace(GOOD, training_images=1).steps_per_epoch == 1
    assert replace(GOOD, training_images=256).steps_per_epoch == 2


@pytest.mark.parametrize("field", LIMITS)
@pytest.mark.parametrize("beyond", [-1, +1])
def test_limits_hold_on_both_sides_and_name_the_field(field, beyond):
    limit = LIMITS[field][0] if beyond < 0 else LIMITS[field][1]
    replace(GOOD, **{field: limit})
    with pytest.raises(ValueError, match=field.replace("_", " ")):
        replace(GOOD, **{field: limit + beyond})


@pytest.mark.parametrize("field", LIMITS)
@pytest.mark.parametrize("value", ["3", 2.0, None, True, math.nan])
def test_counts_are_whole_numbers(field, value):
    with pytest.raises(ValueError, match="whole number"):
        replace(GOOD, **{field: value})


@pytest.mark.parametrize("rate", [0, -0.1, 10.1, math.nan, math.inf, "0.1", None, True])
def test_impossible_learning_rates_are_refused(rate):
    with pytest.raises(ValueError, match="learning rate"):
        replace(GOOD, learning_rate=rate)


@given(st.text())
def test_an_unknown_optimizer_is_refused_with_those_there_are(name):
    if name not in ("adadelta", "adam", "adamw", "rmsprop", "sgd"):
        with pytest.raises(ValueError, match="choose adadelta, adam, adamw, rmsprop, sgd"):
            replace(GOOD, optimizer=name)


def test_an_epoch_has_the_images_of_the_chosen_digits_alone():
    assert replace(GOOD, digits=(0, 1)).images_per_epoch == 5923 + 6742
    assert replace(GOOD, digits=(0, 1), training_images=100).images_per_epoch == 100


@pytest.mark.parametrize("digits", [(), (10,), (-1,), (1, 1), (2, 1), (True,), (1.0,), [1], None])
def test_impossible_digits_are_refused(digits):
    with pytest.raises(ValueError, match="digits to learn"):
        replace(GOOD, digits=digits)


@pytest.mark.parametrize("field", ["momentum", "label_noise"])
@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan, "0", None, True])
def test_impossible_shares_are_refused(field, value):
    with pytest.raises(ValueError, match=field.replace("_", " ")):
        replace(GOOD, **{field: value})


@pytest.mark.parametrize("field", ["loss", "schedule", "augmentation", "precision", "pixel_range"])
def test_an_unknown_choice_is_refused_with_those_there_are(field):
    with pytest.raises(ValueError, match=f"no {field.replace('_', ' ')} 'luck'; choose "):
        replace(GOOD, **{field: "luck"})
