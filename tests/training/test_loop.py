import math
from dataclasses import replace

import numpy as np
import pytest

from mnist_core.networks import keras_model
from mnist_core.networks.layers import AveragePool, BatchNorm, Conv, Dense, Dropout, Flatten
from mnist_core.networks.settings import RateChange, RunControl
from mnist_core.training import checkpoint
from mnist_core.training.engine import Engine, as_input
from mnist_core.training.epoch_images import EpochImages
from mnist_core.training.loop import Callbacks, Diverged, Suspended, train
from tests.samples import QUICK, SMALL, first

TRAINING, TEST = first("train", 600), first("test", 200)


def run(settings=QUICK, **watchers):
    return train(SMALL, settings, training=TRAINING, test=TEST, callbacks=Callbacks(**watchers))


def test_it_learns_and_reports_every_step_of_the_way():
    reports = []
    trained = run(replace(QUICK, epochs=3), on_report=reports.append)
    assert [figures.epoch for figures in trained.history] == [1, 2, 3]
    assert trained.history[-1].test_accuracy > 0.5
    assert trained.history[-1].test_loss < trained.history[0].test_loss
    assert trained.steps == 18
    assert not trained.stopped_early
    assert tuple(report.figures for report in reports if report.figures) == trained.history
    assert all(0 <= report.step <= report.steps == 6 for report in reports)
    assert [report.seconds for report in reports] == sorted(report.seconds for report in reports)
    assert trained.seconds >= reports[-1].seconds


def test_people_see_it_learn_from_noise_on():
    seen, reports = [], []
    # However quick the computer: only reports take time here.
    trained = run(
        replace(QUICK, epochs=2, batch_size=10),
        on_live_snapshot=seen.append,
        on_report=reports.append,
        watched=TEST.images[:3],
        clock=lambda: float(len(reports)),
    )
    assert [live.number for live in seen] == list(range(1, len(seen) + 1))
    assert len(seen) >= 16
    assert [live.epochs for live in seen] == sorted(live.epochs for live in seen)
    assert all(live.probabilities.shape == (3, 10) for live in seen)
    assert seen[-1].accuracy == trained.history[-1].test_accuracy > seen[0].accuracy
    assert np.abs(seen[-1].first_weights - seen[0].first_weights).max() > 0.01
    sampled = [one.sampled_accuracy for one in reports if one.sampled_accuracy is not None]
    assert sampled == [live.accuracy for live in seen if live.epochs % 1]


def test_being_watched_changes_nothing():
    def figures(**watchers):
        history = run(replace(QUICK, epochs=2), **watchers).history
        return [replace(epoch, seconds=None) for epoch in history]

    assert figures(on_live_snapshot=[].append, watched=TEST.images[:1]) == figures()


def test_the_same_seed_gives_the_same_history_and_another_one_another():
    def figures(seed):
        history = run(replace(QUICK, seed=seed)).history
        return [replace(epoch, seconds=None) for epoch in history]

    three = figures(3)
    assert three == figures(3)
    assert three != figures(4)


def test_the_size_of_chunks_does_not_matter():
    hurried = run(replace(QUICK, epochs=2), clock=iter(range(10**6)).__next__)
    patient = run(replace(QUICK, epochs=2), clock=lambda: 0.0)
    for one, other in zip(hurried.history, patient.history, strict=True):
        assert replace(one, seconds=None) == replace(other, seconds=None)


@pytest.mark.parametrize("augmentation", ["bent", "hands"])
def test_augmentation_shows_other_images_each_epoch_the_same_for_the_same_seed(augmentation):
    settings = replace(QUICK, epochs=2, augmentation=augmentation)

    def figures(settings):
        return [replace(epoch, seconds=None) for epoch in run(settings).history]

    augmented = figures(settings)
    assert augmented == figures(settings)
    assert augmented != figures(replace(settings, augmentation="none"))
    images = EpochImages(TRAINING, settings)
    first_epoch, second = images.of(1), images.of(2)
    assert first_epoch.shape == (300, 28, 28)
    assert (first_epoch != second).any()
    # Out of order, as after a resumed training.
    assert (EpochImages(TRAINING, settings).of(2) == second).all()


