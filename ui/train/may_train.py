"""What stands on Train where not everybody, or not everything, can be trained on this server."""

import streamlit as st

from mnist_core.charts.learning_curves import comparison_curves
from mnist_core.jobs import training_rules
from mnist_core.system.text_format import duration, percent
from ui.glossary.glossary import explain
from ui.shell import cached
from ui.training_run.curves import curve_charts
from ui.visitors import permission


def may_train() -> bool:
    """Whether this visitor may train; otherwise it is said why, and shown how others learned."""
    if (reason := training_rules.why_no_training()) is not None:
        st.info(reason, icon=":material/visibility:")
        _stories()
        return False
    if permission.needs_word():
        st.info("Training needs a word on this server.", icon=":material/key:")
        permission.ask_for_word()
        _stories()
        return False
    if (words := training_rules.what_is_too_large()) is not None:
        st.caption(words)
    return True


def _stories() -> None:
    """How the networks that came with the app learned: their curves, one after the other."""
    cards = [card for card in cached.cards() if card.shipped and card.history]
    if not cards:
        return
    by_name = {card.name: card for card in cards}
    st.markdown("How the networks that came with the app learned:")
    name = st.selectbox(
        "Network",
        tuple(by_name),
        format_func=lambda name: by_name[name].title,
        key="stories-network",
        help=explain("network", "training"),
    )
    card = by_name[name]
    st.markdown(
        f"**{card.title}** learned for {duration(card.seconds)} and reads "
        f"{percent(card.test_accuracy)} of the test images correctly. {card.recipe.summary}",
        help=explain("epoch", "accuracy"),
    )
    curve_charts(
        lambda quantity: comparison_curves(quantity, {card.title: card.history}), key="stories"
    )
