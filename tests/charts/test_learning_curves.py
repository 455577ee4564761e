from dataclasses import replace

import pytest

from mnist_core.charts.curve_descriptions import alternative_text
from mnist_core.charts.learning_curves import (
    comparison_curves,
    learning_curve,
    thinned,
)
from mnist_core.networks import recipes
from mnist_core.networks.settings import EpochFigures
from mnist_core.training.progress import Progress, images_per_second

CURVE = recipes.get("mlp-800-sgd").published_curve


def reports(count, steps=100, accuracy=0.95):
    return [
        Progress(1 + i // steps, 10, 1 + i % steps, steps, 0.2, accuracy, float(i), None)
        for i in range(count)
    ]


def by_name(figure):
    return {trace.name: trace for trace in figure.data}


def test_the_curves_are_the_figures_in_per_cent_over_epochs():
    history = [
        EpochFigures(1, 0.3, 0.9, 0.2, 0.94, settled_loss=0.2, settled_accuracy=0.945),
        EpochFigures(2, 0.1, 0.96, 0.15, 0.955),
    ]
    figure = learning_curve(
        "accuracy", epochs=10, reports=reports(150), history=history, published=CURVE
    )
    traces = by_name(figure)
    assert list(traces["test images"].x) == [1, 2]
    assert list(traces["test images"].y) == pytest.approx([94, 95.5])
    assert list(traces["the tutorial, test images"].y)[-1] == pytest.approx(90.6)
    assert list(traces["training images, after the epoch"].y) == pytest.approx([94.5])
    running = next(trace for name, trace in traces.items() if "while learning" in name)
    assert running.x[0] == pytest.approx(0.01)
    assert running.x[-1] == pytest.approx(1.5)
    assert set(running.y) == {95.0}
    assert tuple(figure.layout.xaxis.range) == (0, 10.2)


def test_the_loss_has_its_own_units():
    figure = learning_curve("loss", epochs=10, history=CURVE)
    assert list(by_name(figure)["test images"].y) == [row.test_loss for row in CURVE]
    assert figure.layout.yaxis.range is None


def test_a_low_accuracy_is_not_cut_off():
    high = learning_curve("accuracy", epochs=1, reports=reports(60))
    assert tuple(high.layout.yaxis.range) == (80.0, 100.5)
    low = learning_curve("accuracy", epochs=1, reports=reports(60, accuracy=0.4))
    assert tuple(low.layout.yaxis.range) == (0.0, 101.0)
    # The first steps of any training are low, and all there is to see; later they say nothing.
    early = learning_curve("accuracy", epochs=1, reports=reports(10, accuracy=0.1))
    assert tuple(early.layout.yaxis.range) == (0.0, 101.0)
    soon = learning_curve("accuracy", epochs=1, reports=[*reports(10, accuracy=0.1), *reports(20)])
    assert tuple(soon.layout.yaxis.range) == (80.0, 100.5)


def test_an_earlier_training_that_was_worse_is_not_cut_off():
    figure = learning_curve(
        "accuracy",
        epochs=len(CURVE),
        history=CURVE,
        earlier=("worse", [replace(figures, test_accuracy=0.7) for figures in CURVE]),
    )
    assert tuple(figure.layout.yaxis.range) == (0.0, 101.0)


def test_nothing_reported_yet_is_an_empty_chart():
    figure = learning_curve("accuracy", epochs=3)
    assert all(len(trace.x) == 0 for trace in figure.data)


@pytest.mark.parametrize("count", [0, 1, 239, 240, 241, 5000])
def test_thinned_keeps_the_latest_and_few(count):
    many = reports(count, steps=10_000)
    few = thinned(many)
    assert len(few) <= 240
    assert few[-1:] == many[-1:]
    assert [report.step for report in few] == sorted(report.step for report in few)
    if count <= 240:
        assert few == many


def test_an_earlier_training_is_shown_as_far_as_the_axis_goes():
    figure = learning_curve("accuracy", epochs=4, earlier=("before", CURVE))
    assert list(by_name(figure)["before, test images"].x) == [1, 2, 3, 4]


def test_runs_are_drawn_in_one_chart():
    figure = comparison_curves("loss", {"one": CURVE, "two": CURVE[:3]})
    assert [trace.name for trace in figure.data] == ["one", "two"]
    assert list(figure.data[1].y) == [row.test_loss for row in CURVE[:3]]
    assert figure.data[0].line.color != figure.data[1].line.color
    assert figure.layout.xaxis.range[1] > len(CURVE)


def test_the_pace_is_that_of_the_last_second():
    # A step a second, as `reports` has them.
    assert images_per_second(reports(50), batch_size=32) == pytest.approx(32)
    assert images_per_second(reports(1), batch_size=32) is None
    assert images_per_second([], batch_size=32) is None
    # A new epoch has no pace yet: that of the last one.
    assert images_per_second(reports(101), batch_size=32) == pytest.approx(32)


def test_reading_the_test_images_does_not_count_as_slow_learning():
    # Its last, smaller batch alone, then four seconds in which no step is made.
    judging = [replace(reports(100)[-1], seconds=99.1 + second) for second in range(5)]
    assert images_per_second([*reports(100), *judging], batch_size=32) == pytest.approx(32)


def test_running_trainings_have_a_thin_line_and_do_not_stretch_the_axis():
    judged = [EpochFigures(1, 0.3, 0.9, 0.2, 0.942), EpochFigures(2, 0.1, 0.96, 0.15, 0.955)]
    runs = {"seed 0": judged, "seed 1": []}
    learning = {"seed 0": reports(150), "seed 1": reports(10, accuracy=0.1)}
    figure = comparison_curves("accuracy", runs, epochs=5, learning=learning)
    traces = by_name(figure)
    thin, marked = traces["seed 0, while learning"], traces["seed 0"]
    assert thin.line.color == marked.line.color
    assert thin.line.width < marked.line.width
    assert not thin.showlegend
    assert thin.legendgroup == marked.legendgroup
    assert tuple(figure.layout.yaxis.range) == (93.5, 96.5)
    assert figure.layout.xaxis.range[1] > 5
    loss = comparison_curves("loss", runs, epochs=5, learning=learning)
    assert tuple(loss.layout.yaxis.range) == (0.0, 0.25)
    early = comparison_curves("accuracy", {"seed 1": []}, epochs=5, learning=learning)
    assert tuple(early.layout.yaxis.range) == (80.0, 100.5)


def test_the_model_that_a_training_continues_is_a_level_line():
    figure = learning_curve("accuracy", epochs=3, started_from=("mine", 0.985))
    line = by_name(figure)["mine before, test images"]
    assert (list(line.x), list(line.y)) == ([0, 3], [98.5, 98.5])
    assert tuple(figure.layout.yaxis.range) == (97.5, 100.2)
    worse = [EpochFigures(1, 0.3, 0.9, 0.2, 0.964)]
    figure = learning_curve("accuracy", epochs=3, history=worse, started_from=("mine", 0.985))
    assert tuple(figure.layout.yaxis.range) == (95.5, 100.2)


def test_how_low_it_was_in_an_earlier_epoch_does_not_flatten_the_rest():
    early = reports(100, accuracy=0.5)
    history = [EpochFigures(1, 0.3, 0.5, 0.2, 0.94)]
    figure = learning_curve("accuracy", epochs=3, reports=early, history=history)
    assert tuple(figure.layout.yaxis.range) == (80.0, 100.5)


JUDGED = [
    EpochFigures(1, 0.3, 0.9, 0.2, 0.94, settled_loss=0.18, settled_accuracy=0.945),
    EpochFigures(2, 0.1, 0.96, 0.25, 0.955, settled_loss=0.12, settled_accuracy=0.96),
]


def test_the_alternative_text_says_where_each_line_ends():
    figure = learning_curve(
        "accuracy", epochs=3, reports=reports(250), history=JUDGED, started_from=("mine", 0.985)
    )
    assert alternative_text(figure) == (
        "Accuracy by epoch: test images, 95.50% after epoch 2; training images, after the "
        "epoch, 96.00% after epoch 2; training images, while learning, 95.00% in epoch 3; "
        "mine before, test images, 98.50%."
    )
    figure = learning_curve("loss", epochs=3, reports=reports(200), history=JUDGED)
    assert alternative_text(figure).startswith(
        "Loss by epoch: test images, 0.250 after epoch 2 (best: 0.200 after epoch 1); "
    )
    assert alternative_text(figure).endswith("while learning, 0.200 after epoch 2.")


def test_an_empty_chart_has_an_alternative_text():
    assert alternative_text(learning_curve("loss", epochs=3)) == "Loss by epoch: no values yet."


@pytest.mark.parametrize("quantity", ["accuracy", "loss"])
def test_the_alternative_text_ranks_several_runs(quantity):
    worse = [EpochFigures(1, 0.3, 0.9, 0.4, 0.93)]
    runs = {"none": [], "worse": worse, "better": JUDGED}
    said = alternative_text(comparison_curves(quantity, runs, learning={"worse": reports(120)}))
    better, worse = {
        "accuracy": ("better, 95.50% after epoch 2", "worse, 93.00% after epoch 1"),
        "loss": ("better, 0.250 after epoch 2 (best: 0.200 after epoch 1)", "worse, 0.400 after"),
    }[quantity]
    assert f"best final value first: {better}; {worse}" in said
    assert said.endswith("; none, no values yet.")
    assert "while learning" not in said


def test_the_more_lines_are_named_the_higher_the_chart():
    alone, compared = (
        learning_curve("loss", epochs=10, history=CURVE, earlier=earlier).layout.height
        for earlier in (None, ("before", CURVE))
    )
    assert compared > alone >= 300