def test_bfloat16_learns_as_well_and_gives_a_float32_network():
    trained = run(replace(QUICK, epochs=3, precision="bfloat16"))
    assert trained.history[-1].test_accuracy > 0.5
    assert trained.model.layers[0].compute_dtype == "float32"
    images = TEST.images.reshape(-1, 28, 28, 1).astype(np.float32) / 255
    read = trained.model(images).numpy().argmax(axis=1)
    # What was judged in bfloat16 may tell one or two near the border apart.
    reached = (read == TEST.labels).mean()
    assert reached == pytest.approx(trained.history[-1].test_accuracy, abs=0.01)


@pytest.mark.parametrize(
    "layers",
    [
        (Dense(20, "tanh"),),
        (Conv(4, 5, "relu"), Flatten()),
        (AveragePool(2), Dropout(0.2), BatchNorm("relu"), Flatten(), Dense(20, "relu")),
    ],
    ids=["dense", "convolution", "normalised"],
)
def test_what_was_learned_from_0_to_255_reads_pixels_of_0_to_1(layers):
    network = replace(SMALL, layers=layers, members=2, looks=3 if len(layers) == 2 else 1)
    settings = replace(QUICK, epochs=2, pixel_range="0-255")
    seen = []
    trained = train(
        network,
        settings,
        training=TRAINING,
        test=TEST,
        callbacks=Callbacks(on_snapshot=seen.append),
    )
    images = TEST.images.reshape(-1, *network.input_shape).astype(np.float32) / 255
    outputs = keras_model.member_outputs(trained.model, images, training=False)
    said = (outputs[0] + outputs[1]).numpy() / 2
    assert seen[-1].probabilities == pytest.approx(said, abs=1e-4)
    assert len({int(digit) for digit in said.argmax(axis=1)}) > 1
    # Whoever continues it begins where it was, whatever the pixels are from then on.
    for pixels in ("0-1", "0-255"):
        engine = Engine(network, replace(settings, pixel_range=pixels), TRAINING, lambda: 0.0)
        engine.set_weights(trained.model.get_weights())
        answers = np.concatenate(
            list(engine.probabilities(as_input(TEST.images, network.input_shape)))
        )
        assert answers == pytest.approx(said, abs=1e-4)


def test_undivided_pixels_change_what_is_learned():
    divided, raw = run(QUICK), run(replace(QUICK, pixel_range="0-255"))
    assert raw.history[0].training_loss > divided.history[0].training_loss


def test_a_loss_beyond_all_bounds_names_the_pixels_where_they_are_not_divided():
    settings = replace(QUICK, optimizer="sgd", learning_rate=10.0, epochs=20, pixel_range="0-255")
    network = replace(SMALL, layers=(Dense(20), Dense(20)))
    with pytest.raises(Diverged, match="Divide the pixels by 255"):
        train(network, settings, training=TRAINING, test=TEST)


def test_all_members_of_a_committee_learn():
    pair = replace(SMALL, members=2)
    trained = train(pair, replace(QUICK, epochs=3), training=TRAINING, test=TEST)
    images = TEST.images.reshape(-1, 28, 28, 1).astype(np.float32) / 255
    one, other = (member(images).numpy() for member in keras_model.members(trained.model))
    for said in (one, other):
        assert (said.argmax(axis=1) == TEST.labels).mean() > 0.5
    assert np.abs(one - other).max() > 0.01


def test_only_the_images_asked_for_are_learned_from():
    few = replace(QUICK, epochs=2, training_images=100)
    shortened = replace(TRAINING, images=TRAINING.images[:100], labels=TRAINING.labels[:100])
    whole = train(SMALL, few, training=TRAINING, test=TEST).history
    same = train(SMALL, few, training=shortened, test=TEST).history
    assert [e.test_loss for e in whole] == [e.test_loss for e in same]


def test_settled_figures_are_taken_with_dropout_off():
    trained = run()
    images = TRAINING.images[:300].reshape(-1, 28, 28, 1).astype(np.float32) / 255
    answers = trained.model(images, training=False).numpy().argmax(axis=1)
    share = (answers == TRAINING.labels[:300]).mean()
    assert trained.history[-1].settled_accuracy == pytest.approx(share)


