"""One kept run: notes on it, its name, deleting it, its files to take home; going on from it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from mnist_core.jobs import series
from mnist_core.models import card as model_card
from mnist_core.models import notes, store, trash
from mnist_core.models.card import ModelCard
from mnist_core.models.notes import LONGEST_NOTE, Notes
from mnist_core.models.store import BrokenModel
from mnist_core.networks import design, keras_source
from ui.shell.address import Address
from ui.train import my_network_state
from ui.training_run.continue_training import going_on
from ui.training_run.settings_form import controlled
from ui.training_run.watched_training import series_address

_SAID = "runs/said"


def run_notes(
    here: Address, cards: Sequence[ModelCard], noted: dict[str, Notes], compared: Sequence[str]
) -> None:
    """Show one of these runs, chosen by `open` in the address, and what can be done with it.

    Args:
        here: the page's part of the address.
        cards: of the runs.
        noted: what was said of each.
        compared: the names in `run` in the address, which follow a new name.
    """
    st.subheader("One run", anchor=False)
    by_name = {card.name: card for card in cards}
    if not by_name:
        return
    name = here.one_of(
        "open", tuple(by_name), refusal="That run is not among these", instead="the first of them"
    )
    st.selectbox("Run", **here.widgets.bind("open", name, options=tuple(by_name)))
    card = by_name[name]
    if said := st.session_state.pop(_SAID, None):
        st.warning(said)
    if card.shipped:
        st.caption("It came with the app, so its name, its place and its notes stay as they are.")
    else:
        _notes(card, noted[name])
        _name_and_end(here, card, compared)
    if (found := series.of_model(card)) is not None:
        st.page_link(
            "pages/train.py",
            label="It was trained in a series: see all of it side by side",
            icon=":material/stacks:",
            query_params=series_address(found.name),
        )
    _downloads(card)
    if going_on(card, key=card.name):
        # There it can be watched.
        here.choose(view="train")
        st.rerun()
    st.button(
        "Change its layers",
        key="run-design",
        icon=":material/build:",
        on_click=my_network_state.begin,
        args=(here, design.from_recipe(card.recipe, card.settings)),
    )
    if lacks := design.missing_from_copy(card.recipe):
        st.caption(lacks)


def undo_deleting() -> None:
    """Offer to bring back what was deleted last."""
    gone = trash.list_deleted()
    if not gone:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{gone[0].name}** was deleted.")
        st.button(
            "Bring it back",
            key="run-undo",
            icon=":material/undo:",
            on_click=_try,
            args=(trash.restore, gone[0].name),
        )


def _notes(card: ModelCard, noted: Notes) -> None:
    star, note = st.columns([1, 4], vertical_alignment="bottom")
    starred = controlled(f"run-star-{card.name}", noted.starred)
    star.toggle(
        "★ Star",
        key=starred,
        help="Runs with a star stay when the disk is full and the oldest ones have to go.",
        on_change=lambda: _try(notes.star, card.name, st.session_state[starred]),
    )
    text = controlled(f"run-note-{card.name}", noted.note)
    note.text_input(
        "Note",
        key=text,
        max_chars=LONGEST_NOTE,
        placeholder="What did you try here?",
        on_change=lambda: _try(notes.write_note, card.name, st.session_state[text]),
    )


def _name_and_end(here: Address, card: ModelCard, compared: Sequence[str]) -> None:
    key = controlled(f"run-name-{card.name}", card.name)

    def rename() -> None:
        avoid = trash.former_names()
        if new := _try(partial(notes.rename, avoid=avoid), card.name, st.session_state[key]):
            here.choose(open=new, run=[new if one == card.name else one for one in compared])

    def delete() -> None:
        _try(trash.delete, card.name)
        here.choose(open=None, run=[one for one in compared if one != card.name])

    name, end = st.columns([3, 2], vertical_alignment="bottom")
    name.text_input("Name", key=key, max_chars=64, on_change=rename)
    end.button("Delete", key="run-delete", icon=":material/delete:", on_click=delete)


def _downloads(card: ModelCard) -> None:
    recipe, settings = card.recipe, card.settings
    with st.container(horizontal=True):
        _download("Model (.keras)", lambda: store.keras_file(card.name), f"{card.name}.keras")
        _download("Card (.json)", lambda: model_card.encode(card), f"{card.name}.json")
        more = _more(card)
        _download(
            "Keras script (.py)",
            lambda: keras_source.script(recipe, settings, *more),
            f"{card.name}.py",
        )
        _download(
            "Notebook (.ipynb)",
            lambda: keras_source.notebook(recipe, settings, *more),
            f"{card.name}.ipynb",
        )


def _more(card: ModelCard) -> list[keras_source.Caveat]:
    """What was otherwise with this network than its script will have it."""
    has: dict[keras_source.Caveat, bool] = {
        "taught": card.taught_by is not None,
        "went on": card.started_from is not None,
        "drawings": card.fine_tuned is not None,
        "rate changed": bool(card.rate_changes),
        "stopped": card.stopped_early,
    }
    return [one for one, is_so in has.items() if is_so]


def _download(label: str, data: Callable[[], bytes | str], file: str) -> None:
    """Made when somebody wants it: at other clicks it would only cost time."""
    st.download_button(
        label,
        data,
        file,
        "application/octet-stream",
        key=f"download-{file}",
        icon=":material/download:",
        on_click="ignore",
    )


def _try(what: Callable[..., Any], *arguments: Any) -> Any:
    """Do something to a run, or say on the next run of the page why that cannot be."""
    try:
        return what(*arguments)
    except (OSError, ValueError, BrokenModel) as error:
        st.session_state[_SAID] = str(error)
        return None
