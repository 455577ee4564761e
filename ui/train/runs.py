"""All that was ever trained here and kept: a table, curves over each other, differences."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.charts.learning_curves import MOST_RUNS, comparison_curves
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models import notes
from mnist_core.models.card import ModelCard
from mnist_core.models.notes import Notes
from mnist_core.system.wording import duration, percent
from mnist_core.training.run_differences import SORTS, differences, epochs_finished, unusual_run
from ui.shell import cached
from ui.shell.address import Address
from ui.shell.glossary import explain
from ui.shell.layer_words import layer_words
from ui.train.interrupted_runs import broken_off
from ui.train.run_details import run_notes, undo_deleting
from ui.train.runs_table import RESULT_COLUMNS
from ui.training_run.curves import curve_charts

_ALL = "all networks"
_MARKED = "runs/marked"
_SORTS = {
    "accuracy": "Best first",
    "newest": "Newest first",
    "quickest": "Quickest first",
    "smallest": "Smallest first",
    "name": "By name",
}
_WHICH = {"all": "All", "here": "Trained here", "starred": "With a star"}


@dataclass
class _Marked:
    """The table of runs as it was shown last.

    Attributes:
        names: of the runs in it, from top to bottom.
        row: the one that is marked.
        edition: how often it was replaced by another.
    """

    names: tuple[str, ...] = ()
    row: int = 0
    edition: int = 0

    @property
    def key(self) -> str:
        return f"runs-table-{self.edition}"


def show(here: Address) -> None:
    """Show the view; `network`, `which`, `sort`, `run` and `open` in the address steer it."""
    undo_deleting()
    cards = cached.cards()
    noted = {card.name: notes.get(card.name) for card in cards}
    shown = _chosen(here, cards, noted)
    if not shown:
        st.info("There is no such training. Choose other ones, or train a network.")
    else:
        _table(shown, noted, _marked(here, shown))
        st.caption("Mark a row at its left edge: that run is shown under “One run” below.")
    broken_off()
    compared = _compare(here, cards)
    run_notes(here, shown or cards, noted, compared)


def _chosen(here: Address, cards: Sequence[ModelCard], noted: dict[str, Notes]) -> list[ModelCard]:
    names = tuple(dict.fromkeys(card.recipe.name for card in cards))
    network = here.one_of(
        "network", (_ALL, *names), refusal="There is no such network", instead="all of them"
    )
    which = here.one_of("which", tuple(_WHICH), refusal="There are no such runs", instead="all")
    sort = here.one_of(
        "sort", tuple(SORTS), refusal="They cannot be sorted so", instead="best first"
    )
    networks, places = (_ALL, *names), st.columns(3)
    places[0].selectbox("Network", **here.widgets.bind("network", network, options=networks))
    for place, title, parameter, chosen, words in (
        (places[1], "Which", "which", which, _WHICH),
        (places[2], "Sorted", "sort", sort, _SORTS),
    ):
        place.selectbox(
            title,
            format_func=words.__getitem__,
            **here.widgets.bind(parameter, chosen, options=tuple(words)),
        )
    kept = [card for card in cards if network in (_ALL, card.recipe.name)]
    if which == "here":
        kept = [card for card in kept if not card.shipped]
    elif which == "starred":
        kept = [card for card in kept if noted[card.name].starred]
    return sorted(kept, key=SORTS[sort])


def _marked(here: Address, cards: Sequence[ModelCard]) -> _Marked:
    """The table to show, where the run that is open is marked; takes over a click on another."""
    marked: _Marked = st.session_state.setdefault(_MARKED, _Marked())
    # Looked for in each run, not in a callback: Streamlit ends those where another click has come.
    clicked = st.session_state.get(marked.key, {}).get("selection", {}).get("rows", [])
    if clicked and clicked[0] != marked.row:
        # What was clicked on is what stood there then, however the table is sorted by now.
        here.choose(open=marked.names[clicked[0]])
        marked.row = clicked[0]
        st.rerun()
    names, opened = tuple(card.name for card in cards), here.text("open")
    row = names.index(opened) if opened in names else 0
    if (names, row) != (marked.names, marked.row):
        # Another table: the old one would go on marking what was clicked on before.
        marked.names, marked.row, marked.edition = names, row, marked.edition + 1
    return marked


def _table(cards: Sequence[ModelCard], noted: dict[str, Notes], marked: _Marked) -> None:
    st.dataframe(
        [_row(card, noted[card.name]) for card in cards],
        hide_index=True,
        key=marked.key,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [marked.row]}},
        column_config={
            "★": st.column_config.TextColumn("★", width=30),
            **RESULT_COLUMNS,
            "learning rate": st.column_config.NumberColumn("learning rate", format="%.4g"),
            "special": st.column_config.TextColumn(
                "what is special",
                help="What makes a run hard to compare with others, such as wrong labels or digits "
                "left out. Empty for ordinary ones.",
            ),
            "trained": st.column_config.TextColumn("trained (UTC)"),
            "note": st.column_config.TextColumn("note", width="medium"),
        },
    )


def _row(card: ModelCard, noted: Notes) -> dict[str, object]:
    low, high = wilson_interval(TEST_IMAGES - card.mistakes, TEST_IMAGES)
    settings = card.settings
    return {
        "★": "★" if noted.starred else "",
        "run": card.name,
        "accuracy": round(card.test_accuracy * 100, 2),
        "95%": f"{percent(low)} to {percent(high)}",
        "mistakes": card.mistakes,
        "time": round(card.seconds),
        "network": card.recipe.title,
        "epochs": epochs_finished(card),
        "seed": settings.seed,
        "optimizer": settings.optimizer,
        "learning rate": settings.learning_rate,
        "batch size": settings.batch_size,
        "images": settings.images_per_epoch,
        "special": ", ".join(unusual_run(card)),
        "parameters": card.parameters,
        "trained": card.created[:16].replace("T", " "),
        "note": noted.note,
    }


def _compare(here: Address, cards: Sequence[ModelCard]) -> list[str]:
    """Lay some runs over each other; their names."""
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
        "Lay over each other",
        tuple(by_name),
        max_selections=MOST_RUNS,
        placeholder="Choose two or more",
        help=explain("epoch", "accuracy"),
        **here.widgets.bind("run", names, initial_argument="default"),
    )
    if not names:
        return names
    chosen = [by_name[name] for name in names]
    curve_charts(
        lambda quantity: comparison_curves(quantity, {card.name: card.history for card in chosen}),
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
        # All of it: what explains the results often stands last.
        height="content",
        hide_index=True,
        key="runs-differences",
    )