def test_stop_keeps_what_was_learned_so_far():
    reports = []
    trained = run(
        replace(QUICK, epochs=50), on_report=reports.append, should_stop=lambda: len(reports) > 5
    )
    assert trained.stopped_early
    assert 0 < trained.steps < 50 * 6
    assert len(trained.history) < 50


def test_stop_in_the_last_moment_is_no_early_end():
    reports = []
    trained = run(on_report=reports.append, should_stop=lambda: bool(reports[-1].figures))
    assert len(trained.history) == 1
    assert not trained.stopped_early


def test_an_odd_last_batch_is_learned_from_too():
    trained = run(replace(QUICK, batch_size=128))
    assert trained.steps == math.ceil(300 / 128)


def test_a_loss_beyond_all_numbers_is_a_sentence():
    far_too_fast = replace(QUICK, optimizer="sgd", learning_rate=10.0, epochs=20, batch_size=1)
    steep = replace(SMALL, layers=(Dense(50, "relu"),) * 6)
    with pytest.raises(Diverged, match="smaller learning rate"):
        train(steep, far_too_fast, training=TRAINING, test=TEST)


# Every kind of layer whose state or random numbers could be lost.
VARIED = replace(
    SMALL,
    layers=(
        Conv(4, 5, "gelu"),
        BatchNorm("sigmoid"),
        AveragePool(2),
        Dropout(0.3),
        Flatten(),
        Dense(16, "tanh"),
        Dropout(0.2),
    ),
)


def without_seconds(history):
    return [replace(epoch, seconds=None) for epoch in history]


def varied(settings, start=None, **watchers):
    callbacks = Callbacks(**watchers)
    return train(
        VARIED, settings, training=TRAINING, test=TEST, callbacks=callbacks, resume_from=start
    )


def save_to(kept):
    """Keep checkpoints as they would be on disk."""

    def keep(one):
        kept.append(checkpoint.decode(checkpoint.encode(one)))
        return True

    return keep


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"optimizer": "sgd", "momentum": 0.9, "schedule": "one-cycle", "learning_rate": 0.1},
        {"optimizer": "adamw", "augmentation": "bent", "schedule": "cosine"},
        {"optimizer": "adadelta", "precision": "bfloat16", "label_noise": 0.2},
        {"optimizer": "rmsprop", "pixel_range": "0-255"},
        {"optimizer": "rmsprop", "schedule": "steps", "digits": (1, 4, 7), "loss": "squared-error"},
    ],
    ids=lambda change: change.get("optimizer", "adam"),
)
def test_from_any_checkpoint_it_comes_to_the_same_end(change):
    settings = replace(QUICK, epochs=3, **change)
    kept, again = [], []
    # A clock that stands still: checkpoints cost nothing and are kept after every epoch.
    whole = varied(settings, on_checkpoint=save_to(kept), clock=lambda: 0.0)
    assert [one.position.epoch for one in kept] == [2, 3, 4]
    resumed = varied(settings, start=kept[0], on_checkpoint=save_to(again), clock=lambda: 0.0)
    # As it comes by the later ones, it would go on from them as the whole training did.
    for mine, other in zip(again, kept[1:], strict=True):
        assert mine.position == other.position
        assert_same(mine.state, other.state)
    for ended in (resumed, varied(settings, start=kept[-1])):
        assert without_seconds(ended.history) == without_seconds(whole.history)
        assert ended.steps == whole.steps
        assert_same(ended.model.get_weights(), whole.model.get_weights())


def assert_same(arrays, others):
    for one, other in zip(arrays, others, strict=True):
        assert np.array_equal(one, other)


def test_a_pause_in_the_middle_of_an_epoch_changes_nothing():
    settings = replace(QUICK, epochs=2)
    whole = varied(settings)
    reports, kept = [], []

    def control():
        # Waits at the second step, three looks long.
        return RunControl(paused=len(reports) == 2 and next(looks) < 3)

    looks = iter(range(10))
    paused = varied(
        settings,
        on_report=lambda report: report.paused or reports.append(report),
        control=control,
        on_checkpoint=save_to(kept),
        clock=lambda: 0.0,
    )
    assert without_seconds(paused.history) == without_seconds(whole.history)
    assert 0 < kept[0].position.step < settings.steps_per_epoch
    assert without_seconds(varied(settings, start=kept[0]).history) == without_seconds(
        whole.history
    )


