"""Every training that was kept: a table, a comparison, and one run in detail."""

from collections.abc import Sequence

import streamlit as st

from mnist_core.charts.learning_curves import MOST_RUNS, comparison_curves
from mnist_core.models import notes
from mnist_core.models.card import ModelCard
from mnist_core.models.notes import Notes
from mnist_core.system.text_format import duration, percent
from mnist_core.training.run_differences import SORTS, differences
from ui.glossary.glossary import explain
from ui.shell.address import Address
from ui.shell.layer_words import layer_words
from ui.train.interrupted_runs import interrupted_runs
from ui.train.run_details import run_details, undo_deletion
from ui.train.runs_table import runs_table
from ui.train.train_instead import train_instead
from ui.training_run.curves import curve_charts
from ui.visitors import listed_models
from ui.widgets.sortable_table.sortable_table import Column, sortable_table

_ALL = "all networks"
_SORTS = {
    "accuracy": "Best first",
    "newest": "Newest first",
    "quickest": "Fastest first",
    "smallest": "Smallest first",
    "name": "By name",
}
_WHICH = {"all": "All", "here": "Trained here", "starred": "Starred"}


def show(here: Address) -> None:
    """Show the view; `network`, `which`, `sort`, `run` and `open` in the address choose it."""
    undo_deletion()
    cards = listed_models.cards()
    notes_of = {card.name: notes.get(card.name) for card in cards}
    shown = _filtered(here, cards, notes_of)
    if not shown:
        st.info("There is no such training. Choose others, or train a network.")
        train_instead(here)
    else:
        runs_table(here, shown, notes_of)
        st.caption(
            "Click a row to see that run under “One run” below. Click a heading to sort by it."
        )
    interrupted_runs()
    compared = _compare(here, cards)
    run_details(here, shown or cards, notes_of, compared)


def _filtered(
    here: Address, cards: Sequence[ModelCard], notes_of: dict[str, Notes]
) -> list[ModelCard]:
    titles = {_ALL: _ALL} | {card.recipe.name: card.recipe.title for card in cards}
    filters = (
        ("network", "Network", titles, "There is no such network", "all of them"),
        ("which", "Which", _WHICH, "There are no such runs", "all"),
        ("sort", "Sorted", _SORTS, "They cannot be sorted like that", "best first"),
    )
    chosen = []
    for column, one in zip(st.columns(3), filters, strict=True):
        parameter, title, options, refusal, instead = one
        value = here.one_of(parameter, tuple(options), refusal=refusal, instead=instead)
        column.selectbox(
            title,
            format_func=options.__getitem__,
            **here.widgets.bind(parameter, value, options=tuple(options)),
        )
        chosen.append(value)
    network, which, sort = chosen
    kept = [
        card
        for card in cards
        if network in (_ALL, card.recipe.name)
        and not (which == "here" and card.shipped)
        and not (which == "starred" and not notes_of[card.name].starred)
    ]
    return sorted(kept, key=SORTS[sort])


def _compare(here: Address, cards: Sequence[ModelCard]) -> list[str]:
    """Show the curves of some runs in one chart; returns their names."""
    by_name = {card.name: card for card in cards}
    names = here.some_of(
        "run",
        tuple(by_name),
        at_most=MOST_RUNS,
        refusal="Some of these runs are not here",
        instead="the others",
    )
    st.subheader("Compare", anchor=False)
    st.multiselect(
        "Runs to compare",
        tuple(by_name),
        max_selections=MOST_RUNS,
        placeholder="Choose two or more",
        help=explain("epoch", "accuracy"),
        **here.widgets.bind("run", names, initial_argument="default"),
    )
    chosen = [by_name[name] for name in names]
    if chosen:
        curve_charts(
            lambda quantity: comparison_curves(
                quantity, {card.name: card.history for card in chosen}
            ),
            key="runs",
        )
    if len(chosen) > 1:
        _differences(chosen)
    return names


def _differences(chosen: Sequence[ModelCard]) -> None:
    results = {
        "accuracy": [percent(card.test_accuracy) for card in chosen],
        "time": [duration(card.seconds) for card in chosen],
    }
    found = differences(chosen, layer_words)
    rows = results | found
    st.markdown(
        "How they differ:"
        if found
        else "Network and settings are the same in all of them: the difference is luck."
    )
    sortable_table(
        [Column("result or setting", list(rows))]
        + [
            Column(card.name, [values[place] for values in rows.values()])
            for place, card in enumerate(chosen)
        ],
        key="runs-differences",
        label="How the chosen runs differ",
        file="differences",
    )
