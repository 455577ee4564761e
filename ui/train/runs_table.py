"""The tables of trainings: of all saved runs, and the columns that every such table has."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from mnist_core.analysis.evaluation import wilson_interval
from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.card import ModelCard
from mnist_core.models.notes import Notes
from mnist_core.system.text_format import percent
from mnist_core.training.run_differences import epochs_finished, unusual_run
from ui.shell.address import Address

RESULT_COLUMNS = {
    "accuracy": st.column_config.NumberColumn("accuracy, %", format="%.2f"),
    "95%": st.column_config.TextColumn(
        "95% interval",
        help="With 10,000 other test images the accuracy would be a little different: in "
        "95 of 100 cases the network's true accuracy lies between these.",
    ),
    # Numbers, not words: a click on their heading would sort "12 s" before "9 s".
    "time": st.column_config.NumberColumn("time, s", format="%d"),
}
"""How `result_cells` and a `time` in seconds are shown, for `st.dataframe`."""

_SHOWN = "runs/table"


@dataclass
class _ShownTable:
    """The table as it was shown last.

    Attributes:
        names: of the runs in it, from top to bottom.
        row: the selected one.
        version: how often it was replaced by another.
    """

    names: tuple[str, ...] = ()
    row: int = 0
    version: int = 0

    @property
    def key(self) -> str:
        return f"runs-table-{self.version}"


def result_cells(correct: int | None) -> dict[str, object]:
    """The cells on how many test images were read correctly; empty for None."""
    if correct is None:
        return {"accuracy": None, "95%": "", "mistakes": None}
    low, high = wilson_interval(correct, TEST_IMAGES)
    return {
        "accuracy": round(100 * correct / TEST_IMAGES, 2),
        "95%": f"{percent(low)} to {percent(high)}",
        "mistakes": TEST_IMAGES - correct,
    }


def runs_table(here: Address, cards: Sequence[ModelCard], notes: dict[str, Notes]) -> None:
    """Show these runs, with the one that is open (`open` in the address) selected.

    A click on another row opens that run.
    """
    shown = _shown_table(here, cards)
    st.dataframe(
        [_row(card, notes[card.name]) for card in cards],
        hide_index=True,
        key=shown.key,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [shown.row]}},
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


def _shown_table(here: Address, cards: Sequence[ModelCard]) -> _ShownTable:
    shown: _ShownTable = st.session_state.setdefault(_SHOWN, _ShownTable())
    # Looked for in each run, not in a callback: Streamlit ends those where another click has come.
    clicked = st.session_state.get(shown.key, {}).get("selection", {}).get("rows", [])
    if clicked and clicked[0] != shown.row:
        # The click is on what stood there then, however the table is sorted by now.
        here.choose(open=shown.names[clicked[0]])
        shown.row = clicked[0]
        st.rerun()
    names, opened = tuple(card.name for card in cards), here.text("open")
    row = names.index(opened) if opened in names else 0
    if (names, row) != (shown.names, shown.row):
        # A new widget: the old one would keep the row selected that was clicked on before.
        shown.names, shown.row, shown.version = names, row, shown.version + 1
    return shown


def _row(card: ModelCard, notes: Notes) -> dict[str, object]:
    settings = card.settings
    return {
        "★": "★" if notes.starred else "",
        "run": card.name,
        **result_cells(TEST_IMAGES - card.mistakes),
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
        "note": notes.note,
    }