def test_it_is_suspended_only_with_a_checkpoint():
    looks, reports = iter(range(10)), []

    def control():
        return RunControl(paused=next(looks) < 3, leave=True)

    with pytest.raises(Suspended):
        varied(QUICK, control=control, on_checkpoint=lambda kept: True, on_report=reports.append)
    assert reports[-1].paused
    assert len(varied(QUICK, control=control, on_checkpoint=lambda kept: False).history) == 1


def test_it_is_suspended_once_a_full_disk_has_room_again(monkeypatch):
    now, tried = [0.0], []

    def sleep(seconds):
        now[0] += seconds

    def keep(one):
        tried.append((round(now[0]), one.position))
        return now[0] > 12

    monkeypatch.setattr("mnist_core.training.loop.time.sleep", sleep)
    with pytest.raises(Suspended):
        varied(
            QUICK,
            # Nobody waits for it at first.
            control=lambda: RunControl(paused=now[0] < 30, leave=now[0] > 6),
            on_checkpoint=keep,
            clock=lambda: now[0],
        )
    assert [seconds for seconds, _ in tried] == [0, 6, 11, 16]
    # It was paused all the time, and nothing else is in the checkpoint.
    first, *_, last = (position for _, position in tried)
    assert last.seconds == pytest.approx(first.seconds)
    assert last.epoch_seconds == pytest.approx(first.epoch_seconds)


def test_a_changed_learning_rate_is_noted_and_changed_again_after_the_same_step():
    settings, reports, kept = replace(QUICK, epochs=3), [], []

    def control():
        return RunControl(learning_rate=0.0005 if len(reports) >= 3 else None)

    slower = varied(
        settings,
        on_report=reports.append,
        control=control,
        on_checkpoint=save_to(kept),
        clock=lambda: 0.0,
    )
    (change,) = slower.rate_changes
    assert change == RateChange(1, reports[2].step, 0.0005)
    assert reports[-1].learning_rate == pytest.approx(0.0005)
    assert without_seconds(slower.history) != without_seconds(varied(settings).history)
    resumed = varied(settings, start=kept[0], control=lambda: RunControl(learning_rate=0.0005))
    assert without_seconds(resumed.history) == without_seconds(slower.history)
    assert resumed.rate_changes == slower.rate_changes


def test_snapshots_hold_the_networks_answers():
    seen = []
    trained = run(replace(QUICK, epochs=2), on_snapshot=seen.append)
    assert [one.epoch for one in seen] == [1, 2]
    said = trained.model(TEST.images.reshape(-1, 28, 28, 1).astype(np.float32) / 255).numpy()
    assert seen[-1].probabilities == pytest.approx(said, abs=1e-5)
    assert (seen[-1].first_weights == trained.model.layers[0].get_weights()[0]).all()


def test_it_learns_labels_that_are_wrong_on_purpose():
    settings = replace(QUICK, epochs=20, learning_rate=0.01)
    clean, noisy = run(settings), run(replace(settings, label_noise=0.9))
    assert clean.history[-1].test_accuracy > 0.6
    assert noisy.history[-1].test_accuracy < 0.3
    assert noisy.history[-1].settled_accuracy > noisy.history[-1].test_accuracy


def test_it_never_answers_a_digit_it_never_saw():
    trained = run(replace(QUICK, epochs=3, digits=(0, 1)))
    assert trained.steps == 3 * math.ceil((TRAINING.labels < 2).sum() / 50)
    said = trained.model(TEST.images.reshape(-1, 28, 28, 1).astype(np.float32) / 255).numpy()
    assert set(said.argmax(axis=1)) == {0, 1}


@pytest.mark.parametrize("schedule", ["cosine", "steps"])
def test_a_schedule_falls_to_almost_nothing(schedule):
    settings = replace(QUICK, epochs=10, schedule=schedule)
    rate = keras_model.schedule(settings)
    rates = [float(rate(step)) for step in range(61)]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(settings.learning_rate)
    assert rates[-1] <= settings.learning_rate / 99
