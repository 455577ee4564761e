"""All that was ever trained here and kept: a table, curves over each other, differences."""

from collections.abc import Sequence

import streamlit as st

from mnist_core import model_notes
from mnist_core.card import ModelCard
from mnist_core.curves import MOST_RUNS, overlaid_curves
from mnist_core.dataset import TEST_IMAGES
from mnist_core.evaluation import interval
from mnist_core.model_notes import Notes
from mnist_core.runs import SORTS, differences, epochs_finished
from ui import cached
from ui.address import Address
from ui.curve_charts import curve_charts
from ui.network_table import layer_words
from ui.numbers import duration, percent, rate_words
from ui.run_notes import run_notes, undo_deleting
from ui.words import explain

_ALL = "all networks"
_SORTS = {
    "accuracy": "Best first",
    "newest": "Newest first",
    "quickest": "Quickest first",
    "smallest": "Smallest first",
    "name": "By name",
}
_WHICH = {"all": "All", "here": "Trained here", "starred": "With a star"}


def show(here: Address) -> None:
    """Show the view; `network`, `which`, `sort`, `run` and `open` in the address steer it."""
    undo_deleting()
    cards = cached.cards()
    noted = {card.name: model_notes.notes(card.name) for card in cards}
    shown = _chosen(here, cards, noted)
    if not shown:
        st.info("There is no such training. Choose other ones, or train a network.")
    else:
        _table(shown, noted)
    _compare(here, cards)
    run_notes(here, shown or cards, noted)


def _chosen(here: Address, cards: Sequence[ModelCard], noted: dict[str, Notes]) -> list[ModelCard]:
    names = tuple(dict.fromkeys(card.recipe.name for card in cards))
    network = here.choice(
        "network", (_ALL, *names), no="There is no such network", instead="all of them"
    )
    which = here.choice("which", tuple(_WHICH), no="There are no such runs", instead="all")
    sort = here.choice("sort", tuple(SORTS), no="They cannot be sorted so", instead="best first")
    networks, places = (_ALL, *names), st.columns(3)
    places[0].selectbox("Network", **here.steers("network", network, options=networks))
    for place, title, parameter, chosen, words in (
        (places[1], "Which", "which", which, _WHICH),
        (places[2], "Sorted", "sort", sort, _SORTS),
    ):
        place.selectbox(
            title,
            format_func=words.__getitem__,
            **here.steers(parameter, chosen, options=tuple(words)),
        )
    kept = [card for card in cards if network in (_ALL, card.recipe.name)]
    if which == "here":
        kept = [card for card in kept if not card.shipped]
    elif which == "starred":
        kept = [card for card in kept if noted[card.name].starred]
    return sorted(kept, key=SORTS[sort])


def _table(cards: Sequence[ModelCard], noted: dict[str, Notes]) -> None:
    st.dataframe(
        [_row(card, noted[card.name]) for card in cards],
        hide_index=True,
        key="runs-table",
        column_config={
            "★": st.column_config.TextColumn("★", width=30),
            "accuracy": st.column_config.NumberColumn("accuracy, %", format="%.2f"),
            "95 %": st.column_config.TextColumn(
                "95 % interval",
                help="With 10,000 other test images the accuracy would be a little different: in "
                "95 of 100 cases the network's true accuracy lies between these.",
            ),
            # A number, not words: a click on its heading would sort "12 s" before "9 s".
            "time": st.column_config.NumberColumn("time, s", format="%d"),
            "trained": st.column_config.TextColumn("trained (UTC)"),
            "note": st.column_config.TextColumn("note", width="medium"),
        },
    )


def _row(card: ModelCard, noted: Notes) -> dict[str, object]:
    low, high = interval(TEST_IMAGES - card.mistakes, TEST_IMAGES)
    settings = card.settings
    return {
        "★": "★" if noted.starred else "",
        "run": card.name,
        "accuracy": round(card.test_accuracy * 100, 2),
        "95 %": f"{percent(low)} to {percent(high)}",
        "mistakes": card.mistakes,
        "time": round(card.seconds),
        "network": card.recipe.title,
        "epochs": epochs_finished(card),
        "seed": settings.seed,
        "optimizer": settings.optimizer,
        "learning rate": rate_words(settings.learning_rate, 4),
        "batch size": settings.batch_size,
        "images": settings.images_per_epoch,
        "parameters": card.parameters,
        "trained": card.created[:16].replace("T", " "),
        "note": noted.note,
    }


def _compare(here: Address, cards: Sequence[ModelCard]) -> None:
    by_name = {card.name: card for card in cards}
    names = here.several(
        "run",
        tuple(by_name),
        most=MOST_RUNS,
        no="Some of these runs are not here",
        instead="the others",
    )
    st.subheader("Compare", anchor=False)
    st.multiselect(
        "Lay over each other",
        tuple(by_name),
        max_selections=MOST_RUNS,
        placeholder="Choose two or more",
        help=explain("epoch", "accuracy"),
        **here.steers("run", names, begins="default"),
    )
    if not names:
        return
    chosen = [by_name[name] for name in names]
    curve_charts(
        lambda quantity: overlaid_curves(quantity, {card.name: card.history for card in chosen}),
        key="runs",
    )
    if len(chosen) > 1:
        _differences(chosen)


def _differences(chosen: Sequence[ModelCard]) -> None:
    results = {
        "accuracy": [percent(card.test_accuracy) for card in chosen],
        "time": [duration(card.seconds) for card in chosen],
    }
    found = differences(chosen, layer_words)
    rows = results | {difference.what: list(difference.values) for difference in found}
    st.markdown(
        "In what they differ:"
        if found
        else "Network and settings are the same in all of them: what differs is luck."
    )
    st.dataframe(
        [
            {"": what} | {card.name: value for card, value in zip(chosen, values, strict=True)}
            for what, values in rows.items()
        ],
        hide_index=True,
        key="runs-differences",
    )
