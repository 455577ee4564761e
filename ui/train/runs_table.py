"""The tables of trainings: of all saved runs, and the columns that every such table has."""

from collections.abc import Sequence

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.card import ModelCard
from mnist_core.models.notes import Notes
from mnist_core.system.text_format import percent
from mnist_core.training.run_differences import epochs_finished, unusual_run
from ui.shell.address import Address
from ui.widgets.sortable_table.sortable_table import Column, sortable_table

_INTERVAL = (
    "With 10,000 other test images the accuracy would be a little different: in 95 of 100 cases "
    "the network's true accuracy lies between these."
)
_SPECIAL = (
    "What makes a run hard to compare with others, such as wrong labels or digits left out. Empty "
    "for ordinary ones."
)


def result_columns(
    correct: Sequence[int | None], seconds: Sequence[float | None]
) -> tuple[Column, ...]:
    """How many test images each training reads correctly, and its time; None before there is any.

    Times are numbers, not words: a click on their heading would sort "12 s" before "9 s".
    """
    known = [None if one is None else wilson_interval(one, TEST_IMAGES) for one in correct]
    return (
        Column(
            "accuracy, %",
            [None if one is None else round(100 * one / TEST_IMAGES, 2) for one in correct],
            format=".2f",
        ),
        Column(
            "95% interval",
            ["" if one is None else f"{percent(one[0])} to {percent(one[1])}" for one in known],
            help=_INTERVAL,
        ),
        Column("mistakes", [None if one is None else TEST_IMAGES - one for one in correct], ","),
        Column("time, s", [None if one is None else round(one) for one in seconds], ","),
    )


def runs_table(here: Address, cards: Sequence[ModelCard], notes: dict[str, Notes]) -> None:
    """Show these runs, with the one that is open (`open` in the address) selected.

    A click on another row opens that run.
    """
    names, opened = [card.name for card in cards], here.text("open")
    settings = [card.settings for card in cards]
    sortable_table(
        [
            Column("★", ["★" if notes[name].starred else "" for name in names]),
            Column("run", names),
            *result_columns(
                [TEST_IMAGES - card.mistakes for card in cards], [card.seconds for card in cards]
            ),
            Column("network", [card.recipe.title for card in cards]),
            Column("epochs", [epochs_finished(card) for card in cards]),
            Column("seed", [one.seed for one in settings]),
            Column("optimizer", [one.optimizer for one in settings]),
            Column("learning rate", [one.learning_rate for one in settings], ".4g"),
            Column("batch size", [one.batch_size for one in settings], ","),
            Column("images", [one.images_per_epoch for one in settings], ","),
            Column(
                "what is special", [", ".join(unusual_run(card)) for card in cards], help=_SPECIAL
            ),
            Column("parameters", [card.parameters for card in cards], ","),
            Column("trained (UTC)", [card.created[:16].replace("T", " ") for card in cards]),
            Column("note", [notes[name].note for name in names]),
        ],
        key="runs-table",
        label="Runs; arrow keys move, Enter opens",
        file="runs",
        named=1,
        is_short=True,
        selected=names.index(opened) if opened in names else 0,
        on_pick=lambda position: here.choose(open=names[position]),
    )
