"""One saved run: note, star, name, deleting it, downloads, and training it further."""

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
from mnist_core.networks import keras_source
from mnist_core.system import server_settings
from mnist_core.system.text_format import counted
from ui.shell import visitor
from ui.shell.address import Address
from ui.train.my_network import change_layers_button
from ui.training_run.continue_training import continue_training
from ui.training_run.settings_form import bind
from ui.training_run.watched_training import series_link
from ui.visitors import client, listed_models, request_limits

_PROBLEM = "runs/problem"


def run_details(
    here: Address, cards: Sequence[ModelCard], notes_of: dict[str, Notes], compared: Sequence[str]
) -> None:
    """Show one of these runs, chosen by `open` in the address, and what can be done with it.

    `notes_of` has the notes of each by its name; `compared` are the names in `run` in the address,
    which follow a new name.
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
    if problem := st.session_state.pop(_PROBLEM, None):
        st.warning(problem)
    if card.shipped:
        st.caption("It came with the app, so it cannot be renamed, deleted or annotated.")
    elif not listed_models.may_change(card):
        st.caption("Somebody else trained it: only they can rename, delete or annotate it.")
    else:
        if listed_models.has_owner(card):
            _share(card, notes_of[name])
        _star_and_note(card, notes_of[name])
        _name_and_delete(here, card, compared)
    own = card.shipped or listed_models.may_change(card)
    if own and (found := series.of_model(card)) is not None:
        series_link(found.name, "Part of a series: compare them side by side")
    _downloads(card)
    if continue_training(card, key=card.name):
        # There it can be watched.
        here.choose(view="train")
        st.rerun()
    change_layers_button(here, card.recipe, card.settings, key="run-change-layers")


def undo_deletion() -> None:
    """Offer to bring back what was deleted last."""
    deleted = trash.list_deleted(None if client.is_owner() else visitor.owner())
    if not deleted:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{deleted[0].name}** was deleted.")
        undo = partial(_try, trash.restore, deleted[0].name)
        st.button("Undo", key="run-undo", icon=":material/undo:", on_click=undo)


def _share(card: ModelCard, found: Notes) -> None:
    st.toggle(
        "Show it to everybody",
        help="Off: only you find it in lists. On: all visitors of this server find it, and can "
        "draw with it and train it further. Only you can change it.",
        **bind(f"run-share-{card.name}", found.shared, partial(_try, notes.share, card.name)),
    )
    if days := server_settings.keep_days():
        st.caption(
            f"What visitors train here is deleted after {counted(days, 'day')}. Download it, if "
            "you want to keep it."
        )


def _star_and_note(card: ModelCard, found: Notes) -> None:
    star, note = st.columns([1, 4], vertical_alignment="bottom")
    star.toggle(
        "★ Star",
        help="Starred runs stay when the disk is full and the oldest ones have to go.",
        **bind(f"run-star-{card.name}", found.starred, partial(_try, notes.star, card.name)),
    )
    note.text_input(
        "Note",
        max_chars=LONGEST_NOTE,
        placeholder="What did you try here?",
        **bind(f"run-note-{card.name}", found.note, partial(_try, notes.write_note, card.name)),
    )


def _name_and_delete(here: Address, card: ModelCard, compared: Sequence[str]) -> None:
    def rename(wanted: str) -> None:
        avoid = trash.former_names()
        if new := _try(partial(notes.rename, avoid=avoid), card.name, wanted):
            here.choose(open=new, run=[new if one == card.name else one for one in compared])

    def delete() -> None:
        _try(trash.delete, card.name)
        here.choose(open=None, run=[one for one in compared if one != card.name])

    name, end = st.columns([3, 2], vertical_alignment="bottom")
    name.text_input("Name", max_chars=64, **bind(f"run-name-{card.name}", card.name, rename))
    end.button("Delete", key="run-delete", icon=":material/delete:", on_click=delete)


def _downloads(card: ModelCard) -> None:
    recipe, settings, caveats = card.recipe, card.settings, _caveats(card)
    files: tuple[tuple[str, str, Callable[[], bytes | str]], ...] = (
        ("Model", "keras", lambda: store.keras_file(card.name)),
        ("Card", "json", lambda: model_card.encode(card)),
        ("Keras script", "py", lambda: keras_source.script(recipe, settings, *caveats)),
        ("Notebook", "ipynb", lambda: keras_source.notebook(recipe, settings, *caveats)),
    )
    with st.container(horizontal=True):
        for label, ending, data in files:
            file = f"{card.name}.{ending}"
            # Made on request: at other clicks it would only cost time.
            st.download_button(
                f"{label} (.{ending})",
                data,
                file,
                "application/octet-stream",
                key=f"download-{file}",
                icon=":material/download:",
                on_click="ignore",
            )


def _caveats(card: ModelCard) -> list[keras_source.Caveat]:
    """How this network's training differed from what its script does."""
    applies: dict[keras_source.Caveat, bool] = {
        "taught": card.taught_by is not None,
        "went on": card.started_from is not None,
        "drawings": card.fine_tuned is not None,
        "rate changed": bool(card.rate_changes),
        "stopped": card.stopped_early,
    }
    return [caveat for caveat, is_so in applies.items() if is_so]


def _try(action: Callable[..., Any], *arguments: Any) -> Any:
    """Do something to a run; a problem is shown on the next run of the page."""
    if refusal := request_limits.refusal(request_limits.NOTES):
        st.session_state[_PROBLEM] = refusal
        return None
    try:
        return action(*arguments)
    except (OSError, ValueError, BrokenModel) as error:
        st.session_state[_PROBLEM] = str(error)
        return None
