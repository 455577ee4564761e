"""A network learns from another's answers, beside the labels."""

from dataclasses import replace
from functools import partial

import keras
import numpy as np
import pytest
import tensorflow as tf

from mnist_core.networks import keras_model
from mnist_core.training.loop import train
from scripts import distillation
from tests.samples import QUICK, SMALL, first

TRAINING, TEST = first("train", 600), first("test", 200)


def probabilities(seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).random((4, 10), np.float32)
    return drawn / drawn.sum(axis=1, keepdims=True)


def taught_by(teacher: keras.Model) -> partial[distillation.DistillingEngine]:
    return partial(distillation.DistillingEngine, teacher=teacher)


def test_a_teachers_answers_are_softened():
    sharp = np.full((1, 10), 0.01, np.float32)
    sharp[0, 7] = 0.91
    soft = distillation.soften([tf.constant(sharp), tf.constant(sharp)]).numpy()
    roots = np.sqrt(sharp)
    assert soft == pytest.approx(roots / roots.sum(), abs=1e-6)


def test_the_loss_is_part_label_part_teacher_and_sums_over_members():
    hard, taught, said = np.arange(4, dtype=np.float32), probabilities(0), probabilities(1)
    roots = np.sqrt(said) / np.sqrt(said).sum(axis=1, keepdims=True)
    soft = -(taught * np.log(roots)).sum(axis=1)
    both = [tf.constant(said)] * 2
    found = distillation.loss(tf.constant(hard), tf.constant(taught), both).numpy()
    assert found == pytest.approx(0.3 * hard + 0.7 * 4 * 2 * soft, rel=1e-5)


def test_answers_that_are_certain_give_a_finite_loss():
    certain = tf.one_hot([3], 10)
    taught = distillation.soften([certain])
    assert np.isfinite(
        distillation.loss(tf.zeros([1]), taught, [tf.one_hot([4], 10)]).numpy()
    ).all()


def test_only_the_cross_entropy_can_be_taught():
    other = replace(QUICK, loss="squared-error")
    with pytest.raises(ValueError, match="cross-entropy"):
        train(
            SMALL,
            other,
            training=TRAINING,
            test=TEST,
            make_engine=taught_by(keras_model.build(SMALL)),
        )


def test_a_good_teacher_makes_up_for_wrong_labels():
    right = replace(QUICK, epochs=6, training_images=600)
    teacher = train(SMALL, right, training=TRAINING, test=TEST).model
    before = [weights.copy() for weights in teacher.get_weights()]
    wrong = replace(right, label_noise=0.5, seed=1)
    alone = train(SMALL, wrong, training=TRAINING, test=TEST)
    taught = train(SMALL, wrong, training=TRAINING, test=TEST, make_engine=taught_by(teacher))
    gain = taught.history[-1].test_accuracy - alone.history[-1].test_accuracy
    assert gain > 0.03
    # The teacher learns nothing from it.
    for weights, was in zip(teacher.get_weights(), before, strict=True):
        assert (weights == was).all()
    assert isinstance(taught.model, keras.Model)
