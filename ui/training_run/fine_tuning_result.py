"""How a model came out of learning from somebody's drawings: what it learned, what it forgot."""

import streamlit as st

from mnist_core.data.dataset import TEST_IMAGES
from mnist_core.models.card import FineTuned, ModelCard
from mnist_core.system.wording import percent


def fine_tuning_end(card: ModelCard, learned: FineTuned) -> None:
    """Show a model beside the one it was before.

    Args:
        card: of the model that learned.
        learned: its `fine_tuned`.
    """
    how = "Stopped, and kept. " if card.stopped_early else ""
    st.markdown(
        f"**{how}What {learned.started_from} learned from the drawings, and what it forgot:** "
        f"this is **{card.name}** now."
    )
    held_out, seen, test = st.columns(3)
    if learned.held_out:
        _before_and_after(
            held_out,
            "Drawings kept back",
            learned.held_out_right,
            learned.held_out,
            "The second round, which it did not learn from: the fair examination, though a small "
            "one.",
        )
    else:
        held_out.info("Nothing was left to judge it by: the second round is empty.")
    _before_and_after(
        seen,
        "Drawings learned from",
        learned.learned_right,
        learned.learned,
        "The first round. That it reads these now says little: it may know them by heart.",
    )
    gained = round((card.test_accuracy - learned.test_accuracy_before) * TEST_IMAGES)
    test.metric(
        "MNIST's test images",
        percent(card.test_accuracy),
        f"{gained:+d} images since before" if gained else "as before",
        delta_color="normal" if gained else "off",
        delta_arrow="auto" if gained else "off",
        help="Fewer than before: that is what it forgot of other people's hands.",
    )
    st.markdown(_in_words(card, learned))


def _before_and_after(
    place: st.delta_generator.DeltaGenerator,
    title: str,
    right: tuple[int, int],
    count: int,
    words: str,
) -> None:
    before, after = right
    place.metric(
        title,
        f"{after} of {count}",
        "as before" if after == before else f"{after - before:+d} since before",
        delta_color="off" if after == before else "normal",
        delta_arrow="off" if after == before else "auto",
        help=words,
    )


def _in_words(card: ModelCard, learned: FineTuned) -> str:
    """What both examinations say together."""
    before, after = learned.held_out_right
    lost = round((learned.test_accuracy_before - card.test_accuracy) * TEST_IMAGES)
    forgot = (
        f"it reads {lost:,} of 10,000 other people's digits fewer"
        if lost > 0
        else "on balance it forgot nothing of other people's digits"
    )
    if not learned.held_out:
        return f"Whether it reads this hand better now nobody knows; {forgot}."
    if after > before:
        return f"It reads more of this hand than before; {forgot}."
    if after == before == learned.held_out:
        return f"It read all of the second round before, so there was little to learn; {forgot}."
    changed = f"{before - after} fewer" if after < before else "no more"
    return f"It reads {changed} of this hand than before; {forgot}. More drawings might help."
